"""What extractors give: the actors, mentions and claims of one document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kg.model.ids import content_id, fold
from kg.model.times import Interval
from kg.model.words import Act, ActorType, ContentKind, Role, Status

MAX_QUOTE_CHARS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalActor:
    """An actor as one document knows it.

    Attributes:
        local_id: Its name inside this extraction ("A1").
        name: Its usual full name ("Vladimir Putin", "Russia", "US Department of the Treasury").
        key: ISO 3166 alpha-3 for a state (also PSE, XKX, TWN), an upper-case short form for IGOs and well-known
            groups (EU, HAMAS), `civilians ISR` for an unnamed group of a state, else the full name.
        acts_for: Key of the state or organisation it acts for on the date of the document; None when it acts for
            itself. The actor of that key is itself among the actors of the extraction.
        country: ISO 3166 alpha-3 where it is at home, whether or not it acts for that state.
        list_ids: Reference numbers on sanctions lists ("UN:QDi.001").
    """

    local_id: str
    name: str
    type: ActorType
    key: str
    acts_for: str | None = None
    office: str | None = None
    country: str | None = None
    aliases: tuple[str, ...] = ()
    list_ids: tuple[str, ...] = ()

    @property
    def raw_id(self) -> str:
        """The id of this actor before any merging: hash of its fewest stable fields.

        A list entry is told apart by its list number, since two people may share a name.
        """
        return _raw_id(self.type, self.key, self.list_ids)


@lru_cache(maxsize=2**16)
def _raw_id(kind: ActorType, key: str, list_ids: tuple[str, ...]) -> str:
    return content_id("raw", kind, *list_ids) if list_ids else content_id("raw", kind, fold(key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of the document that names an actor or a place; no pronouns."""

    start: int
    end: int
    actor: str  # local_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFiller:
    """Who or what plays a role in a claim; `start` and `end` are None when only other sentences name it."""

    role: Role
    actor: str  # local_id
    surface: str | None = None
    start: int | None = None
    end: int | None = None
    link_score: float = 1.0
    linker: str = "gazetteer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who tells a claim inside the document ("NIS said")."""

    actor: str  # local_id
    verb: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A count or an amount that a claim tells: kind "killed", "wounded", "amount", "arrested", "held" ...

    Attributes:
        value: In persons or in units of the currency; None for a vague one ("dozens").
    """

    kind: str
    surface: str
    value: float | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionDetail:
    """What a claim tells of a sanction act.

    Attributes:
        effective: First day on which the measure holds or is due to hold.
        until: Last day of the measure, licence or postponement.
        licence: "general" or "specific" when the act grants a licence or waiver, else None.
        reported_count: Acts of this kind that are counted but not dated ("four extensions").
        programme: The programme or regime as named ("Russian energy sector"); on lists its code.
    """

    act: Act
    measures: tuple[str, ...] = ()
    effective: date | None = None
    until: date | None = None
    licence: str | None = None
    reported_count: int | None = None
    programme: str | None = None
    list_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one sentence of one document tells of one event.

    Attributes:
        claim_id: From `claim_id()`; the same document and extractor rules give the same id.
        etype: A type of the ontology.
        start: The evidence span in code points: `document.text[start:end] == quote`, at most 300 characters, inside
            one sentence; the trigger lies inside it.
        cue: The words that decided the status, None for the plain past.
        content_of: claim_id of the speech act of the same document that this event is the content of.
        time: When the event takes place, not when it is told; None when the text does not let a reader say.
        confidence: Probability in [0, 1] that the claim is right as told.
    """

    claim_id: str
    doc_id: str
    etype: str
    status: Status
    start: int
    end: int
    quote: str
    trigger_start: int
    trigger_end: int
    sentence_no: int
    roles: tuple[RoleFiller, ...]
    extractor: str
    extractor_version: str
    confidence: float
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    time: Interval | None = None
    content_of: str | None = None
    content_kind: ContentKind | None = None
    speaker: Speaker | None = None
    numbers: tuple[Number, ...] = ()
    sanction: SanctionDetail | None = None

    @property
    def around_trigger(self) -> tuple[str, str]:
        """The words of the quote before the trigger, and those after it."""
        return self.quote[: self.trigger_start - self.start], self.quote[self.trigger_end - self.start :]


def followed(key: str, parents: Mapping[str, str]) -> str:
    """Return the key that a key acts for in the end, itself where it acts for none; a circle ends where it closes."""
    seen: set[str] = set()
    while key in parents and key not in seen:
        seen.add(key)
        key = parents[key]
    return key


def claim_id(doc_id: str, trigger_start: int, trigger_end: int, etype: str, roles: tuple[RoleFiller, ...]) -> str:
    """Return the id of a claim: hash of document, trigger span, type and the roles with their spans or actors."""
    told = sorted(f"{r.role}:{r.start}:{r.end}:{r.actor if r.start is None else ''}" for r in roles)
    return content_id("clm", doc_id, trigger_start, trigger_end, etype, *told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one extractor found in one document; every `acts_for` key is the key of one of its actors."""

    doc_id: str
    extractor: str
    extractor_version: str
    actors: tuple[LocalActor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
