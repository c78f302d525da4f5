"""Who did what to whom, and what was only said: events, roles and status from the grammar of one sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.actors import find_actors
from kg.extract.context import IMPLIED_ROLES, Asked, Context, ToldEvent, mentions_of, missing_roles
from kg.extract.details import SentenceDetails
from kg.extract.links import SentenceParties
from kg.extract.quotes import cut_quote
from kg.extract.roles import PartyRole, assign_roles
from kg.extract.spans import DocumentActors
from kg.extract.speech import carrier_of, content_kind, find_tellings, teller_of
from kg.extract.status import Judged, judge_status
from kg.extract.tokens import Token, tokenise
from kg.extract.triggers import SentenceWords, Trigger, find_triggers
from kg.model.claims import Claim, Extraction, RoleFiller, Speaker, claim_id
from kg.model.documents import Document, MediaType, Sentence
from kg.model.ontology import event_type
from kg.model.times import Interval
from kg.model.words import Role, SentenceKind, Status

NAME = "patterns"
VERSION = "1"
_TOLD_KINDS = frozenset({SentenceKind.NARRATION, SentenceKind.TITLE})


class PatternsExtractor:
    """Reads claims out of English news by its words alone; needs no weights of a network, no key and no server."""

    name = NAME
    version = VERSION
    media_types = frozenset({MediaType.TEXT, MediaType.HTML, MediaType.KG_DOCUMENT})

    def extract(self, document: Document) -> Extraction:
        """Return the actors, mentions and claims of a document."""
        found = find_actors(document)
        reading = Reading(document, found)
        claims = [
            claim
            for number, sentence in enumerate(document.sentences)
            if sentence.kind in _TOLD_KINDS
            for claim in reading.claims_of(number, sentence)
        ]
        return Extraction(
            doc_id=document.doc_id,
            extractor=NAME,
            extractor_version=VERSION,
            actors=found.actors,
            mentions=found.mentions,
            claims=tuple(claims),
        )


@dataclass(frozen=True, slots=True)
class Event:
    """What a trigger tells before it becomes a claim."""

    trigger: Trigger
    judged: Judged
    roles: tuple[PartyRole, ...]


class Reading:
    """One document while its sentences are read in their order."""

    def __init__(self, document: Document, found: DocumentActors) -> None:
        """Take a document with its actors."""
        self.document = document
        self.found = found
        self._types = {actor.local_id: actor.type for actor in found.actors}
        self._sides = sides_of(found)
        self._anchor: Interval | None = None
        self._context = Context({actor.local_id: actor for actor in found.actors}, self._sides)

    def claims_of(self, number: int, sentence: Sentence) -> list[Claim]:
        """Return the claims of one sentence, speech acts linked with what they are about."""
        spans = list(self.found.within(sentence.start, sentence.end))
        tokens = tokenise(self.document.text, sentence.start, sentence.end, spans)
        words = SentenceWords(tokens, self._types, is_title=sentence.kind is SentenceKind.TITLE)
        parties = SentenceParties(tokens)
        triggers = list(find_triggers(words))
        events = [self._event(words, parties, trigger) for trigger in triggers]
        told = find_tellings(parties)
        mentioned = mentions_of(parties)
        self._context.note(number, mentioned, ())
        told_events: list[ToldEvent] = []
        details = SentenceDetails(self.document, sentence, anchor=self._anchor)
        self._anchor = details.last_time or self._anchor
        claims: dict[int, Claim] = {}
        for n, event in enumerate(events):
            fillers = self._fillers(event, tokens)
            fillers += tuple(self._implied(number, event, fillers, mentioned))
            told_events.append(ToldEvent(number, event.trigger.etype, {f.actor: f.role for f in fillers}))
            if not any(f.role in {Role.ACTOR, Role.RECIPIENT} for f in fillers):
                continue
            claim = self._claim(number, sentence, tokens, event, fillers)
            telling = teller_of(told, tokens, event.trigger.index)
            if telling is not None:
                claim = replace(claim, speaker=self._speaker(tokens, telling.speaker, telling.verb))
            claims[n] = replace(
                claim,
                time=details.time_of(claim.trigger_start, claim.trigger_end),
                sanction=details.sanction_of(claim.trigger_start, claim.trigger_end, claim.etype, claim.status),
            )
        numbers = details.numbers_of([(c.trigger_start, c.trigger_end, c.etype) for c in claims.values()])
        claims = {n: replace(claim, numbers=held) for (n, claim), held in zip(claims.items(), numbers, strict=True)}
        self._context.note(number, mentioned, told_events)
        return list(self._linked(triggers, claims))

    def _implied(
        self, number: int, event: Event, fillers: Sequence[RoleFiller], mentioned: Sequence[tuple[str, bool]]
    ) -> Iterator[RoleFiller]:
        known = {f.actor: f.role for f in fillers if f.role in IMPLIED_ROLES}
        here = frozenset(actor for actor, _ in mentioned)
        for role in missing_roles(event.trigger.etype, known, self._sides):
            asked = Asked(number, event.trigger.etype, event.trigger.group.mode, role, known, here)
            for actor, odd in self._context.implied(asked):
                if all(f.actor != actor for f in fillers):
                    yield RoleFiller(role=role, actor=actor, link_score=round(odd, 3), linker="context")

    def _event(self, words: SentenceWords, parties: SentenceParties, trigger: Trigger) -> Event:
        tokens = words.tokens
        sides = [self._side(tokens, party.last) for party in parties.parties]
        roles = assign_roles(words, parties, trigger.index, trigger.etype, sides)
        judged = judge_status(tokens, trigger.index, trigger.etype, is_title=words.is_title)
        return Event(trigger, judged, tuple(roles))

    def _side(self, tokens: Sequence[Token], i: int) -> str:
        span = tokens[i].span
        return self._sides[span.local_id] if span else ""

    def _fillers(self, event: Event, tokens: Sequence[Token]) -> tuple[RoleFiller, ...]:
        fillers: list[RoleFiller] = []
        reciprocal = event_type(event.trigger.etype).reciprocal
        for assigned in event.roles:
            role = Role.ACTOR if reciprocal and assigned.role is Role.RECIPIENT else assigned.role
            for member in assigned.party.members:
                span = tokens[member].span
                if span is None or any(f.actor == span.local_id for f in fillers):
                    continue
                fillers.append(
                    RoleFiller(
                        role=role,
                        actor=span.local_id,
                        surface=tokens[member].text,
                        start=span.start,
                        end=span.end,
                        link_score=round(span.score, 3),
                    )
                )
        return tuple(fillers)

    def _claim(
        self, number: int, sentence: Sentence, tokens: Sequence[Token], event: Event, fillers: tuple[RoleFiller, ...]
    ) -> Claim:
        trigger, judged = tokens[event.trigger.index], event.judged
        places = [(trigger.start, trigger.end)]
        places += [(f.start, f.end) for f in fillers if f.start is not None and f.end is not None]
        cue = (tokens[judged.cue[0]].start, tokens[judged.cue[1]].end) if judged.cue else None
        start, end = cut_quote(self.document.text, sentence, places)
        weakest = min((r.probability for r in event.roles), default=1.0)
        link = min((f.link_score for f in fillers), default=1.0)
        return Claim(
            claim_id=claim_id(self.document.doc_id, trigger.start, trigger.end, event.trigger.etype, fillers),
            doc_id=self.document.doc_id,
            etype=event.trigger.etype,
            status=judged.status,
            start=start,
            end=end,
            quote=self.document.text[start:end],
            trigger_start=trigger.start,
            trigger_end=trigger.end,
            sentence_no=number,
            roles=fillers,
            extractor=NAME,
            extractor_version=VERSION,
            confidence=round(event.trigger.probability * judged.probability * weakest * link, 3),
            cue=self.document.text[cue[0] : cue[1]] if cue else None,
            cue_start=cue[0] if cue else None,
            cue_end=cue[1] if cue else None,
        )

    def _speaker(self, tokens: Sequence[Token], speaker: int, verb: int) -> Speaker | None:
        span = tokens[speaker].span
        if span is None:
            return None
        return Speaker(actor=span.local_id, verb=tokens[verb].text, start=span.start, end=span.end)

    def _linked(self, triggers: Sequence[Trigger], claims: Mapping[int, Claim]) -> Iterator[Claim]:
        for n, claim in claims.items():
            carrier = carrier_of(triggers, n, claim.status)
            if carrier is None or carrier not in claims or claim.status in {Status.OCCURRED, Status.ONGOING}:
                yield claim
            else:
                yield replace(claim, content_of=claims[carrier].claim_id, content_kind=content_kind(claim.status))


def sides_of(found: DocumentActors) -> dict[str, str]:
    """Return for each local id the key of the side that it acts for in the end, its own key if for none."""
    parents = {actor.key: actor.acts_for for actor in found.actors}
    sides = {}
    for actor in found.actors:
        key, seen = actor.key, {actor.key}
        while (parent := parents.get(key)) and parent not in seen:
            key = parent
            seen.add(key)
        sides[actor.local_id] = key
    return sides
