"""Who held which office, for whom and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kg.text.tables import from_facts, rows_of

_RANK = ("head of state", "supreme leader", "head of government", "foreign minister", "defence minister")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One continuous term of office.

    Attributes:
        acts_for: Key of the state or organisation; None for a politician who acts for neither.
        country: ISO 3166 alpha-3 where it is not the side itself (an opposition leader), else as `acts_for`.
        first: First day as an ISO date, `0000-00-00` when not known.
        last: Last day; `9999-99-99` while in office.
    """

    name: str
    acts_for: str | None
    country: str | None
    office: str
    first: str
    last: str

    def covers(self, day: str) -> bool:
        """Whether an ISO day lies in the term."""
        return self.first <= day <= self.last


@from_facts
def terms() -> Mapping[str, tuple[Term, ...]]:
    """Return the terms of every person of the table, by name; the most public office first."""
    by_name: dict[str, list[Term]] = {}
    for row in rows_of("office_holders.csv"):
        term = Term(
            name=row["name"],
            acts_for=row["of"] or None,
            country=row["country"] or None,
            office=row["office"],
            first=_padded(row["start"], "0000-00-00"),
            last=_padded(row["end"], "9999-99-99"),
        )
        by_name.setdefault(term.name, []).append(term)
    return {name: tuple(sorted(found, key=_rank)) for name, found in by_name.items()}


def term_on(name: str, day: date | None) -> Term | None:
    """Return the term by which a person is known on a day.

    The one that covers the day, else the last one before it (a former president still stands for his state in
    what he did), else the next one. Without a day: the latest.
    """
    found = terms().get(name, ())
    if day is None:
        return max(found, key=lambda term: (term.last, -_rank(term)), default=None)
    iso = day.isoformat()
    covering = [term for term in found if term.covers(iso)]
    if covering:
        return covering[0]
    before = [term for term in found if term.last < iso]
    if before:
        return max(before, key=lambda term: term.last)
    return min(found, key=lambda term: term.first, default=None)


def holder_on(side: str, offices: tuple[str, ...], day: date | None) -> str | None:
    """Return who held the first of these offices for a side on a day; without a day, who holds it last known."""
    for office in offices:
        held = [
            term for term in _terms_by_office().get((side, office), ()) if day is None or term.covers(day.isoformat())
        ]
        if held:
            return max(held, key=lambda term: (term.last, term.first)).name
    return None


@from_facts
def _terms_by_office() -> Mapping[tuple[str, str], tuple[Term, ...]]:
    table: dict[tuple[str, str], list[Term]] = {}
    for found in terms().values():
        for term in found:
            if term.acts_for:
                table.setdefault((term.acts_for, term.office), []).append(term)
    return {key: tuple(found) for key, found in table.items()}


def _padded(iso: str, missing: str) -> str:
    """Return an ISO date of any precision as a full one, by the digits of `missing` where it says nothing."""
    return iso + missing[len(iso) :]


def _rank(term: Term) -> int:
    return _RANK.index(term.office) if term.office in _RANK else len(_RANK)
