"""Refuses every Cypher text that is not a plain read, before anything is sent to a server.

The first of three guards, and the only one that the embedded store has before it runs a text (its EXPLAIN runs
schema commands and calls everything a write). The others: EXPLAIN on Neo4j, and a transaction that is never committed.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from kg.model.errors import RefusedQueryError

_TOKEN = re.compile(
    r"""
    (?P<space>\s+ | //[^\n\r]* | /\*.*?\*/)
  | (?P<string>'(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*")
  | (?P<quoted>`(?:[^`]|``)*`)
  | (?P<number>0[xo][0-9A-Fa-f_]+ | \d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<symbol>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_BEGINS = frozenset({"MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CALL"})
Token = tuple[str, str]
"""Kind and text; a word in capitals when it can be a keyword, as written when it can only be a name."""


@cache
def _listed(kind: str) -> frozenset[str]:
    rows = csv.DictReader(
        files("kg.store").joinpath("data", "cypher_words.csv").read_text(encoding="utf-8").splitlines()
    )
    return frozenset(row["word"] for row in rows if row["kind"] == kind)


def require_read(cypher: str) -> None:
    """Do nothing for one statement that only reads the graph.

    Raises:
        RefusedQueryError: The text writes, changes the schema, reads files or addresses, calls a procedure or function
            that is not on the list, chooses a database, or holds several statements.
    """
    if re.search(r"\\u+[0-9A-Fa-f]{4}", cypher):
        raise RefusedQueryError(r"the query holds a \u escape; write the character itself, or pass it as a parameter")
    tokens = _statement(list(_tokens(cypher)))
    if not tokens or tokens[0][1] not in _BEGINS:
        first = tokens[0][1] if tokens else ""
        raise RefusedQueryError(f"a query begins with MATCH, UNWIND, WITH, CALL or RETURN, not with {first[:40]!r}")
    for position, (kind, text) in enumerate(tokens):
        if kind == "keyword" and text in _listed("forbidden"):
            raise RefusedQueryError(
                f"{text} is refused: queries only read; if it is a name of yours, write it in `backticks`"
            )
        if kind == "keyword" and text == "CALL":
            _require_harmless_call(tokens, position)
        if (kind, text) == ("symbol", "("):
            _require_known_function(tokens, position)


def _statement(tokens: list[Token]) -> list[Token]:
    """Return the tokens of the only statement."""
    semicolons = [position for position, token in enumerate(tokens) if token == ("symbol", ";")]
    if semicolons and semicolons[0] < len(tokens) - 1:
        raise RefusedQueryError("the query holds several statements; send them one by one")
    return tokens[:-1] if semicolons else tokens


def _require_harmless_call(tokens: list[Token], position: int) -> None:
    following = tokens[position + 1 :]
    if following and following[0] in {("symbol", "{"), ("symbol", "(")}:
        return  # a subquery: its words are looked at like all others
    name = _dotted(text for _, text in following).lower()
    if name not in _listed("procedure"):
        allowed = ", ".join(sorted(_listed("procedure")))
        raise RefusedQueryError(f"procedure {name!r} is refused; those that may be called: {allowed}")


def _require_known_function(tokens: list[Token], position: int) -> None:
    """Refuse functions of a namespace (apoc...) that is not on the list; a plain name is built in."""
    before = tokens[:position]
    if len(before) < 3 or before[-2] != ("symbol", ".") or before[-1][0] not in {"name", "quoted"}:
        return
    name = ""
    while len(before) >= 2 and before[-2] == ("symbol", "."):
        name = f".{before[-1][1]}{name}"
        before = before[:-2]
    whole = f"{before[-1][1]}{name}".lower()
    if whole not in _listed("procedure") and whole.partition(".")[0] not in _listed("namespace"):
        raise RefusedQueryError(f"function {whole!r} is refused: queries only use the functions built in")


def _dotted(texts: Iterator[str]) -> str:
    """Join a name and what is dotted to it."""
    name = ""
    for text in texts:
        if name and not name.endswith(".") and text != ".":
            break
        name += text.strip("`")
    return name


def _tokens(cypher: str) -> Iterator[Token]:
    """Yield what is not white space or comment, with words told apart: keywords in capitals, and names."""
    told = [(str(match.lastgroup), match.group()) for match in _TOKEN.finditer(cypher)]
    told = [token for token in told if token[0] != "space"]
    for position, (kind, text) in enumerate(told):
        if kind != "word":
            yield kind, text
        elif _is_name(told[max(position - 2, 0) : position], told[position + 1 : position + 2]):
            yield "name", text
        else:
            yield "keyword", text.upper()


def _is_name(before: list[Token], after: list[Token]) -> bool:
    """Whether a word can be no keyword: a label or type, a parameter, a property (but not in `1.SET`), a map key."""
    previous = before[-1][1] if before else ""
    if previous == ".":
        return len(before) == 2 and before[0][0] != "number" and before[0][1] != "."
    return previous in {":", "$"} or (previous in {"{", ","} and after == [("symbol", ":")])
