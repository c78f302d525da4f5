"""Whether a sentence tells an event as having happened, and which words decide it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.bars import TABLES, Bars
from kg.extract.linear import pooled, weight_table
from kg.extract.links import VerbGroup, governor_of, verb_group
from kg.extract.tokens import Token, read_rows, word_list
from kg.model.ontology import event_type
from kg.model.words import HAPPENED_STATUSES, Status

GOVERNED_PROBABILITY = 0.88  # share of annotated infinitives for which a governor of data/status_cues.csv is right
_BY_DECISION = "GRANT_SANCTIONS_RELIEF"
_REACH_LEFT = 14
_REACH_RIGHT = 13
_NEAR = 6
_MAX_CHAIN = 4  # verbs that carry one another ("must stay shut")
_PLAIN = frozenset({"noun", "adj", "det", "prep", "to", "adv"})
_NO_CUES = frozenset({"det", "prep", "and", "but", "own", "poss", "rel", "comma", "actor", "pron"})
_CLAUSE_ENDS = frozenset({"comma", "stop", "quote", "colon", "rel", "verb"})
_FORMS = ("base", "past", "part", "s", "ing")


@dataclass(frozen=True, slots=True)
class Judged:
    """A status with its probability and the tokens [first, last] of its cue, None for the plain past."""

    status: Status
    probability: float
    cue: tuple[int, int] | None


def judge_status(
    tokens: Sequence[Token],
    i: int,
    etype: str,
    *,
    is_title: bool,
    bars: Bars = TABLES,
    encoder: Sequence[float] | None = None,
) -> Judged:
    """Return the status of the event whose trigger is the token at `i`.

    Args:
        encoder: What the encoder says: the probabilities of the statuses in the order of `Status`.

    An event counts as happened only when that is at least `bars.happened` likely and no cue forbids it.
    """
    table = weight_table("status_weights")
    found = status_features(tokens, i, etype, is_title=is_title)
    weighed = pooled(table.probabilities(f for f, _ in found), encoder, bars.status_share)
    odds = dict(zip(map(Status, table.classes), weighed, strict=True))
    governed = governed_status(tokens, i, etype)
    if governed is not None:
        return governed
    veto = veto_of(tokens, i)
    happened = 0.0 if veto else sum(odds[status] for status in HAPPENED_STATUSES)
    choice = [s for s in odds if (s in HAPPENED_STATUSES) == (happened >= bars.happened)]
    status = max(choice, key=odds.__getitem__)
    cue = None
    if status is not Status.OCCURRED:
        places = {f: place for f, place in found if place is not None and tokens[place[1]].tag not in _NO_CUES}
        strongest = table.strongest(places, status)
        cue = places[strongest] if strongest else veto
    share = odds[status] / sum(odds[s] for s in choice)
    return Judged(status, share if veto else odds[status], cue)


@cache
def _governors() -> dict[str, Status]:
    return {row["governor"]: Status(row["status"]) for row in read_rows("status_cues.csv")}


def governed_status(tokens: Sequence[Token], i: int, etype: str) -> Judged | None:
    """Return the status that the word right before an infinitive gives ("due to", "refused to"), if it is a plain one.

    Relief is granted when it is decided ("agreed to delay sanctions"). A governor that is itself denied, modal or an
    infinitive leaves the question open.
    """
    group = verb_group(tokens, i)
    governor = governor_of(tokens, i)
    if governor is None or any(tokens[j].tag == "neg" for j in group.auxiliaries):
        return None
    status = _governors().get(tokens[governor].lemma)
    own = verb_group(tokens, governor)
    if status is None or own.mode == "infinitive" or veto_of(tokens, governor) is not None:
        return None
    if any(tokens[j].tag == "neg" for j in range(max(0, governor - 2), governor)):
        return None
    if etype == _BY_DECISION and tokens[governor].lemma in word_list("decisions"):
        status = Status.OCCURRED
    return Judged(status, GOVERNED_PROBABILITY, None if status is Status.OCCURRED else (governor, governor))


def veto_of(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """Return the tokens [first, last] that forbid to read the event of the trigger at `i` as having happened.

    A modal or a negation of its own verb group ("may be days from a truce" for a noun), an infinitive that no factual
    verb governs ("began to"), an "if", "unless" or "whether" of its own clause, and a question mark: on annotated
    texts nine in ten of them tell of what did not happen.
    """
    found, place = None, i
    for _ in range(_MAX_CHAIN):
        found, verb = _veto_at(tokens, place)
        if verb is None:
            break
        place = verb
    return found


def _veto_at(tokens: Sequence[Token], i: int) -> tuple[tuple[int, int] | None, int | None]:
    """Return what forbids the word at `i`, or else the verb that has to answer for it."""
    group = verb_group(tokens, i)
    question = next((j for j in range(i + 1, len(tokens)) if tokens[j].tag == "stop"), None)
    if question is not None and tokens[question].lower == "?":
        return (question, question), None
    for j in group.auxiliaries:
        if tokens[j].tag in {"modal", "neg"}:
            return (j, j), None
    if group.mode == "infinitive" and not _is_factual(tokens, group.left):
        return (max(group.left - 1, 0), group.left), None
    for j in range(group.left - 1, max(-1, group.left - 1 - _REACH_LEFT), -1):
        if tokens[j].tag in _CLAUSE_ENDS:
            return _veto_of_verb(tokens, j, i) if tokens[j].tag == "verb" else (None, None)
        is_modal_clause = group.mode == "noun" and tokens[j].tag == "modal"
        if is_modal_clause or tokens[j].lower in word_list("conditional words"):
            return (j, j), None
    return None, None


def _veto_of_verb(tokens: Sequence[Token], verb: int, i: int) -> tuple[tuple[int, int] | None, int | None]:
    """Return what the verb before it says against the event: "denied that", "will not face", "must stay shut"."""
    if tokens[verb].lemma in word_list("denying verbs") and tokens[verb + 1].lower == "that":
        return (verb, verb), None
    carries = word_list("carrying verbs") if tokens[i].tag != "verb" else word_list("linking verbs")
    if i - verb <= _NEAR and tokens[verb].lemma in carries:
        return None, verb
    return None, None


def _is_factual(tokens: Sequence[Token], infinitive: int) -> bool:
    for j in range(infinitive - 1, max(-1, infinitive - 1 - _NEAR), -1):
        if tokens[j].tag == "verb":
            group = verb_group(tokens, j)
            is_open = any(tokens[k].tag in {"modal", "neg"} for k in group.auxiliaries) or group.mode == "infinitive"
            return tokens[j].lemma in word_list("factual infinitive governors") and not is_open
    return False


Found = tuple[str, tuple[int, int] | None]


def status_features(tokens: Sequence[Token], i: int, etype: str, *, is_title: bool) -> list[Found]:
    """Return what speaks for a status, each with the tokens [first, last] that show it."""
    token, group = tokens[i], verb_group(tokens, i)
    plover = event_type(etype).plover
    form = next((f for f in _FORMS if f in token.forms), "-")
    found: list[Found] = [
        ("any", None),
        (f"type={etype}", None),
        (f"mode={group.mode}", None),
        (f"plover={plover}|{group.mode}", None),
        (f"lemma={token.lemma}|{group.mode}", None),
        (f"title={is_title}|{group.mode}", None),
        (f"form={form}|{group.mode}", None),
    ]
    found += _auxiliary_features(tokens, group, form)
    found += _left_features(tokens, group, plover)
    found += _right_features(tokens, i)
    found += _sentence_features(tokens, i)
    return found


def _auxiliary_features(tokens: Sequence[Token], group: VerbGroup, form: str) -> Iterator[Found]:
    own = [j for j in group.auxiliaries if tokens[j].tag != "adv"]
    for j in group.auxiliaries:
        name = "adverb" if tokens[j].tag == "adv" else "auxiliary"
        yield f"{name}={tokens[j].lower}", (j, j)
    words = " ".join(tokens[j].lower for j in own)
    yield f"auxiliaries={words}|{form}", (own[0], own[-1]) if own else None
    if group.left:
        before = tokens[group.left - 1]
        yield f"before={before.lower}", (group.left - 1, group.left - 1)
        if group.left > 1 and tokens[group.left - 2].tag != "actor":
            yield f"before={before.lower}|{tokens[group.left - 2].lower}", (group.left - 2, group.left - 1)


def _left_features(tokens: Sequence[Token], group: VerbGroup, plover: str) -> Iterator[Found]:
    """Yield the governing verbs and the words before the trigger, with the boundary that lies between."""
    boundary, governors = "", 0
    for distance, j in enumerate(range(group.left - 1, max(-1, group.left - 1 - _REACH_LEFT), -1)):
        token = tokens[j]
        if token.tag in {"stop", "quote", "colon"}:
            boundary = token.tag
        if token.tag == "verb":
            yield from _governor(tokens, j, min(governors, 2), boundary, f"{group.mode}|{plover}")
            governors += 1
        elif token.tag in {"modal", "neg"}:
            yield f"left={token.lower}|{min(distance, _NEAR)}|{boundary}", (j, j)
        elif token.tag in {"sub", "rel", "and", "but"}:
            yield f"clause={token.lower}|{min(governors, 2)}|{boundary}", (j, j)
            boundary = boundary or "clause"
        elif token.tag == "comma":
            boundary = boundary or "comma"
        elif token.tag in _PLAIN and distance < _NEAR:
            yield f"word={token.lemma}|{boundary}", (j, j)
            yield f"near={token.lemma}|{min(distance, 3)}", (j, j)
    yield f"governors={min(governors, 2)}", None


def _governor(tokens: Sequence[Token], j: int, order: int, boundary: str, context: str) -> Iterator[Found]:
    if order > 1:
        return
    group = verb_group(tokens, j)
    words = " ".join(tokens[k].lower for k in group.auxiliaries if tokens[k].tag in {"neg", "modal"})
    name = f"{tokens[j].lemma} {words}".strip()
    mode, plover = context.split("|")
    place = (group.left, j)
    yield f"governor={order}|{name}|{boundary}", place
    yield f"governor-of={order}|{name}|{mode}", place
    yield f"governor-for={order}|{name}|{plover}", place
    if group.mode == "infinitive":
        yield f"governor-infinitive={order}", None


def _right_features(tokens: Sequence[Token], i: int) -> Iterator[Found]:
    boundary = ""
    for distance, j in enumerate(range(i + 1, min(len(tokens), i + 1 + _REACH_RIGHT))):
        token = tokens[j]
        if token.tag == "stop":
            return
        if token.tag == "quote":
            boundary = "quote"
        elif token.tag == "comma":
            boundary = boundary or "comma"
        elif token.tag in {"sub", "modal", "neg"}:
            yield f"right={token.lower}|{boundary}", (j, j)
        elif token.tag == "verb":
            yield f"right-verb={token.lemma}|{boundary}", (j, j)
            boundary = boundary or "verb"
        elif token.tag in _PLAIN and distance < _NEAR + 1:
            yield f"right-word={token.lemma}|{boundary}", (j, j)


def _sentence_features(tokens: Sequence[Token], i: int) -> Iterator[Found]:
    for j, token in enumerate(tokens):
        if token.lower == "?" and j > i:
            yield "question", (j, j)
        elif token.lower == "if":
            yield "sentence-if", (j, j)
        elif j < i and token.lower in {"would", "could", "might", "may"}:
            yield "modal-before", (j, j)
