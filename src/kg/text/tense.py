"""Whether the words around a time speak of what is past or of what is to come."""

import re
from functools import cache

from kg.text.tables import rows_of

_CLOCK = r"(?:(?:noon|midnight|\d\d?(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?) (?:on )?)?"
_LEAD_WORD = re.compile(rf"(\w+)\s+(?:the\s+)?{_CLOCK}(?:(?:end|beginning|start|middle)\s+of\s+)?(?:the\s+)?$")
# "Losses from Tuesday's raid" speaks of what was, "in force from Tuesday" and "ready for Tuesday's talks" do not.
_GENITIVE = re.compile(r"['’]s\b")
# "Will not be renewed in July", "to be admitted on Thursday": the participle is no past.
_COMING = re.compile(r"\b(?:will|would|to|could|should|might|may|must|shall|can)(?: \w+)? be(?: \w+)? $")


@cache
def _tense_pattern() -> re.Pattern[str]:
    known = [cue for cue, view in _tense_cues().items() if not view.startswith("lead")]
    cues = "|".join(re.escape(cue) for cue in sorted(known, key=lambda c: (-len(c), c)))
    return re.compile(rf"(?<![\w])(?:{cues})(?!\w)|\b[a-z]{{2,}}ed\b", re.IGNORECASE)


@cache
def _tense_cues() -> dict[str, str]:
    return {row["cue"]: row["view"] for row in rows_of("tense_cues.csv")}


def read_ahead(before: str, after: str) -> bool | None:
    """Return whether the words around a time speak of what is to come; None when they do not tell.

    A word right before it may decide ("for Friday"); else the nearest cue before it in its clause ("will meet on
    Friday", "said on Friday that it will"); a time that opens its clause is decided by the first cue after it ("On
    Friday the council will meet").
    """
    lead = _LEAD_WORD.search(before)
    leads = _tense_cues().get(lead[1].lower()) if lead else None
    if leads == "lead" or (leads == "lead of a bare time" and not _GENITIVE.match(after)):
        return True
    cues = list(_tense_pattern().finditer(before))
    cue = cues[-1] if cues else _tense_pattern().search(after)
    if cue is None:
        return None
    view = _tense_cues().get(cue[0].lower())
    return view == "ahead" if view else _COMING.search(cue.string, 0, cue.start()) is not None
