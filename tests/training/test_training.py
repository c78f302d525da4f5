"""Training, from gold to claims read with the weights, on a base of two random layers."""

import json
import shutil
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pexpect
import pytest

from kg.extract.confidence import EVIDENCE
from kg.extract.encoder import Encoder
from kg.extract.windows import event_classes
from kg.model.errors import UsageError, WeightsError
from kg.training.plan import Material, Plan
from kg.training.run import PACKAGES, train
from training.command import kg, killed_when, started
from training.tiny import write_base, write_gold

pytestmark = pytest.mark.skipif(
    any(find_spec(name) is None for name in PACKAGES),
    reason="torch is not installed; `make train-test` installs it and runs these tests",
)
EPOCHS = 15
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "training.md").read_text(encoding="utf-8")
WEIGHTS = ("encoder.onnx", "heads.npz", "wordpieces.json", "calibration.json", "card.json")


@pytest.fixture(scope="session")
def given(tmp_path_factory):
    """A folder with gold and a base."""
    folder = tmp_path_factory.mktemp("given")
    write_gold(folder / "gold")
    write_base(folder / "base")
    return folder


def arguments(given, out, *further, epochs=EPOCHS):
    data, base = given / "gold", given / "base"
    return ("train", "--data", data, "--base", base, "--out", out, "--epochs", epochs, "--without", "t1", *further)


@pytest.fixture(scope="session")
def trained(given, tmp_path_factory):
    """Weights trained without t1, and what was told meanwhile."""
    out = tmp_path_factory.mktemp("trained") / "weights"
    run = kg(*arguments(given, out))
    assert run.returncode == 0, run.stderr
    return out, run


@pytest.fixture
def weights(trained, tmp_path):
    """A copy of the weights, to be broken."""
    return shutil.copytree(trained[0], tmp_path / "weights", ignore=shutil.ignore_patterns("training"))


@pytest.fixture(scope="session")
def card(trained):
    return json.loads((trained[0] / "card.json").read_text(encoding="utf-8"))


def held(folder):
    return {name: (folder / name).read_bytes() for name in WEIGHTS}


def test_it_tells_what_it_reads_each_epoch_and_how_good_it_is(trained):
    out, run = trained
    lines = run.stderr.splitlines()
    assert lines[0] == "24 documents, 24 windows"
    assert [line.split(",")[0] for line in lines[1 : EPOCHS + 1]] == [f"epoch {n}" for n in range(1, EPOCHS + 1)]
    assert lines[-2].startswith("calibrated on ")
    assert lines[-1].startswith("F1 on the 12 documents left out: trigger ")
    assert f'weights = "{out}"' in run.stdout


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_runs_give_the_same_bytes_and_another_seed_others(trained, given, tmp_path):
    assert kg(*arguments(given, tmp_path / "again")).returncode == 0
    assert held(tmp_path / "again") == held(trained[0])
    assert kg(*arguments(given, tmp_path / "other", "--seed", 2)).returncode == 0
    assert (tmp_path / "other" / "encoder.onnx").read_bytes() != (trained[0] / "encoder.onnx").read_bytes()


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_again_and_again_it_ends_with_the_bytes_of_an_undisturbed_run(trained, given, tmp_path):
    out = tmp_path / "weights"
    log = out / "training" / "log.jsonl"
    words = arguments(given, out)

    def epochs():
        return len(log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0

    killed_when(lambda: (out / "training" / "run.json").exists(), words)
    for number in (1, 5, 9):
        killed_when(lambda number=number: epochs() >= number, words, seconds=0.01 * number)
    killed_when(lambda: any((out / name).exists() for name in ("encoder.fp32.onnx", "encoder.onnx")), words)
    killed_when((out / "calibration.json").exists, words)
    assert epochs() == EPOCHS
    run = kg(*words)
    assert run.returncode == 0, run.stderr
    assert f"going on after epoch {EPOCHS}" in run.stderr
    assert held(out) == held(trained[0])


def test_a_terminal_shows_how_far_it_is(given, tmp_path):
    words = [str(word) for word in arguments(given, tmp_path / "weights", epochs=1)]
    child = pexpect.spawn(sys.executable, ["-m", "kg.cli", *words], timeout=120, encoding="utf-8")
    for told in ("reading documents 24 of 24", "epoch 1 of 1, step 12 of 12", "measuring documents 12 of 12", "holds"):
        child.expect_exact(told)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_ctrl_c_ends_it_with_the_way_to_go_on(given, tmp_path):
    with started(*arguments(given, tmp_path / "weights"), stderr=subprocess.PIPE) as child:
        deadline = time.monotonic() + 120
        while not (tmp_path / "weights" / "training" / "last.pt").exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
        told = child.stderr.read().decode()
    assert child.returncode == 130
    assert "stopped; the same command goes on after the last whole epoch" in told
    assert "Traceback" not in told


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_an_epoch_that_was_logged_but_not_kept_is_done_and_logged_once(trained, given, tmp_path):
    out = tmp_path / "weights"
    words = arguments(given, out)
    killed_when((out / "training" / "last.pt").exists, words)
    log = out / "training" / "log.jsonl"
    line = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line | {"epoch": line["epoch"] + 1}) + "\n")
    assert kg(*words).returncode == 0
    epochs = [json.loads(line)["epoch"] for line in log.read_text(encoding="utf-8").splitlines()]
    assert epochs == list(range(1, EPOCHS + 1))
    assert held(out) == held(trained[0])


