"""Edited copies are found and nothing else, whatever the order of documents."""

from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest

from kg.resolve.copies import COPY_SCORE, copy_of, copy_score, find_copies, is_copy, keys_of, origins
from resolve.edited import document, edited_copies
from resolve.gold_stories import GOLD, document_of, rows

SETS = ("train/s6", "train/s7", "train/s8", "dev/dev2")
DAY = date(2025, 6, 20)
AGENCY = (
    "Serbia told to expect sanctions on oil company from October as latest reprieve ends",
    (
        "BELGRADE, June 20 - The United States will put its repeatedly delayed sanctions against the Serbian oil company NIS "
        "into effect on October 1, the president said late on Thursday, hours before the last postponement was to run out."
    ),
    (
        '"We were informed that this time there will be no further delay," he told reporters in Belgrade, adding that the '
        "Treasury had not yet published anything to that effect."
    ),
    (
        "NIS, which is majority-owned by Gazprom Neft, was designated in January together with much of the Russian oil "
        "sector, but a chain of special licences has kept the measure from biting."
    ),
    (
        "Under the January decision the Russian shareholders were given 45 days in which to give up their holding, a "
        "deadline that has been moved seven times since."
    ),
    (
        "Once blocked, the refiner would be cut off from dollar payments, card networks and the crude that the pipeline "
        "operator pumps to Pancevo, the energy minister warned."
    ),
    (
        "She said the government had asked for another month, and that the request had neither been granted nor turned "
        "down."
    ),
    "Hungary's MOL was also said to be interested in the stake, which Gazprom Neft has until now declined to sell.",
)
OWN_REPORT = (
    "Belgrade braces for American penalties on NIS",
    (
        "BELGRADE, June 20 - Serbia's biggest fuel supplier will lose its American reprieve on October 1, President "
        "Aleksandar Vucic announced on Thursday evening, and there is no sign that Washington will relent again."
    ),
    '"We were informed that this time there will be no further delay," he said.',
    (
        "The company, in which Russia's Gazprom Neft holds the majority, runs the only refinery in the country and more "
        "than three hundred filling stations."
    ),
    (
        "Energy officials have begun to fill reserve tanks, and the finance ministry spoke of a takeover should it come to "
        "the worst."
    ),
    "Traders in Pancevo expect Croatian deliveries to stop within days of the cut-off.",
)


def all_copies(documents):
    return {(copy.copy_of, copy.doc_id) for copy in find_copies(documents)}


@pytest.mark.skipif(not GOLD.is_dir(), reason="no gold beside the repository")
def test_the_copies_of_gold_are_found_and_no_others():
    documents = [document_of(row) for name in SETS for row in rows(GOLD / f"{name}.texts.jsonl")]
    gold = {tuple(pair) for name in SETS for story in rows(GOLD / f"{name}.stories.jsonl") for pair in story["copies"]}
    assert len(gold) == 9
    assert all_copies(documents) == gold


@pytest.mark.skipif(not GOLD.is_dir(), reason="no gold beside the repository")
def test_no_other_pair_of_gold_comes_near_the_bar():
    documents = [document_of(row) for name in SETS for row in rows(GOLD / f"{name}.texts.jsonl")]
    scores = sorted(copy_score(some, other) for some, other in combinations(documents, 2))
    assert scores[-10] < COPY_SCORE / 4
    assert scores[-9] > COPY_SCORE * 1.4


@pytest.mark.parametrize("seed", range(5))
def test_forty_edited_copies_go_back_to_one_text(seed):
    original = document(AGENCY, name="agency", publisher="Danube Wire", day=DAY)
    documents = [original, *edited_copies(AGENCY, 40, day=DAY + timedelta(days=1), seed=seed)]
    found = find_copies(documents)
    assert len(found) == 40
    assert set(origins(found).values()) == {"agency"}


@pytest.mark.skipif(not GOLD.is_dir(), reason="no gold beside the repository")
def test_edited_copies_of_every_gold_text_go_back_to_it():
    texts = {row["doc"]: row for row in rows(GOLD / "train/s8.texts.jsonl")}
    for row in texts.values():
        original = document_of(row)
        copies = edited_copies(row["sentences"], 10, day=date.fromisoformat(row["published_at"]) + timedelta(days=1))
        assert set(origins(find_copies([original, *copies])).values()) == {original.doc_id}, row["doc"]
        assert len(find_copies([original, *copies])) == 10, row["doc"]


