"""Records of the UN list: synthetic ones field by field, and the whole list where it is at hand."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kg.documents import read
from kg.extract.un_list import UnListExtractor
from kg.model.documents import Document, MediaType, Sentence
from kg.model.words import Act, ActorType, Role, Status
from kg.sources.un_list import UnListSource

LIST = Path("../shared/data/lists/UN_consolidated_2026-02-27.xml")

PERSON = """\
<INDIVIDUAL>
  <FIRST_NAME>OSWALD</FIRST_NAME>
  <SECOND_NAME>BIN-TREVOR</SECOND_NAME>
  <UN_LIST_TYPE>Ruritania</UN_LIST_TYPE>
  <REFERENCE_NUMBER>RUi.007</REFERENCE_NUMBER>
  <LISTED_ON>2015-04-07-04:00</LISTED_ON>
  <DESIGNATION>
    <VALUE>Minister of Works</VALUE>
  </DESIGNATION>
  <NATIONALITY>
    <VALUE>Iran (Islamic Republic of)</VALUE>
  </NATIONALITY>
  <LIST_TYPE>
    <VALUE>UN List</VALUE>
  </LIST_TYPE>
  <LAST_DAY_UPDATED>
    <VALUE>2016-10-13</VALUE>
    <VALUE>2020-08-19</VALUE>
  </LAST_DAY_UPDATED>
  <INDIVIDUAL_ALIAS>
    <QUALITY>Good</QUALITY>
    <ALIAS_NAME>Ossie Trevor; O. &amp; T. Trevor</ALIAS_NAME>
  </INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS>
    <QUALITY>Low</QUALITY>
    <ALIAS_NAME>Ossie</ALIAS_NAME>
  </INDIVIDUAL_ALIAS>
</INDIVIDUAL>
"""


def document_of(text: str) -> Document:
    sentences, at = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            sentences.append(Sentence(start=start, end=at + len(line.rstrip())))
        at += len(line)
    return Document(
        doc_id="doc_1",
        name="un#RUi.007",
        source="un",
        media_type=MediaType.UN_RECORD,
        text=text,
        sentences=tuple(sentences),
    )


def test_the_listed_person_has_name_number_country_and_strong_aliases():
    authority, listed = UnListExtractor().extract(document_of(PERSON)).actors
    assert (authority.key, authority.type) == ("UN", ActorType.IGO)
    assert listed.name == "Oswald Bin-Trevor"
    assert listed.type is ActorType.PERSON
    assert listed.list_ids == ("UN:RUi.007",)
    assert listed.country == "IRN"
    assert listed.office == "Minister of Works"
    assert listed.aliases == ("Ossie Trevor", "O. & T. Trevor")


def test_the_listing_and_each_update_are_one_claim():
    document = document_of(PERSON)
    listing, *updates = UnListExtractor().extract(document).claims
    assert (listing.etype, listing.status) == ("IMPOSE_SANCTIONS", Status.OCCURRED)
    assert listing.quote == "<LISTED_ON>2015-04-07-04:00</LISTED_ON>"
    assert listing.time is not None
    assert listing.time.value == "2015-04-07"
    assert listing.sanction is not None
    assert listing.sanction.act is Act.IMPOSED
    assert listing.sanction.programme == "Ruritania"
    assert listing.sanction.list_id == "RUi.007"
    assert listing.sanction.effective == date(2015, 4, 7)
    assert [(c.etype, c.sanction and c.sanction.act, c.time and c.time.value) for c in updates] == [
        ("EXTEND_SANCTIONS", Act.AMENDED, "2016-10-13"),
        ("EXTEND_SANCTIONS", Act.AMENDED, "2020-08-19"),
    ]


def test_the_authority_acts_and_the_listed_party_receives():
    extraction = UnListExtractor().extract(document_of(PERSON))
    keys = {actor.local_id: actor.key for actor in extraction.actors}
    for claim in extraction.claims:
        assert [(r.role, keys[r.actor]) for r in claim.roles] == [
            (Role.ACTOR, "UN"),
            (Role.RECIPIENT, "Oswald Bin-Trevor"),
        ]


def test_spans_quote_the_record_exactly():
    document = document_of(PERSON)
    extraction = UnListExtractor().extract(document)
    assert [document.text[m.start : m.end] for m in extraction.mentions] == [
        "OSWALD",
        "BIN-TREVOR",
        "Ossie Trevor",
        "O. &amp; T. Trevor",
    ]
    for claim in extraction.claims:
        sentence = document.sentences[claim.sentence_no]
        assert document.text[claim.start : claim.end] == claim.quote
        assert sentence.start <= claim.trigger_start < claim.trigger_end <= sentence.end


def test_an_organisation_takes_the_country_of_its_addresses_only_when_it_is_one():
    record = (
        "<ENTITY>\n  <FIRST_NAME>ACME LTD</FIRST_NAME>\n  <REFERENCE_NUMBER>RUe.001</REFERENCE_NUMBER>\n"
        "  <LISTED_ON>2014-06-30</LISTED_ON>\n"
        "  <ENTITY_ADDRESS>\n    <COUNTRY>Congo</COUNTRY>\n  </ENTITY_ADDRESS>\n{more}</ENTITY>\n"
    )
    other = "  <ENTITY_ADDRESS>\n    <COUNTRY>China</COUNTRY>\n  </ENTITY_ADDRESS>\n"
    one = UnListExtractor().extract(document_of(record.format(more=""))).actors[1]
    two = UnListExtractor().extract(document_of(record.format(more=other))).actors[1]
    assert (one.name, one.type, one.country) == ("ACME LTD", ActorType.ORGANISATION, "COG")
    assert two.country is None


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "no xml at all\n",
        "</INDIVIDUAL>\n",
        PERSON.replace("<REFERENCE_NUMBER>RUi.007</REFERENCE_NUMBER>", ""),
        PERSON.replace("OSWALD", "").replace("BIN-TREVOR", ""),
    ],
)
def test_a_record_that_names_nobody_tells_nothing(broken):
    extraction = UnListExtractor().extract(document_of(broken))
    assert extraction.actors == ()
    assert extraction.claims == ()


def test_a_day_that_is_none_is_no_claim():
    extraction = UnListExtractor().extract(document_of(PERSON.replace("2020-08-19", "unknown")))
    assert [claim.time and claim.time.value for claim in extraction.claims] == ["2015-04-07", "2016-10-13"]


class NoCache:
    def get(self, url):
        return {}

    def put(self, url, entry):
        pass


@pytest.mark.skipif(not LIST.exists(), reason="the UN list is not at hand")
def test_the_whole_list_gives_a_listing_for_every_record_and_an_amendment_for_every_update():
    source = UnListSource(name="un", path=str(LIST))
    documents = [d for raw in source.fetch(now=datetime(2026, 3, 1, tzinfo=UTC), cache=NoCache()) for d in read(raw)]
    extractions = [UnListExtractor().extract(document) for document in documents]
    claims = [claim for extraction in extractions for claim in extraction.claims]
    assert Counter(document.media_type for document in documents) == {MediaType.UN_RECORD: 1003, MediaType.UN_LIST: 1}
    assert sum(claim.etype == "IMPOSE_SANCTIONS" for claim in claims) == 1003
    assert sum(claim.etype == "EXTEND_SANCTIONS" for claim in claims) == 1891
    assert len({claim.claim_id for claim in claims}) == len(claims)
    for document, extraction in zip(documents, extractions, strict=True):
        assert all(document.text[c.start : c.end] == c.quote for c in extraction.claims)
