"""Names that are alike whatever their script, and names that must not be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve.names import have_like_ends, likest, name_keys, name_likeness, name_words
from kg.resolve.pairs import LIKE_NAME, SURE_BARE_NAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Abbas Araghchi", "Abbas Araqchi"),
        ("Abbas Araghchi", "عباس عراقچی"),
        ("Vladimir Putin", "Владимир Путин"),
        ("Volodymyr Zelenskyy", "Володимир Зеленський"),
        ("Yair Lapid", "יאיר לפיד"),
        ("Mohammed bin Salman", "محمد بن سلمان"),
        ("Mohammed bin Salman", "Muhammad ibn Salman"),
        ("Xi Jinping", "习近平"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Kim Jong Un", "Kim Jong-un"),
        ("Abdul Rahman Zahed", "عبدالرحمان زاهد"),
        ("Abdel-Rahman al-Zahid", "Abd al-Rahman Zahid"),
        ("Badr al-Busaidi", "Badr Albusaidi"),
        ("PJSC Gazprom Neft", "Gazprom Neft"),
    ],
)
def test_spellings_of_one_name_are_alike_and_meet_under_a_key(one, other):
    likeness = name_likeness(one, other)
    assert likeness == name_likeness(other, one)
    assert likeness >= LIKE_NAME, (name_words(one), name_words(other))
    assert set(name_keys(one)) & set(name_keys(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed bin Salman", "Mohammed bin Zayed"),
        ("Ali Khamenei", "Mojtaba Khamenei"),
        ("Kim Jong Un", "Kim Yo Jong"),
        ("Kim Jong Un", "Kim Jong Il"),
        ("Li Keqiang", "Li Qiang"),
        ("Idriss Deby", "Mahamat Idriss Deby"),
        ("Mahmoud Abbas", "Ali Mahmoud Abbas"),
        ("Abdul Hamid", "Abdul Hamid Dbeibah"),
        ("George Bush", "Jeb Bush"),
        ("محمد بن سلمان", "محمد بن زايد"),
    ],
)
def test_names_of_two_people_are_not_alike_enough_to_be_merged(one, other):
    assert name_likeness(one, other) < SURE_BARE_NAME


def test_a_middle_name_more_keeps_the_ends_alike_and_a_family_name_more_does_not():
    assert have_like_ends("George Bush", "George Herbert Walker Bush")
    assert not have_like_ends("Abdul Hamid", "Abdul Hamid Dbeibah")


def test_the_likest_of_several_names_decides():
    assert likest(["Abu Mazen", "Mahmoud Abbas"], ["Mahmud Abbas"])[1:] == ("Mahmoud Abbas", "Mahmud Abbas")
    assert likest(["Abu Mazen"], ["Olaf Scholz"]) == (0.0, "", "")


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared_in_either_order(one, other):
    assert 0.0 <= name_likeness(one, other) <= 1.0
    assert name_likeness(one, other) == name_likeness(other, one)
    assert name_likeness(one, one) == 1.0
    assert sorted(name_keys(one)) == sorted(name_keys(one))
