from itertools import pairwise

import pytest

from kg.documents.glue import count_words, find_glued


def mend(text):
    edges = [0, *find_glued(text, (0, len(text)), count_words(text)), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


@pytest.mark.parametrize(
    "parts",
    [
        ["The envoy left.", "Talks go on."],
        ['They called it "a trap".', "The army denied it."],
        ['She said "we wait."', "Others left."],
        ["The letter went to the EU.", '"We impose nothing," he wrote.'],
        ['"It ends here."', '"It begins there," he said.'],
        ["He said “no.”", "She said “yes.”"],
        ["The port is shut.", "“We wait,” he said."],
        ["Ships left afterwards.(AFP)", "Varr is calm."],
        ["The bridge fell.[12]", "Nobody was hurt."],
        ["Why now?", "Because of May."],
        ["The toll rose to 28.", "Rescuers left."],
        ["He wrote to the bloc.", "I saw it."],
        ["They met the United Nations.", "US envoys left, but US ships stayed."],
        ["Он отказался.", "Переговоры идут."],
    ],
)
def test_a_lost_break_is_found(parts):
    assert mend("".join(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "The U.S.Treasury and Gen.Vane met Mr.Holt and J.Orr in St.Varr.",
        "See www.Varr.Example or mail Desk@Post.Varr now.",
        "Booking.Com and ASP.NET crashed at 10:30.",
        "A post at t.co/A.Bc was deleted.",
        "It rose by 3.5 points in v2.0a.",
        "3.Varr is third.",
        "TikTok and McCann are names, and Varr is one.",
        "They paused ... Then they left.",
    ],
)
def test_no_break_is_seen_where_none_was_lost(text):
    assert find_glued(text, (0, len(text)), count_words(text)) == []


def test_a_cross_head_that_ran_into_a_sentence_is_parted():
    text = "Ships left for Varr. Strikes on ships near VarrOrlan has kept its fleet away. Orlan denied it."
    assert mend(text) == [
        "Ships left for Varr. Strikes on ships near Varr",
        "Orlan has kept its fleet away. Orlan denied it.",
    ]


def test_a_name_written_so_is_not_parted():
    text = "VarrOil said that Varr needs Oil. VarrOil sells it."
    assert find_glued(text, (0, len(text)), count_words(text)) == []


def test_breaks_are_looked_for_in_the_line_only():
    text = 'He asked "why.\nThe end.Varr'
    assert find_glued(text, (15, len(text)), count_words(text)) == [23]
