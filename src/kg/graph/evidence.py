"""The evidence layer: documents, their publishers, claims, and who plays and says what in them."""

from collections import Counter
from collections.abc import Iterator

from kg.graph.sanction_acts import told_act_properties
from kg.graph.world import World, reported_day
from kg.model.claims import Claim
from kg.model.graph import Node, NodeRef, PropertyValue, Relationship
from kg.model.told import ToldClaim
from kg.model.words import Status
from kg.model.world import ResolvedDocument
from kg.text.overlap import containment
from kg.text.publishers import publisher_of

Row = Node | Relationship

_REAL = frozenset({Status.OCCURRED, Status.ONGOING})
_UNREAL = frozenset({Status.DENIED, Status.REFUSED})


def realis(status: Status) -> str:
    """Return `real` for what is told as a fact, `unreal` for what is told as not so, else `open`."""
    return "real" if status in _REAL else "unreal" if status in _UNREAL else "open"


def document_rows(resolved: ResolvedDocument, world: World) -> Iterator[Row]:
    """Yield the document, whom it mentions, and its claims with who plays and says what in them."""
    document, extractions = resolved.document, resolved.extractions
    published = document.published
    node = Node(
        label="Document",
        key=document.doc_id,
        properties={
            "name": document.name,
            "url": document.url,
            "publisher": document.publisher,
            "title": document.title,
            "lang": document.lang,
            "kind": document.media_type,
            "published_at": published.start if published else None,
            "published_until": published.end if published else None,
            "published_precision": published.precision.value if published else None,
            "published_basis": published.basis.value if published else None,
            "retrieved_at": document.retrieved_at,
            "segment_of": document.segment_of,
            "segment_no": document.segment_no,
        },
    )
    yield node
    origin = world.documents[world.origin_of[document.doc_id]].document
    if origin.doc_id != document.doc_id:
        yield Relationship(
            type="COPY_OF",
            start=node.ref,
            end=NodeRef(label="Document", key=origin.doc_id),
            properties={"score": containment(origin.text, document.text)},
        )
    if source := publisher_of(document):
        yield Relationship(type="PUBLISHED_BY", start=node.ref, end=NodeRef(label="Source", key=source.key))
    spans = {
        (mention.start, mention.end, world.ref(document, actors[mention.actor]))
        for extraction in extractions
        for actors in [{actor.local_id: actor for actor in extraction.actors}]
        for mention in extraction.mentions
    }
    for ref, count in Counter(ref for _, _, ref in spans).items():
        yield Relationship(type="MENTIONS", start=node.ref, end=ref, properties={"count": count})
    for told in resolved.told.values():
        yield from _claim_rows(told, world)


def _claim_rows(told: ToldClaim, world: World) -> Iterator[Row]:
    claim, doc_id = told.claim, told.document.doc_id
    node = Node(label="Claim", key=claim.claim_id, properties=_claim_properties(told, world))
    yield node
    yield Relationship(
        type="FROM",
        start=node.ref,
        end=NodeRef(label="Document", key=doc_id),
        properties={"sent_no": claim.sentence_no, "start": claim.start, "end": claim.end},
    )
    yield from _roles(told, node.ref, world)
    if claim.speaker is not None:
        speaker = world.ref(told.document, told.actors[claim.speaker.actor])
        if speaker.label == "Actor":
            said = {"verb": claim.speaker.verb, "start": claim.speaker.start, "end": claim.speaker.end}
            yield Relationship(type="SAYS", start=speaker, end=node.ref, properties=said)


def _claim_properties(told: ToldClaim, world: World) -> dict[str, PropertyValue]:
    claim, time = told.as_told, told.as_told.time
    return {
        "etype": claim.etype,
        "status": claim.status.value,
        "realis": realis(claim.status),
        "polarity": "negative" if claim.status in _UNREAL else "positive",
        "cue": claim.cue,
        "cue_start": claim.cue_start,
        "cue_end": claim.cue_end,
        "trigger": told.document.text[claim.trigger_start : claim.trigger_end],
        "trigger_start": claim.trigger_start,
        "trigger_end": claim.trigger_end,
        "t_start": time.first_day if time else None,
        "t_end": time.last_day if time else None,
        "t_precision": time.precision.value if time else None,
        "t_basis": time.basis.value if time else None,
        "reported_at": reported_day(told.document),
        "known_from": told.document.known_from,
        "known_to": told.document.known_to,
        "confidence": claim.confidence,
        "weak": world.is_weak(claim.confidence),
        "extractor": claim.extractor,
        "extractor_version": claim.extractor_version,
        "quote": claim.quote,
        "sent_no": claim.sentence_no,
        "start": claim.start,
        "end": claim.end,
        "dead": largest_number(claim, "killed"),
        "wounded": largest_number(claim, "wounded"),
        "amount": largest_number(claim, "amount"),
        "numbers": tuple(f"{number.kind}: {number.surface}" for number in claim.numbers),
        "wrong_on": told.wrong_on,
        **told_act_properties(claim),
    }


def largest_number(claim: Claim, kind: str) -> float | None:
    """Return the largest number of a kind that a claim tells exactly: parts never exceed their total."""
    return max((n.value for n in claim.numbers if n.kind == kind and n.value is not None), default=None)


def _roles(told: ToldClaim, ref: NodeRef, world: World) -> Iterator[Relationship]:
    done: set[tuple[str, NodeRef]] = set()
    for part in sorted(told.claim.roles, key=lambda r: (r.role, r.start is None, r.start or 0, r.actor)):
        filler = world.filler(told, part)
        if (part.role, filler.ref) in done:
            continue  # the same actor twice in one role: its first words stand
        done.add((part.role, filler.ref))
        yield Relationship(
            type="ROLE",
            start=ref,
            end=filler.ref,
            properties={
                "role": part.role.value,
                "surface": part.surface,
                "start": part.start,
                "end": part.end,
                "raw_id": told.actors[part.actor].raw_id,
                "acts_for": filler.side,
                "link_score": part.link_score,
                "linker": part.linker,
            },
        )
