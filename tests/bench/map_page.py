"""What the page of a map costs the browser, as ratios to stock pyvis and to the frame it may take."""

import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.append(str(Path(__file__).parents[1]))

from export.large_graph import large_graph
from kg.export.html import html_page
from kg.export.map_model import map_model
from kg.export.options import read_options
from services.browser import FLAGS, chromium_path

READY_SECONDS = 120.0
FILTERS = ("conflict", "happened", "conflict", "happened")
MOST_MS, MOST_BYTES = 100, 10_000_000
IS_STILL = "window.kgStill === true"
STOCK_IS_STILL = """() => {
  for (const told of ["stabilizationIterationsDone", "stabilized"]) network.once(told, () => { window.kgStill = true; });
}"""


def bench_map_page():
    """Print a line of CPU to ready against stock pyvis on 500 actors, and lines of 10,000 actors with 48,000 events."""
    path = chromium_path()
    if path is None:
        print("map:     no Chromium, so the page is not measured")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        against_stock(browser, Path(folder))
        large(browser, Path(folder))
        browser.close()


def against_stock(browser, folder):
    model = map_model(large_graph(500, 2_400), read_options({}, "html"))
    ours, stock = folder / "ours.html", folder / "stock.html"
    ours.write_bytes(html_page(model).encode())
    stock.write_bytes(stock_page(model).encode())
    our_cpu, _ = ready(browser, ours, "window.kgMap !== undefined")
    stock_cpu, is_ready = ready(browser, stock, IS_STILL, then=STOCK_IS_STILL)
    print(
        f"page:    {our_cpu / stock_cpu:.3f} of the CPU that stock pyvis takes until the same {len(model.actors)} actors "
        f"and {len(model.ties)} ties are ready\n         ({our_cpu:.2f} s; the other page "
        f"{'' if is_ready else f'was not ready after {READY_SECONDS:.0f} s and '}took {stock_cpu:.1f} s; at most 0.05 is wanted)"
    )


def stock_page(model):
    """The same actors and ties by pyvis alone, as its manual draws them."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    for actor in model.actors:
        network.add_node(actor.actor_id, label=actor.label, title=actor.name)
    for tie in model.ties:
        network.add_edge(tie.source, tie.target, value=len(tie.events))
    return network.generate_html("stock.html")


def large(browser, folder):
    graph = large_graph(10_000, 48_000)
    started = time.process_time()
    model = map_model(graph, read_options({}, "html"))
    placed = time.process_time() - started
    file = folder / "large.html"
    file.write_bytes(html_page(model).encode())
    written = time.process_time() - started
    page, cpu = opened(browser, file)
    wait_for(page, "window.kgMap !== undefined")
    page.wait_for_timeout(500)
    took = []
    for switch in FILTERS:
        before = cpu()
        page.evaluate("(id) => document.getElementById(id).click()", f"switch-{switch}")
        page.wait_for_timeout(400)
        took.append(1_000 * (cpu() - before))
    page.context.close()
    size = file.stat().st_size
    print(
        f"page:    {len(model.actors):,} actors, {len(model.events):,} events: a switch takes {max(took):.0f} ms of the main thread, "
        f"{max(took) / MOST_MS:.2f} of what it may;\n         the file has {size / 1e6:.1f} MB, {size / MOST_BYTES:.2f} of what it may; "
        f"{written:.0f} s of CPU to write, {placed / written:.2f} of it for the model"
    )


def opened(browser, file):
    """A page in a context of its own, and how to read the CPU seconds of its main thread."""
    page = browser.new_context(
        viewport={"width": 1440, "height": 900}, offline=True, reduced_motion="reduce"
    ).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def cpu():
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")

    page.goto(file.as_uri())
    return page, cpu


def ready(browser, file, told, then=""):
    """CPU seconds of the main thread until a page tells that it is ready and has been drawn; whether it did in time."""
    page, cpu = opened(browser, file)
    if then:
        page.evaluate(then)
    is_ready = wait_for(page, told)
    page.wait_for_timeout(300)
    took = cpu()
    page.context.close()
    return took, is_ready


def wait_for(page, told):
    """Ask by evaluation, since the policy of our page lets no text become a function."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if page.evaluate(told):
            return True
        page.wait_for_timeout(100)
    return False


if __name__ == "__main__":
    bench_map_page()
