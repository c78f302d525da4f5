from dataclasses import replace
from datetime import date

import pytest

from graph.made import Story, read_all, sanction
from kg.resolve import resolve
from kg.resolve.contradictions import find_contradictions
from kg.resolve.parties import PartyClaim


def raid(name, day, status="occurred", **told):
    story = Story(name, day)
    story.tell("hit", "AIRSTRIKE", status, actor="Israel", recipient="Iran", on="2025-06-19", **told)
    return story


def on(*stories):
    return sorted(kind for _, _, kind in resolve(read_all(*stories)).contradictions)


def counts(some, other, *, days=("2025-06-20", "2025-06-20"), **told):
    return on(raid("a", days[0], numbers=[some], **told), raid("b", days[1], numbers=[other], **told))


@pytest.mark.parametrize(
    ("first", "then", "differ"),
    [
        (3, 3, []),
        (3, 5, []),  # a death toll that has grown
        (5, 3, ["number"]),  # one that was told smaller afterwards
    ],
)
def test_numbers_over_time(first, then, differ):
    assert on(raid("a", "2025-06-20", killed=first), raid("b", "2025-06-21", killed=then)) == differ


def test_two_numbers_of_one_day_differ():
    assert on(raid("a", "2025-06-20", killed=3), raid("b", "2025-06-20", killed=5)) == ["number"]


def test_without_a_day_of_telling_nothing_has_grown():
    assert on(raid("a", None, killed=3), raid("b", "2025-06-21", killed=5)) == ["number"]


def test_an_amount_does_not_grow():
    days = ("2025-06-20", "2025-06-21")
    assert counts(("amount", "$3 million", 3e6), ("amount", "$5 million", 5e6), days=days) == ["number"]


def test_dollars_are_not_compared_with_euros():
    assert counts(("amount", "$3 million", 3e6), ("amount", "5 million euros", 5e6)) == []
    assert counts(("amount", "3 million euros", 3e6), ("amount", "5 million euros", 5e6)) == ["number"]


@pytest.mark.parametrize(
    ("some", "other", "differ"),
    [
        (("at least 3", 3), ("5", 5), []),
        (("more than 5", 5), ("3", 3), ["number"]),
        (("up to 5", 5), ("3", 3), []),
        (("up to 3", 3), ("5", 5), ["number"]),
        (("some 300", 300), ("320", 320), []),
        (("some 300", 300), ("400", 400), ["number"]),
        (("dozens", None), ("5", 5), []),
    ],
)
def test_words_around_a_number_say_how_far_it_reaches(some, other, differ):
    assert counts(("killed", *some), ("killed", *other)) == differ


def test_a_part_does_not_contradict_its_total():
    both = [("killed", "28", 28), ("killed", "three", 3)]
    assert on(raid("a", "2025-06-20", numbers=both), raid("b", "2025-06-20", killed=3)) == []
    story = raid("a", "2025-06-20", killed=28)
    story.tell("hit", "AIRSTRIKE", actor="Israel", recipient="Iran", on="2025-06-19", killed=3)
    assert on(story, raid("b", "2025-06-20", killed=28)) == []


def test_kinds_and_statuses_are_not_mixed():
    assert counts(("killed", "3", 3), ("wounded", "5", 5)) == []
    ongoing = raid("b", "2025-06-20", "ongoing", killed=5)
    assert on(raid("a", "2025-06-20", killed=3), ongoing) == []


def test_weapons_are_compared_only_between_claims_that_tell_the_day():
    fired = {"actor": "Iran", "recipient": "Israel"}
    one, two = Story("a", "2025-06-20"), Story("b", "2025-06-20")
    one.tell("fired", "MISSILE_STRIKE", on="2025-06-19", numbers=[("missiles", "40", 40)], **fired)
    two.tell("fired", "MISSILE_STRIKE", numbers=[("missiles", "370", 370)], **fired)
    assert on(one, two) == []
    two.told[0]["on"] = "2025-06-19"
    assert on(one, two) == ["number"]


def test_two_speakers_of_one_document_may_differ():
    story = raid("a", "2025-06-20", killed=3, says="Israel")
    story.tell("hit", "AIRSTRIKE", actor="Israel", recipient="Iran", on="2025-06-19", killed=5, says="Iran")
    assert on(story) == ["number"]


def party(story, **changes):
    """The only claim of a story as contradictions see it."""
    ((document, (extraction,)),) = read_all(story)
    (claim,) = extraction.claims
    nobody = frozenset()
    return PartyClaim(
        claim=claim, document=document, actors=frozenset({"ISR"}), recipients=frozenset({"IRN"}), addressees=nobody,
        mediators=nobody, act_actors=nobody, things=nobody, patients=nobody, persons=nobody, words=nobody,
        trigger_stem="hit", **changes
    )  # fmt: skip


