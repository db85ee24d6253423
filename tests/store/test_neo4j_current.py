"""The contract once more on the current line of Neo4j, in a process of its own, where a Java is new enough."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.store.neo4j_local.artifacts import CURRENT, CannotStart
from tests.neo4j_fixture import local_server, unavailable

ROOT = Path(__file__).parents[2]


@pytest.mark.neo4j
@pytest.mark.slow
def test_the_contract_holds_on_the_current_line() -> None:
    if "NEO4J_TEST_URI" in os.environ:
        unavailable("NEO4J_TEST_URI says which server to test on; the current line is tested where it is not set.")
    try:
        address = local_server(CURRENT)
    except CannotStart as missing:
        unavailable(str(missing))
    environment = {
        **os.environ,
        "NEO4J_TEST_URI": address.url,
        "NEO4J_TEST_USER": address.user,
        "NEO4J_TEST_PASSWORD": address.password,
    }
    files = ["test_contract.py", "test_earlier_states.py", "test_neo4j_graph.py"]
    command = [sys.executable, "-m", "pytest", "-q", "-m", "neo4j", *(f"tests/store/{file}" for file in files)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-5000:]
    assert "skipped" not in done.stdout.splitlines()[-1]
