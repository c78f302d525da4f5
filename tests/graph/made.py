"""Builds documents and extractions by hand, told as short as a test can tell them.

A test writes claims as lines of a document; the builder makes sentences, spans and ids of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.graph import build
from kg.model.claims import (
    Claim,
    Extraction,
    LocalActor,
    Mention,
    Number,
    RoleFiller,
    SanctionDetail,
    Speaker,
    claim_id,
)
from kg.model.documents import Document, MediaType, Sentence
from kg.model.graph import Graph, Node, Relationship
from kg.model.ids import content_id
from kg.model.times import days
from kg.model.words import Act, ActorType, Basis, ContentKind, Role, Status
from kg.resolve import resolve

Read = list[tuple[Document, tuple[Extraction, ...]]]


def actor(name: str, key: str | None = None, type_: str = "person", **fields: object) -> LocalActor:
    return LocalActor(local_id=name, name=name, type=ActorType(type_), key=key or name, **fields)


ACTORS = {
    a.name: a
    for a in (
        actor("Russia", "RUS", "state"),
        actor("Iran", "IRN", "state"),
        actor("Israel", "ISR", "state"),
        actor("United States", "USA", "state"),
        actor("Qatar", "QAT", "state"),
        actor("Serbia", "SRB", "state"),
        actor("Ukraine", "UKR", "state"),
        actor("Hamas", "HAMAS", "armed_group"),
        actor("European Union", "EU", "igo"),
        actor("Vladimir Putin", acts_for="RUS", office="president"),
        actor("Donald Trump", acts_for="USA", office="president"),
        actor("US Treasury", "US Department of the Treasury", "organisation", acts_for="USA"),
        actor("NIS", type_="company", country="SRB", aliases=("Naftna Industrija Srbije",)),
        actor("Natanz", type_="facility", country="IRN"),
        actor("Doha", type_="place", country="QAT"),
        actor("Tehran", type_="place", country="IRN"),
    )
}


@dataclass
class Story:
    """One document in the making.

    Attributes:
        day: Day of publication as an ISO date, None when unknown.
    """

    name: str
    day: str | None = "2025-06-20"
    publisher: str | None = "Own Wire"
    media_type: str = MediaType.TEXT
    actors: Mapping[str, LocalActor] = field(default_factory=lambda: ACTORS)
    told: list[dict] = field(default_factory=list)

    def tell(self, trigger: str, etype: str, status: str = "occurred", **told: object) -> int:
        """Add a sentence with one claim and return the claim's number.

        Keywords: actor, recipient, addressee, mediator, place, object (names, several parted by commas), on (the day
        or "first/last" of the event), of (number of the speech act), says (who tells it), killed (a number),
        numbers (instead of it: tuples of kind, surface and value),
        sanction (SanctionDetail), same_sentence (True: no new sentence), goes_on (words with which the sentence before
        goes on to this claim), confidence, kind (ContentKind), more (words that follow the trigger).
        """
        self.told.append({"trigger": trigger, "etype": etype, "status": status, **told})
        return len(self.told) - 1

    def read(self) -> tuple[Document, tuple[Extraction, ...]]:
        sentences, lines = [], []
        at = 0
        for number, told in enumerate(self.told):
            words = " ".join(str(told[part]) for part in ("trigger", "more") if told.get(part))
            if told.get("goes_on"):
                lines[-1] = line = f"{lines[-1][:-1]} {told['goes_on']} {words}."
                at = sentences.pop().start
            else:
                line = f"{number}: {', '.join(self._names(told))} {words} ({self.name})."
                lines.append(line)
            sentences.append(Sentence(start=at, end=at + len(line)))
            at += len(line) + 1
        text = "\n".join(lines)
        document = Document(
            doc_id=content_id("doc", text),
            name=self.name,
            source="made",
            media_type=self.media_type,
            text=text,
            sentences=tuple(sentences),
            title=self.name,
            publisher=self.publisher,
            published=days(date.fromisoformat(self.day), basis=Basis.EXPLICIT) if self.day else None,
        )
        claims: list[Claim] = []
        for number, told in enumerate(self.told):
            claims.append(self._claim(document, number, told, claims))
        used = {name for told in self.told for name in self._names(told)}
        extraction = Extraction(
            doc_id=document.doc_id,
            extractor="made",
            extractor_version="1",
            actors=tuple(self._with_principals(used)),
            mentions=tuple(self._mentions(text, used)),
            claims=tuple(claims),
        )
        return document, (extraction,)

    def _names(self, told: Mapping[str, object]) -> list[str]:
        parts = ("actor", "recipient", "addressee", "mediator", "place", "object", "says")
        return [name.strip() for part in parts if told.get(part) for name in str(told[part]).split(",")]

    def _with_principals(self, used: Iterable[str]) -> list[LocalActor]:
        by_key = {a.key: a for a in self.actors.values()}
        found: dict[str, LocalActor] = {}
        waiting = sorted(used)
        while waiting:
            one = self.actors[waiting.pop()]
            if one.name not in found:
                found[one.name] = one
                if one.acts_for:
                    waiting.append(by_key[one.acts_for].name)
        return [found[name] for name in sorted(found)]

    def _mentions(self, text: str, used: Iterable[str]) -> list[Mention]:
        found = []
        for name in sorted(used):
            at = text.find(name)
            while at >= 0:
                found.append(Mention(start=at, end=at + len(name), actor=name))
                at = text.find(name, at + 1)
        return found

    def _claim(self, document: Document, number: int, told: Mapping, claims: list[Claim]) -> Claim:
        here = number
        while here and (self.told[here].get("same_sentence") or self.told[here].get("goes_on")):
            here -= 1
        sentence = document.sentences[number - sum("goes_on" in told for told in self.told[: number + 1])]
        start = document.text.index(told["trigger"], sentence.start)
        roles = tuple(
            RoleFiller(role=Role(part.upper()), actor=name.strip(), surface=name.strip())
            for part in ("actor", "recipient", "addressee", "mediator", "place", "object")
            if told.get(part)
            for name in told[part].split(",")
        )
        end = start + len(told["trigger"])
        number_at = sentence.start
        return Claim(
            claim_id=claim_id(document.doc_id, start, end, told["etype"], roles),
            doc_id=document.doc_id,
            etype=told["etype"],
            status=Status(told["status"]),
            start=sentence.start,
            end=sentence.end,
            quote=document.text[sentence.start : sentence.end],
            trigger_start=start,
            trigger_end=end,
            sentence_no=here,
            roles=roles,
            extractor="made",
            extractor_version="1",
            confidence=told.get("confidence", 0.8),
            time=_interval(told.get("on")),
            content_of=claims[told["of"]].claim_id if "of" in told else None,
            content_kind=ContentKind(told["kind"]) if "kind" in told else None,
            speaker=Speaker(actor=told["says"], verb="said") if "says" in told else None,
            numbers=tuple(
                Number(kind=kind, surface=surface, value=value, start=number_at, end=number_at + 1)
                for kind, surface, value in told.get("numbers", _killed(told))
            ),
            sanction=told.get("sanction"),
        )


def _killed(told: Mapping[str, object]) -> list[tuple]:
    return [("killed", str(told["killed"]), told["killed"])] if "killed" in told else []


def _interval(value: str | None):
    if value is None:
        return None
    first, _, last = value.partition("/")
    return days(date.fromisoformat(first), date.fromisoformat(last or first), basis=Basis.EXPLICIT)


def sanction(act: str, **fields: object) -> SanctionDetail:
    return SanctionDetail(act=Act(act), **fields)


def read_all(*stories: Story) -> Read:
    return [story.read() for story in stories]


def graph_of(*stories: Story, min_confidence: float = 0.0) -> Graph:
    read = read_all(*stories)
    return build(resolve(read), min_confidence=min_confidence)


def nodes(graph: Graph, label: str) -> list[Node]:
    return [node for node in graph.nodes if label in (node.label, *node.extra_labels)]


def relationships(graph: Graph, type_: str) -> list[Relationship]:
    return [r for r in graph.relationships if r.type == type_]


def events(graph: Graph, etype: str) -> list[Node]:
    return [node for node in nodes(graph, "Event") if node.properties["etype"] == etype]


def named(graph: Graph, key: str) -> str:
    """The name of an actor or place, so that assertions can be read."""
    return next(str(n.properties["name"]) for n in graph.nodes if n.label in {"Actor", "Place"} and n.key == key)
