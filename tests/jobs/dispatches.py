"""Own dispatches that several tests of the jobs read."""

import json
from collections.abc import Sequence
from pathlib import Path

DISPATCHES = (
    ("a1", "Northern Wire", "2025-06-19", "Putin offers to mediate between Israel and Iran",
     "Russian President Vladimir Putin has offered to mediate between Israel and Iran. Israel struck a nuclear site in Iran on Wednesday. Iranian missiles hit a hospital in Israel on Thursday."),
    ("a2", "Harbour Press", "2025-06-21", "Trump rejects Putin's offer",
     "US President Donald Trump rejected the offer of Russian President Vladimir Putin to mediate between Israel and Iran. Iran launched missiles against Israel on Friday."),
    ("a3", "Harbour Press", "2025-06-24", "Israel and Iran agree to a ceasefire",
     "Israel and Iran agreed on Tuesday to a ceasefire brokered by the United States and Qatar."),
    ("a4", "Danube Agency", "2025-06-27", "US postpones sanctions on NIS",
     "The US Department of the Treasury issued a special licence postponing the sanctions on NIS until July 29, the Serbian company NIS said on Friday. Serbia refuses to impose sanctions on Russia."),
    ("a5", "Northern Wire", "2025-06-28", "OSCE condemns Russian attacks",
     "Russian attacks on Ukraine were condemned by the OSCE and the Council of Europe. Ukrainian President Volodymyr Zelenskyy urged the European Union to impose sanctions on Russia."),
)  # fmt: skip


def write_dump(path: Path, dispatches: Sequence[tuple[str, str, str, str, str]] = DISPATCHES) -> Path:
    """Write dispatches (name, publisher, day, title, text) as a .jsonl dump and return its path."""
    lines = [
        json.dumps({"doc": doc, "publisher": publisher, "published_at": day, "title": title, "text": text})
        for doc, publisher, day, title, text in dispatches
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
