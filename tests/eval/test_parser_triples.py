"""The baseline reads what syntax tells, where the parser is installed (make eval installs it)."""

import pytest

from kg.documents import read
from kg.model.checks import require_sound
from kg.model.documents import MediaType, RawDocument

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def parser():
    pytest.importorskip("spacy", reason="the parser is not installed", exc_type=ImportError)
    from eval.parser_triples import ParserTriples

    return ParserTriples()


def edges(parser, sentence):
    raw = RawDocument(source="test", locator="x1", media_type=MediaType.TEXT, content=sentence.encode("utf-8"))
    (document,) = read(raw)
    extraction = require_sound(document, parser.extract(document))
    keys = {actor.local_id: actor.key for actor in extraction.actors}
    return {(c.etype, *((r.role.value, keys[r.actor]) for r in c.roles)) for c in extraction.claims}


@pytest.mark.parametrize(
    "sentence",
    [
        "Israel attacked Iran on Friday.",
        "Iran was attacked by Israel on Friday.",
        "The attack by Israel on Iran went on.",
    ],
)
def test_a_triple_has_the_right_ends(parser, sentence):
    assert ("ATTACK", ("ACTOR", "ISR"), ("RECIPIENT", "IRN")) in edges(parser, sentence)


def test_a_word_without_ends_gives_nothing(parser):
    assert edges(parser, "The attack was long.") == set()
