"""Which names of an actor tell whom they name, so that they are worth comparing."""

from kg.model.judgements import SeenActor
from kg.model.words import ActorType
from kg.resolve.names import name_words, untelling
from kg.text.gazetteer import NameKind, gazetteer
from kg.text.tables import from_facts, rows_of
from kg.text.words import fold_phrase

BODIES = frozenset(
    {ActorType.ORGANISATION, ActorType.COMPANY, ActorType.MILITARY, ActorType.ARMED_GROUP, ActorType.IGO}
)


def full_names(seen: SeenActor) -> tuple[str, ...]:
    """Return the names of a person or a body that name it and nobody else; none of other types of actors.

    A person is named by two words that begin with capitals ("Ada Moreau", not "minister FRA" or "Moreau"), a body by
    one that is no common noun of bodies and no state ("Adria Cargo", not "the Croatian central bank").
    """
    if seen.type is ActorType.PERSON:
        return tuple(name for name in seen.names if _names_a_person(name) and not set(name.split()) & set(seen.homes))
    return tuple(name for name in seen.names if _names_a_body(name)) if seen.type in BODIES else ()


def _names_a_person(name: str) -> bool:
    told = [word for word in name_words(name) if word.text not in _titles()]
    return len(told) > 1 and not name[0].islower()


def _names_a_body(name: str) -> bool:
    if fold_phrase(name).endswith(_institutions()):
        return False
    capitalised = " ".join(word for word in name.split() if not word[0].islower())
    words = (word.text for word in name_words(capitalised))
    return any(word not in _common_words() and not _is_of_a_state(word) for word in words)


def _is_of_a_state(word: str) -> bool:
    kinds = (NameKind.NAME, NameKind.DEMONYM, NameKind.SEAT)
    return any(r.subject.type is ActorType.STATE and r.kind in kinds for r in gazetteer().readings(word))


@from_facts
def _institutions() -> tuple[str, ...]:
    """What any state has one of, or many: "South Sudanese defence ministry" is told by its state alone."""
    cells = (f"{row['head']};{row['forms']}" for row in rows_of("institutions.csv"))
    return tuple(sorted({fold_phrase(form) for cell in cells for form in cell.split(";") if form}))


@from_facts
def _common_words() -> frozenset[str]:
    """Words that name kinds of bodies, of people and of offices, or that any body may carry."""
    cells = [row["word"] for row in rows_of("organisation_words.csv")]
    cells += [row["noun"] for row in rows_of("groups.csv")]
    return untelling().union(_titles(), *(fold_phrase(cell).split() for cell in (*cells, *_institutions())))


@from_facts
def _titles() -> frozenset[str]:
    return frozenset(fold_phrase(row["word"]) for row in rows_of("titles.csv"))
