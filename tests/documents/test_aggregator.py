import pytest

from kg.documents.aggregator import Age, plain_story, split_page
from kg.documents.lines import lines_of


def stories(text):
    def line(span):
        return text[span[0] : span[1]]

    return [
        (line(story.title) if story.title else None, [line(span) for span in story.lines], story.publisher, story.age)
        for story in split_page(text, lines_of(text))
    ]


@pytest.mark.parametrize(
    ("head", "publisher", "age"),
    [
        ("Varr Post5 days ago", "Varr Post", Age(count=5, unit="day")),
        ("Varr Post\ntime15 minutes ago\n• Varr Post\nPort reopens", "Varr Post", Age(count=15, unit="minute")),
        ("Varr Post\n2 hrs ago", "Varr Post", Age(count=2, unit="hour")),
        ("Varr Post · an hour ago", "Varr Post", Age(count=1, unit="hour")),
        ("News1815 minutes ago", "News18", Age(count=15, unit="minute")),
        ("News183 weeks ago", "News18", Age(count=3, unit="week")),
    ],
)
def test_both_heads_are_read(head, publisher, age):
    text = f"Port reopens\nPort reopens\n{head}\nShips left Varr."
    assert stories(text) == [("Port reopens", ["Ships left Varr."], publisher, age)]


@pytest.mark.parametrize(
    "text",
    [
        "Port reopens\nVarr Post5 days ago\nShips left.",
        "Port reopens\nPort reopens\nShips left two days ago.\nMore left.",
        "Port reopens\nPort reopens\nVarr Post",
        "Port reopens\nPort reopens\n5 days ago",
        "",
    ],
)
def test_without_a_whole_head_it_is_no_such_page(text):
    assert stories(text) == []


def test_prose_above_the_first_head_is_a_story_of_its_own():
    prose = "The port of Varr was closed for three days before ships were let through, the harbour master said."
    page = "Port reopens\nPort reopens\nVarr Post5 days ago\nShips left."
    assert [title for title, *_ in stories(f"Port closes\n{prose}\n{page}")] == ["Port closes", "Port reopens"]
    assert [title for title, *_ in stories(f"Home\nWorld\nSign in\n{page}")] == ["Port reopens"]


def test_the_title_counts_once_wherever_it_is_repeated():
    text = "Port reopens\nPort reopens\nVarr Post5 days ago\nShips left.\nPort reopens\nMore left."
    assert stories(text)[0][1] == ["Ships left.", "More left."]


@pytest.mark.parametrize(
    ("first", "is_title"),
    [("Will the port reopen?", True), ("The port reopened.", False), ("x" * 200, False), ("He said:", False)],
)
def test_a_first_line_is_a_title_if_it_reads_like_one(first, is_title):
    text = f"{first}\nShips left Varr."
    assert (plain_story(text, lines_of(text)).title is not None) is is_title
