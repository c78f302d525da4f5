"""Facts that cannot all hold are named, and nothing that reads them fails."""

from graph.made import Story, actor
from kg.resolve.actors import resolve_sides
from kg.resolve.conflicts import circles, overlapping_terms
from kg.text.tables import use_facts

HEADER = "name,of,country,office,start,end,aliases\n"


def test_a_circle_of_sides_is_named_once_and_each_acts_for_itself():
    ring = [actor(name, type_="organisation", acts_for=side) for name, side in (("A", "B"), ("B", "C"), ("C", "A"))]
    outside = actor("D", acts_for="A")
    story = Story("round", actors={one.name: one for one in (*ring, outside)})
    story.tell("met", "MEET", actor="A,B,C,D")
    document, extractions = story.read()
    assert [c.told for c in circles(document, extractions)] == ["round: A acts for B acts for C acts for A"]
    by_raw = {one.raw_id: one.name for one in (*ring, outside)}
    sides = resolve_sides(extractions, {raw: raw for raw in by_raw})
    assert len(sides) == 4


def test_sides_without_a_circle_are_no_conflict():
    story = Story("straight")
    story.tell("met", "MEET", actor="Vladimir Putin,Iran")
    assert list(circles(*story.read())) == []


def test_two_terms_of_one_person_that_overlap_are_named_and_the_packaged_tables_have_none(tmp_path):
    assert list(overlapping_terms()) == []
    facts = tmp_path / "facts"
    facts.mkdir()
    (facts / "office_holders.csv").write_text(
        HEADER + "Ada Moreau,FRA,FRA,head of state,2020-01-01,2024-06-01,\n"
        "Ada Moreau,FRA,FRA,head of state,2023-01-01,,\n"
        "Ada Moreau,FRA,FRA,foreign minister,2019,2020,\n",
        encoding="utf-8",
    )
    use_facts(facts)
    try:
        (conflict,) = overlapping_terms()
    finally:
        use_facts(tmp_path / "none")
    assert conflict.told == ("Ada Moreau is head of state of FRA in 2020-01-01 to 2024-06-01 and in 2023-01-01 to ...")
