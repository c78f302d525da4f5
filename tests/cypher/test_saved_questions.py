from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cypher.circle import circle
from graph.made import events
from kg.graph import fingerprint, plan
from kg.jobs.questions import bind, load_questions
from kg.model.graph import Selection

CYPHER = Path(__file__).parents[2] / "cypher"
JUNE_18, JUNE_19, JUNE_22 = date(2025, 6, 18), date(2025, 6, 19), date(2025, 6, 22)
JUNE_24, JULY_1, JULY_29 = date(2025, 6, 24), date(2025, 7, 1), date(2025, 7, 29)


def at(day):
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


ACTOR_IDS = {node.properties["name"]: node.key for node in circle().nodes if node.label == "Actor"}
# question: what is typed (for an event its type), the columns looked at, the rows in their order
EXPECTED = {
    "mediation": (
        {},
        "mediator parties told mediation first answers documents",
        [
            ("Qatar", ["Hamas", "Israel"], "MEDIATE", "ongoing", date(2025, 6, 15), [], 1),
            ("Qatar", ["Iran", "Israel"], "DECLARE_CEASEFIRE", "occurred", JUNE_24, [], 1),
            ("Russia", ["Iran", "Israel"], "OFFER_MEDIATION", "unknown", JUNE_18, ["United States: REJECT"], 2),
            ("Serbia", [], "MEDIATE", "occurred", date(2025, 6, 15), [], 1),
            ("United States", ["Hamas", "Israel"], "MEDIATE", "ongoing", date(2025, 6, 15), [], 1),
            ("United States", ["Iran", "Israel"], "DECLARE_CEASEFIRE", "occurred", JUNE_24, [], 1),
        ],
    ),
    "ties-of-actor": (
        {"actor": "russia"},
        "actor tie other etype events documents first score_sum status_mix",
        [
            ("Donald Trump", "REJECTED", "Vladimir Putin", None, 1, 1, date(2025, 6, 21), -2.0, ["occurred 1"]),
            ("Russia", "ASKED_RESTRAINT_OF", "Israel", None, 1, 1, JUNE_19, -1.0, ["occurred 1"]),
            ("Vladimir Putin", "OFFERED_MEDIATION_TO", "Iran", None, 1, 2, JUNE_18, 2.5, ["occurred 1"]),
            ("Vladimir Putin", "OFFERED_MEDIATION_TO", "Israel", None, 1, 2, JUNE_18, 2.5, ["occurred 1"]),
            ("Qatar", "ONLY_SAID", "Russia", "MEET", 1, 1, JULY_1, 0.0, ["expected 1"]),
            ("Russia", "ONLY_SAID", "Iran", "MEDIATE", 1, 1, None, 0.0, ["unknown 1"]),
            ("Russia", "ONLY_SAID", "Israel", "MEDIATE", 1, 1, None, 0.0, ["unknown 1"]),
        ],
    ),
    "between": (
        {"actor": "israel", "other": "IRN", "until": "2025-06-20"},
        "actor etype other happened occurrence first last statuses documents",
        [
            ("Iran", "MISSILE_STRIKE", "Israel", False, "disputed", JUNE_19, JUNE_19, ["denied 1", "occurred 1"], 2),
            ("Israel", "AIRSTRIKE", "Iran", True, "occurred", JUNE_19, JUNE_19, ["occurred 3"], 3),
        ],
    ),
    "offers-without-answer": (
        {},
        "actor etype asked first documents",
        [
            ("Russia", "REQUEST_DEESCALATION", ["Israel"], JUNE_19, 1),
            ("European Union", "REQUEST_TALKS", ["Iran", "Israel"], None, 1),
        ],
    ),
    "sanction-life": (
        {"target": "naftna industrija srbije"},
        "target authority state_now act occurrence first effective_from effective_to licence_until",
        [
            ("NIS", "United States", "announced", "announced", "occurred", date(2025, 1, 10), None, None, None),
            ("NIS", "United States", "announced", "licensed", "occurred", JUNE_24, None, JULY_29, JULY_29),
            ("NIS", "United States", "announced", "entered_into_force", "expected", JULY_29, JULY_29, None, None),
        ],
    ),
    "sanctions-on": (
        {"target": "NIS", "day": "2025-07-01"},
        "target authority list_id holds holds_from evidence newest_report",
        [
            (
                "NIS",
                "United States",
                None,
                "announced, licensed until 2025-07-29, due on 2025-07-29",
                "2025-06-24",
                "news",
                date(2025, 6, 25),
            )
        ],
    ),
    "sanctions-leads": (
        {"since": "2020-01-01"},
        "lead target authority state since list_id namesakes",
        [
            (
                "listed, not told in the news",
                "ALI KARIMI",
                "Security Council",
                "in_force",
                date(2020, 2, 2),
                "UN:QDi.999",
                [],
            )
        ],
    ),
    "planned-due": (
        {"since": "2025-07-01", "until": "2025-07-29"},
        "day precision etype actors quote publisher reported",
        [
            (JULY_1, "day", "MEET", ["Qatar", "Russia"], "4: Russia, Qatar meet (beta).", "Beta Daily", JUNE_22),
            (
                JULY_29,
                "day",
                "IMPOSE_SANCTIONS",
                ["United States"],
                "3: United States, NIS due (gamma).",
                "Gamma Post",
                date(2025, 6, 25),
            ),
        ],
    ),
    "evidence-of-tie": (
        {"actor": "Israel", "other": "iran"},
        "etype occurrence first status quote publisher published start end",
        [
            (
                "AIRSTRIKE",
                "occurred",
                JUNE_19,
                "occurred",
                "2: Israel, Iran, Natanz hit (alpha).",
                "Alpha Wire",
                at(JUNE_19),
                90,
                126,
            ),
            (
                "AIRSTRIKE",
                "occurred",
                JUNE_19,
                "occurred",
                "2: Israel, Iran hit (beta).",
                "Beta Daily",
                at(JUNE_22),
                107,
                134,
            ),
            ("AIRSTRIKE", "occurred", JUNE_19, "occurred", "0: Israel, Iran hit (delta).", None, None, 0, 28),
            (
                "DECLARE_CEASEFIRE",
                "occurred",
                JUNE_24,
                "occurred",
                "0: Israel, Iran, United States, Qatar agreed (gamma).",
                "Gamma Post",
                at(date(2025, 6, 25)),
                0,
                53,
            ),
        ],
    ),
    "contradictions": (
        {"on": "number"},
        "etype first on_what numbers publisher other_numbers other_publisher",
        [("AIRSTRIKE", JUNE_19, "number", ["killed: 2"], "Beta Daily", ["killed: 3"], "Alpha Wire")],
    ),
    "listed-in-news": (
        {},
        "spelling listed list_ids told type documents",
        [("ali karimi", "ALI KARIMI", ["UN:QDi.999"], "Ali Karimi", "person", 1)],
    ),
    "dyads-by-month": (
        {"actor": "ISR", "other": "IRN"},
        "actor other month events score_sum",
        [("Israel", "Iran", "2025-06", 2, -5.0)],
    ),
    "known-on": (
        {"day": "2025-06-20"},
        "etype first statuses known_from",
        [
            ("AIRSTRIKE", JUNE_19, ["occurred 1"], JUNE_19),
            ("MEDIATE", None, ["offered 1"], JUNE_19),
            ("MISSILE_STRIKE", JUNE_19, ["occurred 1"], JUNE_19),
            ("OFFER_MEDIATION", JUNE_18, ["occurred 1"], JUNE_19),
            ("REQUEST_DEESCALATION", JUNE_19, ["occurred 1"], JUNE_19),
        ],
    ),
    "events-by-type": (
        {"since": "2025-06-24", "until": "2025-07-29"},
        "plover_type etype sign happened only_said claims",
        [
            ("CONCEDE", "DECLARE_CEASEFIRE", 1, 1, 0, 1),
            ("CONCEDE", "GRANT_SANCTIONS_RELIEF", 1, 1, 0, 1),
            ("REQUEST", "REQUEST_TALKS", 0, 1, 0, 1),
            ("SANCTION", "IMPOSE_SANCTIONS", -1, 0, 1, 1),
            ("CONSULT", "MEDIATE", 1, 0, 1, 1),
            ("CONSULT", "MEET", 1, 0, 1, 1),
        ],
    ),
    "documents": (
        {"since": "2025-06-20"},
        "publisher title claims url",
        [
            ("Gamma Post", "gamma", 5, None),
            ("Beta Daily", "beta", 5, None),
            (None, "delta", 4, None),
            ("Security Council", "list entry", 1, None),
        ],
    ),
    "promises-without-word": (
        {"today": "2025-07-15"},
        "due etype quote publisher reported",
        [(JULY_1, "MEET", "4: Russia, Qatar meet (beta).", "Beta Daily", JUNE_22)],
    ),
    "promises": (
        {"day": "2025-07-15"},
        "state kind actors etype made due answers shown_by",
        [
            (
                "refused",
                "offered",
                ["Russia"],
                "OFFER_MEDIATION",
                JUNE_19,
                None,
                ["United States: REJECT"],
                "1: Donald Trump, Vladimir Putin rejected the offer (beta).",
            ),
            ("unanswered", "requested", ["Russia"], "REQUEST_DEESCALATION", JUNE_19, None, [], None),
            ("due", "planned", ["Qatar", "Russia"], "MEET", JUNE_22, JULY_1, [], None),
            ("open", "planned", ["United States"], "IMPOSE_SANCTIONS", date(2025, 6, 25), JULY_29, [], None),
            ("unanswered", "requested", ["European Union"], "REQUEST_TALKS", None, None, [], None),
        ],
    ),
    "events-told": (
        {"events": "MISSILE_STRIKE"},
        "etype occurrence happened first actors recipients mediators claims documents",
        [("MISSILE_STRIKE", "disputed", False, JUNE_19, ["Iran"], ["Israel"], [], 2, 2)],
    ),
    "claims-behind": (
        {"events": "MISSILE_STRIKE"},
        "status quote publisher says start end first precision known_from",
        [
            ("occurred", "3: Iran, Israel fired (alpha).", "Alpha Wire", None, 127, 157, JUNE_19, "day", JUNE_19),
            ("denied", "3: Iran, Israel, Iran fired (beta).", "Beta Daily", "Iran", 135, 170, JUNE_19, "day", JUNE_22),
        ],
    ),
    "roles-behind": (
        {"events": "OFFER_MEDIATION"},
        "role name surface acts_for actor_id",
        [
            *[
                ("ACTOR", "Vladimir Putin", "Vladimir Putin", "Russia", ACTOR_IDS["Vladimir Putin"]),
                ("RECIPIENT", "Iran", "Iran", "Iran", "IRN"),
                ("RECIPIENT", "Israel", "Israel", "Israel", "ISR"),
            ]
            * 2
        ],
    ),
    "links-of-events": (
        {"events": "OFFER_MEDIATION"},
        "link is_from kind etype occurrence first actors",
        [
            ("CONTENT", True, "offered", "MEDIATE", "unknown", None, ["Russia"]),
            ("RESPONSE_TO", False, None, "REJECT", "occurred", date(2025, 6, 21), ["Donald Trump"]),
        ],
    ),
    "contradictions-behind": (
        {"events": "MISSILE_STRIKE"},
        "on_what weak other_weak",
        [("occurrence", False, False)],
    ),
    "actors": (
        {"type": "state"},
        "name type country documents list_ids actor_id",
        [
            ("Iran", "state", "IRN", 4, [], "IRN"),
            ("Israel", "state", "ISR", 4, [], "ISR"),
            ("Qatar", "state", "QAT", 3, [], "QAT"),
            ("Russia", "state", "RUS", 2, [], "RUS"),
            ("Serbia", "state", "SRB", 2, [], "SRB"),
            ("United States", "state", "USA", 2, [], "USA"),
        ],
    ),
    "offices-of-actor": (
        {"actor": "RUS"},
        "holder office of first_seen last_seen is_its_own",
        [("Vladimir Putin", "president", "Russia", JUNE_19, JUNE_22, False)],
    ),
    "dealings-of-actor": (
        {"actor": "RUS"},
        "other part other_part etype happened first",
        [
            ("Iran", "ACTOR", "RECIPIENT", "OFFER_MEDIATION", True, JUNE_18),
            ("Iran", "ACTOR", "RECIPIENT", "MEDIATE", False, None),
            ("Israel", "ACTOR", "RECIPIENT", "OFFER_MEDIATION", True, JUNE_18),
            ("Israel", "ACTOR", "RECIPIENT", "REQUEST_DEESCALATION", True, JUNE_19),
            ("Israel", "ACTOR", "RECIPIENT", "MEDIATE", False, None),
            ("Qatar", "ACTOR", "ACTOR", "MEET", False, JULY_1),
            ("United States", "RECIPIENT", "ACTOR", "REJECT", True, date(2025, 6, 21)),
        ],
    ),
    "designations-of-actor": (
        {"actor": ACTOR_IDS["NIS"]},
        "authority list_id state since until evidence",
        [("United States", None, "announced", None, None, "news")],
    ),
    "mentions-of-actor": (
        {"actor": "RUS"},
        "publisher title mentions claims says surfaces",
        [("Alpha Wire", "alpha", 2, 2, 0, ["Russia"]), ("Beta Daily", "beta", 1, 1, 0, ["Russia"])],
    ),
    "evidence-of-event": (
        {"event": "MISSILE_STRIKE"},
        "publisher status says start end cue",
        [("Alpha Wire", "occurred", None, 127, 157, None), ("Beta Daily", "denied", "Iran", 135, 170, None)],
    ),
    "single-source": (
        {"actor": "iran"},
        "etype actors recipients first publishers documents quote",
        [
            (
                "DECLARE_CEASEFIRE",
                ["Iran", "Israel"],
                [],
                JUNE_24,
                ["Gamma Post"],
                1,
                "0: Israel, Iran, United States, Qatar agreed (gamma).",
            ),
            (
                "REQUEST_TALKS",
                ["European Union"],
                ["Iran", "Israel"],
                None,
                [],
                1,
                "3: European Union, Iran, Israel called on (delta).",
            ),
        ],
    ),
    "new-since": (
        {"since": "2025-06-22", "actor": "russia"},
        "known_from is_new etype actors recipients happened told_as publishers quote",
        [
            (
                JUNE_22,
                True,
                "MEET",
                ["Qatar", "Russia"],
                [],
                False,
                ["planned"],
                ["Beta Daily"],
                "4: Russia, Qatar meet (beta).",
            ),
            (
                JUNE_22,
                True,
                "REJECT",
                ["Donald Trump"],
                ["Vladimir Putin"],
                True,
                ["occurred"],
                ["Beta Daily"],
                "1: Donald Trump, Vladimir Putin rejected the offer (beta).",
            ),
            (
                JUNE_22,
                False,
                "OFFER_MEDIATION",
                ["Vladimir Putin"],
                ["Iran", "Israel"],
                True,
                ["occurred"],
                ["Beta Daily"],
                "0: Vladimir Putin, Israel, Iran offered (beta).",
            ),
        ],
    ),
    "denials": (
        {},
        "denied_by etype actors recipients first quote publisher reported claims_telling_it occurrence",
        [
            (
                ["Iran"],
                "MISSILE_STRIKE",
                ["Iran"],
                ["Israel"],
                JUNE_19,
                "3: Iran, Israel, Iran fired (beta).",
                "Beta Daily",
                JUNE_22,
                1,
                "disputed",
            )
        ],
    ),
    "deeds-of-actor": (
        {"actor": "RUS"},
        "actor part etype others happened first independent",
        [
            ("Vladimir Putin", "ACTOR", "OFFER_MEDIATION", ["Iran", "Israel"], True, JUNE_18, 2),
            ("Russia", "ACTOR", "REQUEST_DEESCALATION", ["Israel"], True, JUNE_19, 1),
            ("Russia", "ACTOR", "MEET", ["Qatar"], False, JULY_1, 1),
            ("Russia", "ACTOR", "MEDIATE", ["Iran", "Israel"], False, None, 1),
        ],
    ),
    "said-by": (
        {"actor": "iran"},
        "reported speaker verb quote etype status occurrence publisher start end",
        [
            (
                JUNE_22,
                "Iran",
                "said",
                "3: Iran, Israel, Iran fired (beta).",
                "MISSILE_STRIKE",
                "denied",
                "disputed",
                "Beta Daily",
                135,
                170,
            )
        ],
    ),
}


