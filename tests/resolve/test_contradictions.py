from graph.made import Story, read_all
from kg.resolve import resolve


def raid(name, day, status="occurred", **told):
    story = Story(name, day)
    story.tell("hit", "AIRSTRIKE", status, actor="Israel", recipient="Iran", on="2025-06-19", **told)
    return story


def on(*stories):
    return sorted(kind for _, _, kind in resolve(read_all(*stories)).contradictions)


def test_numbers_that_differ():
    assert on(raid("a", "2025-06-20", killed=3), raid("b", "2025-06-21", killed=5)) == ["number"]
    assert on(raid("a", "2025-06-20", killed=3), raid("b", "2025-06-21", killed=3)) == []


def test_a_vague_number_contradicts_nothing():
    assert on(raid("a", "2025-06-20", killed=3), raid("b", "2025-06-21", killed=None)) == []


def test_told_and_denied():
    assert on(raid("a", "2025-06-20"), raid("b", "2025-06-21", "denied")) == ["occurrence"]
    assert on(raid("a", "2025-06-20"), raid("b", "2025-06-21", "alleged")) == []


def test_one_teller_does_not_contradict_himself():
    story = raid("a", "2025-06-20")
    story.tell("hit", "AIRSTRIKE", "denied", actor="Israel", recipient="Iran", on="2025-06-19")
    assert on(story) == []
    told = raid("a", "2025-06-20")
    told.tell("hit", "AIRSTRIKE", "denied", actor="Israel", recipient="Iran", on="2025-06-19", says="Iran")
    assert on(told) == ["occurrence"]


def test_many_documents_that_agree_make_no_crowd_of_pairs():
    same = [raid(f"s{n}", "2025-06-20", killed=3) for n in range(6)]
    other = [raid(f"o{n}", "2025-06-21", killed=5) for n in range(6)]
    assert on(*same, *other) == ["number"]


def test_pairs_are_told_once_smaller_id_first():
    ((first, second, _),) = resolve(
        read_all(raid("a", "2025-06-20", killed=3), raid("b", "2025-06-21", killed=5))
    ).contradictions
    assert first < second
