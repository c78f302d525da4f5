"""The command line as the tests of the rows use it: stories in, answers and files out."""

import json

from click.testing import CliRunner

from kg.cli.main import kg


def run(home, *words):
    """Run a command on a home and return what it prints."""
    done = CliRunner().invoke(kg, [*map(str, words), "--home", str(home)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def feed(home, *stories):
    """Read stories (name, publisher, day, text) into a home, which is made where there is none."""
    home.parent.mkdir(parents=True, exist_ok=True)
    path = home.parent / "news.jsonl"
    lines = [
        json.dumps({"doc": name, "publisher": publisher, "published_at": day, "text": text})
        for name, publisher, day, text in stories
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run(home, "ingest", path)


def rows(home, cypher):
    """Return the rows of a question in Cypher."""
    return json.loads(run(home, "ask", "-q", cypher, "--format", "json"))


def exported(home, *options):
    """Return the bytes of the whole graph as JSON."""
    path = home.parent / "export.json"
    run(home, "map", "--format", "json", "-o", path, *options)
    return path.read_bytes()


def drawn(home):
    """Draw the map of a home and return its file."""
    path = home.parent / "map.html"
    run(home, "map", "-o", path)
    return path
