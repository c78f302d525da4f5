"""Whatever an installed extractor gives, nothing unsound reaches the ledger."""

from dataclasses import replace

import pytest

from kg.model.checks import require_sound
from kg.model.claims import Claim, Extraction, LocalActor, Mention, RoleFiller, Speaker, claim_id
from kg.model.documents import Document, Sentence
from kg.model.errors import PluginError
from kg.model.words import ActorType, Role, Status

TEXT = "Iran struck Israel."
DOCUMENT = Document(
    doc_id="doc_1", name="story.txt", source="files", media_type="text/plain", text=TEXT,
    sentences=(Sentence(start=0, end=len(TEXT)),),
)  # fmt: skip
ROLES = (
    RoleFiller(role=Role.ACTOR, actor="A1", surface="Iran", start=0, end=4),
    RoleFiller(role=Role.RECIPIENT, actor="A2", surface="Israel", start=12, end=18),
)
CLAIM = Claim(
    claim_id=claim_id("doc_1", 5, 11, "ATTACK", ROLES), doc_id="doc_1", etype="ATTACK", status=Status.OCCURRED,
    start=0, end=19, quote=TEXT, trigger_start=5, trigger_end=11, sentence_no=0, roles=ROLES,
    extractor="x", extractor_version="1", confidence=0.5,
)  # fmt: skip
IRAN = LocalActor(local_id="A1", name="Iran", type=ActorType.STATE, key="IRN")
ISRAEL = LocalActor(local_id="A2", name="Israel", type=ActorType.STATE, key="ISR")
SOUND = Extraction(
    doc_id="doc_1", extractor="x", extractor_version="1", actors=(IRAN, ISRAEL),
    mentions=(Mention(start=0, end=4, actor="A1"),), claims=(CLAIM,),
)  # fmt: skip


def test_a_sound_extraction_passes():
    assert require_sound(DOCUMENT, SOUND) is SOUND


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (replace(SOUND, doc_id="doc_2"), "another document"),
        (replace(SOUND, actors=(IRAN, replace(ISRAEL, local_id="A1"))), "share a local id"),
        (replace(SOUND, actors=(replace(IRAN, acts_for="CHN"), ISRAEL)), "'CHN'"),
        (replace(SOUND, actors=(IRAN,)), "unknown actor 'A2'"),
        (replace(SOUND, mentions=(Mention(start=0, end=400, actor="A1"),)), "outside the text"),
        (replace(SOUND, mentions=(Mention(start=0, end=4, actor="A9"),)), "unknown actor 'A9'"),
        (replace(SOUND, claims=(replace(CLAIM, etype="SMITE"),)), "no such event type"),
        (replace(SOUND, claims=(replace(CLAIM, quote="Iran hit Israel."),)), "quote"),
        (replace(SOUND, claims=(replace(CLAIM, trigger_end=40),)), "outside its quote"),
        (replace(SOUND, claims=(replace(CLAIM, confidence=1.5),)), "confidence"),
        (replace(SOUND, claims=(replace(CLAIM, content_of="clm_none"),)), "unknown claim"),
        (replace(SOUND, claims=(replace(CLAIM, speaker=Speaker(actor="A7")),)), "'A7'"),
        (replace(SOUND, claims=(replace(CLAIM, roles=(replace(ROLES[0], start=5, end=5),)),)), "span 5 to 5"),
    ],
)
def test_a_fault_is_named_with_extractor_and_document(broken, told):
    with pytest.raises(PluginError) as caught:
        require_sound(DOCUMENT, broken)
    assert told in str(caught.value)
    assert "'x'" in str(caught.value)
    assert "story.txt" in str(caught.value)
