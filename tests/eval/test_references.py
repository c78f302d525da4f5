"""References are measured by what their chain is named, and ends of events by their side."""

import io
import tarfile

import pytest

from eval import references
from eval.gum import Kind, read_corpus
from kg.jobs.evaluation.annotations import read_annotations

TEXT = """\
# meta::title = Emmanuel Macron speaks
# meta::dateCreated = 2025-06-20
# sent_id = 1
# text = French President Emmanuel Macron spoke.
1\tFrench\tFrench\tADJ\tJJ\t_\t2\tamod\t_\tEntity=(1-person-new-sssss-cf1-3,4-coref
2\tPresident\tPresident\tPROPN\tNNP\t_\t5\tnsubj\t_\t_
3\tEmmanuel\tEmmanuel\tPROPN\tNNP\t_\t2\tflat\t_\t_
4\tMacron\tMacron\tPROPN\tNNP\t_\t3\tflat\t_\tEntity=1)
5\tspoke\tspeak\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

# sent_id = 2
# text = He met Gazprom and the baker and his guest.
1\tHe\the\tPRON\tPRP\tPerson=3|PronType=Prs\t2\tnsubj\t_\tEntity=(1-person-giv:act-sssss-cf1-1-ana)
2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_
3\tGazprom\tGazprom\tPROPN\tNNP\t_\t2\tobj\t_\tEntity=(2-organization-new-sssss-cf2-1-coref)
4\tand\tand\tCCONJ\tCC\t_\t6\tcc\t_\t_
5\tthe\tthe\tDET\tDT\tDefinite=Def\t6\tdet\t_\tEntity=(3-person-new-sssss-cf2-2-coref
6\tbaker\tbaker\tNOUN\tNN\t_\t3\tconj\t_\tEntity=3)
7\tand\tand\tCCONJ\tCC\t_\t9\tcc\t_\t_
8\this\the\tPRON\tPRP$\tPerson=3|Poss=Yes|PronType=Prs\t9\tnmod:poss\t_\tEntity=(4-person-new-sssss-cf2-2-sgl(3-person-giv:act-sssss-cf1-1-ana)
9\tguest\tguest\tNOUN\tNN\t_\t3\tconj\t_\tEntity=4)|SpaceAfter=No
10\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# sent_id = 3
# text = The company thanked Macron.
1\tThe\tthe\tDET\tDT\tDefinite=Def\t2\tdet\t_\tEntity=(2-organization-giv:act-sssss-cf1-2-coref
2\tcompany\tcompany\tNOUN\tNN\t_\t3\tnsubj\t_\tEntity=2)
3\tthanked\tthank\tVERB\tVBD\t_\t0\troot\t_\t_
4\tMacron\tMacron\tPROPN\tNNP\t_\t3\tobj\t_\tEntity=(1-person-giv:inact-sssss-cf1-1-coref)|SpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_
"""
SENTENCES = ["Iran and Israel trade fire", "Its rival struck Iran.", "Settlers hit Iran, and it hit Settlers."]
GOLD = """{"doc": "x1", "actors": [{"id": "A1", "name": "Iran", "type": "state", "key": "IRN"},
 {"id": "A2", "name": "Israel", "type": "state", "key": "ISR"},
 {"id": "A3", "name": "settlers", "type": "group", "key": "settlers ISR", "of": "ISR"}], "mentions": {}, "events": [
 {"s": 1, "trig": "struck", "type": "ATTACK", "status": "occurred",
  "roles": [["ACTOR", "Its rival", "A2"], ["RECIPIENT", "Iran", "A1"]]},
 {"s": 2, "trig": "hit", "type": "ATTACK", "status": "occurred",
  "roles": [["ACTOR", "Settlers", "A3"], ["RECIPIENT", "Iran", "A1"]]},
 {"s": 2, "trig": "hit#2", "type": "ATTACK", "status": "occurred",
  "roles": [["ACTOR", "it", "A1"], ["RECIPIENT", null, "A3"]]}]}"""


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / references.ARCHIVE
    with tarfile.open(path, "w:xz") as files:
        member = tarfile.TarInfo("gum-wikinews/GUM_news_x.conllu")
        member.size = len(TEXT.encode())
        files.addfile(member, io.BytesIO(TEXT.encode()))
    return path


def test_mentions_of_named_chains_are_read_with_their_kinds(archive):
    (text,) = read_corpus(archive)
    assert [(m.text, m.kind, *sorted(m.chains)) for m in text.mentions] == [
        ("Emmanuel Macron", Kind.NAME, "1"),
        ("He", Kind.PRONOUN, "1"),
        ("Gazprom", Kind.NAME, "2"),
        ("company", Kind.DESCRIPTION, "2"),
        ("Macron", Kind.VARIANT, "1"),
    ]
    assert all(text.document.text[m.start : m.end].endswith(m.text) for m in text.mentions)


def test_a_reference_to_another_chain_is_told_and_wrong(archive):
    counts = references.measure_corpus(read_corpus(archive))
    assert (counts.gold[Kind.PRONOUN], counts.found[Kind.PRONOUN]) == (1, 1)
    assert (counts.told[Kind.PRONOUN], counts.right[Kind.PRONOUN]) == (2, 1)  # "his" is the baker's
    assert counts.figures(Kind.PRONOUN) == pytest.approx((1 / 2, 1, 2 / 3))
    assert counts.figures(Kind.DESCRIPTION) == counts.figures(Kind.VARIANT) == (1, 1, 1)
    assert [error.partition(":")[0] for error in counts.errors] == ["wrong, pronoun"]


def test_ends_that_no_name_tells_are_those_measured(tmp_path):
    gold = tmp_path / "x.gold.jsonl"
    gold.write_text(GOLD.replace("\n", ""), encoding="utf-8")
    sentences = ", ".join(f'"{one}"' for one in SENTENCES)
    text = f'{{"doc": "x1", "title": "x", "publisher": "x", "sentences": [{sentences}]}}'
    (tmp_path / "x.texts.jsonl").write_text(text, encoding="utf-8")
    (one,) = read_annotations(gold).documents
    shown = [(one.document.text[e.start : e.end], e.kind, e.side) for e in references.unnamed_ends(one)]
    assert shown == [
        ("Its rival", references.DESCRIPTION, "isr"),
        ("Settlers", references.GROUPS, "isr"),
        ("it", Kind.PRONOUN, "irn"),
    ]


def test_what_is_not_there_is_skipped(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("KG_NLP", str(tmp_path))
    monkeypatch.setenv("KG_GOLD", str(tmp_path / "none"))
    assert references.main([]) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["skipped", "skipped"]
