"""What holds of a designation on a day, with the days on which it does not bind."""

from dataclasses import dataclass
from datetime import date

from kg.model.words import Act, DesignationState

HOLE_WORDS = {Act.LICENSED: "licensed", Act.WAIVED: "waived", Act.POSTPONED: "postponed", Act.SUSPENDED: "suspended"}
"""The acts that make a hole, and how it is told; SUSPENDED only of what is not in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """Days on which a sanction does not bind, or not wholly, although it is announced or in force.

    Attributes:
        act: LICENSED, WAIVED, POSTPONED, or SUSPENDED of what was only announced.
        licence: "general" or "specific", None where none is told.
        first: `date.min` when nothing tells it.
        last: Last day; None when no end is told.
    """

    act: Act
    licence: str | None
    first: date
    last: date | None
    event_id: str

    def covers(self, day: date) -> bool:
        """Whether the day is one of its days."""
        return self.first <= day and (self.last is None or day <= self.last)

    @property
    def words(self) -> str:
        """As `licensed until 2025-07-29`."""
        word = "licensed" if self.licence else HOLE_WORDS[self.act]
        return f"{word} until {self.last}" if self.last else f"{word} without an end told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What holds on a day.

    Attributes:
        since: First day of the state; `date.min` when no document is dated, None when nothing is known.
        is_since_told: Whether that day is told; False where only a report, a change of it, or a month or year is.
        in_force_since: First day of the present or the last spell in force.
        until: Last day in force, where it is told.
        due: The day on which it is due to come into force, while it is announced.
        holes: Those that cover the day.
        measures: Of all acts until then, without those that were eased away.
        is_presumed: In force only because there is a licence.
        is_by_date: Only a date that was told beforehand leads to the state; no document tells that it came so.
        decided_by: event_id of the acts that made the state, its due day and its holes, sorted.
    """

    day: date
    state: DesignationState
    since: date | None = None
    is_since_told: bool = False
    in_force_since: date | None = None
    until: date | None = None
    due: date | None = None
    holes: tuple[Hole, ...] = ()
    measures: tuple[str, ...] = ()
    is_presumed: bool = False
    is_by_date: bool = False
    decided_by: tuple[str, ...] = ()

    @property
    def is_overdue(self) -> bool:
        """Whether it should be in force by what was announced, and no document tells that it is."""
        return self.due is not None and self.due < self.day and not self.holes

    @property
    def words(self) -> str:
        """The state in words: `announced, licensed until 2025-07-29, due on 2025-07-29`."""
        parts = [self.state.value]
        if self.is_presumed:
            parts.append("presumed from the relief")
        parts += [hole.words for hole in self.holes]
        if self.is_overdue:
            parts.append(f"due since {self.due}, no report yet")
        elif self.due is not None:
            parts.append(f"due on {self.due}")
        if self.state is DesignationState.IN_FORCE and self.until is not None:
            parts.append(f"until {self.until}")
        if self.is_by_date:
            parts.append("by its dates, no report yet")
        return ", ".join(dict.fromkeys(parts))


def told_day(day: date | None) -> date | None:
    """Return the day, None for the one that stands for an act that nothing dates."""
    return None if day == date.min else day
