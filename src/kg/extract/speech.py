"""Who tells what inside a sentence, and which speech act an event is the content of."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.links import SentenceParties, verb_group
from kg.extract.tokens import Token, read_rows
from kg.extract.triggers import Trigger
from kg.model.ontology import event_type
from kg.model.words import ContentKind, Status

_CONTENT_KINDS = {
    Status.OFFERED: ContentKind.OFFERED,
    Status.REQUESTED: ContentKind.REQUESTED,
    Status.THREATENED: ContentKind.THREATENED,
    Status.PLANNED: ContentKind.PLANNED,
    Status.REFUSED: ContentKind.REFUSED,
    Status.DENIED: ContentKind.REFUSED,
    Status.CONDITIONAL: ContentKind.CONDITIONAL,
    Status.POSSIBLE: ContentKind.FORECAST,
    Status.ALLEGED: ContentKind.ALLEGED,
}
# Which speech acts carry a content of that status; PLOVER types.
_CARRIERS = {
    Status.OFFERED: frozenset({"AGREE"}),
    Status.PLANNED: frozenset({"AGREE", "THREATEN"}),
    Status.REQUESTED: frozenset({"REQUEST"}),
    Status.THREATENED: frozenset({"THREATEN"}),
    Status.REFUSED: frozenset({"REJECT"}),
    Status.DENIED: frozenset({"REJECT", "REQUEST"}),
    Status.CONDITIONAL: frozenset({"THREATEN", "AGREE", "REQUEST"}),
    Status.POSSIBLE: frozenset({"THREATEN", "AGREE"}),
    Status.ALLEGED: frozenset({"ACCUSE"}),
}
_MAX_SPEAKER_TOKENS = 8


@dataclass(frozen=True, slots=True)
class Telling:
    """A speech verb with its speaker: indices of tokens; it covers the tokens [first, last]."""

    speaker: int
    verb: int
    first: int
    last: int


@cache
def _speech_lemmas() -> dict[str, bool]:
    """Return the verbs of saying, and whether each tells something only before "that" or a quotation."""
    return {row["lemma"]: row["needs"] == "that" for row in read_rows("speech_verbs.csv")}


def find_tellings(parties: SentenceParties) -> list[Telling]:
    """Return who says what in a sentence: "X said that ...", "..., X said", "according to X"."""
    tokens = parties.tokens
    tellings = []
    for i, token in enumerate(tokens):
        if token.tag == "verb" and token.lemma in _speech_lemmas() and _tells(tokens, i):
            speaker = _speaker_of(tokens, i)
            if speaker is not None:
                tellings.append(_telling(tokens, speaker, i))
        elif token.lower == "according" and i + 1 < len(tokens) and tokens[i + 1].lower == "to":
            speaker = _next_actor(tokens, i + 2)
            if speaker is not None:
                tellings.append(Telling(speaker, i, 0, len(tokens) - 1))
    return tellings


def teller_of(tellings: Sequence[Telling], trigger: int) -> Telling | None:
    """Return the telling that covers the trigger most closely, None when the narrator tells it."""
    covering = [t for t in tellings if t.first <= trigger <= t.last and t.verb != trigger]
    return min(covering, key=lambda t: (abs(t.verb - trigger), t.verb), default=None)


def _tells(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether the verb at `i` says something: finite, and with "that" or a quotation where it needs one."""
    needs_that = _speech_lemmas()[tokens[i].lemma]
    marks = {t.tag for t in tokens[max(0, i - _MAX_SPEAKER_TOKENS) : i + _MAX_SPEAKER_TOKENS] if t.tag == "quote"}
    has_that = any(t.lower == "that" for t in tokens[i + 1 : i + 1 + _MAX_SPEAKER_TOKENS // 2])
    return _is_finite(tokens, i) and (not needs_that or has_that or bool(marks))


def _is_finite(tokens: Sequence[Token], i: int) -> bool:
    return verb_group(tokens, i).mode in {"finite", "conjoined"} and "ing" not in tokens[i].forms


def _speaker_of(tokens: Sequence[Token], i: int) -> int | None:
    left = verb_group(tokens, i).left
    start = _before_insertion(tokens, left)
    for j in range(start - 1, max(-1, start - 1 - _MAX_SPEAKER_TOKENS), -1):
        if tokens[j].tag == "actor":
            return j
        if tokens[j].tag in {"verb", "quote", "stop", "colon", "sub"}:
            break
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    is_inverted = left > 0 and tokens[left - 1].tag in {"comma", "quote"}
    if after is not None and is_inverted and after.tag in {"actor", "det", "noun", "adj"}:
        return _next_actor(tokens, i + 1)
    return None


def _before_insertion(tokens: Sequence[Token], left: int) -> int:
    """Return where an apposition or relative clause begins that ends right before `left`, else `left`."""
    if left == 0 or tokens[left - 1].tag != "comma":
        return left
    for j in range(left - 2, max(-1, left - 2 - 2 * _MAX_SPEAKER_TOKENS), -1):
        if tokens[j].tag == "comma":
            return j
        if tokens[j].tag in {"stop", "quote"}:
            break
    return left


def _next_actor(tokens: Sequence[Token], start: int) -> int | None:
    for j in range(start, min(len(tokens), start + _MAX_SPEAKER_TOKENS)):
        if tokens[j].tag == "actor":
            return j
        if tokens[j].tag not in {"det", "adj", "noun", "own"}:
            return None
    return None


def _telling(tokens: Sequence[Token], speaker: int, verb: int) -> Telling:
    """A verb at the end of its sentence tells what stands before it, any other one what follows."""
    rest = [t for t in tokens[max(speaker, verb) + 1 :] if t.tag not in {"stop", "quote", "adv"}]
    if len(rest) <= _MAX_SPEAKER_TOKENS // 2 and not any(t.tag == "verb" for t in rest):
        return Telling(speaker, verb, 0, min(speaker, verb) - 1)
    return Telling(speaker, verb, verb + 1, len(tokens) - 1)


def carrier_of(triggers: Sequence[Trigger], number: int, status: Status) -> int | None:
    """Return the number of the speech act of the same sentence that trigger `number` is the content of."""
    wanted = _CARRIERS.get(status, frozenset())
    here = triggers[number].index
    acts = [
        (abs(other.index - here), n)
        for n, other in enumerate(triggers)
        if n != number and event_type(other.etype).speech_act and event_type(other.etype).plover in wanted
    ]
    before = [(distance, n) for distance, n in acts if triggers[n].index < here]
    return min(before or acts, default=(0, None))[1]


def content_kind(status: Status) -> ContentKind | None:
    """Return how a speech act holds a content of that status; None for one that happened."""
    return _CONTENT_KINDS.get(status)
