"""Evidence cards: what each claim says, where it stands, and how an event reads on the map."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

from kg.export.events import PlayedEvent, str_of
from kg.export.map_values import Evidence, MapDocument, MapEvent, StatusGroup, TieKind
from kg.model.graph import Graph, Node, NodeRef, PropertyValue, Relationship
from kg.model.words import HAPPENED_STATUSES, Occurrence, Precision, Role, Status

MAX_QUOTE_CHARS = 600
MAX_LABEL_CHARS = 120

GROUP_OF_STATUS = {
    Status.PLANNED: StatusGroup.PLANNED,
    Status.OFFERED: StatusGroup.OFFERED,
    Status.REQUESTED: StatusGroup.REQUESTED,
    Status.THREATENED: StatusGroup.THREATENED,
    Status.CONDITIONAL: StatusGroup.CONDITIONAL,
    Status.POSSIBLE: StatusGroup.CONDITIONAL,
    Status.DENIED: StatusGroup.DENIED,
    Status.REFUSED: StatusGroup.DENIED,
    Status.ALLEGED: StatusGroup.ALLEGED,
}
NOT_TRUE_OCCURRENCES = frozenset({Occurrence.DID_NOT_OCCUR, Occurrence.DISPUTED})
MARK_OF_ROLE = {
    str(Role.ACTOR): "actor",
    str(Role.RECIPIENT): "recipient",
    str(Role.TARGET_OF_REQUEST): "recipient",
    str(Role.MEDIATOR): "broker",
    str(Role.HOST): "broker",
}
BASES = {
    "explicit": "as written",
    "relative-to-publication": "counted from the day of publication",
    "relative-to-event": "counted from another event",
    "weekday": "by the name of the weekday",
}
CUT = {Precision.MONTH: 7, Precision.YEAR: 4}  # how much of an ISO day a month and a year fill


def shorten(text: str, limit: int) -> str:
    """Return a text of at most `limit` characters; one that is cut ends in an ellipsis."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def words(name: str) -> str:
    """Return an upper-case name of the ontology or the schema in words: MISSILE_STRIKE is "missile strike"."""
    return name.replace("_", " ").lower()


def when(properties: Mapping[str, PropertyValue]) -> str:
    """Return the days of an event or claim with their precision: `2025-06-19 (day)`, `2025-01 (month)`."""
    first, last = (str_of(properties, name) for name in ("t_start", "t_end"))
    first, last = first or last, last or first
    if not first:
        return ""
    precision = str_of(properties, "t_precision") or str(Precision.UNKNOWN)
    cut = CUT.get(Precision(precision), 10) if precision in set(Precision) else 10
    first, last = first[:cut], last[:cut]
    told = first if first == last else f"{first} to {last}"
    return told if precision == Precision.UNKNOWN else f"{told} ({precision})"


def group_of(event: PlayedEvent) -> StatusGroup:
    """Return the switch that an event belongs to: what happened, else the way most of its claims tell it."""
    if event.happened:
        is_ongoing = str_of(event.node.properties, "occurrence") == Occurrence.ONGOING
        return StatusGroup.ONGOING if is_ongoing else StatusGroup.HAPPENED
    told: Counter[StatusGroup] = Counter()
    for status, count in _statuses(event.node.properties).items():
        if status not in HAPPENED_STATUSES:
            told[GROUP_OF_STATUS[status]] += count
    if told:
        order = list(StatusGroup)
        return min(told, key=lambda group: (-told[group], order.index(group)))
    is_denied = str_of(event.node.properties, "occurrence") in NOT_TRUE_OCCURRENCES
    return StatusGroup.DENIED if is_denied else StatusGroup.ALLEGED


def _statuses(properties: Mapping[str, PropertyValue]) -> dict[Status, int]:
    """The statuses of an event's claims with their counts, of `occurred 2` and so on; words of no status left out."""
    statuses = properties.get("statuses")
    counted = {}
    for entry in statuses if isinstance(statuses, tuple) else ():
        status, _, count = entry.partition(" ")
        if status in set(Status):
            counted[Status(status)] = int(count) if count.isdecimal() else 1
    return counted


def _told(properties: Mapping[str, PropertyValue]) -> str:
    occurrence = str_of(properties, "occurrence")
    told = ", ".join(_statuses(properties)) or occurrence.replace("_", " ")
    return f"disputed: {told}" if occurrence == Occurrence.DISPUTED else told


