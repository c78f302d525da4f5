"""`kg sanctions`."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from kg.cli.days import Day
from kg.cli.main import in_workplace
from kg.cli.reports import line_width
from kg.model.words import Act, DesignationState, Occurrence

if TYPE_CHECKING:
    from kg.jobs.sanctions import Answer, Listing, Sentence, ToldAct
    from kg.jobs.workplace import Workplace
    from kg.model.standing import Hole, Standing

LABEL_WIDTH = 14
_COLOURS = {
    DesignationState.IN_FORCE: "red",
    DesignationState.ANNOUNCED: "yellow",
    DesignationState.SUSPENDED: "yellow",
}


@click.command()
@click.argument("target")
@click.option("--on", "on", type=Day(), help="UTC day whose state is asked for [today].")
@click.option("--known-on", type=Day(), help="Ignore what became known after that UTC day.")
@click.option("--json", "as_json", is_flag=True, help="One object for other programs.")
@in_workplace
def sanctions(workplace: "Workplace", target: str, on: date | None, known_on: date | None, as_json: bool) -> None:
    r"""Tell what holds for a target on a day, and what that rests on.

    TARGET is a name, an alias, a number on a list or an actor_id.

    \b
    kg sanctions NIS --on 2025-07-01
    kg sanctions NIS --on 2025-07-30 --known-on 2025-06-27
    kg sanctions XRe.001 --json
    """
    from kg.jobs.sanctions import sanctions as answers
    from kg.jobs.workplace import now

    day = on or now().date()
    found = answers(workplace, target, day, known_on)
    if as_json:
        click.echo(json.dumps([_record(answer) for answer in found], ensure_ascii=False, indent=1, default=str))
        return
    for no, answer in enumerate(found):
        if no:
            click.echo("")
        for line in _lines(answer):
            click.echo(line)
    if len(found) > 1:
        click.echo("")
        click.echo(f"{len(found)} actors bear that name; that they are one is for you to judge (kg merge).")


def _lines(answer: "Answer") -> Iterator[str]:
    from kg.jobs.lines import line_of

    target = answer.target
    aliases = f" ({', '.join(target.aliases[:5])})" if target.aliases else ""
    facts = [target.type.replace("_", " "), target.country, *target.list_ids, target.actor_id]
    known = f"what was known on {answer.known_on}" if answer.known_on else "all that is known"
    yield click.style(line_of(f"{target.name}{aliases}"), bold=True)
    yield line_of(" · ".join(filter(None, facts)))
    yield f"What holds on {answer.day}, by {known}:"
    if not answer.listings:
        yield ""
        yield "  Nothing that was read by then tells of sanctions on it. That is no clearance: see kg runs for what"
        yield "  has been read."
    for listing in answer.listings:
        yield ""
        yield from _listing_lines(listing, answer.day)
    if answer.unplaced:
        yield ""
        yield click.style("Told without an authority, counted for none", bold=True)
        yield from _act_lines(answer.unplaced)


def _listing_lines(listing: "Listing", day: date) -> Iterator[str]:
    from kg.jobs.lines import line_of

    standing = listing.standing
    number = f" · {listing.list_id}" if listing.list_id else ""
    yield click.style(line_of(f"{listing.authority}{number}"), bold=True)
    yield from _wrapped(_headline(standing), "  ", style=_COLOURS.get(standing.state))
    rows = [
        ("since", _since(standing)),
        ("in force", f"from {standing.in_force_since}" if _was_in_force(standing) else ""),
        ("until", str(standing.until or "") if standing.state is not DesignationState.ENDED else ""),
        ("due", _due(standing)),
        *(("relief" if not no else "", _hole(hole, day)) for no, hole in enumerate(listing.holes)),
        ("measures", ", ".join(standing.measures) or "none told"),
        ("programme", ", ".join(listing.programmes)),
        ("evidence", _evidence(listing)),
        *(("mind", text) for text in _warnings(listing, day)),
    ]
    for label, text in rows:
        if text:
            yield from _labelled(label, line_of(text), style="yellow" if label == "mind" else None)
    yield "  acts, in the order of their days; * decides the state"
    yield from _act_lines(listing.acts, decisive=standing.decided_by)


def _headline(standing: "Standing") -> str:
    """The state and what limits it, as `ANNOUNCED, NOT IN FORCE, licensed until 2025-07-29`."""
    state, _, rest = standing.words.partition(", ")
    told = state.replace("_", " ").upper()
    if standing.state is DesignationState.ANNOUNCED:
        told += ", NOT KNOWN TO BE IN FORCE" if standing.is_overdue else ", NOT IN FORCE"
    elif standing.state is DesignationState.ENDED and standing.is_by_date:
        told, rest = "RUN OUT BY ITS DATES", "no report yet of whether it was prolonged"
    elif standing.state is DesignationState.UNKNOWN:
        told = "NOTHING KNOWN TO HOLD"
    return f"{told}: {rest}" if rest else told


def _since(standing: "Standing") -> str:
    from kg.model.standing import told_day

    since = told_day(standing.since)
    if since is None:
        return "no day told" if standing.state is not DesignationState.UNKNOWN else ""
    return str(since) if standing.is_since_told else f"{since} at the latest; no exact day is told"


def _was_in_force(standing: "Standing") -> bool:
    from kg.model.standing import told_day

    return told_day(standing.in_force_since) not in {None, standing.since}


def _due(standing: "Standing") -> str:
    if standing.due is None:
        return ""
    return f"{standing.due}; no report yet that it came into force" if standing.is_overdue else str(standing.due)


def _hole(hole: "Hole", day: date) -> str:
    from kg.model.standing import told_day

    kind = f"{hole.licence} licence" if hole.licence else {Act.WAIVED: "waiver"}.get(hole.act, f"{hole.act}")
    first, last = told_day(hole.first), hole.last or "no end told"
    place = "holds" if hole.covers(day) else "over" if hole.last and hole.last < day else "not yet"
    return f"{kind}, {first or 'no day told'} to {last}: {place}"


def _evidence(listing: "Listing") -> str:
    documents = {(sentence.publisher, sentence.document) for told in listing.acts for sentence in told.sentences}
    count = "1 document" if len(documents) == 1 else f"{len(documents)} documents"
    kinds = {"both": "list and news", "list": "list alone", "news": "news alone, no list"}
    return f"{kinds[listing.evidence]}; {count}, the newest of {listing.newest_report or 'an unknown day'}"


def _warnings(listing: "Listing", day: date) -> Iterator[str]:
    newest = listing.newest_report
    if newest is not None and day > newest:
        yield f"nothing is known after {newest}: the days since then rest on dates told before"
    if listing.standing.is_presumed:
        yield "no document tells of the sanction itself, only of relief from it"
    if listing.rests_on_weak_acts:
        yield "the state rests on sentences that are read with little confidence: read them below"
    if any(told.act.occurrence is Occurrence.DISPUTED for told in listing.acts):
        yield "sources differ on whether an act below took place; it is left out of the state"
    for told in listing.acts:
        if told.act.reported_count:
            yield f"{told.act.reported_count} such acts ({told.act.act}) are told without dates; one may cover this day"


def _act_lines(acts: Sequence["ToldAct"], decisive: Sequence[str] = ()) -> Iterator[str]:
    for told in acts:
        act = told.act
        day = str(act.day or "") if act.is_day_told else (f"{act.day:%Y-%m}" if act.day else "")
        facts = [
            f"effective {act.effective}" if act.effective else "",
            f"until {act.until}" if act.until else "",
            f"{act.licence} licence" if act.licence else "",
            ", ".join(act.measures),
            f"{act.reported_count} counted without dates" if act.reported_count else "",
        ]
        kind = f"{act.act.replace('_', ' ')}{_of(told)}"
        words = ", ".join(filter(None, [kind, _OCCURRENCES[act.occurrence], *facts]))
        weak = click.style(f"  weak ({told.confidence:.2f})", fg="yellow") if told.is_weak else ""
        mark = "*" if act.event_id in decisive else " "
        yield f"{mark} {day or 'no day':<{LABEL_WIDTH - 2}}{words}{weak}"
        for sentence in told.sentences:
            yield from _sentence_lines(sentence)


_OCCURRENCES = {
    Occurrence.OCCURRED: "done",
    Occurrence.ONGOING: "ongoing",
    Occurrence.EXPECTED: "to come",
    Occurrence.DID_NOT_OCCUR: "not done",
    Occurrence.DISPUTED: "disputed",
    Occurrence.UNKNOWN: "only said",
}


def _of(told: "ToldAct") -> str:
    relief = told.act.etype in {"EASE_SANCTIONS", "GRANT_SANCTIONS_RELIEF"}
    said = told.act.act in {Act.PROPOSED, Act.REFUSED, Act.ANNOUNCED, Act.THREATENED}
    return (" (relief)" if relief else " (sanction)") if said else ""


def _sentence_lines(sentence: "Sentence") -> Iterator[str]:
    from kg.jobs.lines import line_of

    yield from _wrapped(f"“{line_of(sentence.quote)}”", " " * LABEL_WIDTH)
    source = [
        sentence.publisher or sentence.document,
        str(sentence.reported or "unknown date"),
        f"told as {sentence.status.value}",
        f"confidence {sentence.confidence:.2f}",
        sentence.url or sentence.document,
    ]
    yield click.style(f"{' ' * LABEL_WIDTH}{line_of(' · '.join(dict.fromkeys(source)))}", dim=True)


def _labelled(label: str, text: str, style: str | None) -> Iterator[str]:
    lines = textwrap.wrap(text, line_width() - LABEL_WIDTH, break_on_hyphens=False)
    for no, line in enumerate(lines):
        yield f"  {label if not no else '':<{LABEL_WIDTH - 2}}{click.style(line, fg=style)}"


def _wrapped(text: str, indent: str, style: str | None = None) -> Iterator[str]:
    for line in textwrap.wrap(text, line_width() - len(indent), break_on_hyphens=False):
        yield f"{indent}{click.style(line, fg=style, bold=style is not None)}"


def _record(answer: "Answer") -> dict[str, object]:
    from dataclasses import asdict

    return {
        "target": asdict(answer.target),
        "on": answer.day,
        "known_on": answer.known_on,
        "designations": [_listing_record(listing) for listing in answer.listings],
        "without_authority": [_act_record(told) for told in answer.unplaced],
    }


def _listing_record(listing: "Listing") -> dict[str, object]:
    from kg.model.standing import told_day

    standing = listing.standing
    return {
        "authority": listing.authority,
        "list_id": listing.list_id,
        "programmes": listing.programmes,
        "holds": standing.words,
        "state": standing.state,
        "since": told_day(standing.since),
        "since_is_told": standing.is_since_told,
        "in_force_since": told_day(standing.in_force_since),
        "until": told_day(standing.until),
        "due": standing.due,
        "overdue": standing.is_overdue,
        "by_dates_alone": standing.is_by_date,
        "presumed": standing.is_presumed,
        "measures": standing.measures,
        "relief": [_hole_record(hole, standing.day) for hole in listing.holes],
        "evidence": listing.evidence,
        "newest_report": listing.newest_report,
        "rests_on_weak_acts": listing.rests_on_weak_acts,
        "decided_by": standing.decided_by,
        "acts": [_act_record(told) for told in listing.acts],
    }


def _hole_record(hole: "Hole", day: date) -> dict[str, object]:
    from kg.model.standing import told_day

    return {
        "act": hole.act,
        "licence": hole.licence,
        "from": told_day(hole.first),
        "to": hole.last,
        "holds": hole.covers(day),
        "event_id": hole.event_id,
    }


def _act_record(told: "ToldAct") -> dict[str, object]:
    from dataclasses import asdict

    act = told.act
    return {
        "event_id": act.event_id,
        "etype": act.etype,
        "act": act.act,
        "occurrence": act.occurrence,
        "day": act.day,
        "day_is_told": act.is_day_told,
        "effective_from": act.effective,
        "effective_to": act.until,
        "licence": act.licence,
        "measures": act.measures,
        "reported_count": act.reported_count,
        "confidence": told.confidence,
        "weak": told.is_weak,
        "sentences": [asdict(sentence) for sentence in told.sentences],
    }
