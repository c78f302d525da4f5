"""What is asked of a model, what is kept of its answers, and which settings it takes."""

import json
from dataclasses import replace

import pytest

from extract.model_server import IRAN, ISRAEL, STRUCK, actor, event, message, raw, serving_model, told
from extract.reading import document_of
from kg.extract.llm.client import LlmError
from kg.extract.llm.extractor import LlmExtractor
from kg.extract.llm.prompt import BYTES_PER_TOKEN, ROLES, answer_schema, cut_into_pieces, guidelines
from kg.jobs.contract import breaches
from kg.model.errors import StoreError
from kg.model.ontology import event_types
from kg.model.words import Act, ActorType, Status

STORY = document_of("Israel struck Iran.", publisher="Test Wire")
GOOD = told(STRUCK, actors=[IRAN, ISRAEL])


def numbered(server):
    """Return the numbers and sentences of each request, and its context."""
    told_parts = [json.loads(body["messages"][1]["content"]) for body in server.asked]
    return [part["sentences"] for part in told_parts], [part["context"] for part in told_parts]


def test_keeps_the_contract_of_kg(tmp_path):
    with serving_model(GOOD) as server:
        assert breaches(server.extractor(tmp_path), [STORY]) == ()


def test_the_prompt_lists_the_words_of_the_model_and_leaves_no_place_unfilled():
    text = guidelines()
    for word in (*event_types(), *Status, *ActorType, *Act, *ROLES):
        assert word in text
    for etype in event_types().values():
        assert etype.definition in text
    example = text[text.index('{"actors": [{') : text.index('"act": null}]}') + len('"act": null}]}')]
    assert set(json.loads(example)) == {"actors", "events"}
    assert not any(place in text for place in ("{event_types}", "{actor_types}", "{acts}"))


def test_the_schema_is_strict_and_the_example_of_the_prompt_has_its_keys():
    def objects(schema):
        if isinstance(schema, dict):
            if schema.get("type") == "object":
                yield schema
            for value in schema.values():
                yield from objects(value)
        elif isinstance(schema, list):
            for value in schema:
                yield from objects(value)

    found = list(objects(answer_schema()))
    assert len(found) == 6
    for schema in found:
        assert schema["required"] == list(schema["properties"])
        assert schema["additionalProperties"] is False
    events = answer_schema()["properties"]["events"]["items"]["properties"]
    assert set(STRUCK) == set(events)
    assert events["type"]["enum"] == list(event_types())


def test_what_is_sent(tmp_path):
    with serving_model(GOOD) as server:
        server.extractor(tmp_path, options={"temperature": 0.5, "seed": 7}).extract(STORY)
        server.extractor(tmp_path, response_format="json_object").extract(STORY)
        server.extractor(tmp_path, response_format="none").extract(STORY)
        first, second, third = server.asked
    assert (first["model"], first["temperature"], first["seed"]) == ("test-model", 0.5, 7)
    assert first["response_format"]["json_schema"]["schema"] == answer_schema()
    assert second["response_format"] == {"type": "json_object"}
    assert second["temperature"] == 0
    assert "response_format" not in third
    told_text = json.loads(first["messages"][1]["content"])
    assert told_text["published"] == "2025-06-18 (Wednesday)"
    assert told_text["publisher"] == "Test Wire"


@pytest.mark.parametrize("published", ["2025-06-18", None])
def test_the_day_is_that_of_the_document_and_never_today(tmp_path, published):
    with serving_model(GOOD) as server:
        server.extractor(tmp_path).extract(document_of("Israel struck Iran.", published=published))
        told_text = json.loads(server.asked[0]["messages"][1]["content"])
    assert told_text["published"] == ("2025-06-18 (Wednesday)" if published else None)


def test_a_kept_answer_needs_no_request_and_no_key(tmp_path, monkeypatch):
    monkeypatch.setenv("MY_KEY", "sk-0123456789")
    with serving_model(GOOD) as server:
        first = server.extractor(tmp_path, key_variable="MY_KEY").extract(STORY)
    monkeypatch.delenv("MY_KEY")
    with serving_model(raw("", 500)) as other:  # another address, the same model
        extractor = other.extractor(tmp_path, key_variable="MY_KEY")
        assert extractor.extract(STORY) == first
        assert other.asked == []
    assert (extractor.totals.cached, extractor.totals.spent.requests) == (1, 0)