def test_the_card_says_on_what_it_was_trained(card):
    assert card["extractor"] == "encoder"
    assert card["held_out"] == ["t1"]
    told = card["trained_on"]
    assert (told["documents"], told["events"]) == (24, 120)
    assert told["licences"] == {"own": 12, "CC BY 2.5": 6, "not told": 6}
    assert told["sets"]["s2"] == {"documents": 12, "events": 60, "licences": {"CC BY 2.5": 6, "not told": 6}}
    assert set(told["sets"]) == {"s1", "s2"}
    assert (card["base"]["layers"], card["base"]["size"], card["plan"]["epochs"]) == (2, 24, EPOCHS)
    assert [line["epoch"] for line in card["log"]] == list(range(1, EPOCHS + 1))
    assert card["log"][-1]["trigger"] < card["log"][0]["trigger"] / 2


def test_the_card_says_how_good_it_is_and_where_it_fails(card):
    figures = card["figures"]
    assert figures["documents"] == 12
    # Of the twelve documents left out a third turns the ends round: whoever has learnt the rest is wrong there.
    assert figures["f1"]["trigger"] > 0.9
    assert 0.4 < figures["f1"]["edge"] < 0.95
    scores = [figures["edges_by_type"][name]["f1"] for name in figures["weakest_types"]]
    assert scores == sorted(scores)
    assert figures["weakest_types"]
    assert card["calibrated_on"]["sets"] == ["t1"]
    assert 0.5 < card["calibrated_on"]["right"] < 0.9


def test_every_key_of_the_card_is_in_the_docs(card):
    for key in (*card, *(key for key in card["figures"] if key.startswith("weakest"))):
        assert f"`{key}`" in PAGE, key


def test_confidence_is_the_share_of_claims_that_is_right(trained, given):
    from kg.training.calibrate import judged_claims

    encoder = Encoder(trained[0])
    judged = list(judged_claims(given / "gold", ["t1"], encoder))
    probable = [encoder.calibration.probability(evidence) for evidence, _ in judged]
    assert np.mean(probable) == pytest.approx(np.mean([right for _, right in judged]), abs=0.02)


