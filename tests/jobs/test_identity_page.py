"""What docs/identity.md says of the rules is what they do, and its commands exist."""

import re
from pathlib import Path

from kg.cli.main import COMMANDS
from kg.resolve import pairs

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "identity.md").read_text(encoding="utf-8")


def test_the_page_tells_the_bars_and_weights_that_hold():
    who_is_who, events, _ = PAGE.partition("## One event, many claims")
    assert events
    told = {float(number) for number in re.findall(r"(?<![\d.])\.\d+", who_is_who)}
    bars = {pairs.SURE_BARE_NAME, pairs.SURE_NAME, pairs.LIKE_NAME}
    assert told == bars | {pairs.NAME_WEIGHT, pairs.HOME_WEIGHT, pairs.OFFICE_WEIGHT}


def test_every_command_of_the_page_is_one():
    assert set(re.findall(r"\bkg ([a-z]+)", PAGE)) <= COMMANDS.keys()
