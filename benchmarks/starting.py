"""Start time of a command: whole processes, against bare imports of the libraries it needs."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import Result, seconds, side_by_side


def start_people() -> Result:
    """`swaymap people` on the sample against `import networkx, pandas`: whole processes, seconds."""
    with tempfile.TemporaryDirectory() as folder:
        command = Path(sys.executable).with_name("swaymap")
        subprocess.run([command, "demo", "--out", folder], check=True, capture_output=True)
        ours = [
            str(command), "people", "qinglan", "--as-of", "2026-11-23", "--store", f"sqlite:///{folder}/swaymap.db",
        ]  # fmt: skip
        peer = [sys.executable, "-c", "import networkx, pandas"]
        return side_by_side(lambda: _process(ours), lambda: _process(peer), unit="s", runs=9)


def _process(command: list[str]) -> float:
    return seconds(lambda: subprocess.run(command, check=True, capture_output=True))
