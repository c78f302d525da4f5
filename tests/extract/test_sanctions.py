"""What sentences tell of sanction acts."""

from datetime import date

import pytest

from kg.extract.sanctions import _measure_cues, sanction_detail
from kg.model.times import days
from kg.model.words import Act, Basis, Status
from kg.text.dates import find_times

PUBLISHED = days(date(2025, 6, 27), basis=Basis.EXPLICIT)
IMPOSE, EXTEND, EASE, GRANT = "IMPOSE_SANCTIONS", "EXTEND_SANCTIONS", "EASE_SANCTIONS", "GRANT_SANCTIONS_RELIEF"


def detail(sentence, trigger, etype, status=Status.OCCURRED, published=PUBLISHED):
    start = sentence.index(trigger)
    times = find_times(sentence, published=published)
    return sanction_detail(sentence, (start, start + len(trigger)), etype, status, times, published)


@pytest.mark.parametrize(
    ("sentence", "trigger", "etype", "act"),
    [
        ("The league imposed sanctions on the port.", "imposed", IMPOSE, Act.IMPOSED),
        ("The measures, announced in January, hit the port.", "announced", IMPOSE, Act.ANNOUNCED),
        ("The measures came into force on Sunday.", "came into force", IMPOSE, Act.ENTERED_INTO_FORCE),
        ("The council prolonged the measures by a year.", "prolonged", EXTEND, Act.EXTENDED),
        ("The council widened the ban to the banks.", "widened", EXTEND, Act.WIDENED),
        ("The council extended the ban to 22 further banks.", "extended", EXTEND, Act.WIDENED),
        ("The council suspended the embargo.", "suspended", EASE, Act.SUSPENDED),
        ("The council eased the embargo.", "eased", EASE, Act.EASED),
        ("The council lifted the embargo.", "lifted", EASE, Act.LIFTED),
        ("The embargo expired on Sunday.", "expired", EASE, Act.EXPIRED),
        ("The treasury issued a licence to the refinery.", "issued", GRANT, Act.LICENSED),
        ("The treasury waived the rule for the refinery.", "waived", GRANT, Act.WAIVED),
        ("The treasury put the sanctions off again.", "put the sanctions off", GRANT, Act.POSTPONED),
        ("The treasury gave the mill until July 3 to close its books.", "gave", GRANT, Act.POSTPONED),
        ("The council paused its duties for the mill.", "paused", GRANT, Act.SUSPENDED),
    ],
)
def test_the_act_is_that_of_the_nearest_word(sentence, trigger, etype, act):
    assert detail(sentence, trigger, etype).act is act


@pytest.mark.parametrize(
    ("etype", "status", "act"),
    [
        (IMPOSE, Status.REQUESTED, Act.PROPOSED),
        (IMPOSE, Status.POSSIBLE, Act.PROPOSED),
        (IMPOSE, Status.THREATENED, Act.THREATENED),
        (IMPOSE, Status.PLANNED, Act.ANNOUNCED),
        (IMPOSE, Status.REFUSED, Act.REFUSED),
        (IMPOSE, Status.ONGOING, Act.IMPOSED),
        (GRANT, Status.DENIED, Act.REFUSED),
        (GRANT, Status.REQUESTED, Act.PROPOSED),
    ],
)
def test_what_was_only_said_is_no_act_in_force(etype, status, act):
    assert detail("The league and its sanctions on the port.", "sanctions", etype, status).act is act


def test_other_events_are_no_sanction_acts():
    assert detail("The league struck the port.", "struck", "AIRSTRIKE") is None


def test_measures_are_those_of_the_closed_list():
    told = detail("The league imposed an asset freeze, travel bans and an arms embargo.", "imposed", IMPOSE)
    assert told.measures == ("arms embargo", "asset freeze", "travel ban")
    assert detail("The league imposed sanctions.", "imposed", IMPOSE).measures == ()
    assert detail("The league froze the assets of two firms.", "froze", IMPOSE).measures == ("asset freeze",)


@pytest.mark.parametrize(
    ("sentence", "trigger", "measures"),
    [
        ("The league ended visa-free travel for the envoys.", "ended", ("travel ban",)),
        ("The league taxed all copper with a surcharge.", "taxed", ("import restrictions",)),
        ("The league forbade all dealings with the bank.", "forbade", ("financial restrictions",)),
        ("The league blacklisted forty more tankers.", "blacklisted", ("transportation restrictions",)),
        ("The league froze the assets of a mill; an arms embargo had been lifted.", "froze", ("asset freeze",)),
    ],
)
def test_measures_are_told_by_what_is_done_near_the_trigger(sentence, trigger, measures):
    assert detail(sentence, trigger, IMPOSE).measures == measures


def test_a_swift_reply_is_no_ban_from_swift():
    assert detail("The league imposed a swift penalty.", "imposed", IMPOSE).measures == ()
    assert detail("The league shut the bank out of SWIFT.", "shut", IMPOSE).measures == ("financial restrictions",)


def test_every_measure_is_one_of_the_closed_list_and_every_cue_compiles():
    closed = {
        "aid suspension",
        "arms embargo",
        "arms restrictions",
        "asset freeze",
        "debarment",
        "export control",
        "financial restrictions",
        "import restrictions",
        "investment ban",
        "services ban",
        "prohibition to satisfy claims",
        "sectoral sanctions",
        "transportation restrictions",
        "travel ban",
    }
    assert {measure for _, measure in _measure_cues()} <= closed


