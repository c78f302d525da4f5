"""Whose act a noun tells: the possessor or the adjective of a state right before it ("Iran's strikes", "its war")."""

from kg.extract.links import Party, SentenceParties, governor_of, verb_group
from kg.extract.spans import ReferenceKind
from kg.extract.tokens import word_list

_MAX_OWNER_TOKENS = 4
_MAX_OBJECT_TOKENS = 6
_INSIDE_OBJECT = frozenset({"adj", "noun", "num", "adv", "det", "prep"})
_INSIDE_PHRASE = frozenset({"adj", "noun", "num", "adv"})


def controlling_subject(parties: SentenceParties, i: int) -> Party | None:
    """Return who is to do what an infinitive tells when its governor leaves no doubt ("Serbia refuses to impose")."""
    tokens = parties.tokens
    governor = governor_of(tokens, i)
    if governor is None or tokens[governor].tag != "verb":
        return None
    if tokens[governor].lemma not in word_list("subject control"):
        return None
    own = verb_group(tokens, governor)
    subject = parties.subject(i)
    return subject if own.mode in {"finite", "conjoined"} and subject is not None and subject.form == "head" else None


def doer_of(parties: SentenceParties, i: int) -> Party | None:
    """Return the subject of a verb of doing whose object is the noun at `i` ("the republic launched a salvo")."""
    tokens = parties.tokens
    if tokens[i].tag == "verb":
        return None
    for j in range(i - 1, max(-1, i - 1 - _MAX_OWNER_TOKENS), -1):
        if tokens[j].tag == "verb":
            group = verb_group(tokens, j)
            is_doing = tokens[j].lemma in word_list("verbs of doing") and group.mode in {"finite", "conjoined"}
            subject = parties.subject(j) if is_doing else None
            return subject if subject is not None and subject.form == "head" else None
        if tokens[j].tag not in _INSIDE_OBJECT:
            return None
    return None


def bystander_of(parties: SentenceParties, i: int) -> frozenset[str]:
    """Return the local ids of who only judges what the noun at `i` tells, or has no part in it."""
    tokens = parties.tokens
    if tokens[i].tag == "verb":
        return frozenset()
    has_no = False
    for j in range(i - 1, max(-1, i - 1 - _MAX_OBJECT_TOKENS), -1):
        has_no = has_no or tokens[j].lower in {"no", "any"}
        if tokens[j].tag == "verb":
            is_bystander = has_no or tokens[j].lemma in word_list("verbs of judging")
            subject = parties.subject(j) if is_bystander else None
            spans = (tokens[m].span for m in subject.members) if subject is not None else ()
            return frozenset(span.local_id for span in spans if span is not None)
        if tokens[j].tag not in _INSIDE_OBJECT and tokens[j].span is None and tokens[j].tag != "own":
            return frozenset()
    return frozenset()


def warring_parties(parties: SentenceParties, i: int) -> Party | None:
    """Return the two sides of a war that its noun at `i` names: "war between A and B", "the A-B conflict"."""
    if not is_two_sided(parties, i):
        return None
    for party in (parties.parties[n] for n in parties.nearest(i)):
        beside = party.last == i - 1 or (party.preposition == "between" and 0 < party.first - i <= _MAX_OWNER_TOKENS)
        if beside and len(party.members) > 1:
            return party
    return None


def partner_of(parties: SentenceParties, i: int) -> Party | None:
    """Return the one partner that a noun names right after it ("the ceasefire with Iran"): it leaves room for one."""
    tokens = parties.tokens
    if tokens[i].tag == "verb" or i + 1 >= len(tokens) or tokens[i + 1].lower != "with":
        return None
    after = next((p for p in (parties.parties[n] for n in parties.nearest(i)) if p.first > i), None)
    is_near = after is not None and after.first - i <= _MAX_OWNER_TOKENS and after.preposition == "with"
    return after if is_near and after is not None and len(after.members) == 1 else None


def owner_of(parties: SentenceParties, i: int) -> Party | None:
    """Return whose act the noun at `i` is, None when nobody stands before it as its possessor.

    A pronoun that stands for nobody ("its war") owns for the subject of its clause.
    """
    tokens = parties.tokens
    if tokens[i].tag == "verb":
        return None
    for j in range(i - 1, max(-1, i - 1 - _MAX_OWNER_TOKENS), -1):
        token = tokens[j]
        if token.tag == "own":
            return _ending_at(parties, j - 1)
        if token.tag == "poss":
            subject = parties.subject(j)
            return subject if subject is not None and subject.form == "head" else None
        if token.span is not None:
            is_owner = (
                token.span.is_possessive
                or token.span.kind is ReferenceKind.DEMONYM
                or token.lower in word_list("names as adjectives")
            )
            return _ending_at(parties, j) if is_owner else None
        if token.tag not in _INSIDE_PHRASE:
            return None
    return None


def _ending_at(parties: SentenceParties, j: int) -> Party | None:
    party = parties.party_of(j) if parties.tokens[j].tag == "actor" else None
    return party if party is not None and party.last == j else None


def is_two_sided(parties: SentenceParties, i: int) -> bool:
    """Tell a noun for a fight of two sides ("war"), which needs no recipient and names none by itself."""
    return parties.tokens[i].tag != "verb" and parties.tokens[i].lemma in word_list("two-sided fights")


def sure_actor(parties: SentenceParties, i: int) -> Party | None:
    """Return who the grammar alone makes the actor of the trigger at `i`, None where it leaves that to the weights."""
    for find in (controlling_subject, warring_parties, owner_of, doer_of):
        party = find(parties, i)
        if party is not None:
            return party
    return None
