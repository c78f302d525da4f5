"""Who a document is about: every actor of it, and every span that stands for one."""

from kg.extract.actors_draft import Draft
from kg.extract.actors_groups import find_groups
from kg.extract.actors_institutions import find_institutions
from kg.extract.actors_names import find_names, narrating_side
from kg.extract.actors_organisations import find_organisations
from kg.extract.actors_persons import find_persons
from kg.extract.actors_places import find_places, settle_seats
from kg.extract.references import find_references
from kg.extract.references_owned import settle_owned
from kg.extract.references_pairs import find_pairs
from kg.extract.references_titles import find_titled
from kg.extract.spans import DocumentActors
from kg.model.documents import Document


def find_actors(document: Document) -> DocumentActors:
    """Return the actors of a document and the spans that name, describe or stand in for them.

    The same document always gives the same answer; the time it takes grows with the length of the text. The side
    that an office holder acts for is that on the day of publication, the latest known one where no day is told.
    """
    draft = Draft(document)
    draft.narrator = narrating_side(document)
    find_names(draft)
    find_institutions(draft)
    find_persons(draft)
    find_organisations(draft)
    settle_seats(draft)
    find_places(draft)
    find_titled(draft)
    find_pairs(draft)
    find_groups(draft)
    find_references(draft)
    settle_owned(draft)
    return draft.result()