def test_a_copy_is_no_other_teller():
    stories = [raid("a", "2025-06-20", killed=5), raid("b", "2025-06-20", killed=3)]
    by_id = {p.claim.claim_id: p for p in map(party, stories)}
    events = resolve(read_all(*stories)).events
    (a, b) = (p.document.doc_id for p in by_id.values())
    assert len(find_contradictions(events, by_id)) == 1
    assert find_contradictions(events, by_id, {b: a}) == ()


def test_told_and_denied():
    assert on(raid("a", "2025-06-20"), raid("b", "2025-06-21", "denied")) == ["occurrence"]
    assert on(raid("a", "2025-06-20"), raid("b", "2025-06-21", "alleged")) == []
    assert on(raid("a", "2025-06-20", "alleged"), raid("b", "2025-06-21", "denied")) == ["occurrence"]


def test_one_teller_does_not_contradict_himself():
    story = raid("a", "2025-06-20")
    story.tell("hit", "AIRSTRIKE", "denied", actor="Israel", recipient="Iran", on="2025-06-19")
    assert on(story) == []
    told = raid("a", "2025-06-20")
    told.tell("hit", "AIRSTRIKE", "denied", actor="Israel", recipient="Iran", on="2025-06-19", says="Iran")
    assert on(told) == ["occurrence"]


def test_what_is_alleged_has_a_source_of_its_own():
    story = raid("a", "2025-06-20", "alleged")
    story.tell("hit", "AIRSTRIKE", "denied", actor="Israel", recipient="Iran", on="2025-06-19")
    assert on(story) == ["occurrence"]


def test_a_denial_with_other_ends_or_in_other_words_denies_something_else():
    told, denial = raid("a", "2025-06-20", more="two depots before dawn in four waves"), Story("b", "2025-06-21")
    denial.tell(
        "harmed",
        "AIRSTRIKE",
        "denied",
        actor="Israel",
        recipient="Iran",
        on="2025-06-19",
        more="any child there during those nights",
    )
    assert on(told, denial) == []
    denial.told[0]["trigger"] = "hit"
    assert on(told, denial) == ["occurrence"]
    denial.told[0]["actor"] = "Israel,United States"
    assert on(told, denial) == []


@pytest.mark.parametrize(("day", "differ"), [("2025-06-19", []), ("2025-06-21", ["occurrence"])])
def test_a_refusal_contradicts_only_what_was_told_before_it(day, differ):
    told = Story("a", "2025-06-20")
    told.tell("impose", "IMPOSE_SANCTIONS", actor="Serbia", recipient="Russia", on="2025-06-18")
    told.tell("refused", "REJECT", actor="Iran")
    refused = Story("b", day)
    refused.tell("impose", "IMPOSE_SANCTIONS", "refused", actor="Serbia", recipient="Russia", on="2025-06-18")
    read = read_all(told, refused)
    claims = {c.claim_id: c for _, (extraction,) in read for c in extraction.claims if c.etype == "IMPOSE_SANCTIONS"}
    by_id = {c.claim_id: replace(party(raid("x", "2025-06-20")), claim=c) for c in claims.values()}
    documents = {document.doc_id: document for document, _ in read}
    by_id = {key: replace(p, document=documents[p.claim.doc_id]) for key, p in by_id.items()}
    event = replace(resolve(read).events[0], claim_ids=tuple(by_id))
    assert [kind for _, _, kind in find_contradictions([event], by_id)] == differ


def test_another_last_day_of_a_licence_is_a_contradiction_when_the_sentence_writes_it():
    def licence(name, until, words):
        story = Story(name, "2025-06-25")
        story.tell(
            "licensed", "GRANT_SANCTIONS_RELIEF", actor="US Treasury", recipient="NIS", on="2025-06-24",
            more=words, sanction=sanction("licensed", licence="specific", until=until),
        )  # fmt: skip
        return story

    written = licence("a", date(2025, 7, 29), "until July 29"), licence("b", date(2025, 7, 28), "until July 28")
    counted = licence("a", date(2025, 7, 29), "until July 29"), licence("b", date(2025, 7, 24), "for another month")
    assert on(*written) == ["date"]
    assert on(*counted) == []


def test_many_documents_that_agree_make_no_crowd_of_pairs():
    same = [raid(f"s{n}", "2025-06-20", killed=3) for n in range(6)]
    other = [raid(f"o{n}", "2025-06-20", killed=5) for n in range(6)]
    assert on(*same, *other) == ["number"]


def test_pairs_are_told_once_smaller_id_first():
    ((first, second, _),) = resolve(
        read_all(raid("a", "2025-06-20", killed=3), raid("b", "2025-06-20", killed=5))
    ).contradictions
    assert first < second
