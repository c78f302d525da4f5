"""Pieces of a drawing, and the rooms that the small ones get."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export.components import CORNERS, components, small_rooms
from kg.export.layout import NARROW, WIDE


def test_pieces_come_largest_first_and_equal_ones_by_their_first_node():
    assert components(7, [(0, 1), (2, 6), (4, 5), (2, 5)]) == [[2, 4, 5, 6], [0, 1], [3]]
    assert components(0, []) == []


def edges(room):
    half_width, half_height = room.frame.width / 2, room.frame.height / 2
    return room.x - half_width, room.x + half_width, room.y - half_height, room.y + half_height


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=12).map(lambda sizes: sorted(sizes, reverse=True)),
    st.sampled_from(CORNERS),
    st.sampled_from([WIDE, NARROW]),
)
def test_rooms_lie_apart_inside_the_stage_with_areas_by_size(sizes, corner, frame):
    rooms = small_rooms(sizes, frame, corner)
    assert len(rooms) == len(sizes) - 1
    for room, size in zip(rooms, sizes[1:], strict=True):
        left, right, top, bottom = edges(room)
        assert max(-left, right) <= frame.width / 2 + 1e-6
        assert max(-top, bottom) <= frame.height / 2 + 1e-6
        area = room.frame.width * room.frame.height
        assert area / size == pytest.approx(rooms[0].frame.width * rooms[0].frame.height / sizes[1])
        assert area <= frame.width * frame.height * size / sum(sizes)
    for one, other in combinations(rooms, 2):
        a, b = edges(one), edges(other)
        assert a[1] <= b[0] + 1e-6 or b[1] <= a[0] + 1e-6 or a[3] <= b[2] + 1e-6 or b[3] <= a[2] + 1e-6


def test_a_room_lies_in_the_corner_that_was_asked_for():
    for corner in CORNERS:
        (room,) = small_rooms([19, 6], WIDE, corner)
        assert (room.x * corner[0] > 0, room.y * corner[1] > 0) == (True, True)
        assert not room.holds(0.0, 0.0)
        assert room.holds(room.x, room.y)
