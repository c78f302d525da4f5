#!/usr/bin/env python3
"""Rewrite the generated tables of docs/extraction.md from the installed weights.

    extraction_page.py [--held-out SET ...] [--sample N]

Gold is read from $KG_GOLD, else from ../shared/gold; without it nothing is written and the exit status is 0. Every table
carries the version of the extractor `encoder` it was made with, in which the digest of its weights stands.
`--sample N` reads only the first N documents of each set and prints instead of writing: a check of the script.
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1]))  # where this file is run as a script

from eval.ceilings import CONDITIONS, StatusGiven, compared_all, read_with_gold, status_given
from eval.error_kinds import Error, Errors, Wrong, compared, errors_of, shares
from eval.run_eval import ANNOTATORS, DEV, PARTS, ROOT, UNSURE, data_folder, gold_folder, read_part, unseen_sets
from kg.extract.encoder import Encoder, load_encoder
from kg.extract.patterns import PatternsExtractor
from kg.extract.trained import EncoderExtractor
from kg.jobs.evaluation.annotations import Annotated, read_annotations
from kg.jobs.evaluation.reliability import Reliability
from kg.jobs.evaluation.scoring import METRICS, WRONG, Agreement, Compared, Figures, score
from kg.jobs.settings import DEFAULT_MIN_CONFIDENCE
from kg.model.checks import require_sound
from kg.model.claims import Extraction
from kg.model.protocols import Extractor
from kg.model.words import Role
from kg.training.gold import gold_rows, set_names

PAGE = ROOT / "docs" / "extraction.md"
HELD_OUT = ("t4", "s17")
MARK = re.compile(r"<!-- table (?P<name>[\w-]+) of (?P<version>[^ ]+) -->\n(?P<body>.*?)<!-- end -->", re.DOTALL)
MAX_EXAMPLES = 2
MAX_EXAMPLE_CHARS = 240
ENDS = (Role.ACTOR, Role.RECIPIENT)
ENDS_NAME = "roles of ends, F1"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of gold: its line, its annotation, and both as the product reads them."""

    row: Row
    gold: Row
    annotated: Annotated


@dataclass(frozen=True, slots=True)
class Measured:
    """What an extractor tells of texts; `words_per_second` of CPU."""

    extractor: str
    texts: Sequence[Text]
    extractions: Sequence[Extraction]
    words_per_second: float

    @property
    def figures(self) -> Figures:
        """All figures."""
        pairs = zip(self.texts, self.extractions, strict=True)
        return figures_of(compared(t.gold, t.annotated, told) for t, told in pairs)

    @property
    def errors(self) -> Errors:
        """Every edge in error, with its kind."""
        pairs = zip(self.texts, self.extractions, strict=True)
        return errors_of((t.gold, t.annotated, told, t.row.get("licence", "")) for t, told in pairs)


def figures_of(read: Iterable[Compared]) -> Figures:
    """Return all figures, with reliability at the default bar."""
    return score(read, min_confidence=DEFAULT_MIN_CONFIDENCE)


def texts_of(folder: Path, sets: Sequence[str], sample: int | None = None) -> list[Text]:
    """Return the texts of sets of a folder, of each set at most the first `sample`.

    Raises:
        SystemExit: Gold has faults; they are printed.
    """
    found = []
    others = [name for name in set_names(folder) if name not in sets]
    rows = {(name, gold["doc"]): (row, gold) for name, row, gold in gold_rows(folder, others)}
    for name in sets:
        annotations = read_annotations(folder / f"{name}.gold.jsonl")
        if annotations.faults:
            raise SystemExit("\n".join(annotations.faults))
        found += [Text(*rows[name, one.document.name], one) for one in annotations.documents[:sample]]
    return found


def read_with(extractor: Extractor, texts: Sequence[Text]) -> Measured:
    """Return what an extractor tells of texts; weights are loaded before the clock runs."""
    extractor.extract(texts[0].annotated.document)
    started = time.process_time()
    told = [require_sound(t.annotated.document, extractor.extract(t.annotated.document)) for t in texts]
    seconds = time.process_time() - started
    words = sum(len(t.annotated.document.text.split()) for t in texts)
    return Measured(extractor.name, texts, told, words / seconds)


