"""Who brings others together, where the words say so: "a truce brokered by Qatar", "talks under UN auspices"."""

from collections.abc import Iterator

from kg.extract.links import Party, SentenceParties, verb_group
from kg.extract.tokens import word_list
from kg.model.ontology import MEDIATION_TYPES, event_type
from kg.model.words import Role

_MEDIATED = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "CONCEDE", "RETREAT", "AGREE"})
_REACH = 12  # tokens between what is mediated and the words that tell who does it
_NEAR = 4
_SKIPPED = frozenset({"adv", "have", "be", "own", "adj", "num", "det", "poss"})
_BOUNDS = frozenset({"stop", "quote", "colon"})


def told_roles(parties: SentenceParties, i: int, etype: str) -> Iterator[tuple[Party, Role]]:
    """Yield the parties to whom the words round them give a role in the event whose trigger is at `i`.

    Who mediates is the actor of a mediation and the mediator of anything else; who asks for a mediation is party to it.
    """
    if etype in MEDIATION_TYPES:
        asker, asked = _asked(parties, i) or (None, None)
        yield from ((party, Role.ACTOR) for party in (asked, *_doers(parties, i)) if party is not None)
        if asker is not None:
            yield asker, Role.RECIPIENT
    elif event_type(etype).plover in _MEDIATED:
        yield from ((party, Role.MEDIATOR) for party in _mediators(parties, i))


def _mediators(parties: SentenceParties, i: int) -> Iterator[Party]:
    for party in (parties.parties[n] for n in parties.nearest(i)):
        first, last = min(i, party.first), max(i, party.last)
        is_apart = last - first > _REACH or any(token.tag in _BOUNDS for token in parties.tokens[first:last])
        if not is_apart and (_is_brokering(parties, i, party) or _has_mediation(parties, party)):
            yield party


def _asked(parties: SentenceParties, i: int) -> tuple[Party, Party] | None:
    """Return who asks whom for the mediation that an infinitive tells ("Hamas asked Egypt and Qatar to step in")."""
    tokens, group = parties.tokens, verb_group(parties.tokens, i)
    last = group.left - 1
    if group.mode != "infinitive" or last < 0 or tokens[last].tag != "actor":
        return None
    asked = parties.party_of(last)
    verb = asked.first - 1
    while verb > 0 and tokens[verb].tag in {"det", "adj", "noun"}:
        verb -= 1
    asker = parties.subject(verb) if verb >= 0 and tokens[verb].lemma in word_list("asking verbs") else None
    return (parties.stands_for(asker), asked) if asker is not None else None


def _doers(parties: SentenceParties, i: int) -> Iterator[Party]:
    """Yield who does what a noun of mediation tells ("mediation in Jeddah by Saudi Arabia and the United States")."""
    tokens = parties.tokens
    if tokens[i].lemma in word_list("mediation"):
        for party in (parties.parties[n] for n in parties.nearest(i)):
            between = tokens[i + 1 : party.first]
            is_near = i < party.first <= i + _REACH and not any(t.tag in {*_BOUNDS, "verb"} for t in between)
            if is_near and party.preposition == "by":
                yield party


def _is_brokering(parties: SentenceParties, i: int, party: Party) -> bool:
    """Tell "a truce brokered by Qatar", "a truce that Qatar brokered" and "Qatar brokered a truce"."""
    tokens, verbs = parties.tokens, word_list("mediating verbs")
    if party.first > i and party.preposition == "by":
        between = tokens[i + 1 : party.first]
        return any(t.lemma in verbs and "part" in t.forms for t in between)
    after = party.last + 1
    while after < len(tokens) and tokens[after].tag in {"adv", "have"}:
        after += 1
    is_brokering = after < len(tokens) and tokens[after].tag == "verb" and tokens[after].lemma in verbs
    if not is_brokering or party.preposition:
        return False
    if party.first > i:
        return all(t.tag in {"rel", "sub", "det", "prep", "num", "comma"} for t in tokens[i + 1 : party.first])
    return 0 < i - after <= _NEAR


def _has_mediation(parties: SentenceParties, party: Party) -> bool:
    """Tell "under UN auspices", "with Turkish help", "the mediation of Oman" and "with Turkey as go-between"."""
    tokens = parties.tokens
    if party.preposition in {"under", "with", "through", "by"}:
        for token in tokens[party.last + 1 : party.last + 1 + _NEAR]:
            if token.lemma in word_list("mediation"):
                return True
            if token.tag not in _SKIPPED | {"and"} and token.lower not in {"as", "good"}:
                break
    if party.preposition in {"of", "by", "from"}:
        before = [t for t in tokens[max(0, party.first - _NEAR) : party.first] if t.tag not in _SKIPPED]
        is_word = len(before) > 1 and before[-2].lemma in word_list("mediation")
        return is_word and before[-1].lower == party.preposition
    return False
