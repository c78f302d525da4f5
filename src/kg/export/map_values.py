"""The map as values: which actors and ties it draws, and the evidence behind each tie."""

from dataclasses import dataclass
from enum import StrEnum


class TieKind(StrEnum):
    """What a tie tells: one acts towards the other, mediates for it, hosts it, or the two belong together."""

    ACT = "act"
    MEDIATION = "mediation"
    HOST = "host"
    STRUCTURE = "structure"


class StatusGroup(StrEnum):
    """The switches of the map: what happened, and the ways in which something was only said."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    OFFERED = "offered"
    REQUESTED = "requested"
    THREATENED = "threatened"
    CONDITIONAL = "conditional"
    DENIED = "denied"
    ALLEGED = "alleged"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapActor:
    """An actor as drawn: itself and those who act for it in the events of the map.

    Attributes:
        actor_id: Key of its node in the graph.
        label: Its name beside the disc, at most 28 characters.
        n_events: Events that it has a part in, on the map.
        is_core: Drawn at first sight.
        x: Place in a wide stage, in pixels at scale 1, 0 in the middle, right is positive.
        y: Down is positive.
        narrow_x: Place in a tall stage.
    """

    actor_id: str
    name: str
    label: str
    type: str
    aliases: tuple[str, ...]
    n_events: int
    is_core: bool
    x: int = 0
    y: int = 0
    narrow_x: int = 0
    narrow_y: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedActor:
    """An actor that the map shows as the side it acts for, until the reader unfolds it.

    Attributes:
        label: Its name beside the disc, at most 28 characters.
        side: actor_id of whom it is shown as; an actor that acts for two is there twice.
        events: Places in the model, those that the fold concerns.
    """

    actor_id: str
    name: str
    label: str
    type: str
    aliases: tuple[str, ...]
    side: str
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapTie:
    """One arrow: all events of one kind and sign from one actor to another that happened, or that were only said.

    Attributes:
        sign: -1 conflict, 0 neither, 1 cooperation; 0 for mediation, hosting and structure.
        is_said: None of its events is told as having happened.
        is_mutual: Both ends do it; it is drawn with a head at each end.
        events: Places in the model's events, latest first.
        is_core: Drawn at first sight.
        parts: When somebody at one of its ends is folded: for each two who are behind the ends, their places among the
            folded (-1 for the end itself) and their events, ascending.
    """

    source: str
    target: str
    kind: TieKind
    sign: int
    is_said: bool
    is_mutual: bool
    events: tuple[int, ...]
    is_core: bool = False
    parts: tuple[tuple[int, int, tuple[int, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One claim as a card shows it.

    Attributes:
        quote: The quote in pieces, each with what it names: trigger, actor, recipient, broker, or nothing. The pieces
            joined are the quote. Empty when quotes stay out.
        basis: What its days rest on, in words.
        start: Span of the quote in the text of the document, code points.
        document: Place in the model's documents, None when the graph lacks it.
    """

    quote: tuple[tuple[str, str], ...]
    status: str
    when: str
    basis: str
    confidence: float | None
    is_weak: bool
    speaker: str
    sentence_no: int | None
    start: int | None
    end: int | None
    document: int | None
    extractor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDocument:
    """A document as a card names it.

    Attributes:
        url: http(s); any other address stands in `address` and is no link.
        is_entry: An entry of a list (of the sanctioned), not a story.
        retrieved: ISO day on which it was read, where no day of publication is known.
    """

    publisher: str
    title: str
    url: str
    address: str
    published: str
    is_entry: bool
    retrieved: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLink:
    """How an event stands to another one, in words ("answered by"); `event` is its place in the model."""

    how: str
    event: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDesignation:
    """What one authority does to one target, over time.

    Attributes:
        states: From which ISO day on what holds, in order ("announced, due on 2025-07-29").
        evidence: Whether a list, the news or both tell of it.
    """

    authority: str
    target: str
    states: tuple[tuple[str, str], ...]
    measures: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two sentences that cannot both be right, by their places in the model, and on what they differ."""

    on: str
    one: int
    other: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MapEvent:
    """An event (or a state of affairs) as a card shows it.

    Attributes:
        event_id: Key of its node; of a state of affairs its type and the keys of its relationship, joined by colons.
        kind: Act, mediation (the actor of MEDIATE), or structure.
        label: The event type in words ("missile strike").
        is_verbal: Words, not deeds.
        weight: How much its type weighs, 0 to 10 whatever the sign.
        told: How its claims tell it, each status once ("possible"), and what that comes to when they disagree.
        sources: Names of those who do it, not folded; targets likewise.
        day: ISO day to sort by, empty when no date is told.
        last_day: ISO day on which it ended, empty when it is `day`.
        precision: Of its days, a word of `kg.model.words.Precision`.
        detail: Numbers and other short facts ("28 killed").
        confidence: Probability in [0, 1] that it is right as told; None when the graph tells none.
        is_weak: The graph marks it as too uncertain to be drawn unless asked for.
        n_docs: Documents that tell it; None when the graph tells none.
        n_independent: Origins behind them.
        designation: Place in the model's designations of what this act changes.
        links: To the offers that it answers, the promises that it keeps and the like.
        evidence: Places in the model's evidence.
    """

    event_id: str
    kind: TieKind
    label: str
    sign: int
    is_verbal: bool
    weight: float
    group: StatusGroup
    told: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    brokers: tuple[str, ...]
    day: str
    when: str
    detail: str
    confidence: float | None
    is_weak: bool
    evidence: tuple[int, ...]
    last_day: str = ""
    precision: str = ""
    n_docs: int | None = None
    n_independent: int | None = None
    designation: int | None = None
    links: tuple[EventLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MapModel:
    """Everything that the page needs.

    Attributes:
        ties: Those of the first sight, then the others; of each the strongest first.
        inside: What passes between those who are drawn as one side, from it to itself; drawn where they are unfolded.
        events: Those behind the ties, and those that answer them or that they answer.
        as_of: The latest day of publication among its documents, ISO; empty when none is dated.
        n_inside: Events whose two ends are drawn as one actor, so that no tie shows them.
    """

    title: str
    actors: tuple[MapActor, ...]
    folded: tuple[FoldedActor, ...]
    ties: tuple[MapTie, ...]
    inside: tuple[MapTie, ...]
    events: tuple[MapEvent, ...]
    evidence: tuple[Evidence, ...]
    documents: tuple[MapDocument, ...]
    designations: tuple[MapDesignation, ...]
    contradictions: tuple[Contradiction, ...]
    as_of: str
    has_quotes: bool
    n_inside: int