def asked(store, name, given):
    ids = {key: events(circle(), value)[0].key for key, value in given.items() if key in {"event", "events"}}
    question, given = load_questions()[name], {**given, **ids}
    return list(store.query(question.text, bind(question, given)))


@pytest.fixture
def filled(store):
    for planned in plan(circle().rows, {}, max_rows=5_000):
        store.write(planned.batch)
    return store


def test_every_file_but_the_schema_is_a_question_with_expected_rows():
    files = {path.stem for path in CYPHER.glob("*.cypher")} - {"schema"}
    assert set(load_questions()) == files == set(EXPECTED)


def test_every_question_gives_its_rows(filled):
    for name, (given, columns, rows) in EXPECTED.items():
        found = [tuple(row[column] for column in columns.split()) for row in asked(filled, name, given)]
        assert found == rows, name


def test_the_graph_read_back_is_the_graph_that_was_built(filled):
    assert fingerprint(filled.read(Selection())) == fingerprint(circle())


def test_nobody_of_that_name_is_no_row_and_no_error(filled):
    assert asked(filled, "ties-of-actor", {"actor": "Atlantis"}) == []
    assert asked(filled, "mediation", {"actor": "Atlantis"}) == []


@pytest.mark.parametrize(
    ("question", "given", "found"),
    [
        ("deeds-of-actor", {"actor": "vladimir putin"}, ["OFFER_MEDIATION"]),
        ("deeds-of-actor", {"actor": "QAT"}, ["MEDIATE", "DECLARE_CEASEFIRE", "MEET"]),
        ("deeds-of-actor", {"actor": "QAT", "since": "2025-06-20", "until": "2025-06-30"}, ["DECLARE_CEASEFIRE"]),
        ("promises", {"day": "2025-07-15", "actor": "vladimir putin"}, ["OFFER_MEDIATION"]),
        ("promises", {"day": "2025-07-15", "actor": ACTOR_IDS["Vladimir Putin"]}, ["OFFER_MEDIATION"]),
        ("denials", {"actor": "IRN"}, ["MISSILE_STRIKE"]),
        ("denials", {"actor": "israel"}, []),
        ("said-by", {"actor": "IRN", "until": "2025-06-21"}, []),
        ("single-source", {"actor": "RUS"}, ["REQUEST_DEESCALATION", "REJECT"]),
        ("single-source", {"until": "2025-01-10", "actor": "USA"}, ["IMPOSE_SANCTIONS"]),
        ("new-since", {"since": "2025-06-23", "actor": "Iran"}, ["DECLARE_CEASEFIRE"]),
        ("new-since", {"since": "2025-06-26"}, []),
    ],
)
def test_who_and_when_narrow_what_is_found(filled, question, given, found):
    assert [row["etype"] for row in asked(filled, question, given)] == found