@pytest.mark.parametrize(
    ("sentence", "trigger", "etype", "effective"),
    [
        ("The sanctions are due to come into effect on July 29.", "sanctions", IMPOSE, date(2025, 7, 29)),
        ("The duty applies as of 9 October 2025.", "duty", IMPOSE, date(2025, 10, 9)),
        ("A duty of ten percent from August 1 was announced.", "duty", IMPOSE, date(2025, 8, 1)),
        ("The bank has been blacklisted since 2022.", "blacklisted", IMPOSE, date(2022, 1, 1)),
        ("The bank was blacklisted on Monday.", "blacklisted", IMPOSE, None),
    ],
)
def test_the_first_day_is_told_by_words_of_force(sentence, trigger, etype, effective):
    assert detail(sentence, trigger, etype).effective == effective


@pytest.mark.parametrize(
    ("sentence", "trigger", "etype", "until"),
    [
        ("The treasury issued a licence until July 29.", "licence", GRANT, date(2025, 7, 29)),
        ("The measures were prolonged until 31 January 2026.", "prolonged", EXTEND, date(2026, 1, 31)),
        ("The measures were renewed at the end of June until October.", "renewed", EXTEND, date(2025, 10, 31)),
        ("The treasury issued a licence for 30 days.", "licence", GRANT, date(2025, 7, 27)),
        ("On June 13 the treasury issued a licence for six months.", "licence", GRANT, date(2025, 12, 13)),
        ("The council extended the measures by a year on Monday.", "extended", EXTEND, date(2026, 6, 23)),
        ("The treasury signed a 180-day waiver.", "waiver", GRANT, date(2025, 12, 24)),
        ("The treasury spared the port its sanctions for another six months.", "spared", GRANT, date(2025, 12, 27)),
        ("We were given an exemption of six months, the mill said.", "given", GRANT, date(2025, 12, 27)),
        ("The mill wins two more months as the treasury puts off sanctions.", "puts off", GRANT, date(2025, 8, 27)),
        ("The treasury gave the mill thirty days to leave the coast.", "gave", GRANT, date(2025, 7, 27)),
        ("The league listed the mill with a month's grace.", "grace", GRANT, date(2025, 7, 27)),
        ("The treasury signed a half-year waiver.", "waiver", GRANT, date(2025, 12, 27)),
        ("The waiver, which the mill had long asked for, runs to October.", "waiver", GRANT, date(2025, 10, 31)),
        ("The measures were prolonged by a year, to June 1, 2026.", "prolonged", EXTEND, date(2026, 6, 1)),
        ("The licence runs only until 12:01 a.m. on September 28.", "licence", GRANT, date(2025, 9, 28)),
        ("The licence lapsed on Thursday.", "licence", GRANT, date(2025, 6, 26)),
        ("The league vetoed a text that would have kept the ban for another year.", "kept", EXTEND, date(2026, 6, 27)),
        ("The treasury waived the rule; the mill had been shut for six months.", "waived", GRANT, None),
        ("The treasury waived the rule, as the mill has been shut for four years.", "waived", GRANT, None),
        ("The treasury waived the rule for several weeks.", "waived", GRANT, None),
        ("The league imposed sanctions for two years of raids.", "imposed", IMPOSE, None),
        ("The league lifted the embargo that was to run until October.", "lifted", EASE, None),
        ("The treasury issued a licence.", "licence", GRANT, None),
    ],
)
def test_the_last_day_is_told_or_counted_from_the_act(sentence, trigger, etype, until):
    assert detail(sentence, trigger, etype).until == until


def test_a_term_is_not_counted_from_a_background_year():
    sentence = "In 2018 the treasury signed a six-month waiver."
    assert detail(sentence, "waiver", GRANT).until == date(2025, 12, 27)


def test_a_term_without_any_day_to_count_from_gives_none():
    assert detail("The treasury issued a licence for 30 days.", "licence", GRANT, published=None).until is None


def test_a_term_that_ends_in_a_shorter_month_ends_on_its_last_day():
    told = detail("On 31 August 2025 the treasury issued a licence for six months.", "licence", GRANT)
    assert told.until == date(2026, 2, 28)


def test_licences_are_general_or_specific():
    assert detail("The treasury issued General License 25.", "issued", GRANT).licence == "general"
    assert detail("The treasury issued a special licence.", "issued", GRANT).licence == "specific"
    assert detail("The council lifted the embargo.", "lifted", EASE).licence is None


@pytest.mark.parametrize(
    ("sentence", "trigger", "count"),
    [
        ("The firm has won four extensions so far.", "extensions", 4),
        ("The sanctions were postponed eight times.", "postponed", 8),
        ("The sanctions were postponed twice.", "postponed", 2),
        ("The sanctions were postponed.", "postponed", None),
    ],
)
def test_acts_without_dates_are_counted(sentence, trigger, count):
    assert detail(sentence, trigger, GRANT).reported_count == count


@pytest.mark.parametrize(
    ("sentence", "programme"),
    [
        ("It imposed sanctions under Executive Order 14024.", "Executive Order 14024"),
        ("It imposed sanctions on the Russian energy sector.", "Russian energy sector"),
        ("It imposed sanctions in the eighteenth package.", "eighteenth package"),
        ("It imposed sanctions.", None),
    ],
)
def test_the_programme_is_as_named(sentence, programme):
    assert detail(sentence, "imposed", IMPOSE).programme == programme
