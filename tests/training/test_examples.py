"""Annotated documents become what the encoder is shown and asked."""

import numpy as np
import pytest

from kg.extract.actors import find_actors
from kg.extract.triggers import CONTENT_TAGS
from kg.extract.windows import LEARNT_ROLES, MAX_PIECES, STATUSES, event_classes, read_sentences
from kg.extract.wordpieces import WordPieces
from kg.training.examples import NEWS_WEIGHT, NO_ROLE, examples_of, role_of
from kg.training.gold import gold_actors, to_document
from training.tiny import document, write_set, write_tokenizer


@pytest.fixture(scope="module")
def pieces(tmp_path_factory):
    path = tmp_path_factory.mktemp("pieces") / "tokenizer.json"
    write_tokenizer(path)
    return WordPieces(path)


def shown(folder, pieces, text, gold, name="s1"):
    write_set(folder, name, [(text, gold)])
    ((own, annotated),) = examples_of(folder, pieces)
    return own, annotated


def readings(text, gold):
    """Return the tokens of each sentence with the actors found, and with those annotated."""
    read = to_document(text)
    for found in (find_actors(read), gold_actors(text, gold, read)):
        yield [sentence.tokens for sentence in read_sentences(read, found)]


def role(name):
    return 1 + [str(r) for r in LEARNT_ROLES].index(name)


def test_the_trigger_has_the_class_of_its_event_and_every_other_word_none(tmp_path, pieces):
    text, gold = document("a", range(4))
    for (e,), read in zip(shown(tmp_path, pieces, text, gold), readings(text, gold), strict=True):
        tokens = [token for sentence in read for token in sentence]
        told = {tokens[t].text: event_classes()[label] for t, label in zip(e.asked, e.labels, strict=True) if label}
        assert told == {"attacked": "ATTACK", "attack": "ATTACK", "met": "MEET", "condemned": "CONDEMN"}
        assert (e.labels > 0).sum() == 4
        assert all(tokens[t].tag in CONTENT_TAGS for t in e.asked)
        assert [event_classes()[t] for t in e.types] == ["ATTACK", "ATTACK", "MEET", "CONDEMN"]
        assert [STATUSES[s] for s in e.statuses] == ["occurred", "threatened", "occurred", "occurred"]


def test_a_trigger_without_a_content_tag_is_asked_all_the_same(tmp_path, pieces):
    text, gold = document("a", range(1))
    text["sentences"][1], gold["events"][0]["trig"] = "Iran offered help to Russia.", "offered"
    for (e,) in shown(tmp_path, pieces, text, gold):
        assert (e.labels > 0).sum() == len(e.events) == 1
        assert e.events[0] in e.asked


def test_actors_are_shown_as_found_and_as_annotated(tmp_path, pieces):
    """The annotation knows whom a description means; the product, which finds nobody there, learns without it."""
    text, gold = document("a", range(1))
    text["sentences"][1] = "Iran attacked the old foe of its late king."
    gold["actors"].append({"id": "FOE", "name": "old foe", "type": "group", "key": "old foe"})
    gold["mentions"]["1"] = [["Iran", "IRN"], ["the old foe", "FOE"]]
    gold["events"][0]["roles"] = [["ACTOR", "Iran", "IRN"], ["RECIPIENT", "the old foe", "FOE"]]
    (own,), (annotated,) = shown(tmp_path, pieces, text, gold)
    assert sorted(annotated.roles) == [role("ACTOR"), role("RECIPIENT")]
    assert role("ACTOR") in own.roles
    assert role("RECIPIENT") not in own.roles


def test_pairs_are_all_events_with_all_mentions_grouped_by_actor(tmp_path, pieces):
    text, gold = document("a", range(4))
    for (e,) in shown(tmp_path, pieces, text, gold):
        mentions = int((e.actors >= 0).sum())
        assert len(e.pairs) == len(e.events) * mentions
        assert len(e.roles) == len(e.events) * len(set(e.actors.tolist()) - {-1})
        for event, mention, group in e.pairs:
            same = {int(g) for n, m, g in e.pairs if n == event and e.actors[m] == e.actors[mention]}
            assert same == {int(group)}
        assert sorted(set(e.pairs[:, 2].tolist())) == list(range(len(e.roles)))


