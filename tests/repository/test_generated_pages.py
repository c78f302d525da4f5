"""Pages that are generated from the ontology say what the ontology says."""

from pathlib import Path

import pytest

from kg.jobs.reference import pages

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_page_is_up_to_date(name):
    assert (ROOT / name).read_text(encoding="utf-8") == pages()[name], f"run `make docs`: {name} is out of date"
