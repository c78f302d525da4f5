"""How alike two names are, whatever script and spelling they come in, and the keys under which like names meet."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from csv import DictReader
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations

from kg.text.words import fold_phrase

MAX_TOKENS = 6  # of a name: more make no name likelier, only more keys
ALIKE = 0.7  # edit similarity of two words from which they may be spellings of one: docs/decisions/006
_HEARD = 0.6  # the same, of their consonants
_SAME_SOUND = 0.6  # the same, for words whose consonants are equal
_SOUND_SCORE = 0.95  # of words of the same consonants that are spelled differently
_ONE_CONSONANT = 0.8  # of words of which a script without vowels leaves one letter
_INITIAL = 0.7  # of a word and its first letter
_SWAPPED = 0.9  # of a name whose words come in another order
_EXTRA = 0.08  # taken off for each word that only the longer name has: a middle name, a patronymic

# Letters of the scripts that leave vowels out; letters that are none, marks and joiners are left out.
_ARABIC = (
    "ب b پ p ت t ث t ج J چ C ح h خ h د d ذ d ر r ز z ژ J س s ش S ص s ض d ط t ظ z غ k ف f ق k ک k ك k گ k ل l م m ن n"
    " ه h ۀ h ہ h ة h و v ؤ v ډ d ټ t ړ r ڼ n ځ z څ z ښ S ږ k"
)
_HEBREW = "ב b ג k ד d ה h ו v ז z ח h ט t כ k ך k ל l מ m ם m נ n ן n ס s פ p ף p צ z ץ z ק k ר r ש S ת t"
_LETTER_SOUNDS = dict(zip(f"{_ARABIC} {_HEBREW}".split()[::2], f"{_ARABIC} {_HEBREW}".split()[1::2], strict=True))
_UNVOWELLED = re.compile(r"[\u0590-\u06ff\u0750-\u077f]")
_ARTICLE = re.compile(r"\bال(?=\w{3})")
_SERVANT = re.compile(r"\bعبدال|\babd ?(?:[aeiou]l)[ -]?(?!lah)(?=\w{3})")  # Abdul Rahman, Abdel-Rahman, Abd al-Rahman
_APOSTROPHE = re.compile(r"['’‘`ʼʻ]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Letters that stand for one sound in the ways in which names of Arabic, Persian, Hebrew and Cyrillic come into Latin
# letters; the longer ones first.
_SOUNDS = (
    ("sch", "S"), ("shch", "S"), ("tch", "C"), ("tsch", "C"), ("dzh", "J"), ("sh", "S"), ("ch", "C"), ("zh", "J"),
    ("kh", "h"), ("gh", "k"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("dj", "J"), ("ts", "z"), ("tz", "z"),
    ("ck", "k"), ("x", "ks"), ("j", "J"), ("q", "k"), ("g", "k"), ("c", "k"), ("w", "v"),
)  # fmt: skip
_COARSE = str.maketrans("zSCJdbfp", "sssstppp")
_VOWELS = re.compile(r"[aeiouy]+")
_DOUBLE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWord:
    """A word of a name.

    Attributes:
        text: In lower-case Latin letters without accents.
        sound: Its consonants as sounds, a vowel at its start as `a`.
        is_unvowelled: Whether the script that it was written in leaves vowels out.
    """

    text: str
    sound: str
    is_unvowelled: bool

    @property
    def skeleton(self) -> str:
        """The consonants that every spelling has, for words that may have lost their vowels."""
        return re.sub("[ahvy]", "", self.sound) or self.sound


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[NameWord, ...]:
    """Return the words of a name that tell whom it names: no particles, titles or legal forms, unless nothing else."""
    if _UNVOWELLED.search(name):
        return _unvowelled_words(name)
    words = _SERVANT.sub("abd ", _latin(name)).split()
    told = [word for word in words if word not in untelling()] or words
    return tuple(NameWord(text=word, sound=_sound(word), is_unvowelled=False) for word in told[:MAX_TOKENS])


@cache
def untelling() -> frozenset[str]:
    """Return particles, titles and legal forms: words of names that do not tell whom they name."""
    text = files("kg.resolve").joinpath("data", "name_words.csv").read_text(encoding="utf-8")
    return frozenset(row["word"] for row in DictReader(text.splitlines()))


def _unvowelled_words(name: str) -> tuple[NameWord, ...]:
    words = _ARTICLE.sub("", _SERVANT.sub("عبد ", unicodedata.normalize("NFKC", name))).split()
    sounds = ("".join(_LETTER_SOUNDS.get(letter, "") for letter in word) for word in words)
    told = [sound for sound in sounds if sound and sound not in untelling()]
    return tuple(NameWord(text=sound, sound=sound, is_unvowelled=True) for sound in told[:MAX_TOKENS])


@lru_cache(maxsize=65536)
def _latin(name: str) -> str:
    """The words of a name in lower-case Latin letters; a sign of Chinese, Japanese or Korean is a word."""
    from anyascii import anyascii

    spaced = _CJK.sub(lambda sign: f"{sign[0]} ", name)
    return fold_phrase(_APOSTROPHE.sub("", anyascii(spaced)))


def _sound(word: str) -> str:
    word = _DOUBLE.sub(r"\1", word)
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    start = "a" if _VOWELS.match(word) else ""
    return start + _VOWELS.sub("", word)


def name_keys(name: str) -> Iterator[str]:
    """Yield the keys that like names share: each pair of words by their sounds, and the run of all letters."""
    words = [_coarse(word.skeleton) for word in name_words(name) if len(word.text) > 1]
    for pair in combinations(sorted(words), 2):
        yield "2:" + " ".join(pair)
    run = _latin(name).replace(" ", "")
    yield "*:" + _coarse(NameWord(text=run, sound=_sound(run), is_unvowelled=False).skeleton)


def _coarse(skeleton: str) -> str:
    """A skeleton with sounds that languages write for one another taken as one; only to find what to compare."""
    return _DOUBLE.sub(r"\1", skeleton.translate(_COARSE))


def name_likeness(left: str, right: str) -> float:
    """Return how alike two names are, in [0, 1]: 1 for the same letters, 0 when a word of each finds no like one.

    Words are matched one to one, the likest first. A word that only the longer name has costs little; one that the
    shorter name has and the longer one lacks is what tells two people apart. Where words are parted does not matter:
    "Abdul Rahman" is "Abdulrahman".
    """
    if _latin(left).replace(" ", "") == _latin(right).replace(" ", ""):
        return 1.0
    short, long = sorted((name_words(left), name_words(right)), key=lambda words: (len(words), [w.text for w in words]))
    if not short:
        return 0.0
    matched = _matched(short, long)
    if len(matched) < len(short):
        return _run_together(short, long) if len(short) < len(long) else 0.0
    mean = sum(score for score, _, _ in matched) / len(matched)
    order = [place for _, _, place in sorted(matched, key=lambda m: m[1])]
    return max(0.0, mean * (1.0 if order == sorted(order) else _SWAPPED) - _EXTRA * (len(long) - len(short)))


def have_like_ends(left: str, right: str) -> bool:
    """Whether the first words of two names are alike, and the last ones: no more than middle names differ."""
    one, other = name_words(left), name_words(right)
    return all(word_likeness(a, b) > 0 for a, b in ((one[0], other[0]), (one[-1], other[-1])))


def _matched(short: Sequence[NameWord], long: Sequence[NameWord]) -> list[tuple[float, int, int]]:
    """Return (score, place in the shorter, place in the longer) of the words that go together."""
    pairs = sorted(
        ((word_likeness(a, b), i, j) for i, a in enumerate(short) for j, b in enumerate(long)),
        key=lambda pair: (-pair[0], abs(pair[1] - pair[2]), pair[1], pair[2]),
    )
    taken_short: set[int] = set()
    taken_long: set[int] = set()
    matched = []
    for score, i, j in pairs:
        if score > 0 and i not in taken_short and j not in taken_long:
            taken_short.add(i)
            taken_long.add(j)
            matched.append((score, i, j))
    return matched


def _run_together(short: Sequence[NameWord], long: Sequence[NameWord]) -> float:
    """Return the likeness of names that differ in where words are parted ("Abdul Rahman", "Abdulrahman")."""
    joined = [
        NameWord(
            text="".join(word.text for word in words),
            sound=words[0].sound + "".join(word.sound.replace("a", "") for word in words[1:]),
            is_unvowelled=any(word.is_unvowelled for word in words),
        )
        for words in (short, long)
    ]
    return word_likeness(*joined)


@lru_cache(maxsize=65536)
def word_likeness(left: NameWord, right: NameWord) -> float:
    """Return how alike two words of names are, in [0, 1]."""
    from rapidfuzz.distance import Levenshtein

    if left.text == right.text and left.is_unvowelled == right.is_unvowelled:
        return 1.0
    if left.is_unvowelled or right.is_unvowelled:
        same = Levenshtein.normalized_similarity(left.skeleton, right.skeleton)
        if same == 1:
            return _SOUND_SCORE if len(left.skeleton) > 1 else _ONE_CONSONANT
        return same * 0.9 if same >= ALIKE else 0.0
    if 1 in (len(left.text), len(right.text)):
        return _INITIAL if left.text[0] == right.text[0] else 0.0
    spelled = Levenshtein.normalized_similarity(left.text, right.text)
    if left.sound == right.sound and spelled >= _SAME_SOUND:
        return _SOUND_SCORE
    heard = Levenshtein.normalized_similarity(left.sound, right.sound)
    return spelled * 0.95 if spelled >= ALIKE and heard >= _HEARD else 0.0


def likest(left: Iterable[str], right: Iterable[str]) -> tuple[float, str, str]:
    """Return the largest likeness of two names of two actors, with these names; (0, "", "") where none are alike."""
    found = [(name_likeness(a, b), a, b) for a in sorted(set(left)) for b in sorted(set(right))]
    return max((f for f in found if f[0] > 0), key=lambda f: (f[0], f[1], f[2]), default=(0.0, "", ""))