class Cards:
    """The claims and documents of a graph as cards; each is made once, when an event first asks for it."""

    def __init__(self, graph: Graph, *, has_quotes: bool) -> None:
        self._has_quotes = has_quotes
        self._nodes = {node.ref: node for node in graph.nodes}
        self._claims_of: dict[NodeRef, list[NodeRef]] = {}
        self._document_of: dict[NodeRef, NodeRef] = {}
        self._publisher_of: dict[NodeRef, NodeRef] = {}
        self._speakers_of: dict[NodeRef, list[str]] = {}
        self._ends_of: dict[NodeRef, list[tuple[int, int, str]]] = {}
        self._placed: dict[NodeRef, int] = {}
        self._placed_documents: dict[NodeRef, int] = {}
        self.evidence: list[Evidence] = []
        self.documents: list[MapDocument] = []
        for relationship in graph.relationships:
            start, end = relationship.start, relationship.end
            match relationship.type:
                case "ASSERTS":
                    self._claims_of.setdefault(end, []).append(start)
                case "FROM":
                    self._document_of[start] = end
                case "PUBLISHED_BY":
                    self._publisher_of[start] = end
                case "ROLE":
                    self._note_end(relationship)
                case "SAYS":
                    self._speakers_of.setdefault(end, []).append(self.name(start))

    def _note_end(self, role: Relationship) -> None:
        first, last = (role.properties.get(name) for name in ("start", "end"))
        part = MARK_OF_ROLE.get(str_of(role.properties, "role"))
        if part and isinstance(first, int) and isinstance(last, int):
            self._ends_of.setdefault(role.start, []).append((first, last, part))

    def name(self, ref: NodeRef) -> str:
        """Return the name of an actor or place, its key when it has none."""
        node = self._nodes.get(ref)
        return shorten(str_of(node.properties, "name") if node else "", MAX_LABEL_CHARS) or ref.key

    def event(self, event: PlayedEvent) -> MapEvent:
        """Return an event with the places of its cards, the earliest publication first."""
        properties = event.node.properties
        kind = event.type
        actors, recipients, mediators, hosts = (
            tuple(dict.fromkeys(self.name(part.actor) for part in event.parts.get(role, ())))
            for role in (Role.ACTOR, Role.RECIPIENT, Role.MEDIATOR, Role.HOST)
        )
        day, last_day = (str_of(properties, name) for name in ("t_start", "t_end"))
        return MapEvent(
            event_id=event.node.key,
            kind=TieKind.MEDIATION if event.etype == "MEDIATE" else TieKind.ACT,
            label=words(event.etype),
            sign=event.sign,
            is_verbal=kind is not None and kind.quad.startswith("verbal"),
            weight=abs(kind.score) if kind else 0.0,
            group=group_of(event),
            told=_told(properties),
            sources=actors,
            targets=recipients,
            brokers=(*mediators, *hosts),
            day=day or last_day,
            last_day=last_day if last_day != day else "",
            precision=str_of(properties, "t_precision"),
            when=when(properties),
            detail=_deaths(properties),
            confidence=_confidence(properties),
            is_weak=properties.get("weak") is True,
            evidence=self.cards_of(tuple(self._claims_of.get(event.node.ref, ()))),
            n_docs=_count(properties, "n_docs"),
            n_independent=_count(properties, "n_independent"),
        )

    def cards_of(self, claims: tuple[NodeRef, ...]) -> tuple[int, ...]:
        """Return the places of the cards of some claims, those the graph lacks left out."""
        known = [self._nodes[ref] for ref in claims if ref in self._nodes]
        return tuple(self._card(claim) for claim in sorted(known, key=self._order))

    def is_listed(self, event: MapEvent) -> bool:
        """Tell whether nothing but entries of lists tells of an event."""
        places = [self.evidence[number].document for number in event.evidence]
        return bool(places) and all(place is not None and self.documents[place].is_entry for place in places)

    def _order(self, claim: Node) -> tuple[str, str]:
        document = self._nodes.get(self._document_of.get(claim.ref, claim.ref))
        return (str_of(document.properties, "published_at") if document else "", claim.key)

    def _card(self, claim: Node) -> int:
        if claim.ref in self._placed:
            return self._placed[claim.ref]
        told = claim.properties
        document = self._document_of.get(claim.ref)
        sentence_no, start, end = (told.get(name) for name in ("sent_no", "start", "end"))
        self.evidence.append(
            Evidence(
                quote=self._quote(claim) if self._has_quotes else (),
                status=str_of(told, "status"),
                when=when(told),
                basis=BASES.get(str_of(told, "t_basis"), ""),
                confidence=_confidence(told),
                is_weak=told.get("weak") is True,
                speaker=", ".join(sorted(self._speakers_of.get(claim.ref, ()))),
                sentence_no=sentence_no if isinstance(sentence_no, int) else None,
                start=start if isinstance(start, int) else None,
                end=end if isinstance(end, int) else None,
                document=self._document(document) if document else None,
                extractor=f"{str_of(told, 'extractor')} {str_of(told, 'extractor_version')}".strip(),
            )
        )
        self._placed[claim.ref] = len(self.evidence) - 1
        return self._placed[claim.ref]

    def _quote(self, claim: Node) -> tuple[tuple[str, str], ...]:
        """The quote in pieces; cut here, since offsets in code points fail in JavaScript."""
        quote = shorten(str_of(claim.properties, "quote"), MAX_QUOTE_CHARS)
        start, first, last = (claim.properties.get(name) for name in ("start", "trigger_start", "trigger_end"))
        if not isinstance(start, int):
            return ((quote, ""),)
        wanted = [(first, last, "trigger")] if isinstance(first, int) and isinstance(last, int) else []
        wanted += sorted(self._ends_of.get(claim.ref, ()))
        spans: list[tuple[int, int, str]] = []
        for one, other, part in ((one - start, other - start, part) for one, other, part in wanted):
            is_free = all(other <= begin or end <= one for begin, end, _ in spans)
            if 0 <= one < other <= len(quote) and is_free:  # the trigger comes first, so that it is never covered
                spans.append((one, other, part))
        pieces, at = [], 0
        for one, other, part in sorted(spans):
            pieces += [(quote[at:one], ""), (quote[one:other], part)]
            at = other
        return tuple(piece for piece in [*pieces, (quote[at:], "")] if piece[0])

    def _document(self, ref: NodeRef) -> int | None:
        node = self._nodes.get(ref)
        if node is None:
            return None
        if ref not in self._placed_documents:
            told = node.properties
            url = str_of(told, "url")
            source = self._nodes.get(self._publisher_of.get(ref, ref))
            publisher = self.name(self._publisher_of[ref]) if ref in self._publisher_of else ""
            self.documents.append(
                MapDocument(
                    publisher=shorten(publisher or str_of(told, "publisher"), MAX_LABEL_CHARS) or "unknown publisher",
                    title=shorten(str_of(told, "title") or str_of(told, "name"), MAX_LABEL_CHARS),
                    url=url if is_web_address(url) else "",
                    address="" if is_web_address(url) else shorten(url, MAX_LABEL_CHARS),
                    published=_published(told),
                    retrieved="" if _published(told) else str_of(told, "retrieved_at")[:10],
                    is_entry=source is not None and str_of(source.properties, "kind") == "list",
                )
            )
            self._placed_documents[ref] = len(self.documents) - 1
        return self._placed_documents[ref]


