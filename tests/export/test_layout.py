"""Places of actors: apart, inside the stage, the same each time."""

from dataclasses import replace
from itertools import combinations
from math import hypot

import numpy as np
import pytest

from export.sample_graph import GraphDraft, crowd, sample_graph
from kg.export.layout import NARROW, WIDE, place
from kg.export.layout_cost import Cost, Frame, half_boxes
from kg.export.map_model import map_model
from kg.export.options import read_options
from kg.model.graph import Graph


@pytest.fixture(scope="module")
def sample():
    return map_model(sample_graph(), read_options({}, "html"))


@pytest.fixture(scope="module")
def crowded():
    return map_model(crowd(120, 600), read_options({}, "html"))


def test_names_at_first_sight_lie_apart(sample):
    boxes = half_boxes(sample.actors)
    for one, other in combinations(range(len(sample.actors)), 2):
        a, b = sample.actors[one], sample.actors[other]
        gap = max(abs(a.x - b.x) - boxes[one, 0] - boxes[other, 0], abs(a.y - b.y) - boxes[one, 1] - boxes[other, 1])
        assert gap >= 0, (a.name, b.name)


def test_the_first_sight_fits_the_two_stages(sample):
    for actor in sample.actors:
        assert abs(actor.x) <= WIDE.width / 2 + 1
        assert abs(actor.y) <= WIDE.height / 2 + 1
        assert abs(actor.narrow_x) <= NARROW.width / 2 + 1
        assert abs(actor.narrow_y) <= NARROW.height / 2 + 1


def test_everybody_else_has_a_free_place(crowded):
    boxes = half_boxes(crowded.actors)
    rest = [n for n, actor in enumerate(crowded.actors) if not actor.is_core]
    assert len(rest) > 80
    for one, other in combinations(rest, 2):
        a, b = crowded.actors[one], crowded.actors[other]
        assert (
            abs(a.x - b.x) >= boxes[one, 0] + boxes[other, 0] - 1
            or abs(a.y - b.y) >= boxes[one, 1] + boxes[other, 1] - 1
        )


def test_the_same_actors_get_the_same_places(sample):
    assert place(sample.actors, sample.ties, {}) == sample.actors


@pytest.fixture(scope="module")
def two_pieces():
    """The sample, and beside it a court with those it investigates, whom nothing joins to the others."""
    draft = GraphDraft()
    draft.actor("COURT", "The Court", "igo")
    for n in range(5):
        draft.actor(f"accused-{n}", f"Accused Number {n}", "person")
        draft.event(f"court-{n}", "INVESTIGATE", f"ACTOR=COURT;RECIPIENT=accused-{n}")
    one, other = sample_graph(), draft.graph()
    graph = Graph(nodes=one.nodes + other.nodes, relationships=one.relationships + other.relationships)
    model = map_model(graph, read_options({}, "html"))
    core = {actor.actor_id: actor for actor in model.actors if actor.is_core}
    aside = {key for key in core if key == "COURT" or key.startswith("accused-")}
    assert len(aside) == 6
    return model, core, aside


@pytest.mark.parametrize(("frame", "x", "y"), [(WIDE, "x", "y"), (NARROW, "narrow_x", "narrow_y")])
def test_a_piece_apart_is_small_and_the_largest_keeps_the_stage(two_pieces, frame, x, y):
    _, core, aside = two_pieces

    def reach(keys, axis):
        found = [getattr(core[key], axis) for key in keys]
        return min(found), max(found)

    main = set(core) - aside
    (left, right), (top, bottom) = reach(aside, x), reach(aside, y)
    assert (right - left) * (bottom - top) <= frame.width * frame.height * len(aside) / len(core)
    assert not [k for k in main if left < getattr(core[k], x) < right and top < getattr(core[k], y) < bottom]
    (left, right), (top, bottom) = reach(main, x), reach(main, y)
    assert (right - left) * (bottom - top) >= 0.65 * frame.width * frame.height


def test_ties_of_two_pieces_do_not_cross(two_pieces):
    model, core, aside = two_pieces
    drawn = [tie for tie in model.ties if tie.is_core]

    def side(p, q, r):
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)

    for tie in drawn:
        for other in drawn:
            if tie.source in aside and other.source not in aside:
                a, b, c, d = (core[end] for end in (tie.source, tie.target, other.source, other.target))
                assert side(a, b, c) * side(a, b, d) > 0 or side(c, d, a) * side(c, d, b) > 0, (tie, other)


