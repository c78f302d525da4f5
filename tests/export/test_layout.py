"""Places of actors: apart, inside the stage, the same each time."""

from itertools import combinations

import numpy as np
import pytest

from export.sample_graph import crowd, sample_graph
from kg.export.layout import NARROW, WIDE, place
from kg.export.layout_cost import Cost, Frame, half_boxes
from kg.export.map_model import map_model
from kg.export.options import read_options


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
    assert place(sample.actors, sample.ties) == sample.actors


def test_no_actors_no_places():
    assert place((), ()) == ()


def cost(joined):
    lengths = np.ones((4, 4)) - np.eye(4)
    return Cost(lengths=lengths, joined=joined, boxes=np.full((4, 2), 10.0), frame=Frame(width=400.0, height=400.0))


SQUARE = np.array([[-150.0, -150.0], [150.0, 150.0], [-150.0, 150.0], [150.0, -150.0]])


def test_crossing_ties_cost_more():
    assert cost([(0, 1), (2, 3)]).of(SQUARE) > cost([(0, 2), (1, 3)]).of(SQUARE)


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
