"""Whose act a noun tells: the possessor or the adjective of a state right before it ("Iran's strikes", "its war")."""

from kg.extract.links import Party, SentenceParties, governor_of, verb_group
from kg.extract.spans import ReferenceKind
from kg.extract.tokens import word_list

_MAX_OWNER_TOKENS = 4
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
            return next((p for p in parties.parties if p.last == j - 1), None)
        if token.tag == "poss":
            subject = parties.subject(j)
            return subject if subject is not None and subject.form == "head" else None
        if token.span is not None:
            is_owner = (
                token.span.is_possessive
                or token.span.kind is ReferenceKind.DEMONYM
                or token.lower in word_list("names as adjectives")
            )
            return next((p for p in parties.parties if p.last == j), None) if is_owner else None
        if token.tag not in _INSIDE_PHRASE:
            return None
    return None
