"""`kg why` and `kg actor`."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, cast

import click

from kg.cli.main import in_workplace
from kg.cli.reports import line_width, print_rows

if TYPE_CHECKING:
    from kg.jobs.actor import ActorCard
    from kg.jobs.why import EventEvidence, Why
    from kg.jobs.workplace import Workplace
    from kg.model.protocols import Row

INDENT = 5
MAX_NAMES = 12
MAX_DEALINGS = 25
NAME_WIDTH = 28
_LINKS = {  # link, whether it starts at the event shown
    ("CONTENT", True): "is about",
    ("CONTENT", False): "told by",
    ("RESPONSE_TO", True): "answers",
    ("RESPONSE_TO", False): "answered by",
    ("FULFILS", True): "fulfils",
    ("FULFILS", False): "fulfilled by",
    ("FAILS", True): "fails",
    ("FAILS", False): "failed by",
}


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="EVENT... | ACTOR ACTOR")
@click.option("--type", "kind", metavar="TYPE", help="Only this tie, event type or the start of one: STRUCK.")
@click.option("--json", "is_json", is_flag=True, help="For other programs.")
@in_workplace
def why(workplace: "Workplace", names: tuple[str, ...], kind: str | None, is_json: bool) -> None:
    r"""Show every claim behind an event, or behind the ties of two actors.

    \b
    kg why Israel Iran --type STRUCK
    kg why clm_45a36c7011d224d612f79fa6
    """
    from kg.jobs.why import as_rows
    from kg.jobs.why import why as evidence

    found = evidence(workplace, names, kind=kind)
    if is_json:
        print_rows(as_rows(found), "json")
    else:
        _show_evidence(found)


def _show_evidence(found: "Why") -> None:
    events = found.events
    claims = [claim for evidence in events for claim in evidence.claims]
    documents = {claim["doc_id"] for claim in claims}
    of = f"{' and '.join(found.sides)}: " if found.sides else ""
    happened = sum(bool(evidence.event["happened"]) for evidence in events)
    told = f"{_count(len(events), 'event')}, {happened} happened, {len(events) - happened} only said"
    _line(f"{of}{told}; {_count(len(claims), 'claim')} in {_count(len(documents), 'document')}", bold=True)
    for has_happened, part in groupby(events, key=lambda evidence: bool(evidence.event["happened"])):
        click.echo()
        _line("HAPPENED" if has_happened else "ONLY SAID", fg="green" if has_happened else "yellow", bold=True)
        for evidence in part:
            _show_event(evidence)


def _show_event(evidence: "EventEvidence") -> None:
    event, claims = evidence.event, evidence.claims
    who = " → ".join(filter(None, (_parties(evidence, "actors", "ACTOR"), _recipients(evidence))))
    by = f" (between them: {_list(event['mediators'])})" if event["mediators"] else ""
    click.echo()
    _text(f"{event['etype']}  {who}{by}", indent=INDENT, bold=True)
    documents = f"{_count(event['documents'], 'document')} ({event['independent']} independent)"
    days = _days(event["first"], event["last"])
    counts = f"{_count(event['claims'], 'claim')}, {documents}"
    _wrapped([days, str(event["occurrence"]), _confidence(event), counts, str(event["event_id"])])
    numbers = {str(claim["claim_id"]): no for no, claim in enumerate(claims, 1)}
    for _, of_document in groupby(claims, key=lambda claim: claim["doc_id"]):
        told = list(of_document)
        _show_document(told[0])
        for claim in told:
            _show_claim(numbers[str(claim["claim_id"])], claim)
    by_id = {str(claim["claim_id"]): claim for claim in claims}
    for pair in evidence.contradictions:
        ids = (str(pair["claim_id"]), str(pair["other_claim_id"]))
        _show_contradiction(str(pair["on_what"]), [(numbers[key], by_id[key]) for key in ids if key in by_id])
    for judged in evidence.judgements:
        _show_judgement(judged, numbers)
    for link in evidence.links:
        _show_link(link)


def _recipients(evidence: "EventEvidence") -> str:
    return _parties(evidence, "recipients", "RECIPIENT", "ADDRESSEE")


def _parties(evidence: "EventEvidence", column: str, *roles: str) -> str:
    """Who plays a part, those whom most claims name first; with the number of these where it is not all."""
    names = dict.fromkeys(_plain(name) for name in cast("Sequence[object]", evidence.event[column] or ()))
    told = [
        {_plain(role["name"]) for role in cast("Sequence[Row]", claim["roles"]) if role["role"] in roles}
        for claim in evidence.claims
    ]
    counts = {name: sum(name in one for one in told) for name in names}
    return ", ".join(
        name if counts[name] == len(told) else f"{name} ({counts[name]} of {len(told)})"
        for name in sorted(names, key=lambda name: (-counts[name], name))
    )


def _show_document(claim: "Row") -> None:
    where = [_plain(claim["publisher"] or "unknown publisher"), _day(claim["published"]) or "no date"]
    _wrapped([*where, _plain(claim["title"] or claim["document"])], indent=4, first=2, dim=False)
    _wrapped([str(claim["doc_id"]), _plain(claim["url"] or "")], indent=4, first=4)


def _show_claim(no: int, claim: "Row") -> None:
    _text(f"{no:>3}. “{_plain(claim['quote'])}”", indent=INDENT)
    cue = f" (“{_plain(claim['cue'])}”)" if claim["cue"] else ""
    verb = f" (“{_plain(claim['verb'])}”)" if claim["verb"] else ""
    says = f"said by {_plain(claim['says'])}{verb}" if claim["says"] else ""
    dated = f"{_days(claim['first'], claim['last'])} ({claim['precision']}, {claim['basis']})" if claim["basis"] else ""
    known = f"superseded on {_day(claim['known_to'])}" if claim["known_to"] else ""
    numbers = _list(claim["numbers"])
    _wrapped([f"{claim['status']}{cue}", says, dated, numbers, _confidence(claim), known], indent=INDENT, first=INDENT)
    roles = [_role(role) for role in cast("Sequence[Row]", claim["roles"])]
    _wrapped(roles, indent=INDENT, first=INDENT)
    span = f"characters {claim['start']}-{claim['end']}"
    _wrapped([span, f"{claim['extractor']} {claim['extractor_version']}"], indent=INDENT, first=INDENT)


def _role(role: "Row") -> str:
    words = f" “{_plain(role['surface'])}”" if role["surface"] and role["surface"] != role["name"] else ""
    side = f" for {role['acts_for']}" if role["acts_for"] and role["acts_for"] != role["name"] else ""
    span = f" {role['start']}-{role['end']}" if role["start"] is not None else " (from other sentences)"
    return f"{str(role['role']).lower()}: {_plain(role['name'])}{side}{words}{span}"


def _show_contradiction(on: str, sides: Sequence[tuple[int, "Row"]]) -> None:
    """Two claims side by side."""
    _line(f"{'':{INDENT}}they contradict each other: {on}", fg="red")
    width = (line_width() - INDENT - 3) // 2
    columns = [
        textwrap.wrap(f"{no}. {_told(claim)}: “{_plain(claim['quote'])}”", width)
        for no, claim in sorted(sides, key=lambda side: side[0])
    ]
    for cells in zip_longest(*columns, fillvalue=""):
        click.echo(f"{'':{INDENT}}" + " | ".join(f"{cell:{width}}" for cell in cells).rstrip())


def _show_judgement(judged: "Row", numbers: Mapping[str, int]) -> None:
    left, right = (str(numbers.get(str(judged[end]), judged[end])) for end in ("claim_id", "other_claim_id"))
    told = {
        "left": f"{left} is right on {judged['on_what']}, {right} is not",
        "right": f"{right} is right on {judged['on_what']}, {left} is not",
        "negative": f"{left} and {right} tell of different events",
        "unsure": f"nobody can tell whether {left} or {right} is right on {judged['on_what']}",
    }[str(judged["verdict"])]
    who = f"{_plain(judged['by'])}, {_day(judged['at'])}: {_plain(judged['because'])}"
    _text(f"judged: {told} ({who})  {judged['judgement_id']}", indent=INDENT, first=INDENT, fg="cyan")


def _told(claim: "Row") -> str:
    return ", ".join(filter(None, (str(claim["status"]), _list(claim["numbers"]), str(claim["publisher"] or ""))))


def _show_link(link: "Row") -> None:
    verb = _LINKS[str(link["link"]), bool(link["is_from"])]
    kind = f" ({link['kind']})" if link["kind"] else ""
    who = f" by {_list(link['actors'])}" if link["actors"] else ""
    quote = f": “{_plain(link['quote'])}”" if link["quote"] else ""
    told = f"{verb}{kind} {link['etype']}{who}, {_days(link['first'], link['last'])}, {link['occurrence']}{quote}"
    _text(f"{told}  {link['other_id']}", indent=INDENT, first=INDENT, fg="cyan")


@click.command()
@click.argument("name")
@click.option("--json", "is_json", is_flag=True, help="For other programs.")
@in_workplace
def actor(workplace: "Workplace", name: str, is_json: bool) -> None:
    r"""Show who an actor is: names, offices, dealings with others, lists and evidence.

    \b
    kg actor "Vladimir Putin"
    kg actor NIS
    """
    from kg.jobs.actor import actor_card, as_row

    card = actor_card(workplace, name)
    if is_json:
        print_rows([as_row(card)], "json")
    else:
        _show_card(card)


def _show_card(card: "ActorCard") -> None:
    about, evidence = card.actor, card.evidence
    _line(
        f"{_plain(about['name'])}  {about['type']}" + (f", {about['country']}" if about["country"] else ""), bold=True
    )
    _wrapped([str(about["actor_id"]), *(f"list {number}" for number in cast("Sequence[str]", about["list_ids"] or ()))])
    _wrapped(
        [
            f"{_count(evidence['documents'], 'document')} of {_count(evidence['publishers'], 'publisher')}",
            _count(evidence["claims"], "claim"),
            f"{evidence['says']} told by it",
            f"{_day(evidence['first'])} to {_day(evidence['last'])}" if evidence["first"] else "",
        ]
    )
    seen = [f"{_plain(n['name'])} {n['documents']}" if n["documents"] else _plain(n["name"]) for n in card.names]
    more = [f"and {len(seen) - MAX_NAMES} more"] if len(seen) > MAX_NAMES else []
    _section("Names, with the documents that use them in a claim", [", ".join([*seen[:MAX_NAMES], *more])])
    _section("Acts for", [_office(row) for row in card.offices if row["is_its_own"]])
    _section("Acting for it", [_office(row) for row in card.offices if not row["is_its_own"]])
    if card.dealings:
        click.echo()
        _line("Dealings (kg why shows what is behind them, kg ask deeds-of-actor all that it did)", bold=True)
        for line in _dealings(card.dealings):
            _line(f"  {line}".rstrip())
    _section("Designations (kg ask sanction-life shows their acts)", [_designation(row) for row in card.designations])
    _section("Judgements", [_judgement(row) for row in card.judgements])


def _office(row: "Row") -> str:
    seen = f", seen {_days(row['first_seen'], row['last_seen'])}" if row["first_seen"] else ""
    what = "part" if row["office"] == "part" else row["office"]
    return f"{what} of {row['of']}{seen}" if row["is_its_own"] else f"{row['holder']}, {what}{seen}"


def _dealings(rows: Sequence["Row"]) -> list[str]:
    names = [_short(_plain(row["other"])) for row in rows[:MAX_DEALINGS]]
    width = max(len("with"), *map(len, names))
    head = f"{'with':{width}}  happened  conflict  coop.  mediated  only said  first       last"
    told = [
        f"{name:{width}}  {row['happened']:>8}  {row['conflict'] or '':>8}  {row['cooperation'] or '':>5}  "
        f"{row['mediation'] or '':>8}  {row['only_said'] or '':>9}  {_day(row['first']):10}  {_day(row['last'])}"
        for name, row in zip(names, rows, strict=False)
    ]
    more = [f"... and {len(rows) - MAX_DEALINGS} more; --json has all"] if len(rows) > MAX_DEALINGS else []
    return [head, *told, *more]


def _short(name: str) -> str:
    return name if len(name) <= NAME_WIDTH else f"{name[: NAME_WIDTH - 1].rstrip()}…"


def _designation(row: "Row") -> str:
    lists = f", {row['list_id']}" if row["list_id"] else ""
    days = f" {_days(row['since'], row['until'])}" if row["since"] or row["until"] else ""
    measures = f": {_list(row['measures'])}" if row["measures"] else ""
    return f"{row['authority']}{lists}: {row['state']}{days}{measures} (told by {row['evidence']})"


def _judgement(row: "Row") -> str:
    undone = ", undone" if row["undone"] else ""
    return f"{_day(row['at'])} {row['verdict']} with {row['other']} by {row['by']}: {row['because']}{undone}"


def _section(title: str, lines: Iterable[str]) -> None:
    lines = list(lines)
    if lines:
        click.echo()
        _line(title, bold=True)
        for line in lines:
            _text(line, indent=4, first=2)


def _confidence(row: "Row") -> str:
    return f"confidence {cast('float', row['confidence']):.2f}" + (" weak" if row["weak"] else "")


def _count(number: object, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _days(first: object, last: object) -> str:
    days = list(dict.fromkeys(_day(day) for day in (first, last) if day is not None))
    return " to ".join(days) or "no date"


def _day(value: object) -> str:
    return "" if value is None else str(value)[:10]


def _list(value: object) -> str:
    return ", ".join(dict.fromkeys(_plain(item) for item in cast("Sequence[object]", value or ())))


def _plain(value: object) -> str:
    """Texts of others on one line, without what a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in str(value))


def _wrapped(parts: Iterable[str], indent: int = 0, first: int = 0, *, dim: bool = True) -> None:
    told = " · ".join(part for part in parts if part)
    if told:
        _text(told, indent=indent, first=first, dim=dim)


def _text(text: str, *, indent: int = 0, first: int = 0, **style: object) -> None:
    for line in textwrap.wrap(
        text, line_width(), initial_indent=" " * first, subsequent_indent=" " * indent, break_on_hyphens=False
    ):
        _line(line, **style)


def _line(text: str, **style: object) -> None:
    click.echo(click.style(text, **style))  # type: ignore[arg-type]  # names of styles with their values
