"""The life of a sanction: what holds on a day, folded from acts.

The same code gives the present state, that of any day, and what could be known of that day on another one. It asks no
clock: what is due by a date that no document has reached is told as due, never as in force.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum, auto

from kg.graph.sanction_acts import SanctionAct
from kg.model.standing import HOLE_WORDS, Hole, Standing
from kg.model.words import Act, DesignationState, Occurrence, Status

_BUILDING = frozenset({"IMPOSE_SANCTIONS", "EXTEND_SANCTIONS"})
_IN_FORCE = frozenset({Act.IMPOSED, Act.ENTERED_INTO_FORCE, Act.EXTENDED, Act.WIDENED, Act.AMENDED})
_CHANGES = frozenset({Act.EXTENDED, Act.WIDENED, Act.AMENDED})  # of what is in force already
_HOLES = frozenset({Act.LICENSED, Act.WAIVED, Act.POSTPONED})
_ENDS = frozenset({Act.LIFTED, Act.EXPIRED})
_ONLY_SAID = frozenset({Act.PROPOSED, Act.THREATENED, Act.REFUSED})
_PROPOSING = frozenset({Status.REQUESTED, Status.OFFERED, Status.THREATENED})
_OPEN = frozenset({DesignationState.UNKNOWN, DesignationState.PROPOSED, DesignationState.REFUSED})
_DAY = timedelta(days=1)


def state(acts: Iterable[SanctionAct], day: date, as_known_at: date | None = None) -> Standing:
    """Return what holds on a day.

    Args:
        acts: Those of one designation, in any order.
        as_known_at: What became known after that day is ignored, and so is what nobody can date; None: nothing is.
    """
    known = known_acts(acts, as_known_at)
    life = _Life()
    for step in _steps(known):
        if step.day <= day:
            life.take(step)
    return life.standing(day, newest_report(known))


def periods(acts: Iterable[SanctionAct]) -> tuple[Standing, ...]:
    """Return what holds from each day on which it changes, in order; one holds until the day of the next."""
    acts = known_acts(acts, None)
    newest, steps, life = newest_report(acts), _steps(acts), _Life()
    found: list[Standing] = []
    at = 0
    for day in sorted({turn for step in steps for turn in step.turns}):
        while at < len(steps) and steps[at].day <= day:
            life.take(steps[at])
            at += 1
        standing = life.standing(day, newest)
        if not found or found[-1].words != standing.words:
            found.append(standing)
    return tuple(found)


def present_state(acts: Iterable[SanctionAct]) -> Standing:
    """Return the state as the newest document about the acts could know it; of undated ones, after the last act."""
    known = known_acts(acts, None)
    last_act = max((step.day for step in _steps(known)), default=date.min)
    return state(known, newest_report(known) or last_act)


def holes_of(acts: Iterable[SanctionAct]) -> tuple[Hole, ...]:
    """Return every licence, waiver and postponement that was given, past and to come, by first day."""
    life = _Life()
    for step in _steps(known_acts(acts, None)):
        life.take(step)
    return tuple(sorted(life.holes, key=lambda hole: (hole.first, hole.last or date.max, hole.event_id)))


def known_acts(acts: Iterable[SanctionAct], as_known_at: date | None) -> tuple[SanctionAct, ...]:
    """Return the acts that could be known on a day, each as it could be, sorted by id; all of them for None."""
    known = acts if as_known_at is None else filter(None, (act.known_on(as_known_at) for act in acts))
    return tuple(sorted(known, key=lambda act: act.event_id))


def newest_report(acts: Iterable[SanctionAct]) -> date | None:
    """Return the newest day on which a document about one of the acts became known."""
    days = (told.reported or told.known_from for act in acts for told in act.tellings)
    return max(filter(None, days), default=None)


class _Does(IntEnum):
    """What a step does to the state; on one day in this order."""

    PROPOSE = auto()
    REFUSE = auto()
    ANNOUNCE = auto()
    ENFORCE = auto()
    EASE = auto()
    OPEN = auto()  # a hole
    PLAN = auto()
    SUSPEND = auto()
    DOOM = auto()  # its end is told, and is to come
    END = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """What an act does on one day; an act that takes effect later has two.

    Attributes:
        to: The day that it leads to: on which it is due, or the last one on which it holds.
    """

    day: date
    does: _Does
    act: SanctionAct
    to: date | None = None

    @property
    def turns(self) -> tuple[date, ...]:
        """The days on which something may change because of it."""
        return (self.day, self.to + _DAY) if self.to is not None and self.to < date.max else (self.day,)


def _steps(acts: Sequence[SanctionAct]) -> list[_Step]:
    steps = [step for act in acts for step in _steps_of(act)]
    return sorted(steps, key=lambda step: (step.day, step.does, step.act.event_id))


def _steps_of(act: SanctionAct) -> Iterator[_Step]:
    occurrence, what, builds = act.occurrence, act.act, act.etype in _BUILDING
    if act.happened and what not in _ONLY_SAID:
        yield from _done(act, what, builds=builds)
    elif occurrence is Occurrence.EXPECTED and builds and what not in _HOLES:
        # What is due is the first day in force; that a sanction is to be prolonged says nothing of it.
        is_first = act.etype == "IMPOSE_SANCTIONS"
        is_ahead = act.day is not None and act.day >= act.told  # else it is the day on which the plan was announced
        due = act.effective or (act.day if is_ahead else None)
        yield _Step(day=act.told, does=_Does.PLAN, act=act, to=due if is_first else None)
    elif builds and occurrence is not Occurrence.DISPUTED:
        statuses = {told.status for told in act.tellings}
        if Status.REFUSED in statuses or (act.happened and what is Act.REFUSED):
            yield _Step(day=act.told, does=_Does.REFUSE, act=act)
        elif statuses & _PROPOSING or act.happened:
            yield _Step(day=act.told, does=_Does.PROPOSE, act=act)


def _done(act: SanctionAct, what: Act, *, builds: bool) -> Iterator[_Step]:
    """Yield what an act does that took place; an easing that is announced changes nothing yet."""
    done, start, until = act.day or act.told, act.start, act.until
    if what is Act.ANNOUNCED and builds:
        yield _Step(day=done, does=_Does.ANNOUNCE, act=act, to=act.effective)
    elif what in _IN_FORCE:
        if start > done:
            yield _Step(day=done, does=_Does.ANNOUNCE, act=act, to=start)
        yield _Step(day=start, does=_Does.ENFORCE, act=act, to=until)
    elif what in _HOLES:
        yield _Step(day=start, does=_Does.OPEN, act=act, to=until)
    elif what is Act.SUSPENDED:
        yield _Step(day=start, does=_Does.SUSPEND, act=act, to=until)
    elif what in _ENDS:
        if start > done:
            yield _Step(day=done, does=_Does.DOOM, act=act, to=start - _DAY)
        yield _Step(day=start, does=_Does.END, act=act)
    elif what is Act.EASED:
        yield _Step(day=start, does=_Does.EASE, act=act)


class _Life:
    """The state while steps are taken in order."""

    def __init__(self) -> None:
        self.holes: list[Hole] = []
        self._state = DesignationState.UNKNOWN
        self._since: date | None = None
        self._is_since_told = False
        self._in_force_since: date | None = None
        self._until: date | None = None  # of the spell in force
        self._paused_until: date | None = None
        self._due: date | None = None
        self._measures: set[str] = set()
        self._is_presumed = False
        self._is_by_date = False
        self._by: dict[str, str] = {}  # "state" and "due" to the event that made it

    def take(self, step: _Step) -> None:
        """Take the next step; those of earlier days come first."""
        self._run_out(step.day)
        taken = {
            _Does.PROPOSE: self._say,
            _Does.REFUSE: self._say,
            _Does.ANNOUNCE: self._announce,
            _Does.PLAN: self._announce,
            _Does.ENFORCE: self._enforce,
            _Does.EASE: self._ease,
            _Does.OPEN: self._open,
            _Does.SUSPEND: self._suspend,
            _Does.DOOM: self._doom,
            _Does.END: self._end,
        }
        taken[step.does](step)

    def standing(self, day: date, newest: date | None) -> Standing:
        """Return what holds on a day that no later step was taken for.

        Args:
            newest: Day of the newest document; what only dates lead to lies after it.
        """
        self._run_out(day)
        is_announced = self._state is DesignationState.ANNOUNCED
        bound = self._state in {DesignationState.ANNOUNCED, DesignationState.IN_FORCE}
        holes = tuple(sorted({h for h in self.holes if bound and h.covers(day)}, key=lambda h: (h.words, h.event_id)))
        is_ahead = newest is not None and self._since is not None and self._since > newest
        deciding = {self._by.get("state"), self._by.get("due") if is_announced else None, *(h.event_id for h in holes)}
        return Standing(
            day=day,
            state=self._state,
            since=self._since,
            is_since_told=self._is_since_told,
            in_force_since=self._in_force_since,
            until=self._until,
            due=self._due if is_announced else None,
            holes=holes,
            measures=tuple(sorted(self._measures)),
            is_presumed=self._is_presumed,
            is_by_date=self._is_by_date or is_ahead,
            decided_by=tuple(sorted(event_id for event_id in deciding if event_id)),
        )

    def _turn(self, to: DesignationState, since: date, event_id: str | None, *, is_told: bool) -> None:
        self._state, self._since, self._is_since_told = to, since, is_told
        self._is_presumed = self._is_by_date = False
        if event_id is not None:
            self._by["state"] = event_id
        if to is DesignationState.IN_FORCE:
            self._in_force_since = since

    def _run_out(self, day: date) -> None:
        """Let pass what ends by its dates before the day."""
        if self._state is DesignationState.SUSPENDED and self._paused_until and self._paused_until < day:
            in_force_since = self._in_force_since
            self._turn(DesignationState.IN_FORCE, self._paused_until + _DAY, None, is_told=True)
            self._in_force_since = in_force_since or self._since
            self._is_by_date = True
        if self._state is DesignationState.IN_FORCE and self._until and self._until < day:
            self._turn(DesignationState.ENDED, self._until + _DAY, None, is_told=True)
            self._is_by_date = True

    def _say(self, step: _Step) -> None:
        if self._state in _OPEN:
            said = DesignationState.REFUSED if step.does is _Does.REFUSE else DesignationState.PROPOSED
            self._turn(said, step.day, step.act.event_id, is_told=step.act.is_day_told)

    def _announce(self, step: _Step) -> None:
        """Announced, or told as to come; the newest day that is told counts."""
        if self._state in {DesignationState.IN_FORCE, DesignationState.SUSPENDED} and not self._is_presumed:
            return
        if self._is_presumed and self._since is not None:  # the relief was from what is only announced
            self._turn(DesignationState.ANNOUNCED, self._since, step.act.event_id, is_told=False)
            self._in_force_since = None
        elif self._state is not DesignationState.ANNOUNCED:
            is_told = step.does is _Does.ANNOUNCE and step.act.is_day_told
            self._turn(DesignationState.ANNOUNCED, step.day, step.act.event_id, is_told=is_told)
            self._due = self._until = None
        if step.to is not None:
            self._due, self._by["due"] = step.to, step.act.event_id
        self._measures |= set(step.act.measures)

    def _enforce(self, step: _Step) -> None:
        act, what = step.act, step.act.act
        self._measures |= set(act.measures)
        if self._state is DesignationState.ANNOUNCED and what in _CHANGES:
            covering = [hole for hole in self.holes if hole.covers(step.day)]
            if what is not Act.EXTENDED:
                return
            if covering:  # what is not in force cannot be prolonged: its postponement is
                self._cover(replace(covering[-1], first=step.day, last=step.to, event_id=act.event_id))
                return
        if self._state is DesignationState.SUSPENDED and what in _CHANGES:
            return
        if self._state is not DesignationState.IN_FORCE or self._is_presumed:
            is_told = what not in _CHANGES and (act.is_day_told or act.effective is not None)
            self._turn(DesignationState.IN_FORCE, step.day, act.event_id, is_told=is_told)
            self._until = self._due = None
        if what is Act.EXTENDED or step.to is not None:
            self._until, self._by["state"] = step.to, act.event_id
        self._close(step.day, Act.POSTPONED)

    def _ease(self, step: _Step) -> None:
        if self._state in _OPEN:
            self._turn(DesignationState.IN_FORCE, step.day, step.act.event_id, is_told=False)
        self._measures -= set(step.act.measures)

    def _open(self, step: _Step) -> None:
        act, what = step.act, step.act.act
        if self._state in _OPEN:
            postponed = what is Act.POSTPONED
            to = DesignationState.ANNOUNCED if postponed else DesignationState.IN_FORCE
            self._turn(to, step.day, act.event_id, is_told=False)
            self._is_presumed = not postponed
        if self._state is DesignationState.ENDED:
            return
        in_force = self._state is DesignationState.IN_FORCE and not self._is_presumed
        if what is Act.POSTPONED and in_force and step.to is None:
            return  # what is in force is not put off for no time that anybody tells
        hole = Hole(act=what, licence=act.licence, first=step.day, last=step.to, event_id=act.event_id)
        self._cover(hole)

    def _cover(self, hole: Hole) -> None:
        """Add a hole; what is postponed is due when the postponement ends."""
        if hole.act is Act.POSTPONED:  # it stands in for one without an end
            endless = [h for h in self.holes if h.act is Act.POSTPONED and h.last is None and h.first < hole.first]
            self.holes = [replace(h, last=hole.first - _DAY) if h in endless else h for h in self.holes]
        self.holes.append(hole)
        if hole.last is not None and (self._due is None or self._due < hole.last):
            self._due, self._by["due"] = hole.last, hole.event_id

    def _close(self, day: date, *acts: Act) -> None:
        """End the holes of these acts on the day before."""
        kept = (
            replace(h, last=day - _DAY) if h.act in acts and h.covers(day) else h
            for h in self.holes
            if h.act not in acts or h.first < day
        )
        self.holes = list(kept)

    def _suspend(self, step: _Step) -> None:
        act = step.act
        if self._state is DesignationState.ANNOUNCED:
            self._cover(Hole(act=Act.SUSPENDED, licence=None, first=step.day, last=step.to, event_id=act.event_id))
        elif self._state is not DesignationState.ENDED:
            self._turn(DesignationState.SUSPENDED, step.day, act.event_id, is_told=act.is_day_told)
            self._paused_until = step.to

    def _doom(self, step: _Step) -> None:
        if self._state is DesignationState.IN_FORCE and step.to is not None:
            self._until = step.to

    def _end(self, step: _Step) -> None:
        act = step.act
        is_told = act.is_day_told or act.effective is not None
        self._turn(DesignationState.ENDED, step.day, act.event_id, is_told=is_told)
        self._until, self._due = step.day - _DAY if step.day > date.min else None, None
        self._measures.clear()
        self._close(step.day, *HOLE_WORDS)
