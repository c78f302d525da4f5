"""Every edge in error has one kind, the first that holds; and the page that tells them is of the installed weights."""

import re
import shlex
from argparse import ArgumentTypeError

import pytest
from click.testing import CliRunner
from tests.extract.extractors import needs_weights

from eval import extraction_page
from eval.error_kinds import Missed, Wrong, gold_told, missed_kind, shares, wrong_kind
from eval.extraction_page import MARK, PAGE, ROOT, rewritten
from eval.learning_curve import share_and_folder
from kg.cli.main import kg
from kg.extract.trained import EncoderExtractor

SENTENCES = ("Iran hits home", "Iran hit Israel and accused critics, Russia said.", "China met Iraq.")
ACTORS = [
    {"id": "iran", "name": "Iran", "type": "state", "key": "IRN"},
    {"id": "israel", "name": "Israel", "type": "state", "key": "ISR"},
    {"id": "russia", "name": "Russia", "type": "state", "key": "RUS"},
    {"id": "china", "name": "China", "type": "state", "key": "CHN"},
    {"id": "critics", "name": "critics", "type": "group", "key": "critics"},
]
MENTIONS = {"0": [["Iran", "iran"]], "1": [["Iran", "iran"], ["Israel", "israel"], ["Russia", "russia"]]}
HIT = ("hit", "ATTACK")
ACCUSED = ("accused", "ACCUSE")


def event(trigger, actor, recipient):
    words, etype = trigger
    roles = [["ACTOR", None, actor], ["RECIPIENT", None, recipient]]
    return {"s": 1, "trig": words, "type": etype, "status": "occurred", "roles": roles}


def telling(*events, without=()):
    actors = [a for a in ACTORS if a["id"] not in without]
    mentions = {n: [m for m in told if m[1] not in without] for n, told in MENTIONS.items()}
    return gold_told({"actors": actors, "mentions": mentions, "events": list(events)}, SENTENCES)


@pytest.mark.parametrize(
    ("gold", "told", "kind"),
    [
        (event(HIT, "iran", "israel"), telling(), Missed.NO_TRIGGER),
        (event(HIT, "iran", "israel"), telling(event(ACCUSED, "iran", "israel")), Missed.NO_TRIGGER),
        (event(HIT, "iran", "israel"), telling(event(("hit", "ACCUSE"), "iran", "israel")), Missed.WRONG_TYPE),
        (event(HIT, "iran", "israel"), telling(event(HIT, "israel", "iran")), Missed.DIRECTION),
        (event(ACCUSED, "iran", "critics"), telling(event(ACCUSED, "iran", "iran"), without=["critics"]), Missed.GROUP),
        (event(HIT, "iran", "israel"), telling(event(HIT, "iran", "iran"), without=["israel"]), Missed.NAME),
        (event(HIT, "iran", "china"), telling(event(HIT, "iran", "israel")), Missed.ELSEWHERE),
        (event(HIT, "iran", "israel"), telling(event(HIT, "iran", "russia")), Missed.NO_ROLE),
    ],
)
def test_a_missed_edge_has_the_first_kind_that_holds(gold, told, kind):
    gold = telling(gold)
    (edge,) = gold.edges
    assert missed_kind(edge, gold, told) is kind


@pytest.mark.parametrize(
    ("gold", "told", "kind"),
    [
        (telling(), event(HIT, "iran", "israel"), Wrong.NO_EVENT),
        (telling(event(("hit", "ACCUSE"), "iran", "israel")), event(HIT, "iran", "israel"), Wrong.WRONG_TYPE),
        (telling(event(HIT, "iran", "russia"), without=["israel"]), event(HIT, "iran", "israel"), Wrong.NO_SIDE),
        (telling(event(HIT, "israel", "iran")), event(HIT, "iran", "israel"), Wrong.DIRECTION),
        (telling(event(HIT, "iran", "israel")), event(HIT, "russia", "israel"), Wrong.ANOTHER),
    ],
)
def test_a_wrong_edge_has_the_first_kind_that_holds(gold, told, kind):
    told = telling(told)
    (edge,) = told.edges
    assert wrong_kind(edge, gold, told) is kind


def test_shares_are_of_all_errors_of_that_list():
    class Kind:
        def __init__(self, kind):
            self.kind = kind

    assert shares([Kind("b"), Kind("a"), Kind("a"), Kind("c")]) == [("a", 2, 0.5), ("b", 1, 0.25), ("c", 1, 0.25)]


def test_rewriting_keeps_what_was_not_made():
    page = "x\n<!-- table a of 1 -->\nold\n<!-- end -->\ny\n<!-- table b of - -->\nkept\n<!-- end -->\n"
    assert rewritten(page, {"a": "new"}, "2") == page.replace("a of 1 -->\nold", "a of 2 -->\nnew")
    with pytest.raises(SystemExit, match="no place for c"):
        rewritten(page, {"c": "new"}, "2")


def test_a_share_without_weights_is_refused(tmp_path):
    (tmp_path / "encoder.onnx").touch()
    assert share_and_folder(f"25={tmp_path}") == (25, tmp_path)
    for wrong in (f"0={tmp_path}", f"x={tmp_path}", str(tmp_path), f"25={tmp_path / 'none'}"):
        with pytest.raises(ArgumentTypeError, match=r"write 25=FOLDER|name a folder"):
            share_and_folder(wrong)


@needs_weights
def test_the_tables_of_the_page_are_of_the_installed_weights():
    found = {m["name"]: m["version"] for m in MARK.finditer(PAGE.read_text(encoding="utf-8"))}
    assert len(found) == 12
    assert {name: v for name, v in found.items() if v != EncoderExtractor().version} == {"curve": found["curve"]}, (
        "docs/extraction.md was made with other weights: run make errors"
    )


def commands():
    rows = re.findall(r"^\| `([^`]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return [shlex.split(row) for row in rows if row.split()[0] in {"make", "python", "kg"}]


def test_the_page_names_commands():
    assert len(commands()) == 6


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_of_the_page_exists(words):
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        for setting in words[2:]:
            name, _, options = setting.partition("=")
            assert f"$({name})" in (ROOT / "Makefile").read_text(encoding="utf-8")
            assert extraction_page.parsed(options.split())
    elif words[0] == "python":
        assert (ROOT / words[1]).is_file()
    else:
        told = CliRunner().invoke(kg, [words[1], "--help"])
        assert told.exit_code == 0
        assert all(option in told.output for option in words[2:] if option.startswith("--"))
