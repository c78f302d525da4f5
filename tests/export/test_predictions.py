"""The line that the scorer reads."""

import json
from datetime import date

from kg.export.predictions import predictions_line
from kg.model.claims import Claim, Extraction, LocalActor, Mention, RoleFiller, claim_id
from kg.model.documents import Document, Sentence
from kg.model.times import days
from kg.model.words import ActorType, Basis, Role, Status

TEXT = "Ruritania struck Freedonia on Monday.\nFreedonia complained."


def document():
    return Document(
        doc_id="doc_1",
        name="x1",
        source="test",
        media_type="text/plain",
        text=TEXT,
        sentences=(Sentence(start=0, end=37), Sentence(start=38, end=59)),
    )


def claim(trigger, etype, actor, **more):
    start = TEXT.index(trigger)
    roles = (RoleFiller(role=Role.ACTOR, actor=actor),)
    return Claim(
        claim_id=claim_id("doc_1", start, start + len(trigger), etype, roles),
        doc_id="doc_1",
        etype=etype,
        status=Status.OCCURRED,
        start=0,
        end=len(TEXT),
        quote=TEXT,
        trigger_start=start,
        trigger_end=start + len(trigger),
        sentence_no=0,
        roles=roles,
        extractor="test",
        extractor_version="1",
        confidence=0.5,
        **more,
    )


def extraction(name, *claims, acts_for=None):
    return Extraction(
        doc_id="doc_1",
        extractor=name,
        extractor_version="1",
        actors=(LocalActor(local_id="A1", name=name, type=ActorType.STATE, key=name.upper(), acts_for=acts_for),),
        mentions=(Mention(start=0, end=9, actor="A1"),),
        claims=claims,
    )


def test_an_event_stands_where_its_trigger_stands_with_its_time():
    monday = days(date(2025, 6, 16), basis=Basis.WEEKDAY)
    line = json.loads(
        predictions_line(document(), [extraction("one", claim("struck", "AIRSTRIKE", "A1", time=monday))])
    )
    assert line["doc"] == "x1"
    assert line["events"] == [
        {
            "start": 10,
            "end": 16,
            "type": "AIRSTRIKE",
            "status": "occurred",
            "roles": [{"role": "ACTOR", "actor": "0.A1"}],
            "time": "2025-06-16",
            "confidence": 0.5,
        }
    ]


def test_actors_of_two_extractions_do_not_run_together():
    late, early = claim("complained", "ACCUSE", "A1"), claim("struck", "AIRSTRIKE", "A1")
    line = json.loads(predictions_line(document(), [extraction("one", late), extraction("two", early, acts_for="ONE")]))
    assert [(a["id"], a["key"], a["of"]) for a in line["actors"]] == [("0.A1", "ONE", None), ("1.A1", "TWO", "ONE")]
    assert [m["actor"] for m in line["mentions"]] == ["0.A1", "1.A1"]
    assert [(e["type"], e["roles"][0]["actor"]) for e in line["events"]] == [("AIRSTRIKE", "1.A1"), ("ACCUSE", "0.A1")]


def test_a_document_without_claims_is_still_a_line():
    line = predictions_line(document(), [])
    assert "\n" not in line
    assert json.loads(line) == {"doc": "x1", "actors": [], "mentions": [], "events": []}