@pytest.mark.parametrize("actor", ["Vladimir Putin", ACTOR_IDS["Vladimir Putin"], "russia", "RUS"])
def test_who_mediates_is_found_by_its_own_name_and_by_its_side(filled, actor):
    found = [(row["mediator"], row["told"]) for row in asked(filled, "mediation", {"actor": actor})]
    assert found == [("Russia", "OFFER_MEDIATION")]


def test_a_part_of_the_name_of_a_publisher_is_enough(filled):
    titles = {name: [row["title"] for row in asked(filled, "documents", {"publisher": name})] for name in ("ETA", "x")}
    assert titles == {"ETA": ["beta"], "x": []}


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        ("2025-01-09", "unknown"),
        ("2025-01-10", "announced"),
        ("2025-06-24", "announced, licensed until 2025-07-29, due on 2025-07-29"),
        ("2025-07-29", "announced, licensed until 2025-07-29, due on 2025-07-29"),
        ("2025-07-30", "announced, due since 2025-07-29, no report yet"),
    ],
)
def test_what_holds_for_a_target_on_each_day(filled, day, holds):
    assert [row["holds"] for row in asked(filled, "sanctions-on", {"target": "nis", "day": day})] == [holds]


def test_a_listed_target_is_found_by_its_number(filled):
    (row,) = asked(filled, "sanctions-on", {"target": "un:qdi.999", "day": "2025-07-01"})
    assert (row["target"], row["holds"], row["evidence"]) == ("ALI KARIMI", "in_force", "list")


