"""Reads the corpus GUM (CoNLL-U with coreference): texts, and every mention of a person, an organisation or a state."""

import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kg.model.documents import Document
from kg.model.words import ActorType
from kg.text.gazetteer import gazetteer
from kg.training.gold import to_document

_META = re.compile(r"# meta::(\w+) = (.*)")
_BRACKET = re.compile(r"(\()?([^()]+)(\))?")
_ACTORS = frozenset({"person", "organization"})


class Kind(StrEnum):
    """How a mention refers."""

    PRONOUN = "pronoun"
    SPEAKER = "I, we, you"
    DESCRIPTION = "definite description"
    VARIANT = "name variant"
    NAME = "name"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusMention:
    """A mention of somebody.

    Attributes:
        chains: The chains that it belongs to; "they" of two persons belongs to both.
        start, end: Its words in the text of the document.
        head: Offset of its head word.
    """

    chains: frozenset[str]
    kind: Kind
    start: int
    end: int
    head: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusText:
    """A text of the corpus with the mentions of its named chains, and the offsets of heads that refer to nobody."""

    document: Document
    mentions: tuple[CorpusMention, ...]
    ignored: frozenset[int]


@dataclass(slots=True, eq=False)
class _Token:
    form: str
    lemma: str
    tag: str
    features: str
    governor: int
    relation: str
    start: int = 0


@dataclass(slots=True)
class _Raw:
    """A mention as its brackets tell it; tokens [first, last] of a sentence."""

    group: str
    etype: str
    link: str
    head_words: Sequence[int]
    sentence: int
    first: int
    last: int = -1


def read_corpus(archive: Path) -> list[CorpusText]:
    """Return the texts of an archive of CoNLL-U files, by name."""
    with tarfile.open(archive) as files:
        members = sorted((m for m in files.getmembers() if m.name.endswith(".conllu")), key=lambda m: m.name)
        contents = ((Path(m.name).stem, files.extractfile(m)) for m in members)
        return [_text(name, content.read().decode("utf-8")) for name, content in contents if content is not None]


def _text(name: str, content: str) -> CorpusText:
    meta = {match[1]: match[2] for match in _META.finditer(content)}
    texts, sentences, found, splits = [], [], [], defaultdict(set)
    open_ones: dict[str, list[_Raw]] = defaultdict(list)
    for block in content.strip().split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if not line.startswith("#")]
        texts.append(next(line[len("# text = ") :] for line in block.split("\n") if line.startswith("# text = ")))
        tokens: list[_Token] = []
        for row in (row for row in rows if row[0].isdigit()):
            tokens.append(_Token(row[1], row[2], row[3], row[5], int(row[6]) - 1, row[7]))
            entries = dict(item.split("=", 1) for item in row[9].split("|") if "=" in item)
            found += _brackets(entries.get("Entity", ""), len(sentences), len(tokens) - 1, open_ones)
            for pair in filter(None, entries.get("SplitAnte", "").split(",")):
                whole, part = pair.split("<")[::-1]
                splits[whole].add(part)
        sentences.append(tokens)
    title = meta.get("title", texts[0])
    document = to_document(
        {"doc": name, "sentences": texts, "title": title, "publisher": "Wikinews", "published_at": meta["dateCreated"]}
    )
    for told, tokens in zip(document.sentences, sentences, strict=True):
        _place(document.text, told.start, tokens)
    return _with_kinds(document, sentences, sorted(found, key=lambda r: (r.sentence, r.first, -r.last)), splits)


def _brackets(cell: str, sentence: int, at: int, open_ones: dict[str, list[_Raw]]) -> Iterator[_Raw]:
    """Yield the mentions that the brackets at a token open; their last tokens follow as they close."""
    for opens, body, closes in _BRACKET.findall(cell):
        group, *rest = body.split("-", 7)
        if opens:
            etype, _, _, _, head_words, link = rest[:6]
            words = [int(n) - 1 for n in head_words.split(",")]
            raw = _Raw(group, etype, link, words, sentence, at)
            open_ones[group].append(raw)
            yield raw
        if closes:
            open_ones[group].pop().last = at


def _place(text: str, start: int, tokens: Sequence[_Token]) -> None:
    at = start
    for token in tokens:
        token.start = text.index(token.form, at)
        at = token.start + len(token.form)


def _with_kinds(
    document: Document, sentences: Sequence[Sequence[_Token]], found: Sequence[_Raw], splits: dict[str, set[str]]
) -> CorpusText:
    """Return the mentions of chains that hold a name of a person, an organisation or a state."""
    named: dict[str, str] = {}
    for raw in found:
        words = _words(document, sentences[raw.sentence], raw)
        if _head(sentences[raw.sentence], raw).tag == "PROPN" and (raw.etype in _ACTORS or _is_state(words)):
            named.setdefault(raw.group, words)
    mentions, ignored = [], set()
    for raw in found:
        tokens = sentences[raw.sentence]
        head, words = _head(tokens, raw), _words(document, tokens, raw)
        chains = frozenset({raw.group} | splits[raw.group]) & named.keys()
        kind = _kind(tokens, raw, head)
        if kind is Kind.OTHER:
            ignored.add(head.start)
        if kind is Kind.NAME and words != named.get(raw.group):
            kind = Kind.VARIANT
        if chains and kind is not Kind.OTHER:
            start, end = tokens[raw.first].start, tokens[raw.last].start + len(tokens[raw.last].form)
            mentions.append(CorpusMention(chains=chains, kind=kind, start=start, end=end, head=head.start, text=words))
    return CorpusText(document=document, mentions=tuple(mentions), ignored=frozenset(ignored))


def _is_state(words: str) -> bool:
    name = words.removeprefix("the ").removeprefix("The ")
    return any(reading.subject.type is ActorType.STATE for reading in gazetteer().readings(name))


def _words(document: Document, tokens: Sequence[_Token], raw: _Raw) -> str:
    """Return the words that name somebody, without what describes him ("news agency KCNA", not "its main")."""
    inside = [raw.first + n for n in raw.head_words if raw.first + n <= raw.last]
    first, last = tokens[min(inside)], tokens[max(inside)]
    return document.text[first.start : last.start + len(last.form)]


def _head(tokens: Sequence[_Token], raw: _Raw) -> _Token:
    inside = [raw.first + n for n in raw.head_words if raw.first + n <= raw.last]
    return next((tokens[n] for n in inside if not raw.first <= tokens[n].governor <= raw.last), tokens[inside[0]])


def _is_predicate(tokens: Sequence[_Token], head: _Token) -> bool:
    """Whether a noun only tells what somebody is ("he is the director")."""
    at = tokens.index(head)
    return any(token.governor == at and token.relation == "cop" for token in tokens)


def _kind(tokens: Sequence[_Token], raw: _Raw, head: _Token) -> Kind:
    if "PronType=Prs" in head.features:
        return Kind.PRONOUN if "Person=3" in head.features else Kind.SPEAKER
    if head.tag == "PROPN":
        return Kind.NAME
    if head.tag != "NOUN" or raw.link == "appos" or _is_predicate(tokens, head):
        return Kind.OTHER
    first = tokens[raw.first].features
    is_definite = "Definite=Def" in first or "PronType=Dem" in first or "Poss=Yes" in first
    owned = any(tokens[n].relation == "nmod:poss" for n in range(raw.first, raw.last))
    return Kind.DESCRIPTION if is_definite or owned else Kind.OTHER
