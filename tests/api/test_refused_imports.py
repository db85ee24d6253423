"""Refused files on the command line: exit code 2, the message, no traceback, and an unchanged store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.command_line import app
from graph.store import open_store
from loaders import sample_company
from loaders.asked import Asked
from swaymap.importing import import_paths
from tests.loaders.bad_hostile_cases import CASES
from tests.loaders.bad_input_cases import TODAY, BadInput


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A store that holds the sample company, and must hold nothing else afterwards."""
    url = f"sqlite:///{tmp_path_factory.mktemp('filled') / 'swaymap.db'}"
    store = open_store(url)
    with sample_company() as folder:
        import_paths(store, [folder], Asked(today=TODAY))
    before = store.digest()
    yield url
    assert store.digest() == before
    store.close()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_bad_file_costs_a_message_and_nothing_else(case: BadInput, tmp_path: Path, filled: str) -> None:
    arguments = ["import", str(case.build(tmp_path)), "--store", filled, *case.options(tmp_path)]
    store = open_store(filled)
    before = store.digest()
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2, done.output
    assert case.words in done.output
    assert "Traceback" not in done.output
    assert store.digest() == before
    store.close()


def test_an_unusable_store_costs_one_sentence(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    foreign.write_text("this is no database", encoding="utf-8")
    for address, words in (
        (f"sqlite:///{foreign}", "foreign.db"),
        (f"sqlite:///{tmp_path / 'no' / 'folder' / 'x.db'}", "folder"),
        ("bolt://127.0.0.1:9", "127.0.0.1"),
        ("oracle://x", "oracle"),
        ("bolt://neo4j:secret@127.0.0.1:9", "SWAYMAP_NEO4J"),
    ):
        done = CliRunner().invoke(app, ["accounts", "--store", address], env={"SWAYMAP_NEO4J_PASSWORD": "x"})
        assert done.exit_code == 2, (address, done.output)
        assert words in done.output
        assert "secret" not in done.output
        assert len(done.output.strip().splitlines()) == 1
