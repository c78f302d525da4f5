"""A sentence as tagged tokens: just enough grammar to see verbs, their voice, and what stands between two words."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from kg.extract.spans import ActorSpan, ReferenceKind

_PIECE = re.compile(
    r"(?P<neg>n['’]t\b)|(?P<own>['’]s?(?=\W|$))|[^\W\d_](?:\.[^\W\d_])+\.?|\d+(?:[.,:]\d+)*|"
    r"(?:(?!n['’]t\b)[^\W_])+(?:-[^\W_]+)*|\.\.\.|--|[^\w\s]"
)
_VOWELS = "aeiou"
_DETERMINING = frozenset({"det", "poss", "own", "prep", "num", "adj", "to", "sub"})
_OBJECT_STARTS = frozenset({"det", "actor", "poss", "num", "pron"})
_INVARIANT_ADJECTIVES = ("al", "ic", "ous", "ive", "ful", "less", "ern", "ary")


@dataclass(slots=True)
class Token:
    """A word, a punctuation mark or a whole actor span; `start` and `end` count in the document.

    Attributes:
        tag: A tag of data/words.csv, or "actor", "verb", "noun", "adj", "num", "own" ('s).
        forms: For verbs: subset of {"base", "s", "past", "part", "ing"}.
        lemma: The base form of a verb, the singular of a noun, else the lower-cased text.
    """

    start: int
    end: int
    text: str
    tag: str = ""
    lemma: str = ""
    forms: frozenset[str] = frozenset()
    span: ActorSpan | None = None
    lower: str = field(init=False)

    def __post_init__(self) -> None:
        self.lower = self.text.lower().replace("’", "'")


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of this room's data."""
    text = files("kg.extract").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def word_list(name: str) -> frozenset[str]:
    """Return a list of data/word_lists.csv."""
    return next(frozenset(row["words"].split()) for row in read_rows("word_lists.csv") if row["name"] == name)


@cache
def _closed_words() -> dict[str, str]:
    return {word: row["tag"] for row in read_rows("words.csv") for word in row["words"].split()}


def _doubles(base: str, past: str) -> bool:
    return past == f"{base}{base[-1]}ed"


def inflect(base: str, past: str = "", participle: str = "") -> Iterator[tuple[str, str]]:
    """Yield (form, name of the form) of a verb; past and participle only where they are irregular."""
    keeps_e = base.endswith(("ee", "oe", "ye"))
    stem = base[:-1] if base.endswith("e") and not keeps_e else base
    consonant_y = base.endswith("y") and base[-2:-1] not in _VOWELS
    yield base, "base"
    if consonant_y:
        yield f"{base[:-1]}ies", "s"
    else:
        yield f"{base}es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{base}s", "s"
    regular = f"{base}d" if keeps_e else f"{base[:-1]}ied" if consonant_y else f"{stem}ed"
    yield past or regular, "past"
    yield participle or past or regular, "part"
    if base.endswith("ie"):
        yield f"{base[:-2]}ying", "ing"
    elif _doubles(base, past) or base in _DOUBLED_BEFORE_ING:
        yield f"{base}{base[-1]}ing", "ing"
    else:
        yield f"{stem}ing", "ing"


_DOUBLED_BEFORE_ING = frozenset(
    {"begin", "cut", "dig", "forget", "get", "hit", "let", "put", "quit", "run", "set", "shut", "sit", "split", "win"}
)


@cache
def verb_forms() -> dict[str, tuple[str, frozenset[str]]]:
    """Return for every form of the verbs of data/verbs.csv its base and which forms it can be."""
    found: dict[str, tuple[str, set[str]]] = {}
    for row in read_rows("verbs.csv"):
        for form, name in inflect(row["base"], row["past"], row["participle"]):
            base, names = found.setdefault(form, (row["base"], set()))
            if base == row["base"]:
                names.add(name)
    return {form: (base, frozenset(names)) for form, (base, names) in found.items()}


def singular(noun: str) -> str:
    """Return the singular of a lower-case noun by its ending."""
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    return noun[:-1] if len(noun) > 3 and noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def tokenise(text: str, start: int, end: int, spans: Sequence[ActorSpan]) -> list[Token]:
    """Return the tagged tokens of `text[start:end]`; each actor span is one token.

    Args:
        spans: The actor spans inside [start, end), sorted.
    """
    tokens: list[Token] = []
    at = start
    for span in spans:
        tokens += _pieces(text, at, span.start)
        tokens.append(Token(span.start, span.end, text[span.start : span.end], "actor", span=span))
        at = span.end
    tokens += _pieces(text, at, end)
    for i, token in enumerate(tokens):
        if not token.tag:
            _tag(tokens, i)
    return tokens


def _pieces(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _PIECE.finditer(text, start, end):
        token = Token(match.start(), match.end(), match.group())
        if match.lastgroup == "neg":
            token.tag, token.lemma = "neg", "not"
        elif match.lastgroup == "own":
            token.tag = "own"
        yield token


def _tag(tokens: list[Token], i: int) -> None:
    token = tokens[i]
    word = token.lower
    closed = _closed_words().get(word)
    token.lemma = word
    if closed and not (word == "us" and token.text == "US"):
        token.tag = closed
    elif word[0].isdigit():
        token.tag = "num"
    elif word in verb_forms() and _is_verb(tokens, i):
        token.tag = "verb"
        token.lemma, token.forms = verb_forms()[word]
    elif word.endswith("ly") and len(word) > 4:
        token.tag = "adv"
    elif word.endswith(_INVARIANT_ADJECTIVES) and word not in verb_forms():
        token.tag = "adj"
    elif not word[0].isalpha():
        token.tag = "mark"
    else:
        token.tag = "noun"
        token.lemma = singular(word)


def _before(tokens: list[Token], i: int) -> int | None:
    return next((j for j in range(i - 1, -1, -1) if tokens[j].tag not in {"adv", "neg"}), None)


def _starts_object(tokens: list[Token], i: int) -> bool:
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None:
        return False
    return after.tag in _OBJECT_STARTS or _closed_words().get(after.lower) in _OBJECT_STARTS | {"sub"}


def _is_verb(tokens: list[Token], i: int) -> bool:
    """Tell a verb from a noun or adjective of the same form by its neighbours."""
    forms = verb_forms()[tokens[i].lower][1]
    place = _before(tokens, i)
    if place is None:
        return "past" in forms or "ing" in forms or _starts_object(tokens, i)
    before = tokens[place]
    if before.tag in {"modal", "do"} or (before.tag == "to" and "base" in forms):
        return "base" in forms
    if before.tag in {"be", "have"}:
        return bool(forms & {"part", "ing", "past"})
    is_owner = before.span is not None and before.span.is_possessive and before.span.kind is ReferenceKind.PRONOUN
    if is_owner:
        return False  # our sanctions
    if before.tag in _DETERMINING:
        return before.tag in {"prep", "sub"} and ("ing" in forms or (before.tag == "sub" and "past" in forms))
    return _is_verb_after_word(tokens, i, place, forms)


def _is_adjective(tokens: list[Token], at: int) -> bool:
    """Tell a name that describes the noun after it, an object itself ("rejected US calls", not "the US calls")."""
    is_adjective = tokens[at].lower in word_list("names as adjectives")
    return is_adjective and at > 0 and tokens[at - 1].tag in {"verb", "prep"}


def _is_verb_after_word(tokens: list[Token], i: int, place: int, forms: frozenset[str]) -> bool:
    before = tokens[place]
    if before.tag in {"pron", "rel"}:
        return True
    if forms & {"past", "part"}:
        return True
    if "ing" in forms:
        return tokens[i].lower not in word_list("nominal gerunds") or _starts_object(tokens, i)
    if tokens[i].lower in word_list("never nouns"):
        return True
    is_demonym = before.span is not None and before.span.kind is ReferenceKind.DEMONYM
    if _is_adjective(tokens, place):
        return _starts_object(tokens, i)
    if before.tag == "actor" and not is_demonym:
        return "s" in forms or _starts_object(tokens, i)
    if before.tag == "verb" and before.lemma in {"help", "let", "make", "see"}:
        return "base" in forms
    return _starts_object(tokens, i)
