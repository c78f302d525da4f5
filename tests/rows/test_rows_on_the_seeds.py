"""The rows that decide and are told of the user's two documents."""

from pathlib import Path

import pytest

from kg.jobs.ask import query
from kg.jobs.workplace import open_workplace
from rows.commands import drawn, exported, run

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
FIRST, SECOND = "000_fc1ffe9e9bacc26a.txt", "004_d087d1f10e451608.txt"
# What the sentences tell of without its having happened: the words they say it with, and the events it might be taken for.
# The offer of mediation is told twice.
NOT_FACTS = {
    "offered to help mediate": ("MEDIATE",),
    "offered to mediate a ceasefire": ("MEDIATE", "DECLARE_CEASEFIRE"),
    "were to kill": ("KILL",),
    "calls for surrender": ("YIELD", "WITHDRAW_FORCES"),
    "military involvement": ("ATTACK", "DESTROY"),
    "take him out": ("KILL", "ATTACK", "ABDUCT"),
    "to show restraint": ("OBSERVE_CEASEFIRE", "DECLARE_CEASEFIRE", "WITHDRAW_FORCES", "YIELD"),
    '"blew up" talks': ("BREAK_RELATIONS", "BOMBING", "DESTROY", "ATTACK"),
    "due to come into effect": ("IMPOSE_SANCTIONS", "EXTEND_SANCTIONS"),
    "refuses to impose sanctions": ("IMPOSE_SANCTIONS",),
    "immediately impose restrictions": ("IMPOSE_SANCTIONS", "RESTRICT"),
    "ease all the existing ones": ("EASE_SANCTIONS", "GRANT_SANCTIONS_RELIEF"),
    "could come as early as next week": ("SIGN_AGREEMENT", "AGREE_TO_COOPERATE", "DECLARE_CEASEFIRE"),
    "could have taken the decision to escalate": ("ATTACK", "MISSILE_STRIKE", "DEPLOY_FORCES"),
}

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the user's two seed documents are not beside this checkout")


def read_seed(home, name, day):
    run(home, "ingest", SEEDS / name, "--retrieved-at", f"{day}T12:00")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("seeds") / ".kg"
    read_seed(home, FIRST, "2025-06-27")
    read_seed(home, SECOND, "2025-06-27")
    return home


def test_status(home):
    told = "MATCH (c:Claim)-[:ASSERTS]->(e:Event) RETURN c.quote AS quote, e.etype AS etype, e.happened AS happened"
    claims = query(open_workplace(home), told, {})
    found = {
        words: {c["happened"] for c in claims if words in c["quote"] and c["etype"] in NOT_FACTS[words]}
        for words in NOT_FACTS
    }
    assert not [words for words, happened in found.items() if True in happened]
    untold = {words for words, happened in found.items() if not happened}
    assert untold <= {"to show restraint"}


@pytest.mark.browser
@pytest.mark.parametrize("group", ["planned", "denied", "offered", "happened"])
def test_status_switches_change_the_picture(open_page, home, group):
    page = open_page(drawn(home)).page
    pixels = "document.querySelector('#stage canvas').toDataURL()"
    ties, picture = page.evaluate("kgMap.ties()"), page.evaluate(pixels)
    page.click(f"label[for=switch-{group}]")
    assert len(page.evaluate("kgMap.ties()")) < len(ties)
    assert page.evaluate(pixels) != picture


def test_as_known_at(tmp_path):
    home = tmp_path / ".kg"
    read_seed(home, FIRST, "2025-06-19")
    before = exported(home)
    read_seed(home, SECOND, "2025-06-27")
    assert exported(home) != before
    assert exported(home, "--known-on", "2025-06-19") == before
