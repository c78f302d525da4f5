"""Documents with their extractions to one resolution; a pure function of the set of documents and judgements."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from kg.model.claims import Extraction
from kg.model.documents import Document
from kg.model.judgements import Judgement
from kg.model.told import Read, ToldClaim, told_claims
from kg.model.world import Resolution, ResolvedDocument
from kg.resolve.actors import Tally, actor_id, actor_tallies, resolve_sides, tallied_actor
from kg.resolve.contradictions import find_contradictions
from kg.resolve.copies import find_copies, origins
from kg.resolve.events import SameEvent
from kg.resolve.identity import known_by
from kg.resolve.linking import Linker, cluster, link_claims
from kg.resolve.pairs import sightings
from kg.resolve.parties import party_claims
from kg.resolve.promises import Outcomes
from kg.resolve.responses import Responses
from kg.resolve.rivals import Rivals
from kg.resolve.rulings import as_it_counts, holds, rulings_of
from kg.text.fates import fate_of, status_by_fate, time_by_fate

LINKERS: tuple[Linker, ...] = (SameEvent(), Responses(), Outcomes(), Rivals())


NO_JUDGEMENTS: Mapping[str, str] = MappingProxyType({})
NOTHING_WRONG: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def resolve_document(
    document: Document,
    extractions: Sequence[Extraction],
    canonical: Mapping[str, str] = NO_JUDGEMENTS,
    wrong_on: Mapping[str, tuple[str, ...]] = NOTHING_WRONG,
) -> ResolvedDocument:
    """Return who is who in a document.

    Args:
        canonical: raw_id to actor_id where judgements or the rules for like names decide it, for this document.
        wrong_on: claim_id to what was judged wrong of it; what a newer version has replaced counts for nothing anyway.
    """
    wrong_on = wrong_on if document.known_to is None else NOTHING_WRONG
    extractions = tuple(extractions)
    actors = (actor for extraction in extractions for actor in extraction.actors)
    actor_of = {actor.raw_id: canonical.get(actor.raw_id) or actor_id(actor) for actor in actors}
    return ResolvedDocument(
        document=document,
        extractions=extractions,
        told={
            told.claim.claim_id: _judged(told, wrong_on.get(told.claim.claim_id, ()))
            for told in map(_with_fate, told_claims([(document, extractions)]))
        },
        actor_of=actor_of,
        side_of=resolve_sides(extractions, actor_of),
    )


def _with_fate(told: ToldClaim) -> ToldClaim:
    """Let the sentence decide by what it says became of the event: "the talks that were due did not take place"."""
    claim = told.claim
    fate = fate_of(*claim.around_trigger)
    if fate is None:
        return told
    time = time_by_fate(claim.time, fate, told.document.published)
    claim = replace(claim, status=status_by_fate(claim.status, fate), time=time)
    return replace(told, claim=claim, as_told=claim)


def _judged(told: ToldClaim, wrong_on: tuple[str, ...]) -> ToldClaim:
    return replace(told, claim=as_it_counts(told.claim, wrong_on), wrong_on=wrong_on) if wrong_on else told


def resolve(read: Read, judgements: Iterable[Judgement] = ()) -> Resolution:
    """Return who is who and which claims tell of one event.

    The same documents and judgements in another order give the same resolution.

    Args:
        judgements: Those that stand.
    """
    judgements = tuple(judgements)
    rulings = rulings_of(judgements)
    by_id = {document.doc_id: (document, extractions) for document, extractions in read}
    identity = known_by(judgements, (one for pair in by_id.values() for one in sightings(*pair))).identity
    documents = {
        doc_id: resolve_document(*by_id[doc_id], identity.in_document(*by_id[doc_id]), rulings.wrong_on)
        for doc_id in sorted(by_id)
    }
    claims = sorted((p for one in documents.values() for p in party_claims(one)), key=lambda party: party.order)
    links = tuple(link for link in link_claims(claims, LINKERS) if holds(link, rulings.apart))
    events = cluster([party.claim.claim_id for party in claims], links, rulings.apart)
    tallies: Counter[Tally] = Counter()
    for one in documents.values():
        tallies.update(actor_tallies(one.document, one.extractions, one.actor_of))
    seen: defaultdict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for (key, kind, value), count in tallies.items():
        seen[key][kind, value] = count
    origin_of = origins(find_copies(one.document for one in documents.values() if one.document.known_to is None))
    return Resolution(
        documents=documents,
        actors=tuple(tallied_actor(key, seen[key], identity.types.get(key)) for key in sorted(seen)),
        events=events,
        links=links,
        contradictions=find_contradictions(events, {party.claim.claim_id: party for party in claims}, origin_of),
        origin_of=origin_of,
    )