def joined(name: str, parts: Sequence[Measured]) -> Measured:
    """Return measured parts as one."""
    words = [sum(len(t.annotated.document.text.split()) for t in part.texts) for part in parts]
    seconds = sum(n / part.words_per_second for n, part in zip(words, parts, strict=True))
    texts = [text for part in parts for text in part.texts]
    return Measured(name, texts, [told for part in parts for told in part.extractions], sum(words) / seconds)


def grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown; all columns but the first to the right."""
    lines = [" | ".join(head), "|".join(["---", *["--:"] * (len(head) - 1)]), *(" | ".join(row) for row in rows)]
    return "".join(f"| {line} |\n" if n != 1 else f"|{line}|\n" for n, line in enumerate(lines))


def two(number: float) -> str:
    """Return a figure of three decimals."""
    return f"{number:.3f}"


def percent(share: float) -> str:
    """Return a share in percent."""
    return f"{100 * share:.1f} %"


def figures_table(read: Mapping[str, Sequence[Measured]], seen: Collection[tuple[str, str]] = ()) -> str:
    """Return F1 by part and extractor, below what two annotators reach.

    Args:
        seen: (part, extractor) that get a star: no card says that the weights have not seen these texts.
    """
    columns = (*METRICS, WRONG)
    rows = [["two annotators", *(two(ANNOTATORS[c]) for c in columns), ""]]
    for part, measured in read.items():
        for one in measured:
            summary = one.figures.summary
            star = UNSURE if (part, one.extractor) in seen else ""
            name = f"{part} ({len(one.texts)}), {one.extractor}{star}"
            rows.append([name, *(two(summary[c]) for c in columns), f"{one.words_per_second:.0f}"])
    return grid(["part (texts), extractor", *columns, "words/CPU-s"], rows)


def agreements_table(what: str, by_part: Mapping[str, Mapping[str, Agreement]]) -> str:
    """Return gold, told, precision, recall and F1 by name, parts side by side; the commonest in gold first."""
    first = next(iter(by_part.values()))
    none = Agreement(gold=0, told=0, hit=0)
    names = sorted(first, key=lambda name: (-first[name].gold, name))
    rows = []
    for name in names:
        cells = [name]
        for held in by_part.values():
            a = held.get(name, none)
            shares_of = [two(f) for f in (a.precision, a.recall, a.f1)] if a.gold or a.told else ["", "", ""]
            cells += [str(a.gold), str(a.told), *shares_of]
        rows.append(cells)
    head = [f"{part}: {c}" if c == "gold" else c for part in by_part for c in ("gold", "told", "P", "R", "F1")]
    return grid([what, *head], rows)


def reliability_table(by_part: Mapping[str, Reliability]) -> str:
    """Return confidence against the share that is right, and what is left above each bar."""
    text = ""
    for part, held in by_part.items():
        rows = []
        for b, kept in zip(held.bins, held.thresholds, strict=True):
            mean, right = (two(b.mean_confidence), two(b.share_right)) if b.claims else ("", "")
            above = [str(kept.claims), two(kept.precision), two(kept.recall)]
            rows.append([f"{b.low:.1f} to {b.high:.1f}", str(b.claims), mean, right, *above])
        head = ["confidence", "claims", "mean", "right", "from here up", "P", "R"]
        at = held.default
        text += f"{part}: expected calibration error {two(held.calibration_error)}; at the default bar of "
        text += f"{at.threshold:.2f} {at.claims} claims are left, precision {two(at.precision)}, "
        text += f"recall {two(at.recall)}.\n\n{grid(head, rows)}\n"
    return text


def kinds_table(by_part: Mapping[str, Mapping[str, Errors]]) -> str:
    """Return the kinds of errors of each part and extractor."""
    columns = {(part, name): held for part, names in by_part.items() for name, held in names.items()}
    heads = [f"{part}, {name}" for part, name in columns]
    text = ""
    for what, all_of in (("missed", "edges of gold"), ("wrong", "edges told"), ("status", "edges in both")):
        errors = {key: getattr(held, what) for key, held in columns.items()}
        totals = {key: {"missed": h.gold, "wrong": h.told, "status": h.both}[what] for key, h in columns.items()}
        found = {key: {kind: (n, share) for kind, n, share in shares(e)} for key, e in errors.items()}
        kinds = dict.fromkeys(kind for held in found.values() for kind in held)
        rows = [[f"all {what}, of {all_of}", *(f"{len(errors[k])} of {totals[k]}" for k in columns)]]
        shown = [kind for kind in kinds if what != "status" or sum(f.get(kind, (0,))[0] for f in found.values()) > 2]
        rows += [[kind, *(_counted(found[k].get(kind)) for k in columns)] for kind in shown]
        text += grid([what, *heads], rows) + "\n"
    return text


def _counted(found: tuple[int, float] | None) -> str:
    return f"{found[0]} ({100 * found[1]:.0f} %)" if found else ""


def examples(errors: Errors) -> str:
    """Return one or two sentences of each kind, from texts of our own only."""
    text = ""
    for what in (errors.missed, errors.wrong):
        for kind, _, _ in shares(what):
            shown = _shortest([e for e in what if e.kind == kind and e.is_printable])
            if shown:
                text += f"- *{kind}*: " + "; ".join(map(_example, shown)) + "\n"
    return text


def _shortest(errors: Sequence[Error]) -> list[Error]:
    by_document = {e.document: e for e in sorted(errors, key=lambda e: (-len(e.sentence), e.edge))}
    return sorted(by_document.values(), key=lambda e: (len(e.sentence), e.document))[:MAX_EXAMPLES]


def _example(error: Error) -> str:
    _, plover, (actor, recipient) = error.edge
    sentence = error.sentence
    if len(sentence) > MAX_EXAMPLE_CHARS:
        sentence = sentence[:MAX_EXAMPLE_CHARS].rsplit(" ", 1)[0] + " ..."
    verb = "wrongly" if error.kind in tuple(Wrong) else "not"
    return f"“{sentence}” ({verb} told: {plover} {actor} → {recipient})"


def ceilings_tables(encoder: Encoder, parts: Mapping[str, Sequence[Text]]) -> tuple[str, str]:
    """Return what is reached with parts of gold given, and the status by group with gold's triggers."""
    rows, statuses = [], {}
    for part, texts in parts.items():
        for given in CONDITIONS:
            read = [(t.gold, t.annotated, read_with_gold(given, encoder, t.row, t.gold, t.annotated)) for t in texts]
            figures = figures_of(compared_all(read))
            edge, roles = figures.metrics["edge"], end_roles(figures)
            cells = [two(f) for f in (edge.precision, edge.recall, edge.f1, figures.metrics["edge_status"].f1)]
            rows.append([f"{part}, {given}", *cells, *(two(figures.metrics[m].f1) for m in ("graph", "mediator"))])
            rows[-1] += [two(roles.f1)]
            if given.triggers and not given.actors:
                statuses[part] = status_given(read)
    head = ["part, given", "edge P", "edge R", "edge F1", "edge_status", "graph", "mediator", ENDS_NAME]
    return grid(head, rows), status_table(statuses)


