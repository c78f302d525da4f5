"""One document read sentence by sentence: triggers, their ends, their status, and what earlier sentences add."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from kg.extract.bars import ENCODER, TABLES, TOLD_TYPES
from kg.extract.coherence import (
    answered_actor,
    answered_noun,
    implied_filler,
    with_held_off_targets,
    without_objects,
    without_repeats,
)
from kg.extract.confidence import Evidence, evidence_of, plain_confidence
from kg.extract.context import IMPLIED_ROLES, Asked, Context, ToldEvent, mentions_of, missing_roles
from kg.extract.details import SentenceDetails
from kg.extract.encoder import DocumentScores, Encoder
from kg.extract.links import SentenceParties
from kg.extract.owners import is_two_sided
from kg.extract.quotes import cut_quote
from kg.extract.roles import PartyRole, RoleOdds, RoleOpinion, assign_roles
from kg.extract.spans import DocumentActors
from kg.extract.speech import Telling, carrier_of, content_kind, find_tellings, teller_of
from kg.extract.status import Judged, judge_status
from kg.extract.tokens import Token, word_list
from kg.extract.told_types import DocumentTypes
from kg.extract.triggers import SentenceTriggers, SentenceWords, Trigger, is_undone
from kg.extract.windows import LEARNT_ROLES, read_sentences
from kg.model.claims import Claim, RoleFiller, Speaker, claim_id
from kg.model.documents import Document, Sentence
from kg.model.ontology import SANCTION_TYPES, event_type
from kg.model.words import HAPPENED_STATUSES, ActorType, Role
from kg.text.tables import with_facts

if TYPE_CHECKING:
    from kg.model.times import Interval

NAME = "patterns"
VERSION = "6"
ANSWER_PROBABILITY = 0.7
MIN_CONFIDENCE = 0.02  # the highest floor that costs no edge F1 on the development texts; .03 costs .004
_PERSONAL = frozenset({"KILL", "ABDUCT", "ABUSE"})
_ENDS = frozenset({Role.ACTOR, Role.RECIPIENT})
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Event:
    """What a trigger tells before it becomes a claim."""

    trigger: Trigger
    judged: Judged
    roles: tuple[PartyRole, ...]
    start: int  # of the trigger in the document
    read: RoleOdds  # what the encoder says of the actors


@dataclass(frozen=True, slots=True)
class SentenceParse:
    """A sentence with all that is asked about it more than once."""

    number: int
    sentence: Sentence
    words: SentenceWords
    parties: SentenceParties
    mentioned: tuple[tuple[str, bool], ...]
    tellings: tuple[Telling, ...]

    @property
    def tokens(self) -> Sequence[Token]:
        """Its tokens."""
        return self.words.tokens


def signature(encoder: Encoder | None) -> tuple[str, str]:
    """Return the name and version of the extractor that reads with an encoder, or by the tables alone."""
    name, version = (NAME, VERSION) if encoder is None else (encoder.name, encoder.version)
    return name, with_facts(version)


class Reading:
    """One document while its sentences are read in their order.

    Attributes:
        claims: The claims of the sentences read so far.
        evidence: What speaks for each claim, by claim id.
        words: The words of each sentence.
    """

    def __init__(self, document: Document, found: DocumentActors, encoder: Encoder | None = None) -> None:
        """Take a document with its actors, and the encoder that reads it beside the tables of weights."""
        self.claims: list[Claim] = []
        self.evidence: dict[str, Evidence] = {}
        self._calibration = encoder.calibration if encoder else None
        self._document = document
        self._name, self._version = signature(encoder)
        self._types = {actor.local_id: actor.type for actor in found.actors}
        self._sides = sides_of(found)
        self._last_time: Interval | None = None
        self._bars = TABLES if encoder is None else ENCODER
        self._read = read_sentences(document, found)
        self._scores = DocumentScores(encoder, self._read, found, self._sides) if encoder else None
        self._context = Context({actor.local_id: actor for actor in found.actors}, self._sides, self._bars)
        self.words = [SentenceWords(r.tokens, self._types, is_title=r.is_title) for r in self._read]
        self._odds = [SentenceTriggers(words, self._bars, self._event_odds(n)) for n, words in enumerate(self.words)]
        self._about = DocumentTypes([odds.types for odds in self._odds])

    def read(self, number: int, sentence: Sentence) -> None:
        """Add the claims of one sentence, speech acts linked with what they are about."""
        parse = self._parse(number, sentence)
        self._context.note(number, parse.mentioned, ())
        triggers = without_objects(parse.tokens, list(self.triggers(number)))
        answered = {answered_noun(parse.tokens, trigger) for trigger in triggers}
        claims: dict[int, Claim] = {}
        told: list[ToldEvent] = []
        for n, trigger in enumerate(triggers):
            if trigger.index in answered or (trigger.etype in SANCTION_TYPES and not self._is_about_sanctions(number)):
                continue
            event = self._event(parse, trigger)
            if _is_lifted(parse, event):
                continue
            fillers = self._ends(parse, event, [*self.claims, *claims.values()])
            fillers = self._surer(event, fillers)
            told.append(ToldEvent(number, trigger.etype, {f.actor: f.role for f in fillers}))
            if any(f.role in _ENDS for f in fillers):
                claims[n] = self._claim(parse, event, fillers)
        self._context.note(number, parse.mentioned, told)
        claims = {n: claim for n, claim in claims.items() if claim.confidence >= MIN_CONFIDENCE}
        claims = self._detailed(sentence, with_held_off_targets(claims))
        kept = without_repeats(list(claims.values()))  # before linking: a content must not hang on a dropped repeat
        self.claims += _linked(triggers, {n: claim for n, claim in claims.items() if claim in kept})

    def _event_odds(self, number: int) -> Callable[[int], list[float] | None]:
        """Return what the encoder says of the words of a sentence."""
        scores = self._scores
        return (lambda i: scores.event(number, i)) if scores else lambda _: None

    def triggers(self, number: int) -> Iterator[Trigger]:
        """Return the triggers of a sentence: with an encoder each type judged in its document, else word by word."""
        odds = self._odds[number]
        return odds.together(partial(self._about.elsewhere, number), TOLD_TYPES) if self._scores else odds.alone()

    def _is_about_sanctions(self, number: int) -> bool:
        """Tell whether the sentence or the one before it speaks of sanctions ("extended" alone may be a contract)."""
        first = self._document.sentences[max(0, number - 1)].start
        words = re.findall(r"[a-z]+", self._document.text[first : self._document.sentences[number].end].lower())
        return not word_list("sanction words").isdisjoint(words)

    def _parse(self, number: int, sentence: Sentence) -> SentenceParse:
        words, parties = self.words[number], self._read[number].parties
        mentioned, tellings = tuple(mentions_of(parties)), tuple(find_tellings(parties))
        return SentenceParse(number, sentence, words, parties, mentioned, tellings)

    def _event(self, parse: SentenceParse, trigger: Trigger) -> Event:
        sides = [self._side(parse.tokens[party.last]) for party in parse.parties.parties]
        scores, place = self._scores, (parse.number, trigger.index, trigger.etype)
        read = scores.roles(*place) if scores else {}
        roles = assign_roles(
            parse.words, parse.parties, trigger.index, trigger.etype, sides, RoleOpinion(self._bars, read)
        )
        judged = judge_status(
            parse.tokens,
            trigger.index,
            trigger.etype,
            is_title=parse.words.is_title,
            bars=self._bars,
            encoder=scores.status(*place) if scores else None,
        )
        teller = teller_of(parse.tellings, trigger.index)
        if teller is not None and teller.speaker > trigger.index and event_type(trigger.etype).sign < 0:
            roles = [r for r in roles if r.role is not Role.ACTOR or teller.speaker not in r.party.members]
        return Event(trigger, judged, tuple(roles), parse.tokens[trigger.index].start, read)

    def _side(self, token: Token) -> str:
        return self._sides[token.span.local_id] if token.span else ""

    def _ends(self, parse: SentenceParse, event: Event, told: Sequence[Claim]) -> tuple[RoleFiller, ...]:
        """Return who plays which role: in the sentence, as the one who is answered, or as earlier sentences imply."""
        trigger = event.trigger
        fillers = list(_fillers(event, parse.parties))
        if not is_two_sided(parse.parties, trigger.index):
            fillers = self._struck_state(event, fillers)
        roles = {f.role for f in fillers}
        if answered_noun(parse.tokens, trigger) is not None and Role.RECIPIENT not in roles:
            own = frozenset(self._sides[f.actor] for f in fillers if f.role is Role.ACTOR)
            actor = answered_actor(told, parse.number, self._sides, own)
            if actor is not None and all(f.actor != actor for f in fillers):
                fillers.append(implied_filler(actor, Role.RECIPIENT, ANSWER_PROBABILITY))
        known = {f.actor: f.role for f in fillers if f.role in IMPLIED_ROLES}
        here = frozenset(actor for actor, _ in parse.mentioned)
        for role in missing_roles(trigger.etype, known, self._sides):
            if not _may_be_implied(parse, trigger, role):
                continue
            asked = Asked(parse.number, trigger.etype, trigger.group.mode, role, known, here)
            place = 1 + LEARNT_ROLES.index(role)
            read = {actor: odds[place] for actor, odds in event.read.items()}
            for actor, odd in self._context.implied(asked, read):
                if all(f.actor != actor for f in fillers):
                    fillers.append(implied_filler(actor, role, odd))
        return tuple(fillers)

    def _surer(self, event: Event, fillers: tuple[RoleFiller, ...]) -> tuple[RoleFiller, ...]:
        """Return the fillers; only the surer end, where it is all but sure that the two are no pair."""
        ends = [f for f in fillers if f.role in _ENDS]
        if self._calibration is None or len(ends) < _PAIR:
            return fillers
        evidence = evidence_of(event.trigger, event.judged, event.roles, fillers)
        if self._calibration.probability(evidence) >= self._bars.pair:
            return fillers
        said = {f.actor: odds[0] for f in ends if (odds := event.read.get(f.actor))}
        best = min(ends, key=lambda f: (f.start is None, said.get(f.actor, 1.0)))
        return tuple(f for f in fillers if f is best or f.role not in _ENDS)

    def _struck_state(self, event: Event, fillers: list[RoleFiller]) -> list[RoleFiller]:
        """Return the fillers with a state that is only the place of an attack made its recipient, if it has none.

        A person before the noun of an attack is not struck himself ("he rejected calls amid strikes").
        """
        if event_type(event.trigger.etype).plover != "ASSAULT":
            return fillers
        if event.trigger.group.mode == "noun" and event.trigger.etype not in _PERSONAL:
            fillers = [f for f in fillers if f.role is not Role.RECIPIENT or not self._is_person_before(f, event)]
        if any(f.role is Role.RECIPIENT for f in fillers):
            return fillers
        actors = {self._sides[f.actor] for f in fillers if f.role is Role.ACTOR}
        return [
            replace(f, role=Role.RECIPIENT)
            if f.role is Role.PLACE and self._types[f.actor] is ActorType.STATE and self._sides[f.actor] not in actors
            else f
            for f in fillers
        ]

    def _is_person_before(self, filler: RoleFiller, event: Event) -> bool:
        is_before = filler.start is not None and filler.start < event.start
        return is_before and self._types[filler.actor] is ActorType.PERSON

    def _claim(self, parse: SentenceParse, event: Event, fillers: tuple[RoleFiller, ...]) -> Claim:
        trigger, judged, tokens, text = event.trigger, event.judged, parse.tokens, self._document.text
        trigger_start, trigger_end = tokens[trigger.index].start, tokens[trigger.last].end
        places = [(trigger_start, trigger_end)]
        places += [(f.start, f.end) for f in fillers if f.start is not None and f.end is not None]
        cue = (tokens[judged.cue[0]].start, tokens[judged.cue[1]].end) if judged.cue else None
        start, end = cut_quote(text, parse.sentence, places)
        identity = claim_id(self._document.doc_id, trigger_start, trigger_end, trigger.etype, fillers)
        return Claim(
            claim_id=identity,
            doc_id=self._document.doc_id,
            etype=trigger.etype,
            status=judged.status,
            start=start,
            end=end,
            quote=text[start:end],
            trigger_start=trigger_start,
            trigger_end=trigger_end,
            sentence_no=parse.number,
            roles=fillers,
            extractor=self._name,
            extractor_version=self._version,
            confidence=self._confidence(identity, event, fillers),
            cue=text[cue[0] : cue[1]] if cue else None,
            cue_start=cue[0] if cue else None,
            cue_end=cue[1] if cue else None,
            speaker=_speaker(parse, trigger),
        )

    def _confidence(self, identity: str, event: Event, fillers: tuple[RoleFiller, ...]) -> float:
        parts = event.trigger, event.judged, event.roles, fillers
        self.evidence[identity] = evidence_of(*parts)
        if self._calibration is None:
            return round(plain_confidence(*parts), 3)
        return round(self._calibration.probability(self.evidence[identity]), 3)

    def _detailed(self, sentence: Sentence, claims: Mapping[int, Claim]) -> dict[int, Claim]:
        """Return the claims of a sentence with their times, numbers and sanction acts."""
        details = SentenceDetails(self._document, sentence, anchor=self._last_time)
        self._last_time = details.last_time or self._last_time
        numbers = details.numbers_of([(c.trigger_start, c.trigger_end, c.etype) for c in claims.values()])
        return {
            n: replace(
                claim,
                time=details.time_of(claim.trigger_start, claim.trigger_end),
                sanction=details.sanction_of(claim.trigger_start, claim.trigger_end, claim.etype, claim.status),
                numbers=held,
            )
            for (n, claim), held in zip(claims.items(), numbers, strict=True)
        }


def _fillers(event: Event, parties: SentenceParties) -> Iterator[RoleFiller]:
    """Yield the roles that the sentence itself gives, each actor once; a reciprocal event has no recipient."""
    is_reciprocal = event_type(event.trigger.etype).reciprocal
    seen: set[str] = set()
    for assigned in event.roles:
        role = Role.ACTOR if is_reciprocal and assigned.role is Role.RECIPIENT else assigned.role
        for member in parties.stands_for(assigned.party).members:
            span = parties.tokens[member].span
            if span is None or span.local_id in seen:
                continue
            seen.add(span.local_id)
            yield RoleFiller(
                role=role,
                actor=span.local_id,
                surface=parties.tokens[member].text,
                start=span.start,
                end=span.end,
                link_score=round(span.score, 3),
            )


def _is_lifted(parse: SentenceParse, event: Event) -> bool:
    """Tell sanctions that only their end or delay speaks of: told as imposed they would stand as an arrow."""
    is_imposed = event.trigger.etype == "IMPOSE_SANCTIONS" and event.judged.status in HAPPENED_STATUSES
    return is_imposed and is_undone(parse.words, event.trigger.index)


def _may_be_implied(parse: SentenceParse, trigger: Trigger, role: Role) -> bool:
    """Tell whether earlier sentences may give an end: not to a war of two sides, nor an author to a heading."""
    if event_type(trigger.etype).plover != "ASSAULT":
        return True
    has_verb = any(token.tag == "verb" for token in parse.tokens)
    return not is_two_sided(parse.parties, trigger.index) and (has_verb or role is not Role.ACTOR)


def _speaker(parse: SentenceParse, trigger: Trigger) -> Speaker | None:
    """Return who tells the event inside the sentence, None for the narrator."""
    telling = teller_of(parse.tellings, trigger.index)
    if telling is None:
        return None
    span = parse.tokens[telling.speaker].span
    if span is None:
        return None
    return Speaker(actor=span.local_id, verb=parse.tokens[telling.verb].text, start=span.start, end=span.end)


def _linked(triggers: Sequence[Trigger], claims: Mapping[int, Claim]) -> Iterator[Claim]:
    """Yield the claims, those of what was only said linked with the speech act that they are the content of."""
    for n, claim in claims.items():
        carrier = carrier_of(triggers, n, claim.status)
        if carrier is None or carrier not in claims or claim.status in HAPPENED_STATUSES:
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
