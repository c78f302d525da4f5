"""A teacher's answers: what is learnt from them, of annotated texts and of others."""

import json
import shutil
from dataclasses import replace
from functools import partial
from importlib.util import find_spec

import numpy as np
import pytest

from kg.extract.actors import find_actors
from kg.extract.encoder import DocumentScores, Encoder, softmax
from kg.extract.reading import sides_of
from kg.extract.windows import STATUSES, event_classes, read_sentences
from kg.model.errors import UsageError
from kg.training.plan import Material, Plan
from kg.training.progress import SILENT
from kg.training.run import PACKAGES, train
from kg.training.unlabelled import texts_of, told_of
from training.command import kg, killed_when
from training.tiny import STATES, TEXTS, write_base, write_gold, write_mpnet_base

pytestmark = pytest.mark.skipif(
    any(find_spec(name) is None for name in PACKAGES),
    reason="torch is not installed; `make train-test` installs it and runs these tests",
)
EPOCHS = 25


def unlabelled_lines():
    """Texts of the sentences of TEXTS, each with ends that no annotated text has."""
    for n in range(6):
        a, b = STATES[n % len(STATES)][0], STATES[(n + 3) % len(STATES)][0]
        title = f"News of day {n + 1}"
        text = " ".join(form.format(a=a, b=b) for form, *_ in TEXTS)
        row = {"doc": f"u{n}", "title": title, "published_at": "2025-06-18", "text": text}
        yield row | ({"licence": "CC BY 2.5"} if n % 2 else {})


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """A folder with gold, a base, a base of a teacher that has the ids of its pieces elsewhere, and other texts."""
    folder = tmp_path_factory.mktemp("given")
    write_gold(folder / "gold")
    write_base(folder / "base")
    write_mpnet_base(folder / "large", size=48, layers=3)
    lines = "".join(json.dumps(row) + "\n" for row in unlabelled_lines())
    (folder / "texts.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def teacher(given):
    """Weights to learn from."""
    material = Material(data=given / "gold", base=given / "large", without=["t1"])
    train(material, given / "teacher", Plan(epochs=EPOCHS))
    return given / "teacher"


def words(given, teacher, out, epochs=6):
    return ("train", "--data", given / "gold", "--base", given / "base", "--out", out, "--epochs", epochs,
            "--without", "t1", "--teacher", teacher, "--unlabelled", given / "texts.jsonl")  # fmt: skip


@pytest.fixture(scope="module")
def taught(given, teacher):
    """Weights that learnt from a teacher, and what was told meanwhile."""
    run = kg(*words(given, teacher, given / "taught"))
    assert run.returncode == 0, run.stderr
    return given / "taught", run


def pieces_and_examples(given, teacher, least=0.5):
    """The pieces, and every document with the answers of the teacher."""
    from kg.training.examples import Reading, examples_of
    from kg.training.pretrained import load_pieces
    from kg.training.teacher import Teacher
    from kg.training.teaching import Answers

    pieces = load_pieces(given / "base")
    shown = list(examples_of(given / "gold", pieces, ["t1"]))
    texts = [Reading(text, find_actors(text), pieces) for text in texts_of(given / "texts.jsonl")]
    path = given / f"answers-{least}.pt"
    answers = Answers(path, partial(Teacher, teacher, given / "base", pieces), least)
    return pieces, shown, answers.added(shown, texts, SILENT)


def test_every_window_has_answers_and_the_annotation_stays(given, teacher):
    _, before, after = pieces_and_examples(given, teacher)
    assert len(after) == len(before) + 6
    for old, new in zip(before, after, strict=False):
        for a, b in zip((e for way in old for e in way), (e for way in new for e in way), strict=True):
            assert b.is_annotated
            assert (a.labels == b.labels).all()
            assert (a.roles == b.roles).all()
            assert b.soft.labels.shape == (len(b.asked), len(event_classes()))
            assert b.soft.statuses.shape == (len(b.events), len(STATUSES))
            assert b.soft.roles.shape[0] == len(b.roles)
            assert {part.dtype for part in (b.soft.labels, b.soft.statuses, b.soft.roles)} == {np.dtype(np.float16)}


def test_the_answers_are_those_that_the_exported_teacher_gives(given, teacher):
    """The int8 weights read a text as the teacher did, which has the ids of the word pieces elsewhere."""
    _, _, after = pieces_and_examples(given, teacher)
    encoder = Encoder(teacher)
    for (windows, _), text in zip(after[-6:], texts_of(given / "texts.jsonl"), strict=True):
        found = find_actors(text)
        read = read_sentences(text, found)
        scores = DocumentScores(encoder, read, found, sides_of(found))
        places = [(n, i) for n, sentence in enumerate(read) for i in range(len(sentence.tokens))]
        for e in windows:
            odds = softmax(e.soft.labels.astype(np.float32))
            told = np.array([scores.event(*places[t]) for t in e.asked])
            assert np.abs(odds - told).max() < 0.1


def test_events_of_a_text_are_the_words_that_the_teacher_takes_for_one(given, teacher):
    told = {}
    for least in (0.3, 0.5, 0.9):
        _, _, after = pieces_and_examples(given, teacher, least)
        told[least] = []
        for windows, same in after[-6:]:
            assert windows is same
            for e in windows:
                assert not e.is_annotated
                odds = softmax(e.soft.labels.astype(np.float32))
                assert sorted(e.events) == e.asked[1 - odds[:, 0] >= least].tolist()
                likeliest = dict(zip(e.asked.tolist(), 1 + odds[:, 1:].argmax(axis=1), strict=True))
                assert [likeliest[t] for t in e.events] == e.types.tolist()
                told[least] += [event_classes()[n] for n in e.types]
    assert {"ATTACK", "MEET", "CONDEMN"} <= set(told[0.5])
    assert len(told[0.3]) >= len(told[0.5]) > len(told[0.9])


def test_answers_kept_are_not_asked_for_again_and_those_of_other_windows_are(given, teacher):
    from kg.training.examples import Reading
    from kg.training.teaching import Answers

    pieces, before, first = pieces_and_examples(given, teacher)
    texts = [Reading(text, find_actors(text), pieces) for text in texts_of(given / "texts.jsonl")]

    def nobody():
        raise AssertionError

    kept = Answers(given / "answers-0.5.pt", nobody, 0.5)
    again = kept.added(before, texts, SILENT)
    for a, b in zip(first, again, strict=True):
        assert all((x.soft.labels == y.soft.labels).all() for x, y in zip(a[0], b[0], strict=True))
        assert all((x.events == y.events).all() for x, y in zip(a[0], b[0], strict=True))
    with pytest.raises(AssertionError):
        kept.added(before, texts[1:], SILENT)
    broken = replace(kept, path=given / "broken.pt")
    broken.path.write_bytes(kept.path.read_bytes()[:1000])
    with pytest.raises(UsageError, match=r"broken\.pt cannot be read: .*remove it to ask the teacher again"):
        broken.added(before, texts, SILENT)


def test_losses_against_the_own_answers_are_none_and_mix_by_their_share(given, teacher):
    import torch

    from kg.training.losses import losses_of
    from kg.training.teacher import Teacher

    pieces, _, after = pieces_and_examples(given, teacher)
    one = Teacher(teacher, given / "base", pieces)
    weights = torch.ones(len(STATUSES))
    e = after[0][0][0]
    theirs = replace(e, pieces=one._ids[e.pieces])

    def losses(example, share):
        with torch.no_grad():
            return losses_of(one._network, [example], one._pieces, weights, Plan(teacher_share=share))

    for name, loss in losses(theirs, 1.0).items():
        assert float(loss) == pytest.approx(0.0, abs=1e-3), name  # half precision of the answers
    gold, nothing = losses(replace(theirs, soft=None), 0.5), losses(theirs, 0.0)
    assert nothing == gold
    other = replace(theirs, soft=replace(theirs.soft, labels=np.zeros_like(theirs.soft.labels)))
    mixed, all_soft = losses(other, 0.25)["trigger"], losses(other, 1.0)["trigger"]
    assert float(mixed) == pytest.approx(0.25 * float(all_soft) + 0.75 * float(gold["trigger"]), rel=1e-5)
    assert losses(replace(other, is_annotated=False), 0.25)["trigger"] == all_soft


def test_the_card_tells_of_the_teacher_and_of_the_texts(given, teacher, taught):
    out, run = taught
    card = json.loads((out / "card.json").read_text(encoding="utf-8"))
    held = json.loads((teacher / "card.json").read_text(encoding="utf-8"))
    assert card["teacher"]["base"] == held["base"]
    assert card["teacher"]["trained_on"]["licences"] == held["trained_on"]["licences"]
    assert card["unlabelled"] == told_of(given / "texts.jsonl")
    assert card["unlabelled"]["licences"] == {"CC BY 2.5": 3, "not told": 3}
    assert "6 texts and " in run.stderr
    assert held["teacher"] is held["unlabelled"] is None


def test_a_student_learns_more_from_a_teacher_in_as_many_epochs(given, teacher, tmp_path):
    """It comes nearer to the teacher's answers than one that never heard them."""
    import torch

    from kg.training.losses import losses_of
    from kg.training.pretrained import load_base

    pieces, _, after = pieces_and_examples(given, teacher)
    plan = Plan(epochs=6, teacher_share=0.5)
    far = {}
    for name, source in (("taught", teacher), ("alone", None)):
        out = tmp_path / name
        texts = given / "texts.jsonl" if source else None
        material = Material(data=given / "gold", base=given / "base", without=["t1"], teacher=source, unlabelled=texts)
        train(material, out, plan)
        network = load_base(given / "base", pieces)
        network.load_state_dict(torch.load(out / "training" / "last.pt", weights_only=True)["averaged"])
        network.train(mode=False)
        with torch.no_grad():
            told = [losses_of(network, windows, pieces, torch.ones(len(STATUSES)), plan) for windows, _ in after[-6:]]
        far[name] = sum(float(loss) for one in told for loss in one.values())
    assert far["taught"] < far["alone"]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_stopped_or_not_it_gives_the_same_bytes(given, teacher, taught, tmp_path):
    whole, _ = taught
    out = tmp_path / "weights"
    killed_when((out / "training" / "answers.pt").exists, words(given, teacher, out))
    killed_when((out / "training" / "last.pt").exists, words(given, teacher, out))
    run = kg(*words(given, teacher, out))
    assert run.returncode == 0, run.stderr
    assert "going on after epoch" in run.stderr
    for name in ("encoder.onnx", "heads.npz", "card.json"):
        assert (out / name).read_bytes() == (whole / name).read_bytes()


def refused(given, out, told, **changed):
    material = Material(**({"data": given / "gold", "base": given / "base", "without": ["t1"]} | changed))
    with pytest.raises(UsageError, match=told):
        train(material, out, Plan(epochs=6))


def test_what_is_no_teacher_is_named_with_the_way_out(given, teacher, taught, tmp_path):
    new = tmp_path / "new"
    refused(given, new, "texts.jsonl teaches nothing.*name with --teacher", unlabelled=given / "texts.jsonl")
    refused(given, new, r"teacher .*base has no card\.json; name with --teacher the --out", teacher=given / "base")
    refused(given, new, r"has learnt from s2, which --without leaves out here", teacher=teacher, without=["s2", "t1"])
    refused(given, taught[0], "holds a run with another teacher, unlabelled", teacher=None)
    ill = shutil.copytree(teacher, tmp_path / "ill")
    read = json.loads((ill / "wordpieces.json").read_text(encoding="utf-8"))
    del read["model"]["vocab"]["attacked"]
    (ill / "wordpieces.json").write_text(json.dumps(read), encoding="utf-8")
    refused(given, tmp_path / "cut", "cuts words in another way .* lacks 1 word pieces, 'attacked'", teacher=ill)
    (ill / "training" / "last.pt").write_bytes(b"half")
    refused(given, tmp_path / "half", r"last\.pt cannot be read: .*train it again", teacher=ill)
    (ill / "card.json").write_text('{"held', encoding="utf-8")
    refused(given, new, r"card\.json cannot be read", teacher=ill)
    shutil.rmtree(ill / "training")
    refused(given, new, r"has no training/last\.pt", teacher=ill)


def test_texts_of_no_use_are_named_with_their_line(given, teacher, tmp_path):
    path = tmp_path / "texts.jsonl"
    told = {"teacher": teacher, "unlabelled": path}
    refused(given, tmp_path / "new", r"texts\.jsonl cannot be read: No such file", **told)
    path.write_text("\n", encoding="utf-8")
    refused(given, tmp_path / "new", "holds no text; docs/training.md", **told)
    path.write_text('{"doc": "a", "text": "Iran met Israel."}\n{"doc": "b"}\n', encoding="utf-8")
    refused(given, tmp_path / "new", r"texts\.jsonl#2: neither 'text' nor 'sentences' has any text", **told)
