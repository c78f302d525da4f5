"""Whose word a document passes on: "according to AFP", "Reuters reported", "told the BBC", "(AP) -", "Source: dpa".

Two papers that both credit one agency are one source, as if both had copied it. Only news media count: an official who
is quoted by two papers was heard by both.
"""

import re

from kg.model.claims import Claim
from kg.model.documents import Document
from kg.text.publishers import media_names, publisher_named, publisher_of
from kg.text.tables import from_facts

# Words that end the name of a medium that no table knows.
_KINDS = (
    "News Agency", "Press Agency", "Press Service", "News Service", "Broadcasting Corporation", "Broadcasting Service",
    "News", "Newswire", "Wire", "Times", "Post", "Herald", "Tribune", "Gazette", "Journal", "Telegraph", "Chronicle",
    "Dispatch", "Courier", "Observer", "Examiner", "Ledger", "Bulletin", "Mail", "Standard", "Television", "TV",
    "Radio",
)  # fmt: skip
_NAME_WORD = r"[A-Z][\w&’'-]*"
_UNKNOWN = rf"(?:{_NAME_WORD} |of ){{0,4}}{_NAME_WORD} (?:{'|'.join(_KINDS)})"
_STATE = rf"{_NAME_WORD}(?:[’']s)? state(?:-run)? (?:television|TV|radio|media|news agency)"
_AGENCY = rf"{_NAME_WORD} (?:news|press) agency"
# Between "according to" and the name: "a report in the", "Iran's semi-official"; a verb of its own ends the credit.
_BETWEEN = r"(?:(?!(?:that|which|who|he|she|it|they|to|and|but|was|were|is)\b)[\w’'-]+ ){0,5}?"
_VERBS = r"(?:reported|reports|said|says|wrote|writes|quoted|cited|published|revealed|announced)"
_BEFORE = (
    r"(?:quoting|citing|cited by|quoted by|quoted in|carried by|reported by|published by|broadcast by)",
    r"(?:[Aa]ccording to|told|telling|interview with|interview to|interviewed by|speaking to|spoke to|seen by)",
)
# "VILNIUS, Sept 11 (Nordwest Agency) -": at most a place and a day before a name in brackets and a dash.
_PLACE_WORD = r"[^\W\d_a-z][\w.’'-]*"
_PLACE_AND_DAY = rf"{_PLACE_WORD}(?:[ /]{_PLACE_WORD}){{0,4}}(?:,? [A-Z][a-z]+\.? \d{{1,2}}(?:, \d{{4}})?)? "
_DATELINE = re.compile(rf"\W*(?:{_PLACE_AND_DAY})?\(([A-Z][\w .&’'-]{{1,40}})\)\s*[-–—:]")
_SOURCE_LINE = re.compile(r"\W*[Ss]ources?: ([A-Z][\w .&’'-]{1,40}?)\W*")
_FIRST_SENTENCES = 3
_LAST_SENTENCES = 2


def credit_of(claim: Claim, document: Document) -> str | None:
    """Return the key of the publisher on whose word the sentence of a claim tells it, None where it credits none.

    A whole sentence counts as told on the credit that stands in it: where it also tells something of its own, that is
    taken for less independent than it is, never for more.
    """
    sentence = document.sentences[document.sentence_no(claim.start)]
    return credit_in(document.text[sentence.start : sentence.end])


def home_of(document: Document, original: Document) -> str:
    """Return who tells what a document tells on no other credit: the key of a publisher, else the id of the original.

    Args:
        original: The document that it goes back to over copies; itself where it is none.
    """
    for told in (original, document):
        if (credited := _dateline_of(told)) is not None:
            return credited
    publisher = publisher_of(original)
    return publisher.key if publisher else original.doc_id


def credit_in(sentence: str) -> str | None:
    """Return the key of the news medium that a sentence credits, None where it credits none.

    Of two credits the one cited by the other counts: "IRNA reported, quoted by Reuters" is the word of Reuters to us
    only as far as Reuters passes on that of IRNA.
    """
    for pattern in _patterns():
        if (found := pattern.search(sentence)) is not None:
            return publisher_named(found["name"] or found["agency"]).key
    return None


@from_facts
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return what finds a credit inside a sentence, the deepest kind of credit first."""
    known = "|".join(re.escape(name) for name in media_names())
    plain = rf"\b(?P<name>{known}|{_UNKNOWN}|{_STATE}|{_AGENCY})\b"
    announced = rf"\b(?:state|news|press|official)(?:-run)? agency (?P<agency>{known}|{_UNKNOWN}|{_NAME_WORD})\b"
    name = f"(?:{announced}|{plain})"
    return (
        *(re.compile(rf"\b{before} {_BETWEEN}{name}") for before in _BEFORE),
        re.compile(rf"{name}(?: news agency| agency| newspaper)?,?(?: has| had| also| earlier)? {_VERBS}\b"),
    )


def _dateline_of(document: Document) -> str | None:
    """Return the key of the agency whose name stands at the head or the foot of a document."""
    lines = [document.text[sentence.start : sentence.end] for sentence in document.sentences]
    found = next(filter(None, map(_DATELINE.match, lines[:_FIRST_SENTENCES])), None) or next(
        filter(None, map(_SOURCE_LINE.fullmatch, lines[-_LAST_SENTENCES:])), None
    )
    if found is None:
        return None
    publisher = publisher_of(document)
    if publisher and found[1] == "".join(word[0] for word in publisher.name.split() if word[0].isupper()):
        return publisher.key  # its own initials
    return publisher_named(found[1]).key
