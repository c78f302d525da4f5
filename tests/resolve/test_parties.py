import pytest

from kg.resolve.parties import home_of
from kg.text.tables import use_facts

FRONT = "key,name,type,country,names\nLSF,Lakeside Front,armed_group,MLI,Lakeside Front\n"


@pytest.mark.parametrize(("side", "home"), [("HAMAS", "PSE"), ("PSE", None), ("UN", None), ("act_1", None)])
def test_an_armed_group_is_at_home_in_a_state(side, home):
    assert home_of(side) == home


def test_a_group_of_the_users_facts_is_at_home_as_long_as_they_are_in_use(tmp_path):
    (tmp_path / "organisations.csv").write_text(FRONT, encoding="utf-8")
    assert home_of("LSF") is None
    use_facts(tmp_path)
    try:
        assert home_of("LSF") == "MLI"
    finally:
        use_facts(tmp_path / "no such folder")
    assert home_of("LSF") is None