@pytest.mark.parametrize(
    "change", [{"model": "other"}, {"options": {"seed": 1}}, {"response_format": "none"}], ids=lambda c: next(iter(c))
)
def test_another_question_is_asked_anew(tmp_path, change):
    with serving_model(GOOD) as server:
        server.extractor(tmp_path).extract(STORY)
        server.extractor(tmp_path, **change).extract(STORY)
        server.extractor(tmp_path).extract(replace(STORY, publisher="Other Wire"))
        assert len(server.asked) == 3


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"content": 7}', '{"content": "{}"}', "\ud800"])
def test_a_broken_file_is_asked_for_again(tmp_path, broken):
    with serving_model(GOOD) as server:
        extractor = server.extractor(tmp_path)
        extractor.extract(STORY)
        (kept,) = tmp_path.rglob("*.json")
        whole = kept.read_bytes()
        kept.write_bytes(broken.encode("utf-8", "surrogatepass"))
        assert len(extractor.extract(STORY).claims) == 1
        assert len(server.asked) == 2
    assert kept.read_bytes() == whole
    assert list(tmp_path.rglob("*.*")) == [kept]


def test_a_folder_that_cannot_be_written_stops_the_run(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with serving_model(GOOD) as server, pytest.raises(StoreError, match=r"cache of \[extract.llm\]"):
        server.extractor(tmp_path / "file").extract(STORY)


def long_story(sentences=30):
    return document_of(
        "Title of the day.", *(f"Israel struck Iran near the town number {n}." for n in range(sentences))
    )


def test_a_long_document_is_asked_in_pieces_with_context_and_goes_on_where_it_stopped(tmp_path):
    story = long_story()
    with serving_model(GOOD, GOOD, raw("", 500)) as server:
        extractor = server.extractor(tmp_path, max_piece_tokens=200, retries=0)
        with pytest.raises(LlmError):
            extractor.extract(story)
        assert len(server.asked) == 3
    numbers = range(1, 31)
    struck = [told(event(n, "struck", "AIRSTRIKE", ("ACTOR", "Israel", "A2"), ("RECIPIENT", "Iran", "A1")), actors=[IRAN, ISRAEL]) for n in numbers]  # fmt: skip
    with serving_model(struck[-1]) as server:
        extractor = server.extractor(tmp_path, max_piece_tokens=200, retries=0)
        found = extractor.extract(story)
        sentences, contexts = numbered(server)
    assert extractor.totals.cached == 2
    assert [claim.sentence_no for claim in found.claims] == [30]
    assert 2 <= len(sentences) <= 6
    flat = [number for piece in sentences for number, _ in piece]
    assert flat == list(range(flat[0], 31))
    for piece, context in zip(sentences, contexts, strict=True):
        assert sum(len(words) // BYTES_PER_TOKEN + 8 for _, words in piece) <= 200
        first = piece[0][0]
        assert context[0] == "Title of the day."
        assert context[-1] == f"Israel struck Iran near the town number {first - 2}."


def test_pieces_hold_every_word_of_the_longest_sentence():
    for text in ("word " * 4000, "x" * 9000, "слово " * 2000, "日本" * 3000, "🚀" * 2000):
        document = document_of("Title.", text.strip(), "End.")
        pieces = list(cut_into_pieces(document, 100))
        shown = [part for piece in pieces for part in piece]
        assert "".join(document.text[p.start : p.end] for p in shown if p.number == 1) == text.strip()
        assert [shown[0].number, shown[-1].number] == [0, 2]
        for piece in pieces:
            assert sum(len(document.text[p.start : p.end].encode()) // 3 + 8 for p in piece) <= 110
            assert len({p.number for p in piece}) == len(piece)


def test_words_of_a_part_are_looked_for_in_that_part_only(tmp_path):
    text = "Israel struck Iran, " + "and so on, " * 60 + "Iran struck Israel."
    document = document_of(text)
    last = told(event(0, "struck", "ATTACK", ("ACTOR", "Iran", "A1"), ("RECIPIENT", "Israel", "A2")), actors=[IRAN, ISRAEL])  # fmt: skip
    with serving_model(told(), told(), last) as server:
        found = server.extractor(tmp_path, max_piece_tokens=100).extract(document)
        assert len(server.asked) == 3
    (claim,) = found.claims
    assert text[claim.trigger_start :] == "struck Israel."
    assert len(claim.quote) <= 300


def test_an_answer_that_was_too_long_is_asked_in_halves(tmp_path):
    cut = message('{"actors": [', finish="length")
    story = document_of("Israel struck Iran.", "Nothing more.", "The end.")
    with serving_model(cut, GOOD, told()) as server:
        extractor = server.extractor(tmp_path)
        assert len(extractor.extract(story).claims) == 1
        sentences, _ = numbered(server)
    assert [[number for number, _ in piece] for piece in sentences] == [[0, 1, 2], [0], [1, 2]]
    with serving_model(cut) as server, pytest.raises(LlmError, match=r"sentence 0: .*raise max_tokens"):
        server.extractor(tmp_path / "other").extract(story)


def test_a_document_that_would_cost_too_much_is_refused(tmp_path):
    with serving_model(GOOD) as server:
        with pytest.raises(LlmError, match="needs 11 requests, more than max_pieces = 3"):
            server.extractor(tmp_path, max_piece_tokens=100, max_pieces=3).extract(long_story(40))
        assert server.asked == []


def test_a_document_without_sentences_asks_nothing(tmp_path):
    with serving_model(GOOD) as server:
        found = server.extractor(tmp_path).extract(document_of(""))
        assert (found.claims, server.asked) == ((), [])


def test_letters_that_cannot_be_encoded_do_not_stop_it(tmp_path):
    with serving_model(GOOD) as server:
        assert len(server.extractor(tmp_path).extract(document_of("Israel struck Iran \ud800.")).claims) == 1


def test_actors_of_two_pieces_are_the_same(tmp_path):
    story = document_of("The Vanished Nine struck Iran.", "Pause. " * 60, "The Vanished Nine struck Israel.")
    nine = actor("X", "Vanished Nine", "armed_group")
    first = told(event(0, "struck", "ATTACK", ("ACTOR", "Vanished Nine", "X"), ("RECIPIENT", "Iran", "A1")), actors=[nine, IRAN])  # fmt: skip
    last = told(event(2, "struck", "ATTACK", ("ACTOR", "Vanished Nine", "Y"), ("RECIPIENT", "Israel", "A2")), actors=[nine | {"id": "Y"}, ISRAEL])  # fmt: skip
    with serving_model(first, told(), last) as server:
        found = server.extractor(tmp_path, max_piece_tokens=100).extract(story)
        assert len(server.asked) == 3
    one, other = found.claims
    assert one.roles[0].actor == other.roles[0].actor
    assert len({a.local_id for a in found.actors}) == len(found.actors)


def test_version_tells_model_and_all_that_changes_an_answer(tmp_path, monkeypatch):
    def version(**settings):
        given = {"url": "http://127.0.0.1:9/v1", "model": "m-1", "cache": tmp_path, **settings}
        return LlmExtractor(**given).version

    plain = version()
    assert " m-1 " in plain
    changes = [{"model": "m-2"}, {"options": {"seed": 1}}, {"response_format": "none"}, {"max_piece_tokens": 500},
               {"confidence": 0.7}]  # fmt: skip
    assert len({plain, *(version(**change) for change in changes)}) == 1 + len(changes)
    same = [{"url": "http://127.0.0.1:8/v1"}, {"cache": "x"}, {"retries": 0}, {"key_variable": "K"}, {"max_pieces": 9}]
    assert {version(**change) for change in same} == {plain}
    monkeypatch.setattr("kg.extract.llm.extractor.guidelines", lambda: "other words")
    assert version() != plain


@pytest.mark.parametrize(
    ("settings", "told_words"),
    [
        ({"model": " "}, "model is empty"),
        ({"confidence": 1.5}, "confidence"),
        ({"confidence": float("nan")}, "confidence"),
        ({"retries": -1}, "retries"),
        ({"max_piece_tokens": 10}, "max_piece_tokens"),
        ({"max_pieces": 0}, "max_pieces"),
        ({"timeout_seconds": 0}, "timeout_seconds"),
        ({"deadline_seconds": float("inf")}, "deadline_seconds"),
        ({"requests_per_minute": 0}, "requests_per_minute"),
        ({"response_format": "xml"}, "json_schema, json_object, none"),
        ({"options": {"model": "x", "stream": True}}, "model, stream is set by kg itself"),
        ({"options": {"seed": float("nan")}}, "only what JSON can tell"),
        ({"options": {"day": {1, 2}}}, "only what JSON can tell"),
    ],
)
def test_settings_out_of_range_are_refused(tmp_path, settings, told_words):
    given = {"url": "http://127.0.0.1:9/v1", "model": "m", "cache": tmp_path, **settings}
    with pytest.raises(ValueError, match=told_words):
        LlmExtractor(**given)
