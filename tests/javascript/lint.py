"""Lint the scripts of the page as the one scope in which they run: ESLint of the lock file beside this, by npm.

Where there is no npm, or no registry to install from, it says so and lets the other checks go on.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from kg.export.assembly import SCRIPTS, asset

HERE = Path(__file__).parent


def main() -> int:
    """Print what ESLint says, by file and line; return 0 when it says nothing."""
    npm = shutil.which("npm")
    if npm is None or not _installed(npm):
        print("JavaScript is not linted: no npm, or nothing to install ESLint from")
        return 0
    lines = [(name, n, line) for name in SCRIPTS for n, line in enumerate(asset(name).splitlines(), start=1)]
    told = subprocess.run(
        [HERE / "node_modules" / ".bin" / "eslint", "--stdin", "--stdin-filename", "page.js", "--format", "json"],
        input="\n".join(line for _, _, line in lines) + "\n",
        cwd=HERE,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode not in (0, 1):
        print(told.stderr)
        return told.returncode
    messages = json.loads(told.stdout)[0]["messages"]
    for message in messages:
        name, n, _ = lines[message["line"] - 1]
        print(f"src/kg/export/assets/{name}:{n}: {message['message']} ({message['ruleId']})")
    return int(bool(messages))


def _installed(npm: str) -> bool:
    lock = HERE / "package-lock.json"
    done = HERE / "node_modules" / ".package-lock.json"
    if done.exists() and done.stat().st_mtime >= lock.stat().st_mtime:
        return True
    told = subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=HERE, check=False)
    return told.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
