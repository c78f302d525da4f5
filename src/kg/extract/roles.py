"""Who plays which part in an event: the actors of a sentence weighed by how they stand to its trigger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract.bars import TABLES, Bars
from kg.extract.linear import pooled, weight_table
from kg.extract.links import Party, SentenceParties, verb_group
from kg.extract.mediators import told_roles
from kg.extract.owners import bystander_of, partner_of, sure_actor, warring_parties
from kg.extract.role_bars import is_barred, kind_of
from kg.extract.spans import ReferenceKind
from kg.extract.tokens import Token
from kg.extract.triggers import SentenceWords
from kg.model.ontology import event_type
from kg.model.words import Role

NO_ROLE = "NONE"
RoleOdds = Mapping[str, Sequence[float]]  # by local id, in the order of the table of weights
CONTROL_PROBABILITY = 0.85
_LINKING = frozenset({"prep", "to", "sub", "rel", "and", "but"})
_MAX_PATH_TOKENS = 7
_MAX_OWNER_TOKENS = 4


@dataclass(frozen=True, slots=True)
class PartyRole:
    """A party and the role that it plays."""

    party: Party
    role: Role
    probability: float


@dataclass(frozen=True, slots=True)
class RoleOpinion:
    """What the encoder says of the actors of one event, by local id; nothing where there is no encoder."""

    bars: Bars
    odds: RoleOdds


NO_OPINION = RoleOpinion(TABLES, {})


def assign_roles(
    words: SentenceWords,
    parties: SentenceParties,
    i: int,
    etype: str,
    sides: Sequence[str],
    opinion: RoleOpinion = NO_OPINION,
) -> list[PartyRole]:
    """Return the roles that the parties of the sentence play in the event of the trigger at `i`.

    Args:
        sides: For each party of the sentence the key of the side it acts for; one side plays one role.
        opinion: What the encoder says of each actor, and how sure one must be.
    """
    bars = opinion.bars
    weighed = _weighed(words, parties, i, etype, opinion)
    chosen: dict[int, PartyRole] = {}
    role_of: dict[str, Role] = {}
    subject = sure_actor(parties, i)
    if subject is not None:
        number = parties.number_of(subject)
        chosen[number] = PartyRole(subject, Role.ACTOR, CONTROL_PROBABILITY)
        role_of[sides[number]] = Role.ACTOR
    is_reciprocal = event_type(etype).reciprocal
    settled = {Role.ACTOR} if subject is not None and not is_reciprocal else set()
    if subject is not None and subject is warring_parties(parties, i):
        settled.add(Role.RECIPIENT)
    for party, role in told_roles(parties, i, etype):
        number = parties.number_of(party)
        if number not in chosen and role_of.get(sides[number], role) is role:
            chosen[number] = PartyRole(party, role, CONTROL_PROBABILITY)
            role_of[sides[number]] = role
    for odd, number, role in weighed:
        needed = bars.mediator if role is Role.MEDIATOR else bars.role
        if role_of.get(sides[number]) is role:
            needed = bars.same_side
        elif role in role_of.values():
            needed = bars.further if role is not Role.ACTOR or _lacks_side(role_of, etype) else bars.further_actor
        is_taken = number in chosen or role in settled or role_of.get(sides[number], role) is not role
        if is_taken or odd < needed:
            continue
        chosen[number] = PartyRole(parties.parties[number], role, odd)
        role_of[sides[number]] = role
    return [chosen[number] for number in sorted(chosen)]


def _lacks_side(role_of: Mapping[str, Role], etype: str) -> bool:
    """Tell whether a second actor is awaited: talks and truces have two sides, a third is as rare as two attackers."""
    return event_type(etype).reciprocal and sum(role is Role.ACTOR for role in role_of.values()) == 1


def _is_one_of(parties: SentenceParties, party: Party, local_ids: frozenset[str]) -> bool:
    spans = (parties.tokens[member].span for member in party.members)
    return any(span is not None and span.local_id in local_ids for span in spans)


def _weighed(
    words: SentenceWords, parties: SentenceParties, i: int, etype: str, opinion: RoleOpinion
) -> list[tuple[float, int, Role]]:
    """Return (probability, number of the party, role) of all that is open, the most probable first."""
    table = weight_table("role_weights")
    weighed: list[tuple[float, int, Role]] = []
    bystanders = bystander_of(parties, i) if event_type(etype).plover == "ASSAULT" else frozenset()
    for number in parties.nearest(i):
        party = parties.parties[number]
        features = role_features(words, parties, i, etype, party)
        if features is not None and not _is_one_of(parties, party, bystanders):
            read = _read_of(parties, party, opinion.odds)
            odds = zip(table.classes, pooled(table.probabilities(features), read, opinion.bars.role_share), strict=True)
            link = parties.link(i, i, verb_group(parties.tokens, i), party)
            weighed += [
                (odd, number, Role(name))
                for name, odd in odds
                if name != NO_ROLE and not (link is not None and is_barred(Role(name), etype, link))
            ]
    if event_type(etype).reciprocal and partner_of(parties, i) is not None:
        weighed = [w for w in weighed if w[2] is not Role.ACTOR or len(parties.parties[w[1]].members) == 1]
    return sorted(weighed, key=lambda w: (-w[0], w[1]))


def _read_of(parties: SentenceParties, party: Party, encoder: RoleOdds) -> Sequence[float] | None:
    """Return what the encoder says of a party: of that member that it is surest to play a role."""
    spans = (parties.tokens[member].span for member in party.members)
    read = [encoder[span.local_id] for span in spans if span is not None and span.local_id in encoder]
    return min(read, key=lambda odds: odds[0], default=None)


def role_features(words: SentenceWords, parties: SentenceParties, i: int, etype: str, party: Party) -> list[str] | None:
    """Return what speaks for a role of the party; None for a party that the trigger is part of."""
    tokens = words.tokens
    link = parties.link(i, i, verb_group(tokens, i), party)
    if link is None:
        return None
    mode, side, preposition, form, verbs, boundary, rank = link
    kind = kind_of(mode)
    lemma, plover = tokens[i].lemma, event_type(etype).plover
    who = words.shown[party.last]
    span = tokens[party.first].span
    return [
        "any",
        f"preposition={mode}|{side}|{preposition}",
        f"between={kind}|{side}|{form}|{verbs}|{boundary}",
        f"order={mode}|{side}|{verbs}|{rank}|{boundary}",
        f"type={etype}|{kind}|{side}|{preposition}",
        f"lemma={lemma}|{kind}|{side}|{preposition}",
        f"who={who}|{kind}|{side}|{preposition}",
        f"type-order={etype}|{kind}|{side}|{verbs}|{rank}",
        f"link={mode}|{side}|{preposition}|{form}|{verbs}|{boundary}|{rank}",
        f"governed={preposition}|{verbs}|{boundary}|{side}",
        f"kind={span.kind if span else ''}|{side}|{kind}",
        f"plover={plover}|{kind}|{side}|{preposition}|{form}",
        f"plover-order={plover}|{mode}|{side}|{rank}|{verbs}",
        f"lemma-order={lemma}|{mode}|{side}|{verbs}",
        f"type-who={etype}|{who}|{side}",
        f"plover-between={plover}|{side}|{boundary}|{verbs}",
        f"next={_next_tag(tokens, party)}|{kind}|{side}",
        f"previous={_previous_tag(tokens, party)}|{kind}|{side}",
        f"parties={min(len(parties.parties), 5)}|{kind}|{side}",
        f"members={min(len(party.members), 3)}|{kind}|{side}",
        *_path_features(words, i, etype, party, mode),
        *_subject_features(parties, i, etype, party, mode),
    ]


def _path_features(words: SentenceWords, i: int, etype: str, party: Party, mode: str) -> list[str]:
    """Return what the words between party and trigger say, and the noun that the party stands before."""
    tokens = words.tokens
    side, between = ("L", tokens[party.last + 1 : i]) if party.last < i else ("R", tokens[i + 1 : party.first])
    verbs = [t.lemma for t in between if t.tag == "verb"]
    nearest = verbs[-1:] if side == "L" else verbs[:1]
    path = " ".join(t.lower if t.tag in _LINKING else t.tag for t in between if t.tag not in {"det", "adv"})
    features = [f"verb-between={verb}|{side}|{mode}" for verb in nearest]
    if len(between) <= _MAX_PATH_TOKENS:
        features += [f"path={path}|{side}|{mode}", f"type-path={etype}|{path}|{side}|{mode}"]
    head = _head_noun(tokens, party)
    plover = event_type(etype).plover
    features += [f"head={head}|{side}", f"plover-head={plover}|{head}|{side}"] if head else []
    span = tokens[party.first].span
    if span is not None and span.kind is ReferenceKind.PRONOUN:
        features += [f"pronoun={tokens[party.first].lower}|{side}|{mode}", f"plover-pronoun={plover}|{side}|{mode}"]
    return features


def _subject_features(parties: SentenceParties, i: int, etype: str, party: Party, mode: str) -> list[str]:
    """Return whether the party is the subject, and whether a pronoun owns the trigger ("its war")."""
    is_subject = party.form if parties.subject(i) is party else "no"
    owned = "none"
    for token in reversed(parties.tokens[max(0, i - _MAX_OWNER_TOKENS) : i]):
        if token.tag in {"adj", "noun", "num", "adv"}:
            continue
        owned = "pronoun" if token.tag == "poss" else "name" if token.tag == "own" else "none"
        break
    plover = event_type(etype).plover
    return [
        f"subject={is_subject}|{mode}|{owned}",
        f"plover-subject={plover}|{is_subject}|{mode}|{owned}",
        f"type-subject={etype}|{is_subject}|{mode}",
    ]


def _head_noun(tokens: Sequence[Token], party: Party) -> str:
    """Return the noun that a name stands before ("Iranian missiles": missile), "" when it is none."""
    head = ""
    for token in tokens[party.last + 1 : party.last + 5]:
        if token.tag == "noun":
            head = token.lemma
        elif token.tag not in {"own", "adj", "num"}:
            break
    return head


def _next_tag(tokens: Sequence[Token], party: Party) -> str:
    after = party.last + 1
    while after < len(tokens) and tokens[after].tag == "own":
        after += 1
    return tokens[after].tag if after < len(tokens) else "end"


def _previous_tag(tokens: Sequence[Token], party: Party) -> str:
    before = party.first - 1
    while before >= 0 and tokens[before].tag in {"det", "adj"}:
        before -= 1
    return tokens[before].tag if before >= 0 else "start"
