"""How an actor stands to a trigger: side, preposition, verbs and boundaries between."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from kg.extract.spans import ReferenceKind
from kg.extract.tokens import Token, word_list

_GROUP_LEFT = frozenset({"adv", "neg", "be", "have", "do", "modal"})
_NOUN_PHRASE = frozenset({"det", "poss", "adj", "noun", "num", "own", "actor", "adv"})
_MAX_PHRASE_TOKENS = 6
_MANY = 2
_MAX_TITLE_TOKENS = 5
_MAX_CHAIN = 4
MAX_PARTIES = 24  # to each side of a trigger; sentences of the annotated texts have at most 16 in all


class Link(NamedTuple):
    """Where an actor stands, seen from a trigger.

    Attributes:
        mode: How the trigger stands: finite, passive, reduced, infinitive, participle, conjoined or noun.
        side: "L" before the trigger, "R" after it.
        preposition: The one that governs the actor, "" for none.
        form: "poss" (Iran's ...), "mod" (Iranian ...), "head".
        verbs: Verbs between the two, 2 for more.
        boundary: The strongest boundary between the two.
        rank: Other actors between the two, 2 for more.
    """

    mode: str
    side: str
    preposition: str
    form: str
    verbs: int
    boundary: str
    rank: int


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its auxiliaries; `left` is the index of the first word of the group."""

    left: int
    mode: str
    auxiliaries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """Actor tokens that play one part together ("Israel and Iran"); indices of tokens."""

    members: tuple[int, ...]
    preposition: str
    form: str

    @property
    def first(self) -> int:
        """Index of the first member."""
        return self.members[0]

    @property
    def last(self) -> int:
        """Index of the last member."""
        return self.members[-1]


def verb_group(tokens: Sequence[Token], i: int) -> VerbGroup:
    """Return the verb group of the verb at `i`, or a group of mode "noun" when it is no verb."""
    token = tokens[i]
    if token.tag != "verb":
        return VerbGroup(i, "noun")
    left = i
    while left > 0 and tokens[left - 1].tag in _GROUP_LEFT:
        left -= 1
    auxiliaries = tuple(range(left, i))
    tags = {tokens[j].tag for j in auxiliaries}
    before = tokens[left - 1].tag if left else ""
    if "part" in token.forms and "be" in tags:
        mode = "passive"
    elif before == "to":
        return VerbGroup(left - 1, "infinitive", auxiliaries)
    elif left == i and "base" in token.forms and left and tokens[left - 1].lemma in word_list("bare infinitive"):
        mode = "infinitive"  # help mediate
    elif _is_reduced(tokens, i, tags):
        mode = "reduced"
    elif "ing" in token.forms and "be" not in tags:
        mode = "participle"
    else:
        mode = "conjoined" if before in {"and", "but"} and not tags & {"modal", "have"} else "finite"
    return VerbGroup(left, mode, auxiliaries)


def governor_of(tokens: Sequence[Token], i: int) -> int | None:
    """Return the word that governs the infinitive at `i`, "help" left out; None when it is no infinitive."""
    group = verb_group(tokens, i)
    if group.mode != "infinitive" or group.left == 0:
        return None
    governor = group.left - 1
    while tokens[governor].tag == "verb" and tokens[governor].lemma in word_list("bare infinitive"):
        group = verb_group(tokens, governor)
        if group.mode != "infinitive" or group.left == 0:
            break
        governor = group.left - 1
    return governor


def _is_reduced(tokens: Sequence[Token], i: int, tags: set[str]) -> bool:
    """Tell a participle that stands for a relative clause ("weapons given to", "talks held by")."""
    if tokens[i].forms == {"part"}:
        return not tags & {"have", "modal", "do"}
    return "part" in tokens[i].forms and not tags and i + 1 < len(tokens) and tokens[i + 1].lower == "by"


class SentenceParties:
    """The actors of a sentence as parties, and what lies between any two of its tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        """Read the tokens once; every later question is answered in constant time."""
        self.tokens = tokens
        self._verbs = [0]
        self._marks: dict[str, list[int]] = {
            t: [0] for t in ("quote", "stop", "colon", "sub", "rel", "comma", "and", "but")
        }
        for token in tokens:
            self._verbs.append(self._verbs[-1] + (token.tag == "verb"))
            for tag, counts in self._marks.items():
                counts.append(counts[-1] + (token.tag == tag))
        self.parties = tuple(self._party(group) for group in _groups(tokens))
        self._firsts = [party.first for party in self.parties]
        self._lasts = [party.last for party in self.parties]
        self._number_of = {member: n for n, party in enumerate(self.parties) for member in party.members}
        self._subjects: dict[int, Party | None] = {}

    def party_of(self, member: int) -> Party:
        """Return the party of the actor token at an index."""
        return self.parties[self._number_of[member]]

    def number_of(self, party: Party) -> int:
        """Return the place of a party of this sentence in `parties`."""
        return self._number_of[party.first]

    def nearest(self, i: int) -> range:
        """Return the places in `parties` of those that stand nearest to the token at `i`."""
        at = bisect_left(self._firsts, i)
        return range(max(0, at - MAX_PARTIES), min(len(self.parties), at + MAX_PARTIES))

    def _party(self, members: tuple[int, ...]) -> Party:
        return Party(members, _preposition(self.tokens, members[0]), _form(self.tokens, members[-1]))

    def link(self, first: int, last: int, group: VerbGroup, party: Party) -> Link | None:
        """Return how the party stands to the trigger at tokens [first, last], None for a party inside it."""
        if party.last < group.left:
            side, start, stop = "L", party.last + 1, group.left
            rank = bisect_left(self._lasts, group.left) - bisect_right(self._lasts, party.last)
        elif party.first > last:
            side, start, stop = "R", last + 1, party.first
            rank = bisect_left(self._firsts, party.first) - bisect_right(self._firsts, last)
        elif first > party.last:
            side, start, stop, rank = "L", party.last + 1, first, 0
        else:
            return None
        verbs = min(self._verbs[stop] - self._verbs[start], _MANY)
        boundary = self._boundary(start, stop)
        return Link(group.mode, side, party.preposition, party.form, verbs, boundary, min(rank, _MANY))

    def stands_for(self, party: Party) -> Party:
        """Return the party before a relative pronoun that follows it ("the US and Israel, who ..."), else the party."""
        token = self.tokens[party.first]
        if token.lower not in word_list("relative pronouns") or len(party.members) > 1:
            return party
        number = self.number_of(party)
        before = self.parties[number - 1] if number else None
        between = self.tokens[before.last + 1 : party.first] if before else ()
        return before if before is not None and all(t.tag == "comma" for t in between) else party

    def subject(self, i: int) -> Party | None:
        """Return the subject of the verb at `i`, or of the verb that governs the word at `i`.

        An infinitive, a participle and a conjoined verb share the subject of the verb before them.
        """
        if i not in self._subjects:
            self._subjects[i] = self._subject_before(self._governing_left(i))
        return self._subjects[i]

    def _subject_before(self, left: int) -> Party | None:
        for number in range(bisect_left(self._lasts, left) - 1, -1, -1):
            party = self.parties[number]
            if any(self._marks[tag][left] > self._marks[tag][party.last + 1] for tag in ("stop", "quote")):
                return None
            if not party.preposition and party.form != "pre":
                return party
        return None

    def _governing_left(self, i: int) -> int:
        for _ in range(_MAX_CHAIN):
            group = verb_group(self.tokens, i)
            if group.mode in {"finite", "passive"}:
                return group.left
            before = next((j for j in range(group.left - 1, -1, -1) if self.tokens[j].tag == "verb"), None)
            if before is None:
                return group.left
            i = before
        return i

    def _boundary(self, start: int, stop: int) -> str:
        for tag in ("quote", "colon", "rel", "sub"):
            if self._marks[tag][stop] > self._marks[tag][start]:
                return tag
        commas = self._marks["comma"][stop] - self._marks["comma"][start]
        joined = any(self._marks[tag][stop] > self._marks[tag][start] for tag in ("and", "but"))
        if commas:
            return "commas" if commas > 1 else "comma-and" if joined else "comma"
        return "and" if joined else ""


def _groups(tokens: Sequence[Token]) -> list[tuple[int, ...]]:
    actors = [i for i, token in enumerate(tokens) if token.tag == "actor"]
    groups: list[list[int]] = [[i] for i in actors[:1]]
    joints = [_joint(tokens, before, after) for before, after in pairwise(actors)]
    goes_on = [False]  # whether the list that an actor stands in ends with "and", from the last actor to the first
    for joint in reversed(joints):
        goes_on.append(goes_on[-1] if joint == "comma" else joint == "and")
    for joint, is_list, after in zip(joints, goes_on[-2::-1], actors[1:], strict=True):
        if joint == "and" or (joint == "comma" and is_list):
            groups[-1].append(after)
        else:
            groups.append([after])
    return [tuple(group) for group in groups]


def _joint(tokens: Sequence[Token], before: int, after: int) -> str:
    """Return "and", "comma" or "" for what stands between two actors, articles left out."""
    between = [t.tag for t in tokens[before + 1 : after] if t.tag not in {"det", "adj", "own"}]
    if between in (["and"], ["comma", "and"]):
        return "and"
    if between == ["colon"] and tokens[after].start - tokens[before].end == 1:
        return "and"  # Israel-Iran
    return "comma" if between == ["comma"] else ""


def _preposition(tokens: Sequence[Token], i: int) -> str:
    j, left = i - 1, _MAX_PHRASE_TOKENS
    while j >= 0 and left > 0:
        token = tokens[j]
        if token.lower == "including":
            i = _list_start(tokens, j)
            j, left = i, _MAX_PHRASE_TOKENS + 1
        elif token.tag in {"prep", "to"}:
            return token.lower if token.lower in word_list("governing prepositions") else "other"
        elif token.tag == "sub":
            return "" if _opens_clause(tokens, i) else token.lower
        elif token.tag not in _NOUN_PHRASE:
            return ""
        j, left = j - 1, left - 1
    return ""


def _list_start(tokens: Sequence[Token], including: int) -> int:
    """Return the last word before "including" and the dash or comma before it."""
    j = including
    while j > 0 and tokens[j - 1].tag in {"comma", "colon"}:
        j -= 1
    return max(j - 1, 0)


def _opens_clause(tokens: Sequence[Token], i: int) -> bool:
    """Tell "as Russia has ..." from "as of Russia": the actor, or the noun that it stands before, has a verb."""
    for token in tokens[i + 1 : i + 1 + _MAX_PHRASE_TOKENS]:
        if token.tag in {"verb", "be", "have", "do", "modal"}:
            return True
        if token.tag not in _NOUN_PHRASE:
            return False
    return False


def _leads_to_name(tokens: Sequence[Token], i: int) -> bool:
    """Tell an actor that only describes the next one ("Iran's Ayatollah Ali Khamenei", "Iraqi Prime Minister X")."""
    for token in tokens[i + 1 : i + 1 + _MAX_TITLE_TOKENS]:
        if token.tag == "actor":
            is_name = token.span is not None and token.span.kind is ReferenceKind.NAME
            return is_name and token.text[:1].isupper()
        if token.tag not in {"own", "noun", "adj"}:
            return False
    return False


def _form(tokens: Sequence[Token], i: int) -> str:
    span = tokens[i].span
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if _leads_to_name(tokens, i):
        return "pre"
    if (span is not None and span.is_possessive) or (after is not None and after.tag == "own"):
        return "poss"
    return "mod" if after is not None and after.tag in {"noun", "adj"} else "head"
