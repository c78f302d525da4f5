"""The guard tells a plain read from everything else by the text alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.errors import RefusedQueryError
from kg.store.read_guard import _listed, require_read

names = st.sampled_from(sorted(_listed("forbidden")))
gaps = st.sampled_from([" ", "\n", "\t", "/**/", " // set\n", "/* ' */"])


def cased(word):
    return st.tuples(*(st.sampled_from([c.lower(), c.upper()]) for c in word)).map("".join)


@given(names.flatmap(cased), gaps, gaps)
def test_a_writing_word_is_refused_in_any_case_and_after_any_gap(word, before, after):
    with pytest.raises(RefusedQueryError, match=word.upper()):
        require_read(f"MATCH (n){before}{word}{after}n.x = 1 RETURN n")


@given(names.flatmap(cased))
def test_a_writing_word_is_harmless_as_a_name_a_text_or_a_comment(word):
    require_read(
        f"MATCH (n:{word} {{{word}: ${word}}})-[:{word}]->() RETURN n.{word}, '{word} it\\'s', \"{word}\" // {word}"
    )
    require_read(f"RETURN {{{word}: 1}} AS `{word}` /* {word} (n) */")


@given(st.text(max_size=60))
def test_any_text_is_judged_without_another_error(text):
    told = ""
    try:
        require_read(text)
    except RefusedQueryError as refused:
        told = str(refused)
    assert "\n" not in told


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (n) WHERE n.text = 'it''s' CREATE (m)",
        "MATCH (n) RETURN n.`x` CREATE (m)",
        "MATCH (n) WHERE n.x = 'a\\\\' CREATE (m:X {y: 'b'})",
        "RETURN 0x1F.CREATE",
        "RETURN [1..2] SET n.x = 1",
        "RETURN 1e5CREATE (n)",
        "RETURN 'unfinished CREATE (n)",
        "RETURN 1 /* unfinished CREATE (n)",
        "MATCH (n) CALL /* a */ evil.proc(n) RETURN n",
        "CALL db . createLabel('x')",
        "RETURN a . b . c(1)",
        "RETURN `a.b`.c.d(1)",
    ],
)
def test_tricks_with_quotes_numbers_and_dots_are_seen_through(cypher):
    with pytest.raises(RefusedQueryError):
        require_read(cypher)


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (n) RETURN n.start AS start, n.stop AS stop ORDER BY start;",
        "CALL db.schema.visualization()",
        "CALL db.relationshipTypes() YIELD relationshipType AS t RETURN t",
        "CALL dbms.components() YIELD name, versions RETURN name",
        "RETURN duration.between(date('2025-01-01'), date()).days AS days",
        "MATCH (a)-[:ACTOR|RECIPIENT*1..3]->(b) RETURN a {.*, set: 1} AS m, count { (a)--() } AS n",
        "MATCH (n) WHERE n.x IN ['a', \"b\"] AND n.y[1..2] = [1.5, .5, 2e3] RETURN collect(n)[0].name AS name",
    ],
)
def test_honest_texts_pass(cypher):
    require_read(cypher)
