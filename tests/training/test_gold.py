"""Annotated documents become values of this product."""

import json
from datetime import date

import pytest

from extract.reading import document_of
from kg.extract.spans import ReferenceKind
from kg.extract.tokens import tokenise
from kg.model.claims import LocalActor
from kg.model.errors import UsageError
from kg.model.words import ActorType, SentenceKind
from kg.training.gold import digest_of, gold_actors, gold_rows, head_of, place_of, set_names, side_keys, to_document
from training.tiny import document, write_gold, write_set


def test_every_annotated_document_comes_with_its_text_and_its_set(tmp_path):
    write_gold(tmp_path, documents=2)
    rows = list(gold_rows(tmp_path))
    assert [name for name, _, _ in rows] == ["s1", "s1", "s2", "s2", "t1", "t1"]
    assert all(text["doc"] == gold["doc"] for _, text, gold in rows)
    assert {name for name, _, _ in gold_rows(tmp_path, ["s1", "t1"])} == {"s2"}


def test_lines_are_cut_at_newlines_alone(tmp_path):
    """A line separator inside a sentence, a byte order mark, empty lines and lines of Windows are no faults."""
    text, gold = document("a", range(2))
    text["sentences"][1] += "\u2028\u0085"
    write_set(tmp_path, "s1", [(text, gold)])
    for path in tmp_path.glob("*.jsonl"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\n")
    ((_, read, _),) = gold_rows(tmp_path)
    assert read["sentences"] == text["sentences"]


def test_an_empty_folder_names_what_is_missing(tmp_path):
    with pytest.raises(UsageError, match=r"holds no \*\.gold\.jsonl"):
        list(gold_rows(tmp_path))


def test_gold_without_its_texts_is_named(tmp_path):
    write_gold(tmp_path, documents=1)
    (tmp_path / "s2.texts.jsonl").unlink()
    with pytest.raises(UsageError, match=r"s2\.texts\.jsonl is missing"):
        list(gold_rows(tmp_path))
    write_set(tmp_path, "s2", [document("other", range(1))])
    (tmp_path / "s2.gold.jsonl").write_text(json.dumps(document("lost", range(1))[1]), encoding="utf-8")
    with pytest.raises(UsageError, match=r"document 'lost' is not in s2\.texts\.jsonl"):
        list(gold_rows(tmp_path))


def test_the_digest_is_that_of_the_sets_trained_on(tmp_path):
    write_gold(tmp_path, documents=1)
    before = digest_of(tmp_path, ["t1"])
    (tmp_path / "notes.jsonl").write_text("{}", encoding="utf-8")
    write_set(tmp_path, "t1", [document("new", range(3))])
    write_set(tmp_path, "t2", [document("more", range(3))])
    assert digest_of(tmp_path, ["t1", "t2"]) == before
    assert digest_of(tmp_path, ["t1"]) != before
    assert set_names(tmp_path) == ["s1", "s2", "t1", "t2"]


def test_sentences_keep_their_places_and_the_first_is_the_title():
    text, _ = document("a", range(3))
    read = to_document(text)
    assert [read.text[s.start : s.end] for s in read.sentences] == text["sentences"]
    assert [s.kind for s in read.sentences[:2]] == [SentenceKind.TITLE, SentenceKind.NARRATION]
    assert read.published is not None
    assert read.published.start.date() == date(2025, 6, 18)
    assert to_document(text | {"published_at": None}).published is None


def test_a_number_tells_which_of_the_same_words_is_meant():
    sentence = "A strike after a strike on C#2"
    assert place_of(sentence, "strike") == (2, 8)
    assert place_of(sentence, "strike#2") == (17, 23)
    assert place_of(sentence, "C#2") == (27, 30)
    assert place_of(sentence, "raid")[0] == -1
    assert place_of(sentence, "strike#3")[0] == -1


def heads(sentence, words):
    read = document_of(sentence)
    tokens = tokenise(read.text, 0, len(sentence), [])
    head = head_of(tokens, *place_of(sentence, words))
    return None if head is None else tokens[head].text


def test_a_trigger_is_learnt_at_its_verb_or_at_the_noun_before_a_preposition():
    assert heads("Mexico cut ties with Ecuador.", "cut ties") == "cut"
    assert heads("The imposition of sanctions began.", "imposition of sanctions") == "imposition"
    assert heads("They held peace talks.", "peace talks") == "talks"
    assert heads("They went, and that was it.", ",") is None


TEXT = {
    "doc": "a",
    "sentences": ["Iran strikes", "Iranian jets hit its Gulf rival's port, Tehran said.", "They left."],
}
GOLD = {
    "doc": "a",
    "actors": [
        {"id": "I", "name": "Iran", "type": "state", "key": "IRN"},
        {"id": "J", "name": "Iranian air force", "type": "organisation", "key": "Iranian air force", "of": "IRN"},
        {"id": "R", "name": "rival", "type": "group", "key": "rival"},
    ],
    "mentions": {"0": [["Iran", "I"]], "1": [["Iranian", "I"], ["nowhere", "I"], ["its", "I"]], "2": [["They", "J"]]},
    "events": [
        {
            "s": 1, "trig": "hit", "type": "ATTACK", "status": "occurred", "said_by": ["Tehran", "I"],
            "roles": [["ACTOR", "Iranian jets", "J"], ["RECIPIENT", "its Gulf rival", "R"], ["PLACE", None, "I"]],
        }
    ],
}  # fmt: skip


def test_annotated_actors_come_with_every_span_told_of_them_the_longer_first():
    read = to_document(TEXT)
    found = gold_actors(TEXT, GOLD, read)
    spans = {read.text[s.start : s.end]: s for s in found.spans}
    assert list(spans) == ["Iran", "Iranian jets", "its Gulf rival", "Tehran", "They"]
    assert [s.local_id for s in found.spans] == ["I", "J", "R", "I", "J"]
    assert spans["its Gulf rival"].is_possessive
    assert not spans["Iranian jets"].is_possessive
    assert spans["its Gulf rival"].kind is ReferenceKind.DESCRIPTION
    assert spans["They"].kind is ReferenceKind.PRONOUN
    assert spans["Iran"].kind is ReferenceKind.NAME


def test_a_demonym_stands_for_its_state():
    gold = GOLD | {"mentions": {"1": [["Iranian", "I"]]}, "events": []}
    (span,) = gold_actors(TEXT, gold, to_document(TEXT)).spans
    assert span.kind is ReferenceKind.DEMONYM


def test_a_side_is_whom_somebody_acts_for_in_the_end():
    def actor(local_id, key, acts_for=None):
        return LocalActor(local_id=local_id, name=key, type=ActorType.PERSON, key=key, acts_for=acts_for)

    actors = [actor("a", "Spokesman", "Ministry"), actor("b", "ministry", "IRN"), actor("c", "IRN")]
    assert set(side_keys(actors).values()) == {"irn"}
    in_a_ring = side_keys([actor("a", "X", "Y"), actor("b", "Y", "X")])
    assert set(in_a_ring.values()) <= {"x", "y"}
