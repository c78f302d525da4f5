"""The whole of PatternsExtractor: laws for every document, then who did what, and what was only said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.reading import document_of
from kg.extract.patterns import PatternsExtractor
from kg.extract.reading import MIN_CONFIDENCE
from kg.model.claims import MAX_QUOTE_CHARS
from kg.model.documents import Document, Sentence
from kg.model.ontology import event_type, event_types
from kg.model.words import HAPPENED_STATUSES, Role, SentenceKind, Status

PIECES = (
    "Iran", "Israel's", "the Kremlin", "said", "on Monday", "that", "it", "would", "struck", "killed", "twelve",
    "sanctions", "imposed", "on", "by", "and", ",", "if", "to", "mediate", "offered", "talks", "between", "not",
    "refused", "“", "”", "?", "the", "deal", "Hamas", "which", "has", "been", "missiles", ":", "— ", "Putin",
)  # fmt: skip
ENDS = {Role.ACTOR, Role.RECIPIENT, Role.MEDIATOR}


def told(*sentences, **about):
    """Return (event type, status, actors, recipients, mediators) of each claim, parties as their keys."""
    extraction = PatternsExtractor().extract(document_of(*sentences, **about))
    keys = {actor.local_id: actor.key for actor in extraction.actors}

    def parties(claim, role):
        return {keys[f.actor] for f in claim.roles if f.role is role}

    return [
        (c.etype, c.status, parties(c, Role.ACTOR), parties(c, Role.RECIPIENT), parties(c, Role.MEDIATOR))
        for c in extraction.claims
    ]


@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map(" ".join), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_every_claim_can_be_checked_against_its_document(sentences):
    document = document_of(*sentences)
    extraction = PatternsExtractor().extract(document)
    actors = {actor.local_id for actor in extraction.actors}
    ids = {claim.claim_id for claim in extraction.claims}
    assert len(ids) == len(extraction.claims)
    for claim in extraction.claims:
        sentence = document.sentences[claim.sentence_no]
        assert document.text[claim.start : claim.end] == claim.quote
        assert len(claim.quote) <= MAX_QUOTE_CHARS
        assert sentence.start <= claim.start <= claim.trigger_start < claim.trigger_end <= claim.end <= sentence.end
        assert claim.etype in event_types()
        assert 0 <= claim.confidence <= 1
        assert claim.cue is None or document.text[claim.cue_start : claim.cue_end] == claim.cue
        assert {f.actor for f in claim.roles} <= actors
        assert claim.content_of is None or (claim.content_of in ids and claim.content_of != claim.claim_id)
        assert (claim.content_of is None) == (claim.content_kind is None)
        for filler in claim.roles:
            assert filler.start is None or document.text[filler.start : filler.end] == filler.surface


@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map(" ".join), min_size=1, max_size=4))
@settings(max_examples=20, deadline=None)
def test_the_same_document_gives_the_same_extraction(sentences):
    document = document_of(*sentences)
    assert PatternsExtractor().extract(document) == PatternsExtractor().extract(document)


@pytest.mark.parametrize("text", ["", " ", "?", '"', "’s", "1,234", "....", "\u202eIran struck\u202c", "Iran" * 500])
def test_odd_texts_are_read_without_an_error(text):
    document = document_of(text)
    assert PatternsExtractor().extract(document).doc_id == document.doc_id


@pytest.mark.parametrize(
    ("sentence", "etype", "actors", "recipients"),
    [
        ("Israel bombed an Iranian airfield on Monday.", "AIRSTRIKE", {"ISR"}, {"IRN"}),
        ("Iranian missiles struck a power station in Israel.", "MISSILE_STRIKE", {"IRN"}, {"ISR"}),
        ("Turkey condemned the attack by Israel on Syria.", "CONDEMN", {"TUR"}, {"ISR"}),
        ("Turkey condemned the attack by Israel on Syria.", "AIRSTRIKE", {"ISR"}, {"SYR"}),
        ("The arrest of the envoy was condemned by the European Union and Norway.", "CONDEMN", {"EU", "NOR"}, set()),
        ("The United States imposed sanctions on Iran.", "IMPOSE_SANCTIONS", {"USA"}, {"IRN"}),
        ("The United States lifted sanctions on Syria.", "EASE_SANCTIONS", {"USA"}, {"SYR"}),
        ("India accused Pakistan of shelling a border post.", "ACCUSE", {"IND"}, {"PAK"}),
        ("Russia and Iran signed a treaty in Moscow.", "SIGN_AGREEMENT", {"RUS", "IRN"}, set()),
    ],
)
def test_what_happened_goes_the_right_way(sentence, etype, actors, recipients):
    happened = [t for t in told(sentence) if t[0] == etype and t[1] in HAPPENED_STATUSES]
    assert [(t[2], t[3]) for t in happened] == [(actors, recipients)]


def test_a_broker_is_a_mediator_and_no_party():
    ceasefires = [t for t in told("India and Pakistan agreed to a ceasefire brokered by Qatar.") if "CEASEFIRE" in t[0]]
    assert ceasefires == [("DECLARE_CEASEFIRE", Status.OCCURRED, {"IND", "PAK"}, set(), {"QAT"})]


@pytest.mark.parametrize(
    ("sentence", "etype", "status"),
    [
        ("Norway has offered to mediate between Ethiopia and Eritrea.", "MEDIATE", Status.OFFERED),
        ("Egypt threatened to expel the Turkish ambassador.", "EXPEL", Status.THREATENED),
        ("Serbia refused to impose sanctions on Russia.", "IMPOSE_SANCTIONS", Status.REFUSED),
        ("France may impose sanctions on Georgia.", "IMPOSE_SANCTIONS", Status.POSSIBLE),
        ("If Israel attacks Lebanon, the region will burn.", "ATTACK", Status.CONDITIONAL),
        ("China did not attack Taiwan.", "ATTACK", Status.DENIED),
        ("Japan denied that it had bombed China.", "AIRSTRIKE", Status.DENIED),
        ("Ukraine urged Germany to send tanks.", "PROVIDE_MILITARY_AID", Status.REQUESTED),
        ("India accused Pakistan of shelling a border post.", "SHELLING", Status.ALLEGED),
        ("Canada plans to send weapons to Ukraine.", "PROVIDE_MILITARY_AID", Status.PLANNED),
    ],
)
def test_what_was_only_said_keeps_its_status(sentence, etype, status):
    assert [t[1] for t in told(sentence) if t[0] == etype] == [status]


@pytest.mark.parametrize(
    "sentence",
    [
        "Israel would attack Lebanon.",
        "Was Libya attacked by Egypt?",
        "Sudan never invaded Chad.",
        "Iran has yet to release the hostages of France.",
        "Unless Iran stops, Israel attacks Iran.",
        "Poland might expel the ambassador of Belarus.",
        "The ministers debated whether Egypt bombed Libya.",
    ],
)
def test_nothing_that_did_not_happen_is_told_as_if_it_had(sentence):
    physical = {"material conflict", "material cooperation"}
    assert not [t for t in told(sentence) if t[1] in HAPPENED_STATUSES and event_types()[t[0]].quad in physical]


def test_what_is_launched_is_told_once_with_the_verb():
    (claim,) = told("Iran launched a salvo of missiles against Israel.")
    assert claim[0] == "MISSILE_STRIKE"


def test_an_offer_holds_what_is_offered():
    extraction = PatternsExtractor().extract(document_of("Norway has offered to mediate between Chad and Sudan."))
    offer = next(c for c in extraction.claims if c.etype == "OFFER_MEDIATION")
    content = next(c for c in extraction.claims if c.etype == "MEDIATE")
    assert offer.status is Status.OCCURRED
    assert (content.content_of, content.content_kind) == (offer.claim_id, "offered")
    assert content.cue == "offered"


def test_a_rejected_offer_is_answered_to_the_one_who_made_it():
    answers = [
        t
        for t in told("Norway offered to mediate between Chad and Sudan.", "Chad rejected the offer.")
        if t[0] == "REJECT"
    ]
    assert answers == [("REJECT", Status.OCCURRED, {"TCD"}, {"NOR"}, set())]


def test_a_source_inside_the_text_is_the_speaker():
    extraction = PatternsExtractor().extract(document_of("Iran shelled a border town, Iraq said on Tuesday."))
    (claim,) = (c for c in extraction.claims if c.etype == "SHELLING")
    keys = {actor.local_id: actor.key for actor in extraction.actors}
    assert (keys[claim.speaker.actor], claim.speaker.verb) == ("IRQ", "said")


def test_the_day_and_the_dead_belong_to_their_event():
    extraction = PatternsExtractor().extract(document_of("Russian drones struck Kyiv on Monday, killing 12 people."))
    strike = next(c for c in extraction.claims if c.etype == "DRONE_STRIKE")
    assert strike.time.value == "2025-06-16"
    assert [n.value for c in extraction.claims for n in c.numbers if n.kind == "killed"] == [12]


def test_a_postponement_runs_until_the_day_on_which_the_measure_is_due():
    extraction = PatternsExtractor().extract(
        document_of(
            "The United States issued a new licence postponing sanctions on NIS of Serbia.",
            "The sanctions on NIS are now due to come into effect on July 29.",
        )
    )
    details = [c.sanction for c in extraction.claims if c.sanction and c.etype == "GRANT_SANCTIONS_RELIEF"]
    planned = [c for c in extraction.claims if c.etype == "IMPOSE_SANCTIONS" and c.status is Status.PLANNED]
    assert [str(c.sanction.effective) for c in planned] == ["2025-07-29"]
    assert {str(d.until) for d in details} == {"2025-07-29"}


@pytest.mark.parametrize("kind", [SentenceKind.QUOTED_POST, SentenceKind.CAPTION, SentenceKind.BROKEN])
def test_posts_captions_and_broken_sentences_give_mentions_but_no_claims(kind):
    plain = document_of("Israel bombed Iran.")
    document = Document(
        doc_id="doc_kind",
        name="test",
        source="test",
        media_type="text/plain",
        text=plain.text,
        sentences=(Sentence(start=0, end=len(plain.text), kind=kind),),
        published=plain.published,
    )
    assert PatternsExtractor().extract(plain).claims
    extraction = PatternsExtractor().extract(document)
    assert extraction.claims == ()
    assert extraction.mentions


def test_a_long_sentence_is_quoted_in_part_and_shows_its_trigger():
    filler = "according to several people who were not allowed to speak in public about it, " * 6
    text = f"The ministry wrote, {filler}that Israel bombed an Iranian airfield on Monday, {filler}and nothing more."
    claims = PatternsExtractor().extract(document_of(text)).claims
    quotes = [c.quote for c in claims if text[c.trigger_start : c.trigger_end] == "bombed"]
    assert quotes
    assert all("bombed" in quote and len(quote) <= MAX_QUOTE_CHARS for quote in quotes)


@pytest.mark.parametrize(
    "sentences",
    [
        ("Iran met Oman.", "Strikes on civilians in Ukraine"),
        ("The United States took no part in the strikes on Iran.",),
        ("Oman condemned the violence against Israel.",),
        ("We condemn Russia.", '"Our sanctions must be precise," Volodymyr Zelensky said.'),
        ("NIS was spared US sanctions until July 29.",),
        ("The United States has postponed its sanctions on the Serbian company NIS.",),
    ],
)
def test_nobody_strikes_or_sanctions_by_standing_near(sentences):
    guarded = {"ASSAULT", "SANCTION"}
    drawn = [t for t in told(*sentences) if t[1] in HAPPENED_STATUSES and event_type(t[0]).plover in guarded]
    assert not [t for t in drawn if t[2] and t[3]]


def test_sanctions_that_are_held_off_are_aimed_at_whom_they_spare():
    claims = told(
        "NIS said the United States had agreed to delay sanctions, first announced in January against Russia."
    )
    assert [t[1:4] for t in claims if t[0] == "GRANT_SANCTIONS_RELIEF"] == [(Status.OCCURRED, {"USA"}, {"NIS"})]
    assert all(t[3] == {"NIS"} for t in claims if t[0] == "IMPOSE_SANCTIONS")


def test_no_claim_is_less_sure_than_the_floor():
    extraction = PatternsExtractor().extract(
        document_of("Iran could talk to Israel, Oman and France if Russia let it.")
    )
    assert all(claim.confidence >= MIN_CONFIDENCE for claim in extraction.claims)
