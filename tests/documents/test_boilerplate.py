import pytest

from kg.documents.boilerplate import advert_end, is_boilerplate


@pytest.mark.parametrize(
    "line",
    ["Comments", "RELATED ARTICLES", "Explore what Varr AI can do for you:", "3 min read", "© 2025 Varr Post"],
)
def test_interface_lines_are_known_in_any_case(line):
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Comments by the minister angered Varr.",
        "The logo",
        "Share prices fell.",
        "Ready to dive into a war, the army said.",
        "Explore what is left",
        "",
    ],
)
def test_a_line_that_only_contains_interface_words_stays(line):
    assert not is_boilerplate(line)


def test_an_advert_is_cut_only_in_front_of_a_sentence():
    advert = "Academy Empower your mind, elevate your skills"
    assert advert_end(f"{advert} Varr is calm.") == len(advert) + 1
    assert advert_end(advert) == advert_end(f"Varr. {advert} Now") == 0
