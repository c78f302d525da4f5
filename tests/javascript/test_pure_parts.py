"""The parts of the page that draw nothing, run in Node: they hold and cut out what the model in Python does."""

import json
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest

from export.page_data import block_of
from export.persian_graph import persian_graph
from export.sample_graph import GraphDraft, crowd, sample_graph
from export.world_graph import world_graph
from kg.export.assembly import SCRIPTS, asset
from kg.export.html import html_page
from kg.export.map_model import map_model
from kg.export.map_values import TieKind
from kg.export.options import read_options

NODE = shutil.which("node")
BLOCKS = ("kg-words", "kg-nodes", "kg-edges", "kg-data")
PURE = "\n".join(asset(name) for name in SCRIPTS if name != "main.js")

pytestmark = pytest.mark.skipif(NODE is None, reason="no Node.js to run the scripts of the page in")


def emoji_graph():
    """A quote whose characters are two units of UTF-16 each, before and in its trigger."""
    draft = GraphDraft()
    draft.actor("A", "Aland \U0001f3f4")
    draft.actor("B", "Bland")
    event = draft.event("e", "CONDEMN", "ACTOR=A;RECIPIENT=B", day="2025-06-19")
    quote = "\U0001f525\U0001f525 Aland condemned\U0001f4a2 Bland."
    draft.claim("c", event, draft.document("d", "Paper"), quote, "condemned\U0001f4a2")
    return draft.graph()


GRAPHS = {"sample": sample_graph, "world": world_graph, "persian": persian_graph, "crowd": lambda: crowd(60, 400)}


@pytest.fixture(scope="module", params=GRAPHS)
def model(request):
    return map_model(GRAPHS[request.param](), read_options({}, "html"))


def in_page(model, told):
    """What an expression is in the scope of the scripts of a map."""
    page = html_page(model)
    blocks = {name: json.dumps(block_of(page, name)) for name in BLOCKS}
    asked = json.dumps({"blocks": blocks, "scripts": PURE, "told": told})
    scope = Path(__file__).with_name("scope.js")
    ran = subprocess.run([NODE, scope], input=asked, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def kind_of(value):
    if value.kind is not TieKind.ACT:
        return str(value.kind)
    return {-1: "conflict", 0: "neutral", 1: "cooperation"}[value.sign]


def test_the_page_reads_the_model_back(model):
    told = in_page(
        model,
        """{
          ties: data.ties.map((tie) => [tie.source, tie.target, kindOf(tie), tie.is_said, tie.is_mutual, tie.is_core, tie.events]),
          events: data.events.map((event) => [event.label, kindOf(event), event.group, event.day, event.sources, event.targets, event.confidence, event.evidence]),
          quotes: data.evidence.map((evidence) => evidence.quote),
          actors: data.actors.map((actor) => [actor.id, actor.name, actor.n]),
        }""",
    )
    assert told["actors"] == [[f"n:{a.actor_id}", a.name, a.n_events] for a in model.actors]
    assert told["ties"] == [
        [f"n:{t.source}", f"n:{t.target}", kind_of(t), t.is_said, t.is_mutual, t.is_core, list(t.events)]
        for t in model.ties
    ]
    assert told["events"] == [
        [e.label, kind_of(e), e.group, e.day, list(e.sources), list(e.targets), e.confidence, list(e.evidence)]
        for e in model.events
    ]
    assert told["quotes"] == [[list(piece) for piece in evidence.quote] for evidence in model.evidence]


@pytest.mark.parametrize("seed", range(6))
def test_the_switches_let_through_what_the_model_says(seed):
    model = map_model(sample_graph(), read_options({}, "html"))
    random = Random(seed)
    labels = sorted({event.label for event in model.events})
    off = {
        "labels": random.sample(labels, len(labels) // 3),
        "groups": random.sample(["happened", "ongoing", "offered", "planned", "denied"], 2),
        "kinds": random.sample(["conflict", "cooperation", "neutral", "mediation"], 1),
    }
    least = random.choice((0, 50, 75))
    passing = [
        event.label not in off["labels"]
        and (
            event.kind is TieKind.STRUCTURE
            or (event.group not in off["groups"] and (event.confidence is None or 100 * event.confidence >= least))
        )
        for event in model.events
    ]
    ties = [
        n
        for n, tie in enumerate(model.ties)
        if kind_of(tie) not in off["kinds"] and any(passing[number] for number in tie.events)
    ]
    told = in_page(
        model,
        f"""(() => {{
          for (const [facet, words] of Object.entries({json.dumps(off)})) state.off[facet] = new Set(words);
          state.least = {least};
          judge();
          return {{ passing: verdicts, ties: data.ties.flatMap((tie, n) => (passes(tie) ? [n] : [])) }};
        }})()""",
    )
    assert told == {"passing": passing, "ties": ties}
    assert 0 < len(ties) < len(model.ties)


def test_the_first_sight_is_the_backbone(model):
    told = in_page(model, "(() => { judge(); return visibleTies().map((tie) => tie.id); })()")
    assert told == [f"t:{n}" for n, tie in enumerate(model.ties) if tie.is_core]


def test_a_name_takes_the_free_place_that_hides_least():
    random = Random(7)
    boxes = [
        {"id": "a", "left": x, "top": y, "right": x + 60, "bottom": y + 18}
        for x, y in ((random.randrange(20, 400), random.randrange(20, 300)) for _ in range(10))
    ]
    taken = [{**random.choice(boxes), "id": "b"} for _ in range(2)]
    dots = [{"x": random.randrange(480), "y": random.randrange(320)} for _ in range(120)]

    def overlaps(one, other):
        across = one["left"] < other["right"] and other["left"] < one["right"]
        return across and one["top"] < other["bottom"] and other["top"] < one["bottom"]

    def hidden(box):
        return sum(box["left"] < d["x"] < box["right"] and box["top"] < d["y"] < box["bottom"] for d in dots)

    free = [n for n, box in enumerate(boxes) if not any(overlaps(box, other) for other in taken)]
    assert 0 < len(free) < len(boxes)
    best = min(free, key=lambda n: (n + hidden(boxes[n]), n))
    model = map_model(sample_graph(), read_options({}, "html"))
    told = in_page(
        model,
        f"""(() => {{
          document.getElementById = () => ({{ clientWidth: 480, clientHeight: 320 }});
          return bestBox({json.dumps(boxes)}, {json.dumps(taken)}, {json.dumps(dots)});
        }})()""",
    )
    assert told == boxes[best]


def test_a_quote_with_characters_beyond_the_first_plane_is_marked_where_it_is():
    model = map_model(emoji_graph(), read_options({}, "html"))
    (quote,) = in_page(model, "data.evidence.map((evidence) => evidence.quote)")
    assert ["condemned\U0001f4a2", "trigger"] in quote
    assert quote == [list(piece) for piece in model.evidence[0].quote]
