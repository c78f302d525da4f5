"""Which actor of the graph a name means."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import cast

from kg.jobs.ask import answered
from kg.model.errors import UsageError
from kg.model.ids import fold
from kg.model.protocols import GraphStore, Row

MAX_NEAR_NAMES = 5


def find_actor(store: GraphStore, name: str) -> Row:
    """Return the actor of an id, else of a name, else of an alias, as `kg ask actors` shows it; accents do not count.

    Raises:
        UsageError: There is none, with near names; or there are several, with their ids.
    """
    actors = answered(store, "actors")
    asked = fold(name)
    for spellings in (_ids, _names, _aliases):
        found = [actor for actor in actors if asked in {fold(text) for text in spellings(actor)}]
        if len(found) == 1:
            return found[0]
        if found:
            told = "; ".join(_told(actor) for actor in found)
            raise UsageError(f"{name!r} names {len(found)} actors, give the id of one: {told}")
    shown = {fold(text): text for actor in actors for text in (*_ids(actor), *_aliases(actor), *_names(actor))}
    near = [shown[key] for key in _near(asked, shown)]
    hint = f"near are: {', '.join(near)}" if near else "kg ask actors lists those there are"
    raise UsageError(f"no actor of the graph is called {name!r}; {hint}")


def _near(asked: str, shown: Iterable[str]) -> list[str]:
    """Names that are spelt alike, then names of which it is a whole word."""
    keys = list(shown)
    near = [*get_close_matches(asked, keys, n=MAX_NEAR_NAMES), *(key for key in keys if asked in key.split())]
    return list(dict.fromkeys(near))[:MAX_NEAR_NAMES]


def _ids(actor: Row) -> Sequence[str]:
    return (str(actor["actor_id"]),)


def _names(actor: Row) -> Sequence[str]:
    return (str(actor["name"]),)


def _aliases(actor: Row) -> Sequence[str]:
    return cast("Sequence[str]", actor["aliases"] or ())


def _told(actor: Row) -> str:
    lists = ", ".join(cast("Sequence[str]", actor["list_ids"] or ()))
    kind = ", ".join(filter(None, (str(actor["type"]), str(actor["country"] or ""), lists)))
    return f"{actor['name']} ({kind}; {actor['documents']} documents) {actor['actor_id']}"
