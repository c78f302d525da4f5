"""Counts of people and things and sums of money that a sentence tells, with what was counted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.tokens import read_rows
from kg.model.claims import Number
from kg.text.number_words import number_pattern, parse_number

MAX_CUE_CHARS = 60  # how far from a number what it counts is looked for
MAX_TOLL_CHARS = 140  # "the death toll from the strike of last week on the capital has risen to 28"
NONE_OF = frozenset({"no", "nobody", "no one", "none", "not one"})
_HEDGE = (
    r"(?:(?:at least|as many as|more than|fewer than|less than|up to|over|about|around|some|almost|nearly|a further|"
    r"another|only|just|all) )"
)
MAX_PRICE = 1000  # money of this size in a sentence about oil is what a barrel costs
_PRICED = re.compile(r"\b(?:barrels?|crude|oil|price|ceiling|cap)\b", re.IGNORECASE)
_AND = re.compile(r" (?:[\w'’-]+ ){1,4}and ")
_AGED = re.compile(r"\b(?:aged|(?:boy|girl|child|man|woman|brother|sister|son|daughter|youth)s? of) $")
_FATES = frozenset({"killed", "wounded", "arrested", "released", "freed", "abducted", "deported", "expelled"})
_SUMS = frozenset({"amount", "price", "percent"})
_BEFORE_YEAR = re.compile(
    r"\b(?:in|since|of|from|until|by|and|to|(?:Jan|Febr)uary|March|April|May|June|July|August|\w+ber)(?: \d\d?,)?\s$"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = re.compile(r"\d\d?(?:st|nd|rd|th)?")
_AFTER_MONTH = re.compile(rf"\b{_MONTH}\s$")
_BEFORE_MONTH = re.compile(rf"\s(?:of\s)?{_MONTH}\b")
_RISES_TO = re.compile(r"\b(?:to|at|of|reached|stood at|passed)\s*$")
_LIVES = re.compile(r"\s*(?:[\w-]+ ){0,2}lives\b")
_MEN = re.compile(r"\s*(?:[\w-]+ ){0,2}(?:lives|soldiers|men|troops|fighters|servicemen|policemen)\b")
_SUBSET = re.compile(r"\b(?:including|among them|among whom|of whom|of them)\s+(?:\w+\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cue:
    kind: str
    place: str


def find_numbers(sentence: str) -> tuple[Number, ...]:
    """Return the numbers whose kind the words around them tell, in the order of the sentence; spans count in it.

    The kind is a row of `data/number_cues.csv`, or amount or percent; the value is 0 for "nobody".
    """
    matches = [match for match in _number_pattern().finditer(sentence) if not _is_day(match)]
    found: list[Number] = []
    for index, match in enumerate(matches):
        left = matches[index - 1].end() if index else 0
        right = matches[index + 1].start() if index + 1 < len(matches) else len(sentence)
        if (money := _money(match)) is not None:
            found.append(money)
        elif not _is_year(match) and not _is_age(match):
            found.append(_counted(sentence, match, left, right))
    return tuple(number for number in _coordinated(sentence, found) if number.kind)


def _coordinated(sentence: str, found: Sequence[Number]) -> Iterator[Number]:
    """Give both parts of "five soldiers and 25 rebels were killed" the kind that the words tell of one of them."""
    kinds = [number.kind for number in found]
    for n in range(len(found) - 1):
        if is_coordinated(sentence, found[n], found[n + 1]):
            told = {kinds[n], kinds[n + 1]} & _FATES
            if len(told) == 1 and not {kinds[n], kinds[n + 1]} & _SUMS:
                kinds[n] = kinds[n + 1] = told.pop()
    return (replace(number, kind=kind) for number, kind in zip(found, kinds, strict=True))


def is_coordinated(sentence: str, first: Number, second: Number) -> bool:
    """Tell whether two numbers of a sentence are parts of one list ("five soldiers and 25 rebels")."""
    return bool(_AND.fullmatch(sentence, first.end, second.start))


def _is_age(match: re.Match[str]) -> bool:
    """A boy of seven, and Nasrin Sotoudeh, 62, of the bar."""
    before, behind = match.string[max(0, match.start() - 20) : match.start()], match.string[match.end() :][:2]
    is_aside = bool(re.search(r"[A-Z]\w+, $", before)) and behind[:1] == ","
    return is_aside or bool(_AGED.search(before))


def _is_year(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 14) : match.start()]
    return bool(_YEAR.fullmatch(match["number"]) and _BEFORE_YEAR.search(before))


def _is_day(match: re.Match[str]) -> bool:
    """June 17 and the 3rd of May, which part no number from what it counts."""
    sentence, number = match.string, match["number"]
    is_named = _AFTER_MONTH.search(sentence, max(0, match.start() - 11), match.start())
    return bool(_DAY.fullmatch(number) and (is_named or _BEFORE_MONTH.match(sentence, match.end())))


def _money(match: re.Match[str]) -> Number | None:
    """A sum of money or a share, which its sign tells."""
    kind = "amount" if match["before"] or match["currency"] else "percent" if match["percent"] else None
    if kind is None:
        return None
    value = _value(match)
    if kind == "amount" and value is not None and value < MAX_PRICE and _PRICED.search(match.string):
        kind = "price"
    return _found(kind, match, end=match.end())


def _found(kind: str, match: re.Match[str], *, end: int) -> Number:
    surface = match.string[match.start() : end]
    return Number(kind=kind, surface=surface, value=_value(match), start=match.start(), end=end)


def _value(match: re.Match[str]) -> float | None:
    number = match["number"]
    return 0.0 if number.lower() in NONE_OF else parse_number(number)


def _counted(sentence: str, match: re.Match[str], left: int, right: int) -> Number:
    """A count, told by a cue behind it, else by one before it, else by the noun; of no kind when none tells."""
    behind = sentence[match.end() : min(right, match.end() + MAX_CUE_CHARS)]
    behind = re.split(r"[;:.!?]|, (?:who|which|and)\b", behind, maxsplit=1)[0]
    kind = _kind_behind(behind, is_cut=right < len(sentence) and len(behind) == right - match.end())
    if kind is None:
        before = sentence[max(left, match.start() - MAX_CUE_CHARS) : match.start()]
        kind = None if _SUBSET.search(before) else _kind_before(before, behind)
    kind = kind or _noun(behind) or _toll(sentence[max(left, match.start() - MAX_TOLL_CHARS) : match.start()])
    return _found(kind or "", match, end=match.end("number"))


def _kind_behind(behind: str, *, is_cut: bool) -> str | None:
    """The kind by a participle or noun behind: "28 people were killed", "28 dead"; not "28 men killed ten rebels"."""
    for cue in _cue_pattern("verb", "after", "either").finditer(behind):
        told = _cues()[cue[0].lower()]
        if told.place != "verb":
            return told.kind
        is_passive = re.search(r"\b(?:was|were|been|being|be|is|are|got)\s+(?:\w+\s+)?$", behind[: cue.start()])
        rest = behind[cue.end() :]
        if is_passive or re.match(r"\s*(?:$|[,)]|(?:in|by|when|and|as|at|on|during|since|after|or|this|last)\b)", rest):
            if not is_passive and is_cut and not rest.strip(" ,").strip("and"):
                continue  # "28 fighters killed and 30 ..." is told by the verb; "killed ten" by the number behind
            return told.kind
    return None


def _kind_before(before: str, behind: str) -> str | None:
    cues = list(_cue_pattern("verb", "before", "either", "toll", "lives", "losses").finditer(before))
    if not cues:
        return None
    told, between = _cues()[cues[-1][0].lower()], before[cues[-1].end() :]
    if told.place == "toll":
        return told.kind if _RISES_TO.search(before) else None
    if told.place in ("lives", "losses"):
        lost = _LIVES if told.place == "lives" else _MEN  # a claim may be about men, a loss of men is a death
        return told.kind if lost.match(behind) else None
    # Between verb and object stand articles and adjectives, no preposition and no other clause.
    return (
        told.kind
        if re.fullmatch(r"(?:\s+(?:of|the|last|its|his|their|another|other|[a-z]+ly|and|or))*\s*", between)
        else None
    )


def _toll(before: str) -> str | None:
    """The kind by a toll that is told some way before."""
    tolls = list(_cue_pattern("toll").finditer(before))
    return _cues()[tolls[-1][0].lower()].kind if tolls and _RISES_TO.search(before) else None


def _noun(behind: str) -> str | None:
    match = re.match(rf"\s+(?:[\w-]+\s+){{0,2}}?({_cue_pattern('noun').pattern})", behind, re.IGNORECASE)
    return _cues()[match[1].lower()].kind if match else None


@cache
def _cues() -> dict[str, _Cue]:
    return {row["cue"]: _Cue(kind=row["kind"], place=row["place"]) for row in read_rows("number_cues.csv")}


@cache
def _cue_pattern(*places: str) -> re.Pattern[str]:
    words = sorted((w for w, cue in _cues().items() if cue.place in places), key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


@cache
def _number_pattern() -> re.Pattern[str]:
    rows = sorted(read_rows("currencies.csv"), key=lambda row: (-len(row["word"]), row["word"]))
    before, after = ("|".join(re.escape(r["word"]) for r in rows if r["place"] == p) for p in ("before", "after"))
    none = "|".join(sorted(NONE_OF, key=lambda w: -len(w)))
    return re.compile(
        rf"{_HEDGE}*(?:(?<![\w.,$€£])|(?={before}))(?P<before>(?:{before})\s?)?"
        rf"(?P<number>{number_pattern()}|\b(?:{none})\b)"
        rf"(?:(?P<percent>%|\s(?:percent|per cent)\b)|(?:\s|-)(?:of )?(?P<currency>{after})\b)?",
        re.IGNORECASE,
    )
