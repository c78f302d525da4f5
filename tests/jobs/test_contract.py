"""Every installed extractor keeps the contract, and the check finds each way of breaking it."""

from dataclasses import replace
from importlib.metadata import entry_points

import pytest

from kg.jobs.contract import breaches, document_of, sample_documents
from kg.model.claims import Claim, Extraction, LocalActor, Mention, Number, RoleFiller, claim_id
from kg.model.documents import MediaType
from kg.model.words import ActorType, Role, Status

# llm asks for an address and a model; tests/extract/test_llm_extractor.py holds it to the contract.
OURS = sorted(p.name for p in entry_points(group="kg.extractors") if p.dist.name == "kg" and p.name != "llm")


@pytest.mark.parametrize("name", OURS)
def test_every_extractor_of_kg_keeps_the_contract(name):
    from kg.jobs.workplace import open_workplace

    (extractor,) = open_workplace().extractors((name,))
    assert breaches(extractor) == ()


def test_the_sample_has_news_and_records_of_a_list():
    kinds = {document.media_type for document in sample_documents()}
    assert {MediaType.TEXT, MediaType.KG_DOCUMENT, MediaType.UN_RECORD} <= kinds


class Sound:
    """Finds "Iran" and tells one claim of it; tests break one thing at a time."""

    name = "sound"
    version = "1"
    media_types = frozenset({MediaType.KG_DOCUMENT})

    def extract(self, document):
        at = document.text.find("Iran struck")
        found = Extraction(doc_id=document.doc_id, extractor=self.name, extractor_version=self.version)
        return found if at < 0 else self.told(document, at, found)

    def told(self, document, at, found):
        roles = (RoleFiller(role=Role.ACTOR, actor="A1", surface="Iran", start=at, end=at + 4),)
        claim = Claim(
            claim_id=claim_id(document.doc_id, at + 5, at + 11, "ATTACK", roles), doc_id=document.doc_id, etype="ATTACK",
            status=Status.OCCURRED, start=at, end=at + 11, quote="Iran struck", trigger_start=at + 5, trigger_end=at + 11,
            sentence_no=document.sentence_no(at), roles=roles, extractor=self.name, extractor_version=self.version,
            confidence=0.5, cue="Iran", cue_start=at, cue_end=at + 4,
            numbers=(Number(kind="killed", surface="struck", value=None, start=at + 5, end=at + 11),),
        )  # fmt: skip
        return replace(
            found,
            actors=(LocalActor(local_id="A1", name="Iran", type=ActorType.STATE, key="IRN"),),
            mentions=(Mention(start=at, end=at + 4, actor="A1"),),
            claims=(claim,),
        )


STORY = document_of("A day of war. Iran struck Israel.")


def test_a_sound_extractor_breaks_nothing():
    assert breaches(Sound(), [STORY]) == ()


def of_claim(**changed):
    return lambda found: replace(found, claims=tuple(replace(claim, **changed) for claim in found.claims))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda found: None, "it gives a NoneType, not an Extraction"),
        (lambda found: replace(found, doc_id="x"), "it is of another document"),
        (lambda found: replace(found, extractor_version="2"), "signed sound 2, not sound 1"),
        (lambda found: replace(found, claims=found.claims * 2), "two claims share an id"),
        (lambda found: replace(found, mentions=(Mention(start=9999, end=10_003, actor="A1"),)), "lies outside the text"),
        (lambda found: replace(found, mentions=(Mention(start=1, end=2, actor="A1"),)), "the mention at 1 has no words"),
        (of_claim(claim_id="clm_1"), "its id is not that of claim_id()"),
        (of_claim(extractor="patterns"), "it names another document, extractor or version"),
        (of_claim(sentence_no=0), "its quote is not inside sentence 0"),
        (of_claim(sentence_no=7), "its quote is not inside sentence 7"),
        (of_claim(quote="Iran hit on"), "its quote is not the text of its span"),
        (of_claim(confidence=1.5), "confidence 1.5"),
        (of_claim(cue="Israel"), "cue: 'Israel' is not what stands at"),
        (of_claim(numbers=(Number(kind="killed", surface="7", value=7, start=0, end=1),)), "killed: '7' is not what stands at 0 to 1"),
        (of_claim(roles=(RoleFiller(role=Role.ACTOR, actor="A1", surface="Israel", start=0, end=4),)), "ACTOR: 'Israel' is not what"),
    ],
)  # fmt: skip
def test_each_breach_is_told(change, told):
    class Broken(Sound):
        def told(self, document, at, found):
            return change(super().told(document, at, found))

    assert any(told in fault for fault in breaches(Broken(), [STORY]))


@pytest.mark.parametrize(("word", "value"), [("name", ""), ("version", 7), ("media_types", {"text/plain"})])
def test_wrong_words_of_the_extractor_itself_are_told(word, value):
    broken = Sound()
    setattr(broken, word, value)
    (fault,) = breaches(broken, [STORY])
    assert repr(value) in fault


def test_an_extractor_that_raises_or_remembers_is_told():
    class Raising(Sound):
        def extract(self, document):
            if document == STORY:
                raise RuntimeError("no idea")
            return super().extract(document)

    class Remembering(Sound):
        read = 0

        def told(self, document, at, found):
            self.read += 1
            return super().told(document, at, found) if self.read == 1 else found

    assert breaches(Raising(), [STORY]) == ("test: raises RuntimeError: no idea",)
    only = Remembering()
    only.media_types = frozenset({"application/x-test"})
    found = breaches(only, [replace(STORY, media_type="application/x-test")])
    assert any(fault.endswith("the second reading differs from the first") for fault in found)


def test_the_odd_texts_reach_the_extractor():
    read = []

    class Noting(Sound):
        def extract(self, document):
            read.append(document.text)
            return super().extract(document)

    breaches(Noting())
    assert max(map(len, read)) > 5000
    assert any(not text.isascii() for text in read)
    assert any(text.islower() for text in read)