def test_mediation_of_one_side(filled):
    assert [row["mediator"] for row in asked(filled, "mediation", {"actor": "rus"})] == ["Russia"]
    assert [row["mediator"] for row in asked(filled, "mediation", {"actor": "Iran"})] == [
        "Qatar",
        "Russia",
        "United States",
    ]


def test_a_quote_in_a_name_is_a_name(filled):
    assert asked(filled, "sanction-life", {"target": "x' OR 1=1 //"}) == []


def test_what_was_contradicted_about_having_happened(filled):
    (row,) = asked(filled, "contradictions", {"on": "occurrence"})
    assert {row["status"], row["other_status"]} == {"occurred", "denied"}


COUNTED = {"dyads-by-month": ("events",), "events-by-type": ("happened", "only_said")}
NOT_OF_EVENTS = {
    "actors",
    "designations-of-actor",
    "documents",
    "mentions-of-actor",
    "offices-of-actor",
    "roles-behind",
}
NOT_OF_EVENTS |= {"listed-in-news"}


@pytest.mark.parametrize(("min_confidence", "is_weak"), [(0.0, False), (1.0, True)])
def test_every_question_about_events_says_which_are_weak(store, min_confidence, is_weak):
    graph = circle(min_confidence=min_confidence)
    for planned in plan(graph.rows, {}, max_rows=5_000):
        store.write(planned.batch)
    for name in set(EXPECTED) - NOT_OF_EVENTS:
        rows = asked(store, name, EXPECTED[name][0])
        assert rows
        for row in rows:
            wanted = is_weak * sum(row[column] for column in COUNTED[name]) if name in COUNTED else is_weak
            assert row["weak"] == row.get("other_weak", wanted) == wanted, name