def test_without_the_original_all_go_back_to_the_earliest_copy():
    copies = edited_copies(AGENCY, 40, day=DAY)
    found = origins(find_copies(copies))
    assert len(found) == 39
    assert len(set(found.values())) == 1


def test_two_reports_of_one_event_are_no_copies_though_they_quote_the_same_words():
    one = document(AGENCY, name="one", publisher="Danube Wire")
    two = document(OWN_REPORT, name="two", publisher="Sava Business Daily")
    assert copy_score(one, two) == 0
    assert find_copies([one, two]) == ()


def test_a_shared_speech_makes_no_copy():
    speech = '"' + " ".join(f"word{n} of the long speech that everybody printed" for n in range(30)) + '"'
    one = document(["One came early to the hall on the hill.", speech, AGENCY[3]], name="one", publisher="One Wire")
    two = document(
        ["Two sat far at the back of it all night.", speech, OWN_REPORT[3]], name="two", publisher="Two Post"
    )
    assert copy_score(one, two) == 0


def test_what_one_publisher_repeats_is_no_copy():
    copy = edited_copies(AGENCY, 1, day=DAY + timedelta(days=1))[0]
    for publisher, score in (("Danube Wire", 0), ("The Danube Wire", 0), ("Other Wire", copy_score_of(copy))):
        original = document(AGENCY, name="agency", publisher=publisher, day=DAY)
        again = document(copy.text.split("\n"), name="again", publisher="Danube Wire", day=DAY + timedelta(days=1))
        assert copy_score(original, again) == score


def copy_score_of(copy):
    return copy_score(document(AGENCY, name="agency", day=DAY), copy)


def test_a_short_text_is_no_copy_by_chance():
    one = document(["Iran attacked Israel on Monday."], name="one", publisher="One Wire")
    two = document(["Iran attacked Israel on Monday.", "Nobody was hurt."], name="two", publisher="Two Post")
    assert copy_score(one, two) == 0


def test_a_copy_of_a_copy_goes_back_to_the_first():
    documents = [
        document(AGENCY[:5], name="first", publisher="A", day=DAY),
        document(AGENCY[2:7], name="second", publisher="B", day=DAY + timedelta(days=1)),
        document(AGENCY[5:] + OWN_REPORT[4:], name="third", publisher="C", day=DAY + timedelta(days=2)),
    ]
    assert not is_copy(documents[0], documents[2])
    assert all_copies(documents) == {("first", "second"), ("second", "third")}
    assert origins(find_copies(documents)) == {"second": "first", "third": "first"}


def test_the_order_of_documents_makes_no_difference():
    documents = [
        document(AGENCY, name="agency", publisher="Danube Wire", day=DAY),
        document(OWN_REPORT, name="own", publisher="Sava Business Daily", day=DAY),
        *edited_copies(AGENCY, 12, day=DAY + timedelta(days=1)),
        *(edited_copies(OWN_REPORT, 1, day=DAY + timedelta(days=1), seed=1)),
    ]
    by_id = {d.doc_id: d for d in documents}
    expected = find_copies(by_id.values())
    for seed in range(10):
        shuffled = list(by_id.values())
        Random(seed).shuffle(shuffled)
        assert find_copies(shuffled) == expected


def test_a_document_alone_finds_what_all_together_find():
    documents = [
        document(AGENCY, name="agency", publisher="Danube Wire"),
        *edited_copies(AGENCY, 5, day=DAY + timedelta(days=1)),
    ]
    alone = [copy for d in documents if (copy := copy_of(d, documents)) is not None]
    assert tuple(sorted(alone, key=lambda copy: copy.doc_id)) == find_copies(documents)
    assert all(COPY_SCORE <= copy.score <= 1 for copy in alone)


@pytest.mark.skipif(not GOLD.is_dir(), reason="no gold beside the repository")
def test_keys_bring_few_strangers_together():
    documents = [document_of(row) for path in sorted(GOLD.glob("*/*.texts.jsonl")) for row in rows(path)]
    keys = {d.doc_id: set(keys_of(d)) for d in documents}
    met = sum(1 for some, other in combinations(keys.values(), 2) if some & other)
    assert max(map(len, keys.values())) <= 2 * max(len(d.sentences) for d in documents)
    assert met <= len(documents) / 4
