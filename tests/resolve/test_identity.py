"""Who is who: judgements first, obeyed whatever the rules say, never one silently over another."""

from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.made import Story, actor, read_all
from kg.model.ids import content_id
from kg.model.judgements import Judgement, Verdict, judgement_id
from kg.resolve.actors import actor_id
from kg.resolve.identity import Identity, known_by, to_review
from kg.resolve.pairs import sightings

AT = datetime(2025, 6, 20, tzinfo=UTC)
PEOPLE = tuple(actor(name, country="RUS") for name in ("Ada Orlova", "Bela Petrov", "Cora Lenin", "Dora Marx"))
SPELLINGS = tuple(actor(name, country="RUS") for name in ("Pavel Sorokin", "Pavel Sorrokin", "Pavel Sorokinn"))
STATES = tuple(actor(name, key, "state") for name, key in (("Iran", "IRN"), ("Israel", "ISR")))
COMPANY = actor("Orlova Lines", type_="company", country="RUS")


def judged(verdict, one, other, number=0):
    left, right = sorted(end if isinstance(end, str) else end.raw_id for end in (one, other))
    verdict = Verdict(verdict)
    return Judgement(
        judgement_id=judgement_id(left, right, verdict, AT, number),
        left=left, right=right, verdict=verdict, by="ada", at=AT, because="told so",
    )  # fmt: skip


def read_of(*actors, name="one", say="spoke"):
    story = Story(name, actors={one.name: one for one in actors})
    for one in actors:
        story.tell(say, "ACCUSE", actor=one.name)
    return read_all(story)


def known(judgements, *reads):
    return known_by(
        judgements, (one for read in reads for document, found in read for one in sightings(document, found))
    )


def identity_of(judgements, *reads):
    return known(judgements, *reads).identity


def who(identity, *actors, doc_id="doc"):
    return [identity.actor_id(doc_id, one) for one in actors]


def test_without_judgements_everybody_is_himself():
    everybody = (*PEOPLE, *STATES, COMPANY)
    identity = identity_of([], read_of(*everybody))
    assert identity == Identity()
    assert who(identity, *everybody) == [actor_id(one) for one in everybody]


def test_a_merge_makes_one_of_two_and_undoing_it_two_again():
    a, b = PEOPLE[:2]
    merged = identity_of([judged("positive", a, b)], read_of(*PEOPLE))
    assert len(set(who(merged, a, b))) == 1
    assert set(who(merged, a, b)) < {actor_id(a), actor_id(b)}
    undone = identity_of([], read_of(*PEOPLE))
    assert undone == Identity()


def test_a_merge_with_one_that_the_tables_know_takes_its_id():
    putin, other = actor("Vladimir Putin"), actor("Aaron Vova")
    identity = identity_of([judged("positive", putin, other)], read_of(putin, other))
    assert who(identity, putin, other) == [actor_id(putin)] * 2


def test_a_merge_of_two_types_has_the_type_of_the_one_whose_id_it_takes():
    group = actor("HAMAS", "HAMAS", "armed_group")
    office = actor("Hamas political bureau", type_="organisation")
    identity = identity_of([judged("positive", group, office)], read_of(group, office))
    assert who(identity, group, office) == ["HAMAS"] * 2
    assert identity.types == {"HAMAS": group.type}


def test_spellings_are_merged_by_rule_and_a_split_holds_against_the_rule():
    a, b, c = SPELLINGS
    found = known([], read_of(*SPELLINGS))
    assert len(set(who(found.identity, *SPELLINGS))) == 1
    assert {(p.left, p.right) for p in found.identity.joined}
    assert to_review(found) == []
    split = identity_of([judged("negative", a, b)], read_of(*SPELLINGS))
    assert who(split, a) != who(split, b)
    assert who(split, c)[0] in who(split, a, b)


def test_one_who_is_unsure_stops_the_rule_and_is_not_asked_again():
    a, b, _ = SPELLINGS
    found = known([judged("unsure", a, b)], read_of(a, b))
    assert who(found.identity, a) != who(found.identity, b)
    assert to_review(found) == []


@pytest.mark.parametrize("one", [STATES[0], PEOPLE[0]], ids=["a state", "a person"])
def test_a_split_of_one_document_holds_against_the_equal_key(one):
    first, second = read_of(one, name="first"), read_of(one, name="second")
    (document, _), *_ = first
    identity = identity_of([judged("negative", f"{one.raw_id}@{document.doc_id}", one)], first, second)
    apart, usual = identity.actor_id(document.doc_id, one), identity.actor_id(second[0][0].doc_id, one)
    assert usual == actor_id(one)
    assert apart != usual


def test_what_one_document_means_by_a_name_can_be_somebody_else():
    first, second = read_of(*PEOPLE[:2], name="first"), read_of(*PEOPLE[:2], name="second")
    doc_id, other_id = first[0][0].doc_id, second[0][0].doc_id
    a, b = PEOPLE[:2]
    here = f"{a.raw_id}@{doc_id}"
    identity = identity_of([judged("negative", here, a), judged("positive", here, b, 1)], first, second)
    assert identity.actor_id(doc_id, a) == identity.actor_id(doc_id, b) == actor_id(b)
    assert identity.actor_id(other_id, a) == actor_id(a)


