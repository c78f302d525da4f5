from datetime import date

import pytest

from kg.jobs.questions import bind, load_questions, parse_question
from kg.model.errors import UsageError

TEXT = """// Who is asked.
// param: who string required -- a name
// param: names string[] default  -- several names
// param: n integer default 3 -- how many
// param: day date default 2025-06-21 -- a UTC day
MATCH (a:Actor) WHERE a.name IN $names OR a.name = $who OR a.n = $n OR a.day = $day RETURN a.name AS name
"""


@pytest.fixture
def question():
    return parse_question("who", TEXT)


def test_header_is_parsed(question):
    assert question.purpose == "Who is asked."
    assert [(p.name, p.type, p.default) for p in question.parameters] == [
        ("who", "string", None),
        ("names", "string[]", ""),
        ("n", "integer", "3"),
        ("day", "date", "2025-06-21"),
    ]
    assert question.parameters[0].is_required
    assert question.text == TEXT


def test_values_get_their_types(question):
    assert bind(question, {"who": "Iran", "names": "a, b"}) == {
        "who": "Iran",
        "names": ["a", "b"],
        "n": 3,
        "day": date(2025, 6, 21),
    }


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "who needs who=...: a name"),
        ({"who": "x", "whom": "y"}, "no parameter 'whom'; its parameters: who, names, n, day"),
        ({"who": "x", "n": "many"}, "n='many' is no integer; write it like 7"),
        ({"who": "x", "day": "21 June"}, "day='21 June' is no date; write it like 2025-06-21"),
    ],
)
def test_a_wrong_parameter_is_named_with_the_way_out(question, given, told):
    with pytest.raises(UsageError) as error:
        bind(question, given)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_asks_nothing_is_no_question():
    assert parse_question("schema", "// Constraints.\n// Generated.\nCREATE CONSTRAINT x") is None
    assert parse_question("bare", "MATCH (n) RETURN n") is None


@pytest.mark.parametrize(
    "line",
    ["// param: who string -- a name", "// param: who text required -- a name", "// param: who string required"],
)
def test_a_malformed_parameter_line_is_told(line):
    with pytest.raises(UsageError, match=r"cypher/who\.cypher"):
        parse_question("who", f"// Purpose.\n{line}\nRETURN $who AS x")


def test_header_and_query_must_agree():
    with pytest.raises(UsageError, match="other, who"):
        parse_question("who", "// Purpose.\n// param: who string required -- a name\nRETURN $other AS x")


def test_packaged_questions_are_sorted_kebab_case_and_end_every_parameter_with_a_meaning():
    questions = load_questions()
    assert list(questions) == sorted(questions)
    for name, question in questions.items():
        assert name == name.lower().replace("_", "-")
        assert question.purpose.endswith(".")
        assert "ORDER BY" in question.text, name
