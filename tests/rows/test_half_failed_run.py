"""A run over a sanctions list that is killed, or meets a file that is cut off, takes nothing away."""

import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from rows.commands import exported, rows, run

RECORD = """<ENTITY><FIRST_NAME>{name}</FIRST_NAME><UN_LIST_TYPE>Ruritania</UN_LIST_TYPE>
<REFERENCE_NUMBER>RUe.{number:05}</REFERENCE_NUMBER><LISTED_ON>2019-03-04</LISTED_ON></ENTITY>"""
YESTERDAY, TODAY = range(40), range(40, 6000)
HOLDS = "MATCH (d:Designation)-[:TARGETS]->(a:Actor) RETURN d.list_id AS number, d.state AS state, a.name AS name ORDER BY number"


def write_list(path, numbers):
    records = "".join(RECORD.format(name=f"ZENDA SHIPPING {number}", number=number) for number in numbers)
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="2025-06-20T00:00:01.000Z"><ENTITIES>'
        f"{records}</ENTITIES></CONSOLIDATED_LIST>",
        encoding="utf-8",
    )


@pytest.fixture
def home(tmp_path):
    """A home that read the list of yesterday."""
    source = f'kind = "un_list"\npath = "{tmp_path}/list.xml"\n'
    (tmp_path / "kg.toml").write_text(f"[jobs.lists]\n[[jobs.lists.sources]]\n{source}", encoding="utf-8")
    write_list(tmp_path / "list.xml", YESTERDAY)
    run(tmp_path / ".kg", "run", "lists")
    return tmp_path / ".kg"


def states(home):
    return [row["state"] for row in json.loads(run(home, "runs", "--format", "json"))]


def records_in(home):
    with closing(sqlite3.connect(f"file:{home / 'ledger.db'}?mode=ro", uri=True)) as ledger:
        return ledger.execute("SELECT count(*) FROM documents WHERE media_type LIKE '%record+xml'").fetchone()[0]


def test_half_failed_run_that_is_killed(home, tmp_path):
    designations, before = rows(home, HOLDS), exported(home)
    assert [row["number"] for row in designations] == [f"RUe.{number:05}" for number in YESTERDAY]
    assert {row["state"] for row in designations} == {"in_force"}
    write_list(tmp_path / "list.xml", [*TODAY, *YESTERDAY])
    enough = len(YESTERDAY) + len(TODAY) // 10
    command = [sys.executable, "-m", "kg.cli", "run", "lists", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        while records_in(home) < enough:
            assert child.poll() is None, "the run ended before it could be killed"
            time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    assert enough <= records_in(home) < len(TODAY)
    assert states(home) == ["crashed", "done"]
    assert exported(home) == before
    write_list(tmp_path / "list.xml", YESTERDAY)
    run(home, "run", "lists")
    assert states(home) == ["done", "crashed", "done"]
    after = {row["number"]: row for row in rows(home, HOLDS)}
    assert [after[row["number"]] for row in designations] == designations
    assert len(after) == records_in(home)


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_half_failed_run_over_a_list_that_is_cut_off(home, tmp_path, share):
    before = exported(home)
    write_list(tmp_path / "list.xml", TODAY)
    whole = (tmp_path / "list.xml").read_text(encoding="utf-8")
    (tmp_path / "list.xml").write_text(whole[: int(share * len(whole))], encoding="utf-8")
    command = [sys.executable, "-m", "kg.cli", "run", "lists", "--home", str(home)]
    cut = subprocess.run(command, capture_output=True, text=True)
    assert cut.returncode == 3
    assert re.search(
        r"list\.xml: is not a whole UN list: .* \d+ records were read whole, none of them is kept", cut.stderr
    )
    assert states(home) == ["failed", "done"]
    assert records_in(home) == len(YESTERDAY)
    assert exported(home) == before
