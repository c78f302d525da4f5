"""A user's facts through the jobs: other facts read documents again, and the same facts give the same graph."""

from contextlib import closing

import pytest

from kg import graph
from kg.jobs.contract import breaches, document_of
from kg.jobs.ingest import ingest, sources_of
from kg.jobs.rebuilding import rebuild
from kg.jobs.workplace import open_workplace
from kg.model.graph import Selection, WriteReport
from kg.text.tables import use_facts

STORY = "Ilmari Koskela condemned Russia on Monday. The Lakeside Front attacked Niger on Thursday.\n"
KOSKELA = "name,of,office,start\nIlmari Koskela,FIN,foreign minister,2026-11\n"
FRONT = "key,name,type,country,names\nLSF,Lakeside Front,armed_group,MLI,Lakeside Front\n"
READERS = ("encoder", "patterns", "un_list")


@pytest.fixture
def workplace(tmp_path):
    """A workplace with a story, read by its tables alone; afterwards no facts are in use."""
    (tmp_path / "kg.toml").write_text("[extract]\nextractors = ['patterns']\n")
    (tmp_path / "story.txt").write_text(STORY)
    yield open_workplace(tmp_path / ".kg")
    use_facts(tmp_path / "no such folder")


def write_facts(workplace, text, table="office_holders.csv"):
    folder = workplace.home / "facts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / table).write_text(text)


def ingested(workplace):
    """What a run wrote, the version that the story is read with, and the side that it gives the minister."""
    report = ingest(workplace, sources_of(workplace, [str(workplace.home.parent / "story.txt")]))
    with workplace.ledger() as ledger:
        ((_, (extraction,)),) = ledger.read()
    sides = [actor.acts_for for actor in extraction.actors if actor.name == "Ilmari Koskela"]
    return report.written, extraction.extractor_version, sides


def drawn(workplace):
    with closing(workplace.graph_store()) as store:
        return graph.fingerprint(store.read(Selection()))


def test_other_facts_read_documents_again_and_the_same_facts_do_not(workplace):
    _, bare, sides = ingested(workplace)
    assert sides == []
    assert "facts" not in bare
    before = drawn(workplace)
    write_facts(workplace, KOSKELA)
    written, version, sides = ingested(workplace)
    assert written != WriteReport()
    assert version.startswith(f"{bare}+facts.")
    assert sides == ["FIN"]
    assert drawn(workplace) != before
    assert ingested(workplace)[:2] == (WriteReport(), version)
    (workplace.home / "facts" / "office_holders.csv").unlink()
    assert ingested(workplace)[1:] == (bare, [])
    assert drawn(workplace) == before


def test_a_rebuild_takes_the_facts_too(workplace):
    write_facts(workplace, FRONT, "organisations.csv")
    ingested(workplace)
    before = drawn(workplace)
    with closing(workplace.graph_store()) as store:
        assert any(node.key == "LSF" for node in store.read(Selection()).nodes)  # by the tables alone it is a hash
    use_facts(workplace.home / "no such folder")  # as in a new process
    rebuild(workplace)
    assert drawn(workplace) == before
    assert ingested(workplace)[0] == WriteReport()


def test_every_extractor_that_reads_the_tables_signs_with_the_facts(workplace):
    bare = {e.name: e.version for e in workplace.extractors(READERS)}
    write_facts(workplace, KOSKELA)
    for extractor in workplace.extractors(READERS):
        assert extractor.version.startswith(f"{bare[extractor.name]}+facts.")
        assert breaches(extractor, [document_of(STORY)]) == ()


def test_a_source_judged_anew_is_weighed_anew_and_nothing_is_read_again(workplace):
    story = workplace.home.parent / "story.txt"
    story.with_name("story.txt.meta.json").write_text('{"publisher": "Lake Eye"}')
    _, version, _ = ingested(workplace)
    before = sure(workplace)
    write_facts(workplace, "name,kind,reliability\nLake Eye,medium,E\n", "publishers.csv")
    written, again, _ = ingested(workplace)
    assert again == version
    assert written != WriteReport()
    after = sure(workplace)
    assert {name: told[0] for name, told in after.items()} == {"lake eye": "E"}
    assert after["lake eye"][1] < before["lake eye"][1]
    assert ingested(workplace)[0] == WriteReport()
    incremental = drawn(workplace)
    rebuild(workplace)
    assert drawn(workplace) == incremental


def sure(workplace):
    """The reliability of each source, and the largest confidence of an event."""
    with closing(workplace.graph_store()) as store:
        nodes = store.read(Selection()).nodes
    surest = max(node.properties["confidence"] for node in nodes if node.label == "Event")
    return {node.key: (node.properties["reliability"], surest) for node in nodes if node.label == "Source"}
