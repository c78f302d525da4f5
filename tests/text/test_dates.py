"""Times in sentences: what they stand for from a day of publication, and laws that hold for any text."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.times import UNANCHORED, Interval, days
from kg.model.words import Basis, Precision
from kg.text.date_rules import rules
from kg.text.dates import find_times, last_day_told, pick_time
from kg.text.tense import read_ahead

PUBLISHED = date(2025, 6, 19)  # a Thursday
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def on(day=PUBLISHED):
    return days(day, basis=Basis.EXPLICIT)


def told(text, published=PUBLISHED, anchor=None):
    """Return pairs of words and value."""
    found = find_times(text, published=on(published) if published else None, anchor=anchor)
    return [(text[t.start : t.end], t.interval.value) for t in found]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The raid took place on June 21, 2025 in fog.", "June 21, 2025", "2025-06-21"),
        ("The raid took place on 21 June 2025.", "21 June 2025", "2025-06-21"),
        ("Filed 2025-06-21 from the capital.", "2025-06-21", "2025-06-21"),
        ("Filed 21/06/2025 from the capital.", "21/06/2025", "2025-06-21"),
        ("Filed 06/21/2025 from the capital.", "06/21/2025", "2025-06-21"),
        ("They met in June 2025 for a day.", "June 2025", "2025-06-01/2025-06-30"),
        ("They met in Sept. 2024 for a day.", "Sept. 2024", "2024-09-01/2024-09-30"),
        ("The pact was signed in January.", "January", "2025-01-01/2025-01-31"),
        ("The pact was signed last November.", "last November", "2024-11-01/2024-11-30"),
        ("The war began in spring 2022.", "spring 2022", "2022-03-01/2022-05-31"),
        ("The pact of 2015 was torn up.", "2015", "2015-01-01/2015-12-31"),
        ("The base was leased in a 1994 pact.", "1994", "1994-01-01/1994-12-31"),
        ("The bases were closed in the 1990s.", "the 1990s", "1990-01-01/1999-12-31"),
        ("He flew home last winter.", "last winter", "2024-12-01/2025-02-28"),
        ("The two talked for hours between 13 and 19 June.", "13 and 19 June", "2025-06-13/2025-06-19"),
        ("The fair, June 13-19, was called off.", "June 13-19", "2025-06-13/2025-06-19"),
        ("It ran from 2009 to 2014 without a break.", "2009 to 2014", "2009-01-01/2014-12-31"),
        ("The mills met this week in fog.", "this week", "2025-06-16/2025-06-19"),
        ("Rain fell from Friday to Monday.", "Friday to Monday", "2025-06-13/2025-06-16"),
        ("It was held between July 15 and August 5, 2024.", "July 15 and August 5, 2024", "2024-07-15/2024-08-05"),
    ],
)
def test_dates_are_read_as_written(text, words, value):
    assert told(text) == [(words, value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The minister resigned today.", "2025-06-19"),
        ("The minister resigned yesterday.", "2025-06-18"),
        ("The minister spoke on Wednesday.", "2025-06-18"),
        ("The minister spoke on Thursday.", "2025-06-19"),
        ("The minister spoke on Friday night.", "2025-06-13"),
        ("The toll from Tuesday's raid has risen.", "2025-06-17"),
        ("Two towns are without power from Wednesday’s strike.", "2025-06-18"),
        ("The minister resigned last Friday.", "2025-06-13"),
        ("The minister resigned last Wednesday.", "2025-06-11"),
        ("The minister spoke on Monday of last week.", "2025-06-09"),
        ("The minister resigned two days ago.", "2025-06-17"),
        ("The minister resigned a fortnight ago.", "2025-06-05"),
        ("The minister resigned three months ago.", "2025-03-01/2025-03-31"),
        ("The minister resigned two years ago.", "2023-01-01/2023-12-31"),
        ("The minister resigned last week.", "2025-06-09/2025-06-15"),
        ("The minister spoke earlier this week.", "2025-06-16/2025-06-19"),
        ("The minister rested over the weekend.", "2025-06-14/2025-06-15"),
        ("The minister resigned last month.", "2025-05-01/2025-05-31"),
        ("The minister has toured the coast over the past two weeks.", "2025-06-05/2025-06-19"),
        ("The minister resigned on Christmas Eve.", "2024-12-24"),
    ],
)
def test_past_times_are_counted_back_from_publication(text, value):
    assert [v for _, v in told(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The envoys will meet on Wednesday.", "2025-06-25"),
        ("Talks are scheduled for Friday.", "2025-06-20"),
        ("His government agreed to send a team to Cairo on Monday.", "2025-06-23"),
        ("The army is ready for Friday's talks.", "2025-06-20"),
        ("The pact is in force from Friday.", "2025-06-20"),
        ("On Saturday the council is to vote.", "2025-06-21"),
        ("The duty is due to come into effect on July 29.", "2025-07-29"),
        ("The list is to be renewed in September.", "2025-09-01/2025-09-30"),
        ("The two will meet tomorrow.", "2025-06-20"),
        ("The two will meet within four days.", "2025-06-19/2025-06-23"),
        ("A deal could come as early as next week.", "2025-06-23/2025-06-29"),
        ("The work is due to end by the end of the year.", "2025-12-01/2025-12-31"),
        ("The licence is valid until February 2.", "2026-02-02"),
    ],
)
def test_times_to_come_are_counted_forward(text, value):
    assert [v for _, v in told(text)] == [value]


def test_what_was_once_due_lies_in_the_past():
    assert told("The ban, originally due to begin in February, was put off.") == [("February", "2025-02-01/2025-02-28")]


def test_a_month_of_that_year_takes_the_year_told_before():
    assert told("He vanished on 21 March 2023, and in July of that year a state named his captors.") == [
        ("21 March 2023", "2023-03-21"),
        ("July", "2023-07-01/2023-07-31"),
    ]
    assert told("In July of that year a state named his captors.") == [("July", None)]


def test_words_of_saying_keep_a_day_in_the_past_though_the_rest_is_to_come():
    assert told("He said on Friday that the council will meet in August.") == [
        ("Friday", "2025-06-13"),
        ("August", "2025-08-01/2025-08-31"),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The attack of July 3 is under inquiry.", "2025-07-03"),
        ("The attack of October 7 is under inquiry.", "2024-10-07"),
        ("The attack of February 29 is under inquiry.", "2024-02-29"),
    ],
)
def test_the_year_of_a_date_without_one_is_the_nearest_that_fits(text, value):
    assert [v for _, v in told(text)] == [value]


def test_since_runs_to_publication_and_until_begins_nowhere():
    (since,) = find_times("They have fought since Monday.", published=on())
    assert (since.interval.first_day, since.interval.last_day) == (date(2025, 6, 16), PUBLISHED)
    (until,) = find_times("The licence was prolonged until 31 July 2025.", published=on())
    assert until.interval.start is None
    assert until.interval.last_day == date(2025, 7, 31)
    (open_end,) = find_times("They have fought since 2014.", published=None)
    assert open_end.interval.first_day == date(2014, 1, 1)
    assert open_end.interval.end is None


def test_the_expression_holds_since_and_until_but_not_on():
    assert [w for w, _ in told("They fought on Monday, since Tuesday and until 3 June 2025.")] == [
        "Monday",
        "since Tuesday",
        "until 3 June 2025",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The raid of June 10 came; two days later the port burned.", "2025-06-12"),
        ("The raid of June 10 came; the next day the port burned.", "2025-06-11"),
        ("The raid of June 10 came; the same day the port burned.", "2025-06-10"),
        ("The raid of June 10 came; a week earlier the port had burned.", "2025-06-03"),
        ("He was freed on June 10, a day after the court had met.", "2025-06-09"),
        ("He was freed ten days before June 13, the day of the vote.", "2025-06-03"),
        ("He was seized in April 2024 and let go a day later.", "2024-04-01/2024-04-30"),
        ("The pact of 2015 was torn up two years later.", "2017-01-01/2017-12-31"),
        ("The raid came on June 10, on the eve of the feast.", "2025-06-09"),
        ("The envoys will leave on the eve of Saturday's vote.", "2025-06-20"),
        ("The raid of June 10 came; they had met the week before.", "2025-06-02/2025-06-08"),
        ("The raid of June 10 came; they met again the following month.", "2025-07-01/2025-07-31"),
        ("The raid of June 10 came, and on the 12th the port burned.", "2025-06-12"),
        ("He vanished in March 2023, and that year they met twice.", "2023-01-01/2023-12-31"),
    ],
)
def test_times_are_counted_from_the_day_that_was_told_last(text, value):
    values = [v for _, v in told(text)]
    assert value in values


def test_an_anchor_from_before_the_text_is_used_only_when_it_is_near():
    text = "Two days later the port burned."
    assert told(text, anchor=on(date(2025, 6, 10))) == [("Two days later", "2025-06-12")]
    assert told(text, anchor=on(date(2024, 6, 10))) == [("Two days later", None)]
    assert told("On the 12th the port burned.", anchor=on(date(2025, 6, 10))) == [("On the 12th", "2025-06-12")]
    assert told("On the 22nd the port burned.") == [("On the 22nd", "2025-05-22")]
    assert told(text) == [("Two days later", None)]


@pytest.mark.parametrize(
    "text",
    [
        "A two-month truce was agreed.",
        "After 20 months nothing is left.",
        "After 90 years of peace nothing is left.",
        "Filed 06/07/2025 from the capital.",
        "Filed 2025-02-30 from the capital.",
        "It may march in.",
        "They flew on February 30.",
        "Some 2000 people came, 1,915 of them by bus.",
        "The fall of the city shook the state.",
        "The convoy was halted twice within a week.",
    ],
)
def test_what_is_no_time_is_none(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text", ["It fell on Wednesday.", "It fell yesterday.", "It fell in May.", "It fell last week."]
)
def test_without_a_day_of_publication_relative_times_stay_unanchored(text):
    (found,) = find_times(text, published=None)
    assert found.interval == UNANCHORED


def test_a_publication_known_only_to_the_year_anchors_nothing():
    year = Interval(
        start=days(date(2025, 1, 1), basis=Basis.EXPLICIT).start,
        end=days(date(2025, 12, 31), basis=Basis.EXPLICIT).end,
        precision=Precision.YEAR,
        basis=Basis.EXPLICIT,
    )
    (found,) = find_times("It fell on Wednesday.", published=year)
    assert found.interval == UNANCHORED


def test_a_publication_on_one_of_several_days_covers_what_each_of_them_gives():
    some_day = days(date(2025, 6, 26), date(2025, 6, 28), basis=Basis.RETRIEVAL)
    (tuesday,) = find_times("It fell on Tuesday.", published=some_day)
    (yesterday,) = find_times("It fell yesterday.", published=some_day)
    assert tuesday.interval.value == "2025-06-24"
    assert yesterday.interval.value == "2025-06-25/2025-06-27"


def test_basis_and_precision_tell_what_a_time_rests_on():
    text = "It fell on Friday, after the rain of 2 May 2025 and a drought last month; two days later it stood."
    found = find_times(text, published=on())
    assert [(t.interval.basis, t.interval.precision) for t in found] == [
        (Basis.WEEKDAY, Precision.DAY),
        (Basis.EXPLICIT, Precision.DAY),
        (Basis.PUBLICATION, Precision.MONTH),
        (Basis.EVENT, Precision.DAY),
    ]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.example)
def test_every_pattern_matches_its_example(rule):
    assert rule.pattern.search(rule.example)
    assert find_times(rule.example, published=on(), anchor=on())


@pytest.mark.parametrize(
    ("before", "after", "view"),
    [
        ("The envoys will meet on ", ".", True),
        ("The envoys met on ", " and will meet again.", False),
        ("On ", " the council is to vote.", True),
        ("The list will not be renewed in ", ".", True),
        ("The list was renewed in ", ".", False),
        ("Talks for ", " failed.", True),
        ("Snow on ", ".", None),
    ],
)
def test_tense_is_told_by_the_nearest_cue(before, after, view):
    assert read_ahead(before, after) is view


@pytest.mark.parametrize(
    ("sentence", "trigger", "words"),
    [
        ("The court met on Monday, and on Tuesday the mine was struck.", "struck", "Tuesday"),
        ("The court met on Monday, and on Tuesday the mine was struck.", "met", "Monday"),
        ("The navy fired on the boat on Sunday, which had left port in March.", "fired", "Sunday"),
        ("The navy fired on the boat on Sunday, which had left port in March.", "left", "March"),
        (
            "On Monday, Mira Holm, who had been mayor of the harbour for most of the war and was much liked, resigned.",
            "resigned",
            "Monday",
        ),
    ],
)
def test_the_time_of_a_trigger_is_the_nearest_of_its_clause(sentence, trigger, words):
    times = find_times(sentence, published=on())
    start = sentence.index(trigger)
    picked = pick_time(times, (start, start + len(trigger)), sentence)
    assert picked is not None
    assert sentence[picked.start : picked.end] == words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The truce ends five days of shelling.", "2025-06-15/2025-06-19"),
        ("The truce of Monday ends five days of shelling.", "2025-06-12/2025-06-16"),
        ("The truce ends eight weeks of shelling.", "2025-04-24/2025-06-19"),
        ("The truce ends 20 months of war.", "2023-10-01/2025-06-19"),
        ("The truce ends several weeks of war.", None),
    ],
)
def test_a_length_runs_to_the_time_told_before_or_to_publication(text, value):
    assert told(text)[-1][1] == value


def test_a_length_dates_only_what_lasted():
    text = "The two agree to a truce after five days of shelling."
    times = find_times(text, published=on())
    assert pick_time(times, (8, 13), text) is None
    shelling = (text.index("shelling"), text.index("shelling") + 8)
    picked = pick_time(times, shelling, text)
    assert picked is not None
    assert picked.interval.value == "2025-06-15/2025-06-19"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("HARBOUR CITY, June 19 - The council has struck a deal.", "struck"),
        ("The council prolonged the ban until Saturday.", "prolonged"),
    ],
)
def test_the_day_of_filing_and_an_end_date_no_event(text, trigger):
    times = find_times(text, published=on())
    assert times
    start = text.index(trigger)
    assert pick_time(times, (start, start + len(trigger)), text) is None


def test_the_anchor_for_later_sentences_is_the_last_day_near_publication():
    times = find_times("It fell on Tuesday, as it had in 2019 and in May.", published=on())
    told_last = last_day_told(times, on())
    assert told_last is not None
    assert told_last.value == "2025-06-17"
    assert last_day_told(find_times("It fell in 2019.", published=on()), on()) is None


def test_a_time_far_off_dates_nothing():
    sentence = "In May it rained; " + "the mills stood still and nobody came, " * 6 + "while the port was struck."
    start = sentence.index("struck")
    assert pick_time(find_times(sentence, published=on()), (start, start + 6), sentence) is None
    assert pick_time((), (0, 3), sentence) is None


pieces = st.sampled_from(
    [
        "on Monday", "since", "until", "June 13", "2025", "31", "February", "in", "and", "two", "days", "ago", "the",
        "last", "next", "week", "end of", "year", "a", "day", "after", "before", "will", "said", ",", ";", "-", "9999",
        "decades", "million", "hundred", "9" * 400, "13/06/2025", "0", "May", "1990s", "month", "Christmas", "\u2028", "ß",
    ]
)  # fmt: skip
texts = st.lists(st.one_of(pieces, st.text(max_size=4)), max_size=25).map(" ".join)
dates = st.dates(min_value=date(1910, 1, 1), max_value=date(2190, 1, 1))


any_day = st.none() | st.dates(max_value=date(9999, 12, 30)).map(on)


@given(texts, any_day, any_day)
def test_any_text_gives_spans_in_order_inside_it(text, published, anchor):
    found = find_times(text, published=published, anchor=anchor)
    ends = [0, *(t.end for t in found)]
    assert all(ends[n] <= t.start < t.end <= len(text) for n, t in enumerate(found))
    assert found == find_times(text, published=published, anchor=anchor)


@given(st.sampled_from(WEEKDAYS), dates, st.integers(-300, 300))
def test_a_week_later_a_weekday_is_a_week_later(weekday, published, weeks):
    text = f"They met on {weekday}."
    (early,) = find_times(text, published=on(published))
    (late,) = find_times(text, published=on(published + timedelta(days=7 * weeks)))
    assert early.interval.first_day is not None
    assert late.interval.first_day == early.interval.first_day + timedelta(days=7 * weeks)


@given(st.sampled_from(WEEKDAYS), dates)
def test_a_bare_weekday_of_the_past_lies_in_the_seven_days_up_to_publication(weekday, published):
    (found,) = find_times(f"They met on {weekday}.", published=on(published))
    assert found.interval.first_day is not None
    assert 0 <= (published - found.interval.first_day).days < 7


def test_a_text_of_many_pages_is_read_whole():
    piece = "On Monday, June 13, 2025 and two days later since May until the end of the year a week ago. "
    one = len(find_times(piece, published=on()))
    assert len(find_times(piece * 2000, published=on())) == 2000 * one
