"""What the claims of one document say about one another: repeats, answers to offers, ends of postponements."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract.tokens import Token, word_list
from kg.extract.triggers import Trigger
from kg.model.claims import Claim, RoleFiller, claim_id
from kg.model.ontology import MEDIATION_TYPES, event_type
from kg.model.words import HAPPENED_STATUSES, Act, Role, Status

_ANSWERS = frozenset({"REJECT", "YIELD"})
_ANSWERED = frozenset({"AGREE", "REQUEST", "CONSULT"})
_ANSWER_REACH = 4
_MAX_NOUN_TOKENS = 4
_BEFORE_NOUN = frozenset({"det", "poss", "own", "adj", "num"})
_NO_OBJECTS = frozenset({"noun", "passive", "reduced"})
_CONFLICTS = frozenset({"ASSAULT", "CONSULT", "AGREE", "COOPERATE", "RETREAT", "CONCEDE"})
MEDIATED_PROBABILITY = 0.5
_ENDS = frozenset({Role.ACTOR, Role.RECIPIENT})
_PAIR = 2
_HELD_OFF = frozenset({Act.POSTPONED, Act.LICENSED, Act.WAIVED})


def answered_noun(tokens: Sequence[Token], trigger: Trigger) -> int | None:
    """Return the noun that an answer takes up ("rejected the offer"), None when it is no such answer."""
    if trigger.etype not in _ANSWERS:
        return None
    has_article = False
    for j in range(trigger.last + 1, min(len(tokens), trigger.last + 1 + _MAX_NOUN_TOKENS)):
        if tokens[j].tag in {"det", "poss", "own"}:
            has_article = True
        elif tokens[j].lemma in word_list("answered nouns"):
            is_open = j + 1 < len(tokens) and tokens[j + 1].tag in {"to", "prep", "verb"}
            return j if has_article and not is_open else None
        elif tokens[j].tag not in {"adj", "noun", "actor"}:
            return None
    return None


def without_objects(tokens: Sequence[Token], triggers: Sequence[Trigger]) -> list[Trigger]:
    """Return the triggers without the noun that is only the object of a verb of its type ("launched a salvo").

    Only of attacks: elsewhere a verb and its object tell two things ("refused an extension", "renewed a waiver").
    """
    kept: list[Trigger] = []
    for trigger in triggers:
        is_attack = event_type(trigger.etype).plover == "ASSAULT"
        verb = kept[-1] if is_attack and kept and kept[-1].etype == trigger.etype else None
        between = tokens[verb.last + 1 : trigger.index] if verb and verb.group.mode not in _NO_OBJECTS else ()
        is_object = bool(between) and trigger.group.mode == "noun" and len(between) <= _MAX_NOUN_TOKENS
        if not is_object or not all(token.tag in _BEFORE_NOUN for token in between):
            kept.append(trigger)
    return kept


def answered_actor(told: Sequence[Claim], sentence_no: int, sides: dict[str, str], own: frozenset[str]) -> str | None:
    """Return who made the offer or demand that was told last before an answer, within a few sentences.

    Args:
        told: The claims so far, in their order.
        own: Sides of those who answer; nobody answers himself.
    """
    for claim in reversed(told):
        if sentence_no - claim.sentence_no > _ANSWER_REACH:
            return None
        kind = event_type(claim.etype)
        if not kind.speech_act or kind.plover not in _ANSWERED:
            continue
        for filler in claim.roles:
            if filler.role is Role.ACTOR and sides[filler.actor] not in own:
                return filler.actor
    return None


def implied_filler(actor: str, role: Role, probability: float) -> RoleFiller:
    """Return the filler of a role that only other words of the document name."""
    return RoleFiller(role=role, actor=actor, link_score=round(probability, 3), linker="context")


def without_repeats(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims of a sentence with each event told once: the most confident of equal type, ends and status."""
    best: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        ends = frozenset((f.role, f.actor) for f in claim.roles if f.role in {Role.ACTOR, Role.RECIPIENT})
        key = (claim.etype, ends, claim.status in HAPPENED_STATUSES, claim.status if not ends else "")
        if key not in best or claim.confidence > best[key].confidence:
            best[key] = claim
    return [claim for claim in claims if claim in best.values()]


