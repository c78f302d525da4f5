"""What a network answers for a window, and how far that is from what is told of it."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from kg.extract.wordpieces import WordPieces
from kg.training.examples import Array, Example
from kg.training.network import Network
from kg.training.plan import Plan

HIDDEN_ACTORS = 0.12  # share of actors whose words are masked: who acts must follow from the words around
LOSSES = {"trigger": 1.0, "status": 0.7, "role": 1.0}


def states_of(network: Network, batch: Sequence[Example], pieces: WordPieces, *, hide: bool) -> list[Tensor]:
    """Return for each window the T states of its tokens, the mean of those of their pieces."""
    longest = max(len(e.pieces) for e in batch) + 2
    ids = np.zeros((len(batch), longest), dtype=np.int64)
    marks = np.zeros((len(batch), longest, 4), dtype=np.int64)
    mask = np.zeros((len(batch), longest), dtype=np.int64)
    owners = []
    for row, e in enumerate(batch):
        size = len(e.pieces)
        owner = np.repeat(np.arange(len(e.starts)), np.diff([*e.starts, size]))
        given = _hidden(e, owner, pieces) if hide else e.pieces
        ids[row, : size + 2] = [pieces.start, *given, pieces.end]
        marks[row, 1 : size + 1] = e.marks[owner]
        mask[row, : size + 2] = 1
        owners.append(torch.from_numpy(owner))
    states = network.encoder(torch.from_numpy(ids), torch.from_numpy(marks), torch.from_numpy(mask))
    found = []
    for row, (e, owner) in enumerate(zip(batch, owners, strict=True)):
        sums = torch.zeros(len(e.starts), states.shape[-1]).index_add_(0, owner, states[row, 1 : len(e.pieces) + 1])
        found.append(sums / torch.bincount(owner, minlength=len(e.starts))[:, None])
    return found


def _hidden(example: Example, owner: Array, pieces: WordPieces) -> Array:
    actors = int(example.actors.max(initial=-1)) + 1
    if not actors:
        return example.pieces
    hidden = torch.rand(actors + 1).numpy() < HIDDEN_ACTORS
    hidden[actors] = False
    return np.where(hidden[example.actors[owner]], pieces.mask, example.pieces)


def losses_of(
    network: Network, batch: Sequence[Example], pieces: WordPieces, weights: Tensor, plan: Plan
) -> dict[str, Tensor]:
    """Return the losses of a batch, each a mean over its windows.

    Args:
        weights: Of the statuses, the rarer the higher.
        plan: Tells how a teacher counts.
    """
    totals = dict.fromkeys(LOSSES, torch.zeros(()))
    for e, states in zip(batch, states_of(network, batch, pieces, hide=network.training), strict=True):
        share = e.weight / len(batch)
        scores = network.event_scores(states[torch.from_numpy(e.asked)], torch.from_numpy(e.trigger_fields))
        gold = functional.cross_entropy(scores, torch.from_numpy(e.labels), reduction="sum", label_smoothing=0.02)
        loss = _mixed(gold, scores, e, "labels", plan)
        totals["trigger"] = totals["trigger"] + share * loss / (len(e.events) + 3)
        if not len(e.events):
            continue
        events, types = states[torch.from_numpy(e.events)], torch.from_numpy(e.types)
        scores = network.status_scores(events, types, torch.from_numpy(e.status_fields))
        gold = functional.cross_entropy(
            scores, torch.from_numpy(e.statuses), weights, reduction="sum", label_smoothing=0.05
        )
        totals["status"] = totals["status"] + share * _mixed(gold, scores, e, "statuses", plan) / len(e.events)
        if len(e.pairs):
            other = torch.randint(1, int(network.types.num_embeddings), types.shape)
            types = torch.where(torch.rand(types.shape) < 0.1, other, types) if network.training else types
            scores = functional.pad(role_scores(network, e, states, types), (1, 0))
            gold = functional.cross_entropy(scores, torch.from_numpy(e.roles), reduction="sum")
            totals["role"] = totals["role"] + share * _mixed(gold, scores, e, "roles", plan) / len(e.events)
    return totals


def _mixed(gold: Tensor, scores: Tensor, e: Example, name: str, plan: Plan) -> Tensor:
    """Return the loss against the annotation and against the teacher, each by its share.

    The second is the divergence of the softened answers (Hinton et al. 2015), times the square of the temperature so
    that its slope does not shrink with it.
    """
    if e.soft is None:
        return gold
    wanted = torch.from_numpy(getattr(e.soft, name)).float()
    if name == "roles":
        wanted = functional.pad(wanted, (1, 0))
    given, wanted = (functional.log_softmax(part / plan.temperature, -1) for part in (scores, wanted))
    soft = functional.kl_div(given, wanted, reduction="sum", log_target=True) * plan.temperature**2
    share = plan.teacher_share if e.is_annotated else 1.0
    return share * soft + (1 - share) * gold


def role_scores(network: Network, e: Example, states: Tensor, types: Tensor) -> Tensor:
    """Return for each pair of event and actor, L x roles, the scores of the mention that speaks most for each role."""
    pairs, fields = torch.from_numpy(e.pairs), torch.from_numpy(e.pair_fields)
    events = states[torch.from_numpy(e.events)]
    scores = network.pair_scores(events, types, states, pairs[:, :2], fields)
    start = torch.full((len(e.roles), scores.shape[1]), -1e4)
    return start.scatter_reduce(0, pairs[:, 2, None].expand_as(scores), scores, "amax", include_self=True)
