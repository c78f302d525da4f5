"""The record of a sanctions list of the UN Security Council as claims: who was listed when, and amended when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from html import unescape

from kg.extract.tokens import read_rows
from kg.model.claims import Claim, Extraction, LocalActor, Mention, RoleFiller, SanctionDetail, claim_id
from kg.model.documents import Document, MediaType
from kg.model.times import days
from kg.model.words import Act, ActorType, Basis, Role, Status
from kg.text.gazetteer import gazetteer
from kg.text.tables import with_facts

NAME = "un_list"
VERSION = "1"
AUTHORITY = LocalActor(local_id="A1", name="United Nations", type=ActorType.IGO, key="UN")
LISTED = "A2"

_NAME_TAGS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ALIAS_TAGS = ("ALIAS_NAME", "NAME_ORIGINAL_SCRIPT")
_WEAK_ALIAS = "Low"  # the list's own word for an alias that does not identify by itself
_LEAF = re.compile(r"<([A-Z_0-9]+)>([^<]+)</\1>")
_TAG = re.compile(r"<(/?)([A-Z_0-9]+)>")
_ALIAS_STOP = re.compile(r"(?<!&amp)(?<!&lt)(?<!&gt);\s*|\s+[a-z]\)\s+")  # not the semicolon of an XML entity
_ROLES = (RoleFiller(role=Role.ACTOR, actor=AUTHORITY.local_id), RoleFiller(role=Role.RECIPIENT, actor=LISTED))


class UnListExtractor:
    """Reads records of the UN consolidated list; the text of the document is XML with one element a line."""

    name = NAME
    media_types = frozenset({MediaType.UN_RECORD})

    @property
    def version(self) -> str:
        """Changes with the rules and with the user's facts, which may rename states."""
        return with_facts(VERSION)

    def extract(self, document: Document) -> Extraction:
        """Return the listed party, the authority and the acts of the record; nothing when it names no party."""
        leaves = tuple(_leaves(document))
        listed = _listed(leaves)
        return Extraction(
            doc_id=document.doc_id,
            extractor=NAME,
            extractor_version=self.version,
            actors=(AUTHORITY, listed) if listed else (),
            mentions=tuple(_mentions(document, leaves)) if listed else (),
            claims=tuple(_claims(document, leaves)) if listed else (),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaf:
    """An element with text: `document.text[start:end]` is its text as written.

    Attributes:
        path: Names of the elements around it, the outermost first, its own last.
        group: Number of the element around it, so that the parts of one alias are known to belong together.
    """

    path: tuple[str, ...]
    group: int
    sentence_no: int
    start: int
    end: int
    value: str

    def is_in(self, *path: str) -> bool:
        """Whether the path ends so."""
        return self.path[-len(path) :] == path


def _leaves(document: Document) -> Iterator[_Leaf]:
    around: list[tuple[str, int]] = []
    for number, sentence in enumerate(document.sentences):
        line = document.text[sentence.start : sentence.end]
        leaf, tag = _LEAF.fullmatch(line), _TAG.fullmatch(line)
        if leaf:
            yield _Leaf(
                path=(*(name for name, _ in around), leaf[1]),
                group=around[-1][1] if around else -1,
                sentence_no=number,
                start=sentence.start + leaf.start(2),
                end=sentence.start + leaf.end(2),
                value=unescape(leaf[2]).strip(),
            )
        elif tag and tag[1] and around:
            around.pop()
        elif tag and not tag[1]:
            around.append((tag[2], number))


def _listed(leaves: Sequence[_Leaf]) -> LocalActor | None:
    """The listed party, None when the record has no name or no reference number."""
    names = [leaf.value for tag in _NAME_TAGS for leaf in leaves if leaf.is_in(tag)]
    number = _first(leaves, "REFERENCE_NUMBER")
    if not names or number is None:
        return None
    is_person = leaves[0].path[0] == "INDIVIDUAL"
    name = " ".join(names)
    if is_person and name.isupper():
        name = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
    aliases = (text for leaf in _strong_aliases(leaves) for text in _ALIAS_STOP.split(leaf.value) if text)
    return LocalActor(
        local_id=LISTED,
        name=name,
        type=ActorType.PERSON if is_person else ActorType.ORGANISATION,
        key=name,
        office=_first(leaves, "DESIGNATION", "VALUE"),
        country=_country(leaves),
        aliases=tuple(dict.fromkeys(alias for alias in aliases if alias != name)),
        list_ids=(f"UN:{number}",),
    )


def _first(leaves: Sequence[_Leaf], *path: str) -> str | None:
    return next((leaf.value for leaf in leaves if leaf.is_in(*path)), None)


def _strong_aliases(leaves: Sequence[_Leaf]) -> list[_Leaf]:
    weak = {leaf.group for leaf in leaves if leaf.is_in("QUALITY") and leaf.value == _WEAK_ALIAS}
    return [leaf for leaf in leaves if leaf.path[-1] in _ALIAS_TAGS and leaf.group not in weak]


def _country(leaves: Sequence[_Leaf]) -> str | None:
    """The one state of nationality, or for an organisation of its addresses; None when there are several."""
    told = {
        leaf.value for leaf in leaves if leaf.is_in("NATIONALITY", "VALUE") or leaf.is_in("ENTITY_ADDRESS", "COUNTRY")
    }
    codes = {_state_code(name) for name in told}
    return codes.pop() if len(codes) == 1 else None


def _state_code(name: str) -> str | None:
    """The ISO 3166 alpha-3 code of a state as the list writes it ("Iran (Islamic Republic of)")."""
    if name in _own_country_names():
        return _own_country_names()[name]
    readings = gazetteer().readings(re.sub(r"\s*\(.*\)", "", name))
    return next((r.subject.key for r in readings if r.subject.type is ActorType.STATE), None)


@cache
def _own_country_names() -> dict[str, str]:
    return {row["name"]: row["iso3"] for row in read_rows("un_country_names.csv")}


def _mentions(document: Document, leaves: Sequence[_Leaf]) -> Iterator[Mention]:
    """The spans of the parts of its name and of its aliases, sorted."""
    naming = [leaf for leaf in leaves if leaf.path[-1] in _NAME_TAGS] + _strong_aliases(leaves)
    for leaf in sorted(naming, key=lambda leaf: leaf.start):
        at = leaf.start
        for stop in (*_ALIAS_STOP.finditer(document.text, leaf.start, leaf.end), None):
            end = stop.start() if stop else leaf.end
            if end > at:
                yield Mention(start=at, end=end, actor=LISTED)
            at = stop.end() if stop else at


def _claims(document: Document, leaves: Sequence[_Leaf]) -> Iterator[Claim]:
    """The listing, and one amendment for each day on which the record says that it was updated."""
    programme, number = _first(leaves, "UN_LIST_TYPE"), _first(leaves, "REFERENCE_NUMBER")
    told: set[tuple[str, date]] = set()
    for leaf in leaves:
        is_listing = leaf.is_in("LISTED_ON")
        day = _day(leaf.value) if is_listing or leaf.is_in("LAST_DAY_UPDATED", "VALUE") else None
        etype = "IMPOSE_SANCTIONS" if is_listing else "EXTEND_SANCTIONS"
        if day is None or (etype, day) in told:
            continue
        told.add((etype, day))
        detail = SanctionDetail(
            act=Act.IMPOSED if is_listing else Act.AMENDED,
            effective=day if is_listing else None,
            programme=programme,
            list_id=number,
        )
        yield _claim(document, leaf, etype, day, detail)


def _claim(document: Document, leaf: _Leaf, etype: str, day: date, detail: SanctionDetail) -> Claim:
    line = document.sentences[leaf.sentence_no]
    return Claim(
        claim_id=claim_id(document.doc_id, leaf.start, leaf.end, etype, _ROLES),
        doc_id=document.doc_id,
        etype=etype,
        status=Status.OCCURRED,
        start=line.start,
        end=line.end,
        quote=document.text[line.start : line.end],
        trigger_start=leaf.start,
        trigger_end=leaf.end,
        sentence_no=leaf.sentence_no,
        roles=_ROLES,
        extractor=NAME,
        extractor_version=with_facts(VERSION),
        confidence=1.0,
        time=days(day, basis=Basis.EXPLICIT),
        sanction=detail,
    )


def _day(value: str) -> date | None:
    """The day of `2012-12-31` or `2015-04-07-04:00`; the offset of the time zone is left aside."""
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def delistings(document: Document, dropped: Sequence[LocalActor], since: date) -> Extraction:
    """Return what a version of the list tells by what it lacks: each party was delisted, by its day at the latest.

    Args:
        document: The version, of media type UN_LIST.
        dropped: Listed parties, as their records give them, each with one number on the list.
        since: Day of the newest version that still holds them.
    """
    leaf = next(leaf for leaf in _leaves(document) if leaf.is_in("DATE_GENERATED"))
    parties = tuple(replace(actor, local_id=actor.list_ids[0]) for actor in dropped)
    found = (_delisting(document, leaf, party, since) for party in parties)
    claims = tuple(claim for claim in found if claim is not None)
    return Extraction(
        doc_id=document.doc_id,
        extractor=NAME,
        extractor_version=with_facts(VERSION),
        actors=(AUTHORITY, *parties),
        claims=claims,
    )


def _delisting(document: Document, leaf: _Leaf, party: LocalActor, since: date) -> Claim | None:
    day = _day(leaf.value)
    if day is None:
        return None
    number = party.list_ids[0].rpartition(":")[2]
    roles = (_ROLES[0], replace(_ROLES[1], actor=party.local_id))
    detail = SanctionDetail(act=Act.LIFTED, effective=day, list_id=number)
    claim = _claim(document, leaf, "EASE_SANCTIONS", day, detail)
    return replace(
        claim,
        claim_id=claim_id(document.doc_id, leaf.start, leaf.end, claim.etype, roles),
        roles=roles,
        time=days(min(since, day), day, basis=Basis.PUBLICATION),
    )
