"""An import that was stopped half way is brought to an end from the command line; its setting is checked."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from api.command_line import app
from graph.store import open_store
from tests.api.conftest import Run
from tests.neo4j_fixture import Neo4jAddress, neo4j_address, rows
from tests.store.places import put
from tests.store.staged_example import PHASE, STAGING, company, killed_in

__all__ = ["neo4j_address"]


@pytest.mark.neo4j
def test_recover_brings_a_stopped_import_to_an_end(run: Run, neo4j_address: Neo4jAddress) -> None:
    where = {
        "SWAYMAP_STORE": neo4j_address.url,
        "SWAYMAP_NEO4J_USER": neo4j_address.user,
        "SWAYMAP_NEO4J_PASSWORD": neo4j_address.password,
    }
    store = open_store(neo4j_address.url, user=neo4j_address.user, password=neo4j_address.password, staging=STAGING)
    put(store, company())
    before = store.digest()
    store.close()
    killed_in(neo4j_address, "records", 0)
    assert run("store", "digest", **where).stdout.strip() == before
    assert list(rows(neo4j_address, PHASE)) == [["records"]]
    assert "brought to an end" in run("store", "recover", **where).stdout
    assert list(rows(neo4j_address, PHASE)) == [[None]]
    assert "No import was stopped" in run("store", "recover", **where).stdout
    assert run("store", "digest", **where).stdout.strip() == before


def test_there_is_nothing_to_recover_in_a_file(run: Run) -> None:
    assert "No import was stopped" in run("store", "recover").stdout


@pytest.mark.parametrize("value", ["many", "-1", "1.5", "１"])
def test_a_setting_that_is_no_count_costs_one_sentence(value: str) -> None:
    done = CliRunner().invoke(app, ["accounts"], env={"SWAYMAP_NEO4J_STAGED_ABOVE": value})
    assert done.exit_code == 2
    assert "SWAYMAP_NEO4J_STAGED_ABOVE" in done.output
    assert value in done.output
    assert len(done.output.strip().splitlines()) == 1
