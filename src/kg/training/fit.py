"""The training loop: deterministic, resumable after each epoch, with a log beside the weights."""

import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from kg.extract.windows import STATUSES
from kg.extract.wordpieces import WordPieces
from kg.model.errors import UsageError
from kg.training.examples import Example, Shown
from kg.training.losses import LOSSES, losses_of
from kg.training.network import Network
from kg.training.plan import Plan
from kg.training.progress import Progress

OWN_SHARE = 0.6  # of the documents of an epoch shown with the actors that this product finds, the rest as annotated


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
        held |= {"averaged": self.averaged, "epoch": self.epoch, "step": self.step}
        torch.save(held | {"shape": asdict(self.network.encoder.shape)}, path.with_suffix(".tmp"))
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
            losses = losses_of(network, batch, pieces, weights, plan)
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
    groups = [{"params": encoder, "base": plan.rate}, {"params": heads, "base": plan.heads_rate}]
    return torch.optim.AdamW(groups, lr=plan.rate, weight_decay=plan.decay, fused=True)


def _factor(done: float, warm_up: float) -> float:
    return done / warm_up if done < warm_up else max(0.02, (1 - done) / (1 - warm_up))


def _status_weights(documents: Sequence[Shown]) -> Tensor:
    counts = np.ones(len(STATUSES))
    for own, _ in documents:
        for example in own:
            if example.is_annotated:
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
