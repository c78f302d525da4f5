"""The two dictionaries of the interface: the same keys and gaps, nothing unused, nothing missing."""

import re

import pytest

from kg.export.assembly import SCRIPTS, asset
from kg.export.cards import BASES, words
from kg.export.events import STRUCTURE_TYPES
from kg.export.folder import COUNTED
from kg.export.language import FRAME, INDEX, LANGUAGES, dictionary, script_texts
from kg.export.links import WAYS
from kg.export.map_values import StatusGroup
from kg.extract.tokens import read_rows
from kg.model.ontology import event_types
from kg.model.words import ActorType, Occurrence, Precision, Status

PLURALS = {"en": {"one", "other"}, "ru": {"one", "few", "many"}}  # of whole numbers, by CLDR
SCRIPT = "".join(asset(name) for name in SCRIPTS)
TEMPLATE = asset("map.html.jinja")
INDEX_TEMPLATE = asset("index.html.jinja")
WORDS_OF = {
    "type": set(ActorType),
    "group": set(StatusGroup),
    "status": {words(word) for word in (*Status, *Occurrence)},
    "precision": set(Precision) - {Precision.UNKNOWN},
    "basis": set(BASES.values()),
    "link": {way for ways in WAYS.values() for way in ways},
    "measure": {row["measure"] for row in read_rows("measures.csv")},
}


def forms(text):
    return [text] if isinstance(text, str) else list(text.values())


def gaps(text):
    return {gap for form in forms(text) for gap in re.findall(r"\{(\w+)\}", form)}


def words_of(language, kind):
    return {key.partition(".")[2] for key in dictionary(language) if key.startswith(f"{kind}.")}


def test_both_languages_have_the_same_keys():
    event = {key for key in dictionary("ru") if key.startswith("event.")}
    assert set(dictionary("ru")) - event == set(dictionary("en"))


def test_each_event_type_has_a_russian_name_of_its_own():
    names = {words(name) for name in (*event_types(), *STRUCTURE_TYPES)}
    told = {key.partition(".")[2]: text for key, text in dictionary("ru").items() if key.startswith("event.")}
    assert set(told) == names
    assert len(set(told.values())) == len(told)


@pytest.mark.parametrize("kind", WORDS_OF)
def test_each_word_of_the_graph_that_readers_see_is_in_the_dictionary(kind):
    assert words_of("en", kind) == WORDS_OF[kind]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_the_gaps_of_the_english_one_and_all_plural_forms(language):
    for key, text in dictionary("en").items():
        translated = dictionary(language)[key]
        assert gaps(translated) == gaps(text), key
        assert isinstance(translated, str) == isinstance(text, str), key
        if not isinstance(translated, str):
            assert set(translated) == PLURALS[language], key
        assert all(form.strip() for form in forms(translated)), key


def test_no_russian_text_is_still_english():
    assert [
        key for key, text in dictionary("ru").items() if key != "date.to" and not re.search("[а-яё]", str(text))
    ] == ["page.direction"]


def test_no_key_is_unused():
    groups = set(re.findall(r"(?:say|pieces)\(`([\w-]+)\.\$\{", SCRIPT)) | set(
        re.findall(r'(?:term|byCount|labelled)\((?:\w+, )?"([\w-]+)"', SCRIPT)
    )
    groups |= {f"{INDEX}{word}" for word in COUNTED}
    for key in dictionary("en"):
        is_told = f'"{key}"' in TEMPLATE + SCRIPT + INDEX_TEMPLATE or key == f"{INDEX}same"
        assert is_told or key.partition(".")[0] in groups or key in groups, key


def test_no_key_is_missing():
    asked = set(re.findall(r'(?:say|pieces)\("([^"]+)"', SCRIPT))
    asked |= {key for pair in re.findall(r'(?:say|pieces)\([^("`]+ \? "([^"]+)" : "([^"]+)"', SCRIPT) for key in pair}
    assert len(asked) > 50
    groups = set(re.findall(r'say\(`([\w-]+)\.|labelled\("(\w+)"', SCRIPT))
    asked |= {key for key in dictionary("en") if any(key.partition(".")[0] in pair for pair in groups)}
    assert asked <= {key for key in dictionary("en") if not key.startswith((FRAME, INDEX))}
    assert set(re.findall(r'words\["([^"]+)"\]', TEMPLATE)) == {
        key for key in dictionary("en") if key.startswith(FRAME)
    }


def test_only_texts_that_their_keys_tell_stay_out_of_the_page():
    left_out = set(dictionary("en")) - set(script_texts("en"))
    assert "status.occurred" in left_out
    assert all(key.startswith((FRAME, INDEX)) or key.endswith(f".{dictionary('en')[key]}") for key in left_out)


@pytest.mark.parametrize("template", [TEMPLATE, INDEX_TEMPLATE])
def test_the_template_holds_no_text_of_its_own(template):
    bare = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|<[^>]*>", "", template)
    assert not re.search(r"[^\W\d_]{2}", bare), bare
    labels = re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', template)
    assert all(label.startswith("{{ words[") for label in labels)


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_holds_a_sentence(name):
    """Two words in a row or a capital begin one; what a browser shows is looked at in test_words_in_browser."""
    told = re.sub(
        r'class: (?:"[^"]*"|`[^`]*`)|"use strict"|rel: "[^"]*"|font: `[^`]*`|(?:_FONT|FAMILY|PIECES) = .*',
        "",
        asset(name),
    )
    told = "\n".join(line.partition("// ")[0] for line in told.splitlines())
    for literal in re.findall(r'"([^"\n]*)"|`([^`\n]*)`', told):
        text = re.sub(r"\$\{[^}]*\}", "", "".join(literal))
        if "=" not in text:  # attributes of a drawing or of a file
            assert not re.search(r"[a-z]{2,} [a-z]{2,}|^[A-Z][a-z]+ ", text), text
