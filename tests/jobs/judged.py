"""A workplace whose ledger holds documents made by hand, for tests of judgements."""

from graph.made import ACTORS, Story, actor
from kg.jobs.workplace import open_workplace

PEOPLE = {
    one.name: one
    for one in (
        actor("Pavel Sorokin", country="RUS", office="senator"),
        actor("Pavel Sorrokin", country="RUS"),
        actor("Pavel Ivan Sorokin", country="RUS"),
        actor("Vera Lind", country="SWE", office="envoy"),
        actor("Adria Cargo", type_="company", country="HRV"),
        actor("Adriatic Lines", type_="company", country="HRV"),
    )
}
EVERYBODY = {**ACTORS, **PEOPLE}


def told():
    """Return the stories: names, days, and who does what to whom."""
    first = Story("first", "2025-06-19", "Own Wire", actors=EVERYBODY)
    first.tell("condemned", "ACCUSE", actor="Pavel Sorokin", recipient="Israel")
    first.tell("criticised", "ACCUSE", actor="Vera Lind", recipient="Iran")
    second = Story("second", "2025-06-20", "Harbour Press", actors=EVERYBODY)
    second.tell("denounced", "ACCUSE", actor="Pavel Sorrokin", recipient="Israel")
    second.tell("blamed", "ACCUSE", actor="Adria Cargo", recipient="Iran")
    third = Story("third", "2025-06-21", "Harbour Press", actors=EVERYBODY)
    third.tell("accused", "ACCUSE", actor="Pavel Ivan Sorokin", recipient="Iran")
    third.tell("rebuked", "ACCUSE", actor="Vera Lind", recipient="Israel")
    third.tell("scolded", "ACCUSE", actor="Adriatic Lines", recipient="Israel")
    return first, second, third


def workplace_with(folder, *stories):
    """Return a workplace of which the ledger holds the stories; nothing is published yet."""
    workplace = open_workplace(folder / ".kg")
    with workplace.ledger() as ledger:
        for story in stories:
            document, extractions = story.read()
            ledger.add(document, extractions, run_id="made")
    return workplace
