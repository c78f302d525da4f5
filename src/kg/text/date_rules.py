"""What single time expressions look like: the rows of `data/time_patterns.csv`."""

import re
from dataclasses import dataclass
from functools import cache

from kg.text.date_anchored import ANCHORED_READERS
from kg.text.date_readers import READERS, Reader, time_words
from kg.text.number_words import number_pattern
from kg.text.tables import rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way to write a time; `read` gives None when the match is no time after all ("February 30").

    Attributes:
        pattern: Its group `told`, where there is one, is the expression without the word that shows it to be a time.
        example: A text that the pattern matches.
        is_length: Whether it tells how long something lasted.
    """

    pattern: re.Pattern[str]
    read: Reader
    example: str
    is_length: bool = False


_READERS = {**READERS, **ANCHORED_READERS}


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules; of two matches at one place the longer one counts, then the earlier rule."""
    return tuple(
        Rule(
            pattern=re.compile(_filled(row["pattern"]), 0 if row["case"] else re.IGNORECASE),
            read=_READERS[row["reader"]],
            example=row["example"],
            is_length=row["reader"] == "lasting",
        )
        for row in rows_of("time_patterns.csv")
    )


def _filled(pattern: str) -> str:
    return re.sub(r"%(\w+)%", lambda m: _pieces()[m[1]], pattern)


def _any_of(kind: str, *, capital: bool = False) -> str:
    words = sorted(time_words(kind), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w.capitalize() if capital else w) for w in words)


@cache
def _pieces() -> dict[str, str]:
    """The parts that patterns share, by the name that stands between %% in them."""
    year = r"(?P<year>(?:19|20)\d\d)\b"
    near = (
        "in|since|until|till|by|of|from|during|before|after|to|and|between|through|throughout|late|early|mid|for|around|"
        "following|ended|next|last|this|the"
    )
    # Months and weekdays only with a capital: `may` and `march` are verbs.
    return {
        "month": rf"(?P<month>{_any_of('month', capital=True)})\b(?:(?<=\b[A-Z]..)\.|(?<=Sept)\.)?",
        "weekday": _any_of("weekday", capital=True),
        "named": rf"(?:\b(?:{_any_of('weekday', capital=True)}),? (?:the )?)?",
        "day": r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?",
        "final": r"(?P<final>[0-3]?\d)(?:st|nd|rd|th)?",
        "join": r"(?: ?[-–] ?| (?:and|to|until|through) )",
        "year": year,
        "of_year": rf"(?:,? (?:of )?(?:{year}|(?:of )?(?P<year_word>last|this|next) year\b))",
        "near": rf"(?i:\b(?:{near})[ -])",
        "person": r"(?i:by|of|for|to|and|the) (?:April|May|June|August) [A-Z]",  # as in "by June Carter"
        "season": _any_of("season"),
        "unit": rf"(?P<unit>{_any_of('unit')})\b",
        "relative_day": _any_of("relative_day"),
        "feast": _any_of("feast"),
        "number": number_pattern(),
    }