def test_judgements_that_contradict_each_other_are_named_and_none_of_them_wins():
    a, b, c, d = PEOPLE
    told = [
        judged("positive", a, b),
        judged("positive", b, c, 1),
        judged("negative", a, c, 2),
        judged("positive", c, d, 3),
    ]
    identity = identity_of(told, read_of(*PEOPLE))
    (conflict,) = identity.conflicts
    assert conflict.kind == "judgements"
    assert conflict.judgement_ids == tuple(sorted(j.judgement_id for j in told[:3]))
    assert len(set(who(identity, a, b, c))) == 3
    assert who(identity, c) == who(identity, d)


def test_a_later_judgement_on_the_same_pair_does_not_win_silently():
    a, b = PEOPLE[:2]
    told = [judged("positive", a, b), judged("negative", a, b, 1)]
    identity = identity_of(told, read_of(a, b))
    assert [set(c.judgement_ids) for c in identity.conflicts] == [{j.judgement_id for j in told}]
    assert who(identity, a) != who(identity, b)


def test_two_states_are_never_made_one_however_they_are_joined():
    told = [judged("positive", STATES[0], COMPANY), judged("positive", COMPANY, STATES[1], 1)]
    identity = identity_of(told, read_of(*STATES, COMPANY))
    assert [(c.kind, len(c.judgement_ids)) for c in identity.conflicts] == [("states", 2)]
    assert who(identity, *STATES) == ["IRN", "ISR"]


def test_two_people_of_one_name_are_told_apart_by_home_and_a_judgement_can_join_them():
    senator = actor("Ada Moreau", country="FRA", office="senator")
    singer = actor("Ada Moreau", country="CAN", office="singer")
    nobody = actor("Ada Moreau")
    reads = read_of(senator, name="a"), read_of(singer, name="b"), read_of(nobody, name="c")
    found = known([], *reads)
    ids = who(found.identity, senator, singer, nobody)
    assert len(set(ids)) == 3
    assert ids[2] == actor_id(nobody)
    assert len(to_review(found)) == 3
    told = judged("positive", f"{senator.raw_id}@FRA", f"{senator.raw_id}@CAN")
    found = known([told], *reads)
    assert len(set(who(found.identity, senator, singer))) == 1
    assert len(to_review(found)) == 1


def test_a_judgement_on_a_home_holds_while_nobody_else_bears_the_name():
    a, b = PEOPLE[:2]
    identity = identity_of([judged("positive", f"{a.raw_id}@RUS", b)], read_of(a, b))
    assert len(set(who(identity, a, b))) == 1


def test_a_judgement_on_what_no_document_shows_any_more_changes_nothing():
    a, b, c = PEOPLE[:3]
    gone = content_id("raw", "gone")
    identity = identity_of([judged("positive", a, gone), judged("positive", gone, b, 1)], read_of(a, b, c))
    assert len(set(who(identity, a, b))) == 1  # what joined them was said of them all
    alone = identity_of([judged("positive", a, gone)], read_of(a, b, c))
    assert who(alone, a, b, c) == [actor_id(one) for one in (a, b, c)]


EVERYBODY = (*PEOPLE, *SPELLINGS, *STATES, COMPANY)
VERDICTS = st.lists(
    st.tuples(st.sampled_from([v.value for v in Verdict]), st.sampled_from(list(combinations(EVERYBODY, 2)))),
    max_size=12,
)


@settings(deadline=None)
@given(VERDICTS, st.randoms(use_true_random=False))
def test_the_order_of_judgements_and_documents_does_not_matter(verdicts, random):
    told = [judged(verdict, *pair, number) for number, (verdict, pair) in enumerate(verdicts)]
    reads = [read_of(one, name=f"story {i}") for i, one in enumerate(EVERYBODY)]
    expected = identity_of(told, *reads)
    random.shuffle(told)
    random.shuffle(reads)
    assert identity_of(told, *reads) == expected


@settings(deadline=None)
@given(VERDICTS, st.integers(min_value=0, max_value=11))
def test_negative_holds_and_what_is_undone_leaves_no_trace(verdicts, at):
    told = [judged(verdict, *pair, number) for number, (verdict, pair) in enumerate(verdicts)]
    read = read_of(*EVERYBODY)
    identity = identity_of(told, read)
    by_raw = {one.raw_id: one for one in EVERYBODY}
    for judgement in told:
        if judgement.verdict is Verdict.NEGATIVE:
            assert who(identity, by_raw[judgement.left]) != who(identity, by_raw[judgement.right])
    in_conflict = {judgement_id for conflict in identity.conflicts for judgement_id in conflict.judgement_ids}
    for judgement in told:
        if judgement.verdict is Verdict.POSITIVE and judgement.judgement_id not in in_conflict:
            assert who(identity, by_raw[judgement.left]) == who(identity, by_raw[judgement.right])
    assert who(identity, *STATES) == ["IRN", "ISR"]
    without = told[:at] + told[at + 1 :]
    assert identity_of(without, read) == identity_of([j for j in told if j in without], read)
