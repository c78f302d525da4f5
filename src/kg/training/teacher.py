"""Weights of an earlier run as a teacher: what it answers is what a smaller encoder learns from."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from kg.extract.wordpieces import WordPieces
from kg.model.errors import UsageError
from kg.training.examples import Array, Example, Soft
from kg.training.losses import role_scores, states_of
from kg.training.network import Network, Shape
from kg.training.pretrained import pieces_of

WAY_OUT = "name with --teacher the --out of a training that has ended, its folder `training` still in it"


def card_of(folder: Path, without: Sequence[str]) -> dict[str, Any]:
    """Return what the card of a student tells of its teacher.

    Raises:
        UsageError: The folder holds no training that has ended, or one that has learnt from a set left out here.
    """
    for name in ("card.json", "wordpieces.json", "training/last.pt"):
        if not (folder / name).is_file():
            raise UsageError(f"teacher {folder} has no {name}; {WAY_OUT}")
    try:
        held = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        learnt, told = held["trained_on"], {"base": held["base"], "plan": held["plan"]}
        seen = sorted(set(without) & set(learnt["sets"]))
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"teacher {folder / 'card.json'} cannot be read: {error!r}; {WAY_OUT}") from error
    if seen:
        raise UsageError(
            f"teacher {folder} has learnt from {', '.join(seen)}, which --without leaves out here: every figure would "
            "flatter; train it with the same --without"
        )
    with (folder / "training" / "last.pt").open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    trained_on = {name: learnt[name] for name in ("documents", "events", "sha256", "licences")}
    return {"sha256": digest, **told, "trained_on": trained_on}


class Teacher:
    """A network that answers for the windows of another one."""

    def __init__(self, folder: Path, base: Path, pieces: WordPieces) -> None:
        """Load it.

        Args:
            folder: The `--out` of its training.
            base: The folder whose word pieces the windows have.
            pieces: Those word pieces.

        Raises:
            UsageError: The weights are broken or of another ontology, or it cuts words in another way.
        """
        path = folder / "training" / "last.pt"
        try:
            held = torch.load(path, weights_only=True)
            self._network = Network(Shape(**held["shape"]))
            self._network.load_state_dict(held["averaged"])
        except Exception as error:
            raise UsageError(f"teacher {path} cannot be read: {error!r:.300}; train it again, or {WAY_OUT}") from error
        self._network.train(mode=False)
        self._pieces = WordPieces(folder / "wordpieces.json")
        ours, theirs = pieces_of(base / "tokenizer.json"), pieces_of(folder / "wordpieces.json")
        if missing := sorted(ours.keys() - theirs.keys()):
            raise UsageError(
                f"teacher {folder} cuts words in another way than the base {base}: it lacks {len(missing)} word "
                f"pieces, {missing[0]!r} among them; take two bases of one vocabulary"
            )
        self._ids = np.zeros(pieces.size, dtype=np.int64)
        for piece, number in ours.items():
            self._ids[number] = theirs[piece]

    def states(self, example: Example) -> Tensor:
        """Return the T x size states of the tokens of a window."""
        given = replace(example, pieces=self._ids[example.pieces])
        with torch.no_grad():
            (states,) = states_of(self._network, [given], self._pieces, hide=False)
        return states

    def labels(self, example: Example, states: Tensor) -> Array:
        """Return the scores of the event classes of the words asked, A x classes."""
        with torch.no_grad():
            asked, fields = torch.from_numpy(example.asked), torch.from_numpy(example.trigger_fields)
            return _half(self._network.event_scores(states[asked], fields))

    def answers(self, example: Example, states: Tensor) -> Soft:
        """Return all that it answers for a window with its events."""
        roles = self._network.role_out.out_features
        statuses, pairs = torch.zeros(0, self._network.status_out.out_features), torch.zeros(0, roles)
        with torch.no_grad():
            types = torch.from_numpy(example.types)
            if len(example.events):
                events = states[torch.from_numpy(example.events)]
                statuses = self._network.status_scores(events, types, torch.from_numpy(example.status_fields))
            if len(example.pairs):
                pairs = role_scores(self._network, example, states, types)
        return Soft(labels=self.labels(example, states), statuses=_half(statuses), roles=_half(pairs))


def _half(scores: Tensor) -> Array:
    found: Array = scores.numpy().astype(np.float16)
    return found
