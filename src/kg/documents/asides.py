"""Sentences that the narrator does not tell: quoted posts, captions, and sentences that lost words at a join."""

import re
from collections.abc import Sequence
from functools import cache

from kg.documents.lines import Span
from kg.model.words import SentenceKind
from kg.text.sentences import attribution_verbs, data_lines

# The share of the long words of a caption that must stand in one later sentence: 0.79 for the one seen in the wild.
MIN_CAPTION_SHARE = 0.7
MIN_CAPTION_WORDS = 6
MAX_CAPTION_DISTANCE = 40  # sentences further down in which a caption is looked for
MAX_POST_CHARS = 700  # a longer line is a whole story in one line: only its marked sentences are a post
NEAR_CHARS = 80  # how far before a verb its subject is looked for
LONG_WORD_CHARS = 4

_POST_LINK = re.compile(r"\bpic\.twitter\.com/\w+|\bhttps?://t\.co/\w+", re.IGNORECASE)
_POST_AUTHOR = re.compile(
    r"[—–-]{1,2} ?[^()\n]{1,60} \(@\w{1,20}\),? (?:[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]+ \d{4})"
)
_CREDIT = re.compile(r"[.!?][\"”’]? ?\([A-Z][\w/ .-]{1,30}\)\Z")
_WORD = re.compile(r"[^\W_]+")
# A word that asks for no gerund, `to`, a gerund, then after a comma the subject of another clause.
_TO_GERUND = re.compile(r"\b(?P<before>[a-z]+) to [a-z]{3,}ing [^,.;:]{3,80}, (?:[A-Z]\w+|he|she|they) ")


def sentence_kinds(text: str, spans: Sequence[Span]) -> tuple[SentenceKind, ...]:
    """Return what each sentence is, given the spans of all sentences below the title in their order."""
    kinds = [SentenceKind.BROKEN if has_lost_words(text[start:end]) else SentenceKind.NARRATION for start, end in spans]
    for i in _captions(text, spans):
        kinds[i] = SentenceKind.CAPTION
    for i in _posts(text, spans):
        kinds[i] = SentenceKind.QUOTED_POST
    return tuple(kinds)


def has_lost_words(sentence: str) -> bool:
    """Say whether a sentence shows that words were dropped in its middle, so that its halves belong apart.

    A verb of saying without a subject opens a quotation (`access to modern machine said, "Russian ...`), or a
    gerund hangs on nothing (`imagery to addressing the Conference, Zelenskyy called`). Silent when in doubt: a join
    that reads like good English is not found.
    """
    gerund = _TO_GERUND.search(sentence)
    if gerund is not None and gerund["before"] not in _words("gerund"):
        return True
    return any(_lacks_subject(sentence, verb.start()) for verb in _quoting_verb().finditer(sentence))


@cache
def _words(kind: str) -> frozenset[str]:
    rows = (line.split() for line in data_lines("lost_words.txt"))
    return frozenset(word for row in rows if row[0] == kind for word in row[1:])


@cache
def _quoting_verb() -> re.Pattern[str]:
    return re.compile(rf"(?: (?:further|also|later|then))? (?:{'|'.join(attribution_verbs())}), ?[\"“]")


def _lacks_subject(sentence: str, verb: int) -> bool:
    near = sentence[max(0, verb - NEAR_CHARS) : verb]
    words = [word for word in near.split() if word[0].isalnum()]
    if not words or near[-1] in ',"”':
        return False
    last = words[-1]
    if last in _words("determiner") or last in _words("preposition"):
        return True
    is_bare_noun = last.isalpha() and last.islower() and not last.endswith("s") and last not in _words("pronoun")
    return is_bare_noun and _hangs_on_preposition(words[:-1]) and _is_attributed(sentence[:verb])


def _hangs_on_preposition(words: list[str]) -> bool:
    """Say whether the words before a bare noun lead back to a preposition without a determiner or a name between."""
    for word in reversed(words):
        if word in _words("opener"):
            return True
        if word in _words("determiner") or not (word.isalpha() and word.islower()) or word.endswith("s"):
            return False
    return False


def _is_attributed(words: str) -> bool:
    """Say whether a verb of saying stands in the sentence already, so that the next one should have a subject."""
    return not set(attribution_verbs()).isdisjoint(_WORD.findall(words))


def _captions(text: str, spans: Sequence[Span]) -> list[int]:
    """Return the sentences that end with the credit of an agency and are told again further down."""
    found = []
    for i, (start, end) in enumerate(spans):
        if not _CREDIT.search(text, max(start, end - NEAR_CHARS), end):
            continue
        words = _long_words(text[start:end].rpartition("(")[0])
        if len(words) < MIN_CAPTION_WORDS:
            continue
        later = (_long_words(text[s:e]) for s, e in spans[i + 1 : i + 1 + MAX_CAPTION_DISTANCE])
        if any(len(words & other) >= MIN_CAPTION_SHARE * len(words) for other in later):
            found.append(i)
    return found


def _long_words(sentence: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(sentence) if len(word) >= LONG_WORD_CHARS}


def _posts(text: str, spans: Sequence[Span]) -> list[int]:
    """Return the sentences of posts: those with the link of a post or its author, and the rest of their lines."""
    found: set[int] = set()
    above: list[int] = []
    for line in _sentences_by_line(text, spans):
        marked = [i for i in line if _POST_LINK.search(text, *spans[i]) or _POST_AUTHOR.search(text, *spans[i])]
        is_short = spans[line[-1]][1] - spans[line[0]][0] <= MAX_POST_CHARS
        if marked:
            found.update(line if is_short else marked)
        if marked and _POST_AUTHOR.match(text, spans[line[0]][0]):
            found.update(above)  # the line that this one signs
        above = line
    return sorted(found)


def _sentences_by_line(text: str, spans: Sequence[Span]) -> list[list[int]]:
    lines: list[list[int]] = []
    for i, (start, _end) in enumerate(spans):
        if i and "\n" not in text[spans[i - 1][1] : start]:
            lines[-1].append(i)
        else:
            lines.append([i])
    return lines
