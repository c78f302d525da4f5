"""The packaged sample is what the demo promises: dispatches, one aggregator page, one invented list; all readable."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg import documents
from kg.model.documents import LIST_TYPES, MediaType
from kg.sources.files import FilesSource

SAMPLE = Path(__file__).parents[2] / "src/kg/jobs/sample"


class NoCache:
    def get(self, url):
        return {}

    def put(self, url, entry):
        raise AssertionError("files are not fetched")


@pytest.fixture(scope="module")
def raws():
    source = FilesSource(name="sample", paths=[str(SAMPLE)])
    found = list(source.fetch(now=datetime(2030, 1, 1, tzinfo=UTC), cache=NoCache()))
    assert source.skipped == []
    return found


@pytest.fixture(scope="module")
def read(raws):
    return [document for raw in raws for document in documents.read(raw)]


def test_kinds_of_material(raws):
    counts = Counter(raw.media_type for raw in raws)
    assert counts[MediaType.KG_DOCUMENT] >= 12
    assert counts[MediaType.TEXT] == 1
    assert counts[MediaType.UN_RECORD] == 5


def test_every_story_has_publisher_and_day(read):
    assert all(document.publisher and document.published and document.published.value for document in read)
    assert len({document.doc_id for document in read}) == len(read)


def test_aggregator_page_is_three_stories_without_interface_lines(read):
    stories = [document for document in read if document.segment_of is not None]
    assert [story.publisher for story in stories] == [
        "Levant Dispatch",
        "Continental Telegraph",
        "Harbour News Agency",
    ]
    assert not any("Comments" in story.text or "logo" in story.text for story in stories)


def test_dispatches_are_short(read):
    for document in read:
        if document.media_type not in LIST_TYPES:
            assert 60 <= len(document.text.split()) <= 180, document.name


def test_all_links_lead_to_reserved_names(read):
    assert all((document.url or "https://example.org/").startswith("https://example.org/") for document in read)


def test_a_listed_company_is_in_the_news(read):
    listed = [document.text for document in read if document.media_type == MediaType.UN_RECORD]
    news = [document.text for document in read if document.media_type not in LIST_TYPES]
    assert any("PARS MERIDIAN SHIPPING COMPANY" in text for text in listed)
    assert any("Pars Meridian Shipping Company" in text for text in news)
