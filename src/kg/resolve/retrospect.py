"""What a sentence tells of the past of its own deed: "rejected the help that Moscow had offered in June"."""

import re

from kg.resolve.parties import PartyClaim

# "that" after a verb of saying begins what was said, and "is to be received by" tells what is to come.
_BEFORE_IT = re.compile(
    r"\b(?:(?<!ed )(?<!said )(?<!says )that|which|as)\s+"
    r"(?:(?!that\b|which\b|and\b|but\b)[\w'’.&-]+\s+){1,6}?had\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:be|been|being|is|are|was|were)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_BY = re.compile(
    r"\s+(?:(?:last|in|on|earlier)\s+\w+\s+)?by\b(?!\s+"
    r"(?:the (?:end|start|beginning|middle|time)|then|now|next|early|late|mid|\d"
    r"|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber|\w+day)\b)"
)
_FREE = re.compile(r"[^,;:.]*$")
_HAD_OR_BY = re.compile(r"\b(?:had|by)\b", re.IGNORECASE)


def may_be_looked_back_on(earlier: PartyClaim) -> bool:
    """Whether a claim is told as what came before something else of its sentence: "that it had offered"."""
    return bool(_BEFORE_IT.search(earlier.claim.around_trigger[0])) or _is_by_somebody(earlier)


def may_look_back(party: PartyClaim) -> bool:
    """Whether the sentence of a claim may go on so."""
    return bool(_HAD_OR_BY.search(party.claim.around_trigger[1]))


def looks_back(party: PartyClaim, earlier: PartyClaim) -> bool:
    """Whether the sentence of a claim goes on to tell of an earlier one, on which it follows, in a clause of it.

    No dates are needed then to know which came first.
    """
    if (party.document.doc_id, party.claim.sentence_no) != (earlier.document.doc_id, earlier.claim.sentence_no):
        return False
    between = party.document.text[party.claim.trigger_end : earlier.claim.trigger_start]
    if _FREE.match(between) and _is_by_somebody(earlier):
        return True
    return bool(_BEFORE_IT.search(party.document.text[party.claim.trigger_start : earlier.claim.trigger_start]))


def _is_by_somebody(earlier: PartyClaim) -> bool:
    """Whether it is told as what somebody did to the noun before it: "the truce proposed by Qatar"."""
    before, after = earlier.claim.around_trigger
    return bool(_BY.match(after)) and not _PASSIVE.search(before)
