"""The words that name an event, and the type of event that they name."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg.extract.bars import TABLES, Bars
from kg.extract.linear import pooled, weight_table
from kg.extract.links import VerbGroup, verb_group
from kg.extract.tokens import Token, read_rows, singular, word_list
from kg.extract.told_types import TypeWeights, WordOdds, sentence_odds, word_odds
from kg.model.ontology import MEDIATION_TYPES, event_type
from kg.model.words import ActorType

NO_EVENT = "NONE"
EXPRESSION_PROBABILITY = 0.8
MIN_PLAIN_PERCENT: Mapping[str, int] = {"ASSAULT": 10, "COERCE": 20, "SANCTION": 20}  # 20 for all: a tenth less recall
_ATTACKS = frozenset({"AIRSTRIKE", "ATTACK", "MISSILE_STRIKE", "DRONE_STRIKE"})
_WEAPON_TOKENS = 4
_UNDOING_TOKENS = 5
_SENT_TOKENS = 4
CONTENT_TAGS = frozenset({"noun", "verb", "adj"})
_VIOLENCE = "ASSAULT"  # its words name nothing beside it: missiles fired at somebody are no test of weapons
_WINDOW_AFTER = 8
_WINDOW_BEFORE = 7
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Trigger:
    """The tokens [index, last] that name an event, counted in their sentence; `index` is the one that is judged.

    Attributes:
        probability: That it names an event.
        type_share: Share of that probability that its type has.
    """

    index: int
    last: int
    etype: str
    group: VerbGroup
    probability: float
    type_share: float = 1.0


@cache
def trigger_lemmas() -> frozenset[tuple[str, str]]:
    """Return the (lemma, tag) pairs that can name an event: the rows of data/triggers.csv."""
    return frozenset((row["lemma"], row["tag"]) for row in read_rows("triggers.csv"))


@cache
def _plain_percents() -> dict[tuple[str, str, str], int]:
    """Return how many in a hundred occurrences of a (lemma, tag) tell of that PLOVER type; data/plain_words.csv."""
    return {(row["lemma"], row["tag"], row["plover"]): int(row["percent"]) for row in read_rows("plain_words.csv")}


def is_plain_word(words: "SentenceWords", i: int, etype: str) -> bool:
    """Tell whether the word at `i` itself speaks of such an event; violence and sanctions are told by no other words.

    Some words speak of violence only beside a weapon ("aimed a rocket at", not "aimed at cutting profits").
    """
    plover, token = event_type(etype).plover, words.tokens[i]
    if plover not in MIN_PLAIN_PERCENT:
        return True
    if plover == "ASSAULT" and token.lemma in word_list("violent with a weapon"):
        return not word_list("weapons").isdisjoint(words.lemmas)
    if etype == "BREAK_RELATIONS" and word_list("relations").isdisjoint(words.lemmas):
        return False
    return _plain_percents().get((token.lemma, token.tag, plover), 0) >= MIN_PLAIN_PERCENT[plover]


class SentenceWords:
    """The tokens of a sentence with what every question about a trigger needs, read once."""

    def __init__(self, tokens: Sequence[Token], types: Mapping[str, ActorType], *, is_title: bool) -> None:
        """Take the tokens of one sentence.

        Args:
            types: Type of each actor by local id.
        """
        self.tokens = tokens
        self.is_title = is_title
        self.text = _text_of(tokens)
        self.shown = [_shown(token, types) for token in tokens]
        self.lemmas = sorted({t.lemma for t in tokens if t.tag in CONTENT_TAGS})
        self.n_actors = min(sum(t.tag == "actor" for t in tokens), 3)

    def word(self, i: int) -> str:
        """Return how the token at `i` counts as a neighbour; "^" outside the sentence."""
        return self.shown[i] if 0 <= i < len(self.shown) else "^"


def is_undone(words: SentenceWords, i: int) -> bool:
    """Tell sanctions that are lifted or only wished for ("an end to sanctions", "our sanctions must be")."""
    tokens = words.tokens
    near = {t.lemma for t in tokens[max(0, i - _UNDOING_TOKENS) : i + _UNDOING_TOKENS]}
    is_wished = tokens[i].tag == "noun" and i + 1 < len(tokens) and tokens[i + 1].tag == "modal"
    return is_wished or not word_list("undoing").isdisjoint(near)


def _text_of(tokens: Sequence[Token]) -> str:
    """Return the sentence from its first token on, white space as single blanks in their number."""
    text = ""
    for token in tokens:
        text += " " * (token.start - tokens[0].start - len(text)) + token.text
    return text


def _shown(token: Token, types: Mapping[str, ActorType]) -> str:
    if token.span is not None:
        return f"@{types[token.span.local_id]}"
    return "#" if token.tag == "num" else token.lower


class SentenceTriggers:
    """The words of a sentence that may name an event."""

    def __init__(
        self, words: SentenceWords, bars: Bars = TABLES, encoder: Callable[[int], list[float] | None] = lambda _: None
    ) -> None:
        """Read each word once.

        Args:
            encoder: What the encoder says of the token at an index: the probabilities of the classes of the table.
        """
        self._words, self._bars = words, bars
        self._expressions = {e.index: e for e in _expressions(words)}
        covered = {i for e in self._expressions.values() for i in range(e.index, e.last + 1)}
        table = weight_table("trigger_weights")
        none = table.classes.index(NO_EVENT)
        self._odds: dict[int, WordOdds] = {}
        for i in range(len(words.tokens)):
            probabilities = None if i in covered else _probabilities(words, i, encoder(i), bars)
            odds = word_odds(table.classes, probabilities, none) if probabilities else None
            if odds is not None:
                self._odds[i] = odds
        self.types = sentence_odds(self._odds.values())

    def alone(self) -> Iterator[Trigger]:
        """Yield the triggers in their order, each word judged by itself."""
        for i in self._places():
            if i in self._expressions:
                yield self._expressions[i]
                continue
            odds = self._odds[i]
            is_sure = odds.event >= (self._bars.mediation if odds.best in MEDIATION_TYPES else self._bars.event)
            trigger = self._trigger(i, odds.best, odds.best_probability)
            if is_sure and not self._is_deed(i, odds.best) and is_plain_word(self._words, i, trigger.etype):
                yield trigger

    def together(self, elsewhere: Callable[[str], float], weights: TypeWeights) -> Iterator[Trigger]:
        """Yield the triggers in their order, each type judged by all words of the sentence and by its document.

        Of a type that is told, the surest word names it, and so do other plain words for it that surely name an event
        and mean that type most.

        Args:
            elsewhere: How much the other sentences tell of a PLOVER type.
        """
        said = {p: weights.probability(odds, elsewhere(p)) for p, odds in self.types.items()}
        told = {plover for plover, probability in said.items() if probability >= self._bars.told}
        fixed = {event_type(e.etype).plover for e in self._expressions.values()}
        surest = {plover: self._surest(plover) for plover in told - fixed}
        for i in self._places():
            if i in self._expressions:
                yield self._expressions[i]
                continue
            odds = self._odds[i]
            is_mediation = odds.best in MEDIATION_TYPES and odds.event >= self._bars.mediation
            for plover, meaning in odds.meanings.items():
                if odds.main == _VIOLENCE != plover or self._is_deed(i, meaning.etype):
                    continue
                is_another = plover == odds.main and odds.event >= self._bars.event and plover in told
                is_another = is_another and is_plain_word(self._words, i, meaning.etype)
                is_mediation_of_it = is_mediation and meaning.etype == odds.best
                if surest.get(plover) == i or is_another or is_mediation_of_it:
                    yield self._trigger(i, meaning.etype, meaning.type_probability)

    def _is_deed(self, i: int, etype: str) -> bool:
        """Tell who carries out something from the mediator who carries messages."""
        after = self._words.word(i + 1)
        return etype in MEDIATION_TYPES and self._words.tokens[i].lemma == "carry" and after == "out"

    def _surest(self, plover: str) -> int:
        return max(self._odds, key=lambda i: self._odds[i].probability(plover))

    def _places(self) -> list[int]:
        return sorted({*self._expressions, *self._odds})

    def _trigger(self, i: int, etype: str, probability: float) -> Trigger:
        event = self._odds[i].event
        share = min(probability / max(event, 1e-9), 1.0)
        etype = _by_what_is_offered(self._words, i, _by_who_is_sent(self._words, i, etype))
        etype = _by_instrument(self._words, i, etype)
        return Trigger(i, i, etype, verb_group(self._words.tokens, i), event, share)


def _probabilities(words: SentenceWords, i: int, read: list[float] | None, bars: Bars) -> list[float] | None:
    """Return the probabilities of the classes of a word, None of one that nobody can tell of."""
    token = words.tokens[i]
    if (token.lemma, token.tag) not in trigger_lemmas():
        return read
    return pooled(weight_table("trigger_weights").probabilities(trigger_features(words, i)), read, bars.event_share)


@cache
def _expression_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["type"], re.compile(row["pattern"], re.IGNORECASE)) for row in read_rows("expressions.csv"))


def _expressions(words: SentenceWords) -> Iterator[Trigger]:
    """Yield the events of fixed expressions, which single words do not tell; data/expressions.csv."""
    tokens = words.tokens
    if not tokens:
        return
    taken: set[int] = set()
    for etype, pattern in _expression_patterns():
        for match in pattern.finditer(words.text):
            start, end = (place + tokens[0].start for place in match.span("trigger"))
            inside = [i for i, t in enumerate(tokens) if t.start >= start and t.end <= end]
            if inside and not taken & set(inside):
                taken.update(inside)
                group = verb_group(tokens, inside[0])
                yield Trigger(inside[0], inside[-1], etype, group, EXPRESSION_PROBABILITY)


@cache
def _instruments() -> dict[str, str]:
    return {row["noun"]: row["type"] for row in read_rows("instruments.csv")}


def _by_instrument(words: SentenceWords, i: int, etype: str) -> str:
    """Return the finer type of an attack when one weapon stands right beside its trigger."""
    if etype not in _ATTACKS:
        return etype
    left = max(0, i - _WEAPON_TOKENS)
    near = {_instruments().get(t.lemma) for t in words.tokens[left : i + 1 + _WEAPON_TOKENS]} - {None}
    return next(iter(near)) or etype if len(near) == 1 else etype


def _by_what_is_offered(words: SentenceWords, i: int, etype: str) -> str:
    """Return that cooperation is promised where no mediation is offered ("offered to take the terminal over")."""
    if etype != "OFFER_MEDIATION":
        return etype
    after = words.tokens[i + 1 : i + 1 + _NEAR]
    offered = next((verb for to, verb in pairwise(after) if to.lower == "to" and verb.tag == "verb"), None)
    is_mediation = offered is None or offered.lemma in word_list("offered mediation")
    return etype if is_mediation else "AGREE_TO_COOPERATE"


def _by_who_is_sent(words: SentenceWords, i: int, etype: str) -> str:
    """Return that a visit is told where envoys and not forces are sent ("sent a delegation to Doha")."""
    if etype != "DEPLOY_FORCES":
        return etype
    sent = {singular(word) for t in words.tokens[i + 1 : i + 1 + _SENT_TOKENS] for word in t.lower.split()}
    return "VISIT" if sent & word_list("envoys") and not sent & word_list("forces") else etype


def trigger_features(words: SentenceWords, i: int) -> list[str]:
    """Return what speaks for or against an event at token `i`."""
    token = words.tokens[i]
    lemma, kind, mode = token.lemma, token.tag[0], verb_group(words.tokens, i).mode
    features = [
        "any",
        f"lemma={lemma}|{kind}",
        f"mode={lemma}|{mode}",
        f"title={mode}|{words.is_title}",
        f"next={lemma}|{words.word(i + 1)}",
        f"previous={lemma}|{words.word(i - 1)}",
        f"any-next={kind}|{words.word(i + 1)}",
        f"any-previous={kind}|{words.word(i - 1)}",
        f"next-two={lemma}|{words.word(i + 1)}|{words.word(i + 2)}",
        f"previous-two={lemma}|{words.word(i - 2)}|{words.word(i - 1)}",
        f"actors={words.n_actors}",
    ]
    features += _window(words, i, range(i + 1, min(len(words.tokens), i + 1 + _WINDOW_AFTER)), "after")
    features += _window(words, i, range(i - 1, max(-1, i - 1 - _WINDOW_BEFORE), -1), "before")
    features += [f"sentence={other}" for other in words.lemmas]
    features += [f"stem={lemma[:4]}|{kind}", f"stem-mode={lemma[:5]}|{mode}"]
    features += _object_features(words, i)
    features.append(_nearest(words, i, range(i + 1, len(words.tokens)), "right"))
    features.append(_nearest(words, i, range(i - 1, -1, -1), "left"))
    return features


def _window(words: SentenceWords, i: int, window: range, side: str) -> Iterator[str]:
    lemma, kind = words.tokens[i].lemma, words.tokens[i].tag[0]
    for j in window:
        other = words.tokens[j]
        if other.tag in {"stop", "quote"}:
            return
        if other.tag in CONTENT_TAGS:
            yield f"{side}={lemma}|{other.lemma}"
            yield f"any-{side}={kind}|{other.lemma}"
        elif other.tag == "actor":
            yield f"{side}-actor={lemma}|{words.shown[j]}"
        elif side == "after" and other.tag in {"prep", "to"}:
            yield f"after-to={lemma}|{other.lower}"


def _object_features(words: SentenceWords, i: int) -> Iterator[str]:
    """Yield the head of the noun phrase behind the trigger, with the preposition before it, and the governing verb."""
    lemma, tokens = words.tokens[i].lemma, words.tokens
    preposition, head = "", ""
    for token in tokens[i + 1 : i + 1 + _WINDOW_AFTER]:
        if token.tag in {"noun", "adj", "actor", "det", "poss", "num", "own", "adv"}:
            head = token.lemma if token.tag == "noun" else head
        elif head or preposition or token.tag not in {"prep", "to"}:
            break
        else:
            preposition = token.lower
    yield f"object={lemma}|{preposition}|{head}"
    yield f"any-object={tokens[i].tag[0]}|{preposition}|{head}"
    for j in range(i - 1, max(-1, i - 1 - _WINDOW_BEFORE), -1):
        if tokens[j].tag == "verb":
            yield f"governor={lemma}|{tokens[j].lemma}"
            yield f"any-governor={verb_group(tokens, i).mode}|{tokens[j].lemma}"
            return


def _nearest(words: SentenceWords, i: int, order: range, side: str) -> str:
    kind = words.tokens[i].tag[0]
    for j in order:
        if words.tokens[j].tag == "actor":
            return f"{side}={kind}|{words.shown[j]}|{min(abs(j - i), _NEAR)}"
    return f"{side}={kind}|none"
