"""Trains an encoder on annotated texts and writes the folder of weights that the extractor loads."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import __version__
from kg.model.errors import PluginError, UsageError
from kg.training.card import Card, log_of, sets_of, trained_on, write_card
from kg.training.gold import digest_of, gold_rows, set_names
from kg.training.plan import Material, Plan
from kg.training.progress import SILENT, Progress
from kg.training.unlabelled import texts_of, told_of

if TYPE_CHECKING:
    from kg.training.examples import Shown

PACKAGES = ("torch", "onnx", "safetensors")
_IDENTITY_WORDS = {
    "data_sha256": "data", "base_sha256": "base", "teacher_sha256": "teacher", "unlabelled_sha256": "unlabelled",
}  # fmt: skip


def train(material: Material, out: Path, plan: Plan, progress: Progress = SILENT) -> Card:
    """Train on every annotated set of a folder; return the card of the weights written to `out`.

    The same material, seed and number of threads give the same bytes. A run that was stopped goes on after its last
    whole epoch, from `out`/training; that folder also keeps the log.

    Raises:
        UsageError: The material, the plan or the folder is of no use; the message names what.
        PluginError: The extra `train` is not installed.
    """
    if material.unlabelled is not None and material.teacher is None:
        raise UsageError(
            f"{material.unlabelled} teaches nothing, as nobody annotated it; name with --teacher who tells of it"
        )
    data, without = material.data, sorted(material.without)
    sets = _sets_to_train_on(data, without)
    if missing := [name for name in PACKAGES if find_spec(name) is None]:
        raise PluginError(
            f"kg train needs {', '.join(missing)} of the extra train: pip install 'kg[train]' (see docs/training.md)"
        )
    import torch

    from kg.training.examples import examples_of
    from kg.training.export import export
    from kg.training.fit import fit, read_log
    from kg.training.pretrained import base_folder, load_base, load_pieces

    start = base_folder(material.base)
    taught = _taught(material)
    torch.set_num_threads(plan.threads)
    torch.use_deterministic_algorithms(mode=True)
    torch.manual_seed(plan.seed)
    pieces = load_pieces(start)
    network = load_base(start, pieces)
    digests = {"data_sha256": digest_of(data, without), "base_sha256": _digest(start / "model.safetensors")}
    identity = digests | {f"{name}_sha256": told["sha256"] if told else None for name, told in taught.items()}
    work = _working_folder(out, {**identity, **asdict(plan)})
    shown, everything = [], sum(one["documents"] for one in sets.values())
    for document in examples_of(data, pieces, without):
        shown.append(document)
        progress.count("reading documents", len(shown), everything)
    progress.tell(f"{len(shown)} documents, {sum(len(own) for own, _ in shown)} windows")
    if material.teacher is not None:
        shown = _with_answers(shown, material, start, work / "answers.pt", plan, progress)
    export(fit(network, shown, plan, pieces, work, progress), start / "tokenizer.json", out)
    card = {
        "extractor": "encoder",
        "kg": __version__,
        "held_out": without,
        "trained_on": trained_on(sets, digests["data_sha256"]),
        **taught,
        "base": {"sha256": digests["base_sha256"], **asdict(network.encoder.shape)},
        "plan": asdict(plan),
        "log": log_of(read_log(work)),
        "calibrated_on": _calibrated(data, without, out, progress),
    }
    write_card(out, card)
    return card


def _taught(material: Material) -> dict[str, dict[str, Any] | None]:
    """Return what the card tells of the teacher and of the texts that nobody annotated."""
    from kg.training.teacher import card_of

    return {
        "teacher": card_of(material.teacher, material.without) if material.teacher else None,
        "unlabelled": told_of(material.unlabelled) if material.unlabelled else None,
    }


def _with_answers(
    shown: "Sequence[Shown]", material: Material, start: Path, path: Path, plan: Plan, progress: Progress
) -> "list[Shown]":
    from kg.extract.actors import find_actors
    from kg.training.examples import Reading
    from kg.training.pretrained import load_pieces
    from kg.training.teacher import Teacher
    from kg.training.teaching import Answers

    teacher = material.teacher
    if teacher is None:
        return list(shown)
    pieces = load_pieces(start)
    texts = [] if material.unlabelled is None else texts_of(material.unlabelled)
    readings = [Reading(text, find_actors(text), pieces) for text in texts]
    answers = Answers(path, partial(Teacher, teacher, start, pieces), plan.min_event)
    return answers.added(shown, readings, progress)


def _sets_to_train_on(data: Path, without: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return what is told of each set to train on."""
    names = set_names(data)
    if unknown := sorted(set(without) - set(names)):
        raise UsageError(f"{data} has no set {', '.join(unknown)} to leave out; it has {', '.join(names)}")
    sets = sets_of(gold_rows(data, without))
    if not sets:
        raise UsageError(f"nothing of {data} is left to train on; it has {', '.join(names)}")
    return sets


def _calibrated(data: Path, sets: Sequence[str], out: Path, progress: Progress) -> dict[str, Any] | None:
    from kg.extract.encoder import Encoder
    from kg.training.calibrate import MIN_CLAIMS, calibrate

    if not sets:
        progress.tell(
            "not calibrated: no set was left out, so a confidence is only the product of its parts, not the share of "
            "claims that are right; leave sets out with --without"
        )
        return None
    found = calibrate(data, sets, Encoder(out), out / "calibration.json")
    if found is None:
        progress.tell(
            f"not calibrated: {', '.join(sets)} give fewer than {MIN_CLAIMS} right or {MIN_CLAIMS} wrong claims; "
            "leave out more, or train longer"
        )
    else:
        progress.tell(
            f"calibrated on {found['claims']} claims of {', '.join(sets)}, {found['right']:.0%} of them right"
        )
    return found


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _working_folder(out: Path, identity: dict[str, Any]) -> Path:
    """Return `out`/training; refuse to go on with a run that was started with other data or another plan."""
    work = out / "training"
    held = work / "run.json"
    if held.exists():
        try:
            before = json.loads(held.read_text(encoding="utf-8"))
        except ValueError as error:
            raise UsageError(f"{held} cannot be read: {error}; remove {work} to train from the start") from error
        if changed := [_IDENTITY_WORDS.get(k, k) for k in identity if before.get(k) != identity[k]]:
            raise UsageError(f"{work} holds a run with another {', '.join(changed)}; remove it or name another --out")
        return work
    if (out / "encoder.onnx").exists():
        raise UsageError(f"{out} holds weights that no run there has made; name another --out")
    try:
        work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out} cannot be made: {error.strerror}; name another --out") from error
    held.with_suffix(".tmp").write_text(json.dumps(identity, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    held.with_suffix(".tmp").replace(held)
    return work