def test_weights_are_used_by_a_line_of_kg_toml(trained, tmp_path):
    shutil.copytree(trained[0], tmp_path / "mine", ignore=shutil.ignore_patterns("training"))
    (tmp_path / "kg.toml").write_text('[extract.encoder]\nweights = "mine"\n', encoding="utf-8")
    (tmp_path / "news.txt").write_text("News\n\nRussia attacked Japan on Monday.\n", encoding="utf-8")
    run = kg("extract", tmp_path / "news.txt", "--extractor", "encoder", "--home", tmp_path / ".kg", folder=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "ATTACK" in run.stdout
    assert "Russia" in run.stdout
    assert "Japan" in run.stdout
    (tmp_path / "mine" / "heads.npz").unlink()
    run = kg("extract", tmp_path / "news.txt", "--extractor", "encoder", "--home", tmp_path / ".kg", folder=tmp_path)
    assert run.returncode == 7
    assert "heads.npz is missing" in run.stderr


@pytest.mark.parametrize("name", WEIGHTS[:3])
def test_a_missing_file_is_named_with_the_way_out(weights, name):
    (weights / name).unlink()
    with pytest.raises(WeightsError, match=rf"{name} is missing; train them again with kg train"):
        Encoder(weights)


@pytest.mark.parametrize("name", WEIGHTS[:4])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_file_that_was_cut_is_named_with_the_way_out(weights, name, share):
    content = (weights / name).read_bytes()
    (weights / name).write_bytes(content[: int(share * len(content))])
    with pytest.raises(WeightsError, match=rf"{name} cannot be loaded: .*train them again with kg train"):
        Encoder(weights)


def with_heads(folder, **changed):
    with np.load(folder / "heads.npz") as read:
        heads = {name: read[name] for name in read.files}
    np.savez(folder / "heads.npz", **(heads | changed))


def test_weights_of_another_ontology_or_format_are_not_read(weights):
    with_heads(weights, classes=np.array(event_classes()[:-1]))
    with pytest.raises(WeightsError, match=rf"heads\.npz .* with {len(event_classes()) - 1} event classes.*kg train"):
        Encoder(weights)
    with_heads(weights, classes=np.array(event_classes()), format=np.array("0"))
    with pytest.raises(WeightsError, match=r"heads\.npz are of format 0 .*reads format 1"):
        Encoder(weights)


def test_a_calibration_of_other_evidence_is_not_believed(weights):
    path = weights / "calibration.json"
    read = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(read | {"evidence": [*EVIDENCE[:-1], "moon"]}), encoding="utf-8")
    with pytest.raises(WeightsError, match=r"calibration\.json .*other evidence"):
        Encoder(weights)


def test_without_sets_left_out_it_says_that_confidence_means_little(given, tmp_path):
    out = tmp_path / "weights"
    run = kg("train", "--data", given / "gold", "--base", given / "base", "--out", out, "--epochs", 1)
    assert run.returncode == 0, run.stderr
    assert "not calibrated: no set was left out" in run.stderr
    card = json.loads((out / "card.json").read_text(encoding="utf-8"))
    assert (card["held_out"], card["calibrated_on"]) == ([], None)
    assert "figures" not in card
    assert not (out / "calibration.json").exists()


def test_too_few_claims_calibrate_nothing(given, tmp_path):
    write_gold(tmp_path / "gold", documents=2)
    shutil.copytree(given / "base", tmp_path / "base")
    run = kg(*arguments(tmp_path, tmp_path / "weights", epochs=1))
    assert run.returncode == 0, run.stderr
    assert "not calibrated: t1 give fewer than 10 right or 10 wrong claims" in run.stderr
    assert not (tmp_path / "weights" / "calibration.json").exists()


def again(given, out, *, base=None, without=("t1",), **plan):
    """Train in this process."""
    plan = Plan(**({"epochs": EPOCHS} | plan))
    return train(Material(data=given / "gold", base=base or given / "base", without=without), out, plan)


def test_a_folder_of_another_run_is_left_alone(trained, given, tmp_path):
    out = shutil.copytree(trained[0], tmp_path / "weights")
    with pytest.raises(UsageError, match="holds a run with another epochs; remove it or name another --out"):
        again(given, out, epochs=3)
    with pytest.raises(UsageError, match="holds a run with another seed, threads"):
        again(given, out, seed=5, threads=2)
    with pytest.raises(UsageError, match="holds a run with another data"):
        again(given, out, without=["t1", "s2"])
    with pytest.raises(UsageError, match="holds a run with another base"):
        again(given, out, base=write_base(tmp_path / "base", inner=60))
    shutil.rmtree(out / "training")
    with pytest.raises(UsageError, match="holds weights that no run there has made; name another --out"):
        again(given, out)
    assert held(out) == held(trained[0])


def test_a_broken_state_of_a_run_is_named(trained, given, tmp_path):
    out = shutil.copytree(trained[0], tmp_path / "weights")
    (out / "training" / "last.pt").write_bytes(b"half")
    with pytest.raises(UsageError, match=r"last\.pt cannot be read: .*remove it"):
        again(given, out)
    (out / "training" / "run.json").write_text('{"epochs', encoding="utf-8")
    with pytest.raises(UsageError, match=r"run\.json cannot be read: .*remove"):
        again(given, out)


def test_out_that_cannot_be_made_is_named(given, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="file/weights cannot be made: Not a directory; name another --out"):
        again(given, tmp_path / "file" / "weights")