def test_the_ends_of_an_event_have_its_roles_and_nobody_else(tmp_path, pieces):
    text, gold = document("a", range(1))
    text["sentences"].append("China looked on.")
    gold["actors"].append({"id": "CHN", "name": "China", "type": "state", "key": "CHN"})
    gold["mentions"]["2"] = [["China", "CHN"]]
    for (e,) in shown(tmp_path, pieces, text, gold):
        assert sorted(e.roles) == [NO_ROLE, role("ACTOR"), role("RECIPIENT")]


def test_a_role_is_that_of_the_key_and_of_the_side_only_when_the_key_is_not_there():
    roles = {"key araqchi": "ACTOR", "side irn": "ACTOR", "key isr": "RECIPIENT", "side isr": "RECIPIENT"}
    assert role_of("araqchi", "irn", roles, frozenset({"araqchi", "irn"})) == role("ACTOR")
    assert role_of("irn", "irn", roles, frozenset({"araqchi", "irn"})) == NO_ROLE
    assert role_of("irn", "irn", roles, frozenset({"irn", "isr"})) == role("ACTOR")
    assert role_of("idf", "isr", roles, frozenset({"idf"})) == role("RECIPIENT")
    assert role_of("chn", "chn", roles, frozenset({"chn", "irn"})) == NO_ROLE


def test_a_minister_who_acts_stands_for_the_state_that_the_product_found(tmp_path, pieces):
    text, gold = document("a", range(1))
    gold["actors"].append({"id": "MIN", "name": "a minister", "type": "person", "key": "minister", "of": "IRN"})
    gold["events"][0]["roles"][0] = ["ACTOR", None, "MIN"]
    (own,), _ = shown(tmp_path, pieces, text, gold)
    assert sorted(own.roles) == [role("ACTOR"), role("RECIPIENT")]


def long_document(sentences, words):
    """Return a document of many sentences of which the middle one has very many words."""
    text, gold = document("long", range(sentences))
    middle = sentences // 2
    text["sentences"][middle] = text["sentences"][middle].rstrip(".") + " and again" * (words // 2) + "."
    return text, gold


@pytest.mark.parametrize(("sentences", "words"), [(1, 0), (60, 0), (60, 300), (9, 1500)])
def test_windows_own_every_event_once_and_fit_the_encoder(tmp_path, pieces, sentences, words):
    text, gold = long_document(sentences, words)
    for windows, read in zip(shown(tmp_path, pieces, text, gold), readings(text, gold), strict=True):
        assert sum(len(e.events) for e in windows) == sentences
        assert sum(int((e.labels > 0).sum()) for e in windows) == sentences
        content = sum(token.tag in CONTENT_TAGS for tokens in read for token in tokens)
        assert sum(len(e.asked) for e in windows) == content
        for e in windows:
            assert len(e.pieces) <= MAX_PIECES
            assert len(e.starts) == len(e.marks) == len(e.actors)
            assert (np.diff([*e.starts, len(e.pieces)]) > 0).all()
            assert (e.asked < len(e.starts)).all()


def test_news_counts_more_than_dispatches_of_our_own(tmp_path, pieces):
    text, gold = document("a", range(1))
    (own,), _ = shown(tmp_path / "own", pieces, text, gold, "s1")
    (news,), _ = shown(tmp_path / "news", pieces, text, gold, "t1")
    assert (own.weight, news.weight) == (1.0, NEWS_WEIGHT)


def test_a_document_without_events_is_shown_too(tmp_path, pieces):
    text, gold = document("a", range(2))
    for (e,) in shown(tmp_path, pieces, text, gold | {"events": []}):
        assert not e.labels.any()
        assert e.asked.size
        assert e.trigger_fields.shape == (len(e.asked), 2)
        assert e.status_fields.shape == (0, 4)
        assert e.pairs.shape == (0, 3)
