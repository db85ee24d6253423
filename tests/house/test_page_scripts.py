"""The page's scripts are checked by TypeScript's checker through their JSDoc types; nothing is built."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHECK = ("npx", "--yes", "--package", "typescript@5", "tsc", "-p", "viz/page/script")


@pytest.mark.slow
def test_the_scripts_have_no_type_error() -> None:
    """In CI the absence of npx is a failure."""
    if shutil.which("npx") is None:
        reason = "no npx on this machine: install Node.js with npm"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    done = subprocess.run(CHECK, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