def end_roles(figures: Figures) -> Agreement:
    """Return how far actors and recipients agree, in events whose trigger was found."""
    held = [figures.by_role[role] for role in ENDS]
    return Agreement(gold=sum(a.gold for a in held), told=sum(a.told for a in held), hit=sum(a.hit for a in held))


def status_table(by_part: Mapping[str, StatusGiven]) -> str:
    """Return the share of events whose group is right, by group of gold, and what the others are told as."""
    rows = []
    for part, held in by_part.items():
        total = sum(told.total() for told in held.groups.values())
        rows.append([f"{part}, all", str(total), percent(held.accuracy), ""])
        for group, told in sorted(held.groups.items(), key=lambda g: (-g[1].total(), g[0])):
            others = ", ".join(f"{name} {n}" for name, n in told.most_common() if name != group)
            rows.append([f"{part}, {group}", str(told.total()), percent(told[group] / told.total()), others])
    return grid(["part, group of gold", "events", "right", "told as"], rows)


def size_table(folder: Path) -> str:
    """Return the sizes of the installed weights, and what their card tells."""
    files = sorted(p for p in folder.iterdir() if p.is_file())
    rows = [[p.name, f"{p.stat().st_size / 1e6:.2f}"] for p in files]
    rows.append(["all", f"{sum(p.stat().st_size for p in files) / 1e6:.2f}"])
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    left_out = ", ".join(card.get("held_out", [])) or "no set is named"
    calibrated = ", ".join((card.get("calibrated_on") or {}).get("sets", [])) or "no set is named"
    return grid(["file", "MB"], rows) + f"\nTheir card: not trained on {left_out}; calibrated on {calibrated}.\n"


