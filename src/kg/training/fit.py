"""The training loop: deterministic, resumable after each epoch, with a log beside the weights."""

import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from kg.extract.windows import STATUSES
from kg.extract.wordpieces import WordPieces
from kg.model.errors import UsageError
from kg.training.examples import Array, Example, Shown
from kg.training.network import Network
from kg.training.plan import Plan
from kg.training.progress import Progress

OWN_SHARE = 0.6  # of the documents of an epoch shown with the actors that this product finds, the rest as annotated
HIDDEN_ACTORS = 0.12  # share of actors whose words are masked: who acts must follow from the words around
LOSSES = {"trigger": 1.0, "status": 0.7, "role": 1.0}


class Run:
    """One training under way: the network, its optimiser, the average of its weights, and how far it is."""

    def __init__(self, network: Network, plan: Plan, steps: int) -> None:
        """Start at epoch 0.

        Args:
            steps: Steps of the whole run.
        """
        self.network, self.plan, self.steps = network, plan, steps
        self.optimiser = _optimiser(network, plan)
        self.averaged = {name: value.clone() for name, value in network.state_dict().items()}
        self._learning = {name: value for name, value in network.named_parameters() if value.requires_grad}
        self.epoch = self.step = 0

    def go_on_from(self, path: Path) -> None:
        """Take the state that `keep` wrote.

        Raises:
            UsageError: It is broken.
        """
        try:
            held = torch.load(path, weights_only=True)
        except Exception as error:
            raise UsageError(f"{path} cannot be read: {error}; remove it to train from the start") from error
        self.network.load_state_dict(held["network"])
        self.optimiser.load_state_dict(held["optimiser"])
        self.averaged, self.epoch, self.step = held["averaged"], held["epoch"], held["step"]

    def keep(self, path: Path) -> None:
        """Write the state, whole or not at all."""
        held = {"network": self.network.state_dict(), "optimiser": self.optimiser.state_dict()}
        torch.save(held | {"averaged": self.averaged, "epoch": self.epoch, "step": self.step}, path.with_suffix(".tmp"))
        path.with_suffix(".tmp").replace(path)

    def learn(self, losses: Mapping[str, Tensor]) -> None:
        """Take one step down the losses."""
        for group in self.optimiser.param_groups:
            group["lr"] = group["base"] * _factor(self.step / max(1, self.steps), self.plan.warm_up)
        self.optimiser.zero_grad()
        sum(LOSSES[name] * loss for name, loss in losses.items()).backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        kept = min(self.plan.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, value in self._learning.items():
                self.averaged[name].lerp_(value, 1 - kept)


def fit(
    network: Network, documents: Sequence[Shown], plan: Plan, pieces: WordPieces, folder: Path, progress: Progress
) -> Network:
    """Return the averaged network after `plan.epochs`; goes on from `folder/last.pt` when that is there.

    Writes folder/log.jsonl, one line an epoch, and folder/last.pt after each.

    Raises:
        UsageError: folder/last.pt is broken.
    """
    windows = sum(len(own) for own, _ in documents)
    run = Run(network, plan, plan.epochs * -(-windows // plan.windows))
    weights = _status_weights(documents)
    if (folder / "last.pt").exists():
        run.go_on_from(folder / "last.pt")
        progress.tell(f"going on after epoch {run.epoch}")
    log = [line for line in read_log(folder) if line["epoch"] <= run.epoch]
    for epoch in range(run.epoch, plan.epochs):
        torch.manual_seed(plan.seed * 1000 + epoch)
        started, sums, count = time.process_time(), dict.fromkeys(LOSSES, 0.0), 0
        network.train()
        for batch in _batches(documents, plan, epoch):
            losses = losses_of(network, batch, pieces, weights)
            run.learn(losses)
            count += 1
            for name, loss in losses.items():
                sums[name] += float(loss.detach())
            progress.count(f"epoch {epoch + 1} of {plan.epochs}, step", run.step, run.steps)
        run.epoch = epoch + 1
        seconds = round(time.process_time() - started)
        line: dict[str, float] = {"epoch": run.epoch, "step": run.step, "cpu_seconds": seconds}
        line |= {name: round(total / count, 4) for name, total in sums.items()}
        log.append(line)
        _write_log(folder, log)  # before the state: a line of an epoch that is not kept goes when it is done again
        run.keep(folder / "last.pt")
        progress.tell(", ".join(f"{name} {value}" for name, value in line.items()))
    network.load_state_dict(run.averaged)
    return network.train(mode=False)


def read_log(folder: Path) -> list[dict[str, float]]:
    """Return the lines of folder/log.jsonl, none where there is none."""
    path = folder / "log.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def _write_log(folder: Path, log: Sequence[Mapping[str, float]]) -> None:
    path = folder / "log.tmp"
    path.write_text("".join(json.dumps(line) + "\n" for line in log), encoding="utf-8")
    path.replace(folder / "log.jsonl")


def _optimiser(network: Network, plan: Plan) -> torch.optim.Optimizer:
    encoder = [p for n, p in network.encoder.named_parameters() if p.requires_grad and not n.startswith("marks")]
    ids = {id(p) for p in encoder}
    heads = [p for p in network.parameters() if p.requires_grad and id(p) not in ids]
    groups = [{"params": encoder, "base": plan.rate}, {"params": heads, "base": plan.rate * plan.heads_factor}]
    return torch.optim.AdamW(groups, lr=plan.rate, weight_decay=plan.decay, fused=True)


def _factor(done: float, warm_up: float) -> float:
    return done / warm_up if done < warm_up else max(0.02, (1 - done) / (1 - warm_up))


def _status_weights(documents: Sequence[Shown]) -> Tensor:
    counts = np.ones(len(STATUSES))
    for own, _ in documents:
        for example in own:
            np.add.at(counts, example.statuses, 1)
    return torch.tensor((counts.sum() / (len(counts) * counts)) ** 0.4, dtype=torch.float32).clamp(max=2.5)


def _batches(documents: Sequence[Shown], plan: Plan, epoch: int) -> Iterator[list[Example]]:
    chance = random.Random(plan.seed * 7919 + epoch)  # noqa: S311  # an order, no secret
    chosen = [e for own, annotated in documents for e in (own if chance.random() < OWN_SHARE else annotated)]
    chance.shuffle(chosen)
    for at in range(0, len(chosen), 32 * plan.windows):  # windows of like length together
        near = sorted(chosen[at : at + 32 * plan.windows], key=lambda e: len(e.pieces))
        groups = [near[n : n + plan.windows] for n in range(0, len(near), plan.windows)]
        chance.shuffle(groups)
        yield from groups


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


def losses_of(network: Network, batch: Sequence[Example], pieces: WordPieces, weights: Tensor) -> dict[str, Tensor]:
    """Return the losses of a batch, each a mean over its windows."""
    totals = dict.fromkeys(LOSSES, torch.zeros(()))
    for e, states in zip(batch, states_of(network, batch, pieces, hide=network.training), strict=True):
        share = e.weight / len(batch)
        scores = network.event_scores(states[torch.from_numpy(e.asked)], torch.from_numpy(e.trigger_fields))
        loss = functional.cross_entropy(scores, torch.from_numpy(e.labels), reduction="sum", label_smoothing=0.02)
        totals["trigger"] = totals["trigger"] + share * loss / (len(e.events) + 3)
        if not len(e.events):
            continue
        events, types = states[torch.from_numpy(e.events)], torch.from_numpy(e.types)
        scores = network.status_scores(events, types, torch.from_numpy(e.status_fields))
        loss = functional.cross_entropy(
            scores, torch.from_numpy(e.statuses), weights, reduction="sum", label_smoothing=0.05
        )
        totals["status"] = totals["status"] + share * loss / len(e.events)
        if len(e.pairs):
            other = torch.randint(1, int(network.types.num_embeddings), types.shape)
            types = torch.where(torch.rand(types.shape) < 0.1, other, types) if network.training else types
            totals["role"] = totals["role"] + share * _role_loss(network, e, states, events, types) / len(e.events)
    return totals


def _role_loss(network: Network, e: Example, states: Tensor, events: Tensor, types: Tensor) -> Tensor:
    pairs, fields = torch.from_numpy(e.pairs), torch.from_numpy(e.pair_fields)
    scores = network.pair_scores(events, types, states, pairs[:, :2], fields)
    best = actor_scores(scores, pairs[:, 2], len(e.roles))
    return functional.cross_entropy(functional.pad(best, (1, 0)), torch.from_numpy(e.roles), reduction="sum")


def actor_scores(scores: Tensor, groups: Tensor, count: int) -> Tensor:
    """Return for each actor and role the score of the mention that speaks most for it."""
    start = torch.full((count, scores.shape[1]), -1e4)
    return start.scatter_reduce(0, groups[:, None].expand_as(scores), scores, "amax", include_self=True)