def is_web_address(url: str) -> bool:
    """Tell whether a text is an http(s) address that may become a link."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _published(told: Mapping[str, PropertyValue]) -> str:
    moment = told.get("published_at")
    if not isinstance(moment, date):
        return ""
    precision = str_of(told, "published_precision")
    if isinstance(moment, datetime) and precision in (Precision.MINUTE, Precision.HOUR):
        return moment.strftime("%Y-%m-%d %H:%M UTC")
    return moment.strftime("%Y-%m-%d") + (f" ({precision})" if precision in (Precision.WEEK, *CUT) else "")


def _confidence(told: Mapping[str, PropertyValue]) -> float | None:
    confidence = told.get("confidence")
    if not isinstance(confidence, int | float) or not 0 <= confidence <= 1:  # NaN, which JSON lacks, is none either
        return None
    return round(float(confidence), 2)


def _count(properties: Mapping[str, PropertyValue], name: str) -> int | None:
    count = properties.get(name)
    return count if isinstance(count, int) else None


def _deaths(properties: Mapping[str, PropertyValue]) -> str:
    fewest, most = (properties.get(name) for name in ("dead_min", "dead_max"))
    if not isinstance(fewest, int | float) or not isinstance(most, int | float):
        return ""
    return f"{fewest:g} killed" if fewest == most else f"{fewest:g} to {most:g} killed, as told"