def test_a_piece_that_waits_is_set_together(two_pieces):
    model, _, aside = two_pieces
    waiting = tuple(replace(actor, is_core=actor.actor_id not in aside) for actor in model.actors)
    placed = {actor.actor_id: actor for actor in place(waiting, model.ties, {})}
    court = placed["COURT"]
    for key in aside:
        assert hypot(placed[key].x - court.x, placed[key].y - court.y) < 300


def test_no_actors_no_places():
    assert place((), (), {}) == ()


def cost(joined):
    lengths = np.ones((4, 4)) - np.eye(4)
    return Cost(lengths=lengths, joined=joined, boxes=np.full((4, 2), 10.0), frame=Frame(width=400.0, height=400.0))


SQUARE = np.array([[-150.0, -150.0], [150.0, 150.0], [-150.0, 150.0], [150.0, -150.0]])


def test_crossing_ties_cost_more():
    assert cost([(0, 1), (2, 3)]).of(SQUARE) > cost([(0, 2), (1, 3)]).of(SQUARE)


def test_busy_pairs_want_more_room():
    net = Cost(
        lengths=np.full((2, 2), np.inf), joined=[(0, 1)], busy=[10], boxes=np.full((2, 2), 1.0),
        frame=Frame(width=800.0, height=800.0),
    )  # fmt: skip
    near = np.array([[0.0, 0.0], [150.0, 0.0]])
    assert net.of(near) > 0.0
    assert net.of(near * 2) == 0.0
    assert replace(net, busy=[0]).of(near) == 0.0


def test_names_on_each_other_cost_more():
    moved = SQUARE.copy()
    moved[0] = moved[2] + 3.0
    assert cost([(0, 2)]).of(moved) > cost([(0, 2)]).of(SQUARE) + 0.1


def test_a_tie_through_a_stranger_costs_more():
    through, beside = SQUARE.copy(), SQUARE.copy()
    through[3] = (0.0, 0.0)  # on the line from 0 to 1
    beside[3] = (60.0, -60.0)
    difference = cost([(0, 1)]).of(through) - cost([]).of(through)
    assert difference > 0.05
    assert cost([(0, 1)]).of(beside) - cost([]).of(beside) < difference / 5


def places_of(actors):
    return {actor.actor_id: (actor.x, actor.y, actor.narrow_x, actor.narrow_y) for actor in actors}


def test_yesterdays_actors_stay_and_todays_find_room_between_them(sample):
    kept = places_of(sample.actors)
    newcomers = ("QAT", "act_nis", "UKR")
    before = {key: place for key, place in kept.items() if key not in newcomers}
    grown = places_of(place(sample.actors, sample.ties, before))
    assert {key: grown[key] for key in before} == before
    boxes = half_boxes(sample.actors)
    for one, other in combinations(range(len(sample.actors)), 2):
        a, b = sample.actors[one].actor_id, sample.actors[other].actor_id
        if {a, b} & set(newcomers):
            across, down = abs(grown[a][0] - grown[b][0]), abs(grown[a][1] - grown[b][1])
            gap = max(across - boxes[one, 0] - boxes[other, 0], down - boxes[one, 1] - boxes[other, 1])
            assert gap >= 0, (a, b)
    assert abs(grown["QAT"][0]) <= WIDE.width / 2


def test_with_all_places_kept_nothing_moves(sample, crowded):
    for model in (sample, crowded):
        assert place(model.actors, model.ties, places_of(model.actors)) == model.actors


def test_a_first_sight_of_strangers_is_set_anew(sample):
    assert place(sample.actors, sample.ties, {"QAT": (5, 5, 5, 5), "nobody": (0, 0, 0, 0)}) == sample.actors


def test_two_on_one_spot_are_parted(sample):
    kept = {**places_of(sample.actors), "QAT": places_of(sample.actors)["RUS"]}
    placed = places_of(place(sample.actors, sample.ties, kept))
    assert hypot(*(one - other for one, other in zip(placed["QAT"][:2], placed["RUS"][:2], strict=True))) > 40
