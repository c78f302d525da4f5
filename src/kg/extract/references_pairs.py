"""Words that stand for the parties of a document together: "both sides", "the two presidents", "the belligerents"."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.extract.actors_context import Noun, best_sides
from kg.extract.actors_draft import Draft, Line
from kg.extract.references_ranking import clause_subject
from kg.extract.spans import ReferenceKind
from kg.extract.tokens import verb_forms
from kg.model.words import ActorType
from kg.text.tables import cue_words, rows_of

_REACH = 30  # sentences back that the person of a side is looked for


@lru_cache(maxsize=1)
def _nouns() -> Mapping[str, str]:
    """Return for each noun that may mean both parties what they are: sides, or persons of theirs."""
    return {row["word"]: row["stands_for"] for row in rows_of("references.csv") if row["form"] == "pair"}


def find_pairs(draft: Draft) -> None:
    """Add spans for the words that mean two parties: one word for each, since a span stands for one actor."""
    for line in draft.lines:
        at = 0
        while at < len(line.words):
            last, parties = _phrase(line, at)
            if last is not None:
                _add(draft, line, (at, last), parties)
            at = at + 1 if last is None else last + 1


def _phrase(line: Line, at: int) -> tuple[int | None, str]:
    """Return the last word of a phrase for two parties that begins at a word, and what they are; None for none."""
    word = line.norm(at)
    if word not in cue_words("number of two") | {"the", "warring", "rival"} or not line.is_free(at):
        return None, ""
    for noun in (at + 1, at + 2):
        if not line.joined[noun - 1 : noun] or not line.joined[noun - 1] or not line.is_free(noun):
            break
        parties = _nouns().get(line.norm(noun))
        if parties and _is_definite(line, at, noun, parties):
            return noun, parties
        if noun == at + 1 and not (line.norm(noun) in cue_words("number of two") or line.norm(noun) in _BETWEEN):
            break
    if word == "both" and not _is_followed(line, at):
        return at, "sides"
    if word == "the" and line.norm(at + 1) == "two" and line.is_free(at + 1) and not _is_followed(line, at + 1):
        return at + 1, "sides"
    return None, ""


_TOWARDS = frozenset({"to", "on", "with", "from", "upon"})
_BETWEEN = frozenset({"warring", "rival", "opposing", "hostile", "foreign", "prime", "brotherly", "neighbouring"})


def _is_definite(line: Line, at: int, noun: int, parties: str) -> bool:
    """Whether a phrase means parties that were told: "two men" need not, "both men" and "the belligerents" do."""
    if line.norm(noun + 1) == "of" and line.joined[noun]:
        return False  # both sides of the river
    words = {line.norm(n) for n in range(at, noun)}
    if words & {"both", "neither", "either", "each"}:
        return True
    if "two" in words:
        return "the" in words or line.norm(at - 1) in {"the", "these", "those"} or parties == "sides"
    return line.norm(noun) in cue_words("parties") or "warring" in words


def _is_followed(line: Line, at: int) -> bool:
    """Whether a noun or name follows a numeral, which then does not stand alone."""
    following = line.norm(at + 1)
    return line.joined[at] and following not in cue_words("after a noun") | cue_words("after both")


def _add(draft: Draft, line: Line, words: tuple[int, int], parties: str) -> None:
    first, last = words
    if draft.text.find("-", line.words[first].end, line.words[last].start) >= 0:
        return  # a two-party system
    if line.norm(first) == "the" and last > first + 1:
        first += 1
    is_business = parties == "companies"
    who = _two_companies(draft, line, first) if is_business else _two_sides(draft, line, first, parties)
    if len(who) < 2:
        return
    draft.add(line, first, first, who[0], ReferenceKind.DESCRIPTION, 0.5)
    if last > first:
        draft.add(line, first + 1, last, who[1], ReferenceKind.DESCRIPTION, 0.5)


def _two_sides(draft: Draft, line: Line, first: int, parties: str) -> list[str]:
    """Return the two likeliest parties, or a person of each."""
    subject = _subject_side(draft, line, first)
    keys = [key for key in best_sides(draft, line, first, Noun.PAIR) if key != subject]
    return [_party(draft, line, key, parties) for key in keys[:2]]


def _subject_side(draft: Draft, line: Line, first: int) -> str | None:
    """Return the side of who does something to both ("Oman thanked both sides"), who is neither of them."""
    before = line.norm(first - 2 if line.norm(first - 1) in {"the", "these", "those"} else first - 1)
    if before not in _TOWARDS and before not in verb_forms():
        return None
    span = draft.span_at(line, clause_subject(draft, line, first))
    if span is None or span.who is None or line.norm(span.last + 1) == "and":
        return None  # Russia and Ukraine agreed, Washington said after talks with both sides
    return draft.side_key(span.who)


def _two_companies(draft: Draft, line: Line, at: int) -> list[str]:
    """Return the two companies that were told last before a word, in the order of the text."""
    told: dict[str, None] = {}
    for no in range(line.no, max(line.no - _REACH, 0) - 1, -1):
        for span in reversed(list(draft.spans_of(draft.lines[no]))):
            if span.who and (no < line.no or span.first < at) and draft.actors[span.who].type is ActorType.COMPANY:
                told.setdefault(span.who)
    return list(told)[1::-1]


def _party(draft: Draft, line: Line, key: str, parties: str) -> str:
    """Return the side itself, or the person told last of it."""
    side = draft.by_key(key)
    if parties == "persons":
        for who in _persons_before(draft, line):
            if draft.actors[who].acts_for == key:
                return who
    return side.local_id if side else ""


def _persons_before(draft: Draft, line: Line) -> Iterator[str]:
    for no in range(line.no, max(line.no - _REACH, 0) - 1, -1):
        for span in reversed(list(draft.spans_of(draft.lines[no]))):
            if span.who and draft.actors[span.who].type is ActorType.PERSON:
                yield span.who