def gold_table(gold: Path, held_name: str, held_out: Sequence[str]) -> str:
    """Return the digest of the annotated texts behind the figures, by part."""
    parts = [read_part(name, gold / "dev", [name]) for name in PARTS]
    parts += [read_part(DEV, gold / "dev", PARTS), read_part(held_name, gold / "train", held_out)]
    head = ["part", "texts", "sha256 of texts and annotations"]
    return grid(head, ([part.name, str(len(part.documents)), f"`{part.digest}`"] for part in parts))


def tables(sample: int | None, held_out: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return the version of the encoder, and its tables by name."""
    gold, encoder = gold_folder(), EncoderExtractor()
    folder = data_folder(encoder) / "encoder"
    parts = {name: texts_of(gold / "dev", [name], sample) for name in PARTS}
    held_name = "held out"
    read: dict[str, list[Measured]] = {}
    for name, texts in {**parts, held_name: texts_of(gold / "train", held_out, sample)}.items():
        read[name] = [read_with(one, texts) for one in (encoder, PatternsExtractor())]
    both = zip(*(read[name] for name in PARTS), strict=True)
    read[DEV] = [joined(part[0].extractor, part) for part in both]
    seen = {(held_name, e.name) for e in (encoder, PatternsExtractor()) if not unseen_sets(e).issuperset(held_out)}
    shown = {name: read[name] for name in (*PARTS, DEV, held_name)}
    ours = {name: read[name][0] for name in (DEV, held_name)}
    figures = {name: one.figures for name, one in ours.items()}
    errors = {name: {one.extractor: one.errors for one in read[name]} for name in (DEV, held_name)}
    given, statuses = ceilings_tables(load_encoder(folder), {name: one.texts for name, one in ours.items()})
    return encoder.version, {
        "gold": gold_table(gold, held_name, held_out),
        "figures": figures_table(shown, seen),
        "types": agreements_table("PLOVER type", {name: f.by_type for name, f in figures.items()}),
        "status": agreements_table("group of status", {name: f.by_status for name, f in figures.items()}),
        "roles": agreements_table("role", {name: f.by_role for name, f in figures.items()}),
        "reliability": reliability_table({name: f.reliability for name, f in figures.items()}),
        "kinds": kinds_table(errors),
        "examples": examples(ours[DEV].errors),
        "ceilings": given,
        "status-given": statuses,
        "size": size_table(folder),
    }


def rewritten(page: str, made: Mapping[str, str], version: str) -> str:
    """Return a page with the bodies and versions of its tables replaced; tables that were not made stay.

    Raises:
        SystemExit: A table that was made has no place on the page.
    """
    places = {match["name"] for match in MARK.finditer(page)}
    if lost := sorted(made.keys() - places):
        raise SystemExit(
            f"{PAGE.name} has no place for {', '.join(lost)}: add <!-- table NAME of - --> and <!-- end -->"
        )

    def filled(match: re.Match[str]) -> str:
        name = match["name"]
        if name not in made:
            return match[0]
        return f"<!-- table {name} of {version} -->\n{made[name].strip()}\n<!-- end -->"

    return MARK.sub(filled, page)


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description="Rewrite the generated tables of docs/extraction.md.")
    parser.add_argument("--held-out", nargs="+", default=list(HELD_OUT), metavar="SET", help="sets of gold/train")
    parser.add_argument("--sample", type=int, metavar="N", help="read N documents of each set, print, write nothing")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None, write: Callable[[str], Any] = print) -> int:
    """Measure, and rewrite the page."""
    options = parsed(arguments)
    if not (gold_folder() / "dev").is_dir():
        write(f"skipped: no annotated documents at {gold_folder()}; name their folder in KG_GOLD")
        return 0
    version, made = tables(options.sample, options.held_out)
    if options.sample:
        write("\n".join(f"{name}\n{body}" for name, body in made.items()))
    else:
        PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8"), made, version), encoding="utf-8")
        write(f"{PAGE.name}: {len(made)} tables of encoder {version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