def with_held_off_targets(claims: Mapping[int, Claim]) -> dict[int, Claim]:
    """Return the claims of a sentence with what is held off aimed at those for whom it is held off.

    "NIS said the US had agreed to delay sanctions, first announced in January": the announced sanctions are on NIS.
    """
    relief = [c for c in claims.values() if c.etype == "GRANT_SANCTIONS_RELIEF" and c.status in HAPPENED_STATUSES]
    spared = tuple(f for c in relief[:1] for f in c.roles if f.role is Role.RECIPIENT)
    aimed = dict(claims)
    for n, claim in claims.items():
        if spared and claim.etype == "IMPOSE_SANCTIONS" and claim.status not in HAPPENED_STATUSES:
            spared_ids = {f.actor for f in spared}
            others = tuple(f for f in claim.roles if f.role is not Role.RECIPIENT and f.actor not in spared_ids)
            aimed[n] = _with_roles(claim, (*others, *spared))
    return aimed


def with_mediated_parties(claims: Sequence[Claim], sides: Mapping[str, str]) -> list[Claim]:
    """Return the claims with the parties of a mediation that its sentence does not name.

    They are the two sides that the document tells of most as fighting, talking or agreeing with one another ("Hamas,
    which has asked Egypt and Qatar to step in": between Israel and Hamas), the earliest such pair of several.
    """
    pairs: Counter[tuple[str, ...]] = Counter()
    named: dict[str, str] = {}
    for claim in claims:
        if event_type(claim.etype).plover in _CONFLICTS and claim.etype not in MEDIATION_TYPES:
            ends = {sides[f.actor]: f.actor for f in claim.roles if f.role in _ENDS}
            if len(ends) == _PAIR:
                pairs[tuple(sorted(ends))] += 1
                named |= {side: actor for side, actor in ends.items() if side not in named}
    completed = [_with_parties(claim, pairs, named, sides) for claim in claims]
    renamed = {old.claim_id: new.claim_id for old, new in zip(claims, completed, strict=True)}
    return [replace(c, content_of=renamed[c.content_of]) if c.content_of else c for c in completed]


def _with_parties(
    claim: Claim, pairs: Mapping[tuple[str, ...], int], named: Mapping[str, str], sides: Mapping[str, str]
) -> Claim:
    mediators = {sides[f.actor] for f in claim.roles if f.role is _mediating_role(claim)}
    parties = {sides[f.actor] for f in claim.roles if f.role in _ENDS and f.role is not _mediating_role(claim)}
    if not mediators or len(parties) >= _PAIR:
        return claim
    open_pairs = [p for p in pairs if parties <= set(p) and mediators.isdisjoint(p)]
    if not open_pairs:
        return claim
    best = max(open_pairs, key=lambda p: pairs[p])
    role = Role.ACTOR if event_type(claim.etype).reciprocal else Role.RECIPIENT
    more = tuple(implied_filler(named[side], role, MEDIATED_PROBABILITY) for side in best if side not in parties)
    return _with_roles(claim, (*claim.roles, *more))


def _with_roles(claim: Claim, roles: tuple[RoleFiller, ...]) -> Claim:
    identity = claim_id(claim.doc_id, claim.trigger_start, claim.trigger_end, claim.etype, roles)
    return replace(claim, roles=roles, claim_id=identity)


def _mediating_role(claim: Claim) -> Role:
    return Role.ACTOR if claim.etype in MEDIATION_TYPES else Role.MEDIATOR


def with_ends_of_postponements(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims with the last day of a postponement taken from the day on which the measure is now due.

    "Sanctions were postponed. They are now due to come into effect on July 29": the postponement runs to July 29.
    """
    due = {
        filler.actor: claim.sanction.effective
        for claim in claims
        if claim.etype == "IMPOSE_SANCTIONS" and claim.status is Status.PLANNED and claim.sanction is not None
        for filler in claim.roles
        if filler.role is Role.RECIPIENT and claim.sanction.effective is not None
    }
    ended = []
    for claim in claims:
        detail = claim.sanction
        days = [due[f.actor] for f in claim.roles if f.role is Role.RECIPIENT and f.actor in due]
        if detail is not None and detail.act in _HELD_OFF and detail.until is None and days:
            claim = replace(claim, sanction=replace(detail, until=max(days)))  # noqa: PLW2901
        ended.append(claim)
    return ended
