"""Which actor of the graph a name means."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import cast

from kg.jobs.questions import answered
from kg.model.errors import UsageError
from kg.model.ids import fold
from kg.model.protocols import GraphStore, Row

MAX_NEAR_NAMES = 5
_WORD = re.compile(r"\w+")


def find_actor(store: GraphStore, name: str) -> Row:
    """Return the actor of an id, else of a name, else of an alias or a number on a list, as `kg ask actors` shows it.

    Raises:
        UsageError: There is none, with near names; or there are several, with their ids.
    """
    found = actors_named(store, name)
    if not found:
        raise unknown_actor(store, name)
    if len(found) > 1:
        told = "; ".join(_told(actor) for actor in found)
        raise UsageError(f"{name!r} names {len(found)} actors, give the id of one: {told}")
    return found[0]


def actors_named(store: GraphStore, name: str) -> list[Row]:
    """Return the actors of an id, else of a name, else of an alias or a number on a list; accents do not count."""
    actors = answered(store, "actors")
    asked = fold(name)
    for spellings in (_ids, _names, _others):
        if found := [actor for actor in actors if asked in {fold(text) for text in spellings(actor)}]:
            return found
    return []


def unknown_actor(store: GraphStore, name: str) -> UsageError:
    """Return the error that nobody in the graph is called that, with near names."""
    actors = answered(store, "actors")
    shown = {fold(text): text for actor in actors for text in (*_ids(actor), *_others(actor), *_names(actor))}
    near = near_names(fold(name), shown)
    hint = f"near are: {', '.join(near)}" if near else "kg ask actors lists those there are"
    return UsageError(f"no actor of the graph is called {name!r}; {hint}")


def near_names(asked: str, shown: Mapping[str, str]) -> list[str]:
    """Return names near to one: of the same words in another order, with all its words, then spelt alike.

    Args:
        shown: How names are written by how they are folded; what is asked for is folded, too.
    """
    words = set(_WORD.findall(asked))
    having = {key: found for key in sorted(shown) if words <= (found := set(_WORD.findall(key)))} if words else {}
    same = [key for key, found in having.items() if found == words]
    near = [*same, *having, *get_close_matches(asked, sorted(shown), n=MAX_NEAR_NAMES)]
    return [shown[key] for key in dict.fromkeys(near)][:MAX_NEAR_NAMES]


def _ids(actor: Row) -> Sequence[str]:
    return (str(actor["actor_id"]),)


def _names(actor: Row) -> Sequence[str]:
    return (str(actor["name"]),)


def _others(actor: Row) -> Sequence[str]:
    """Aliases, and numbers on lists with and without the name of the list."""
    numbers = cast("Sequence[str]", actor["list_ids"] or ())
    return (*cast("Sequence[str]", actor["aliases"] or ()), *numbers, *(one.rpartition(":")[2] for one in numbers))


def _told(actor: Row) -> str:
    lists = ", ".join(cast("Sequence[str]", actor["list_ids"] or ()))
    kind = ", ".join(filter(None, (str(actor["type"]), str(actor["country"] or ""), lists)))
    return f"{actor['name']} ({kind}; {actor['documents']} documents) {actor['actor_id']}"
