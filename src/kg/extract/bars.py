"""How sure the tables of weights, or they and the encoder together, must be before something is told."""

from dataclasses import dataclass

from kg.extract.told_types import TypeWeights


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Probabilities in [0, 1] that a reading must reach, and how much the encoder's word counts in them.

    Attributes:
        event: That a word names an event.
        mediation: The same for mediation, of which little is told.
        told: That a sentence tells of a PLOVER type, by all its words together; of no use where each is judged alone.
        role: That a party plays a role.
        mediator: The same for a mediator.
        further: The same for a second party in one role: sentences with four states pair everything.
        further_actor: The same for a second actor.
        same_side: The same for a state beside its minister: mostly one of them only describes the other.
        implied: That somebody whom the sentence does not name plays a role.
        pair: That a claim with two ends is right; below it only the surer end is told.
        happened: That an event happened; a doubt counts as "did not happen".
        event_share: The encoder's share in the first; role_share, implied_share, status_share likewise.
        reach: Sentences back from which somebody unnamed is taken.
        candidates: The most who are thought of for an end.
    """

    event: float
    mediation: float
    role: float
    mediator: float
    further: float
    further_actor: float
    same_side: float
    implied: float
    happened: float
    pair: float = 0.0
    told: float = 1.0
    event_share: float = 0.0
    role_share: float = 0.0
    implied_share: float = 0.0
    status_share: float = 0.0
    reach: int = 4
    candidates: int = 12


TABLES = Bars(
    event=0.45,
    mediation=0.4,
    role=0.2,
    mediator=0.2,
    further=0.5,
    further_actor=0.75,
    same_side=0.7,
    implied=0.55,
    happened=0.68,
)
ENCODER = Bars(
    event=0.45,
    mediation=0.22,
    role=0.12,
    mediator=0.27,
    further=0.42,
    further_actor=0.6,
    same_side=0.7,
    implied=0.2,
    happened=0.65,
    pair=0.1,
    told=0.29,
    event_share=0.85,
    role_share=0.45,
    implied_share=1.0,
    status_share=0.4,
    reach=12,
    candidates=30,
)
# Fitted on s17 and t4, read by an encoder and tables that have not seen them; `told` is chosen there and on dev.
TOLD_TYPES = TypeWeights(bias=0.18, sentence=0.93, document=0.24)
