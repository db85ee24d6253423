"""A field is one line, also for stores that are there already: whatever is added, wherever, nothing in them shifts.

Each case is a copy of the program in which one thing was added to a declaration, let loose on a store of before.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph.model import Person
from graph.store.protocol import GraphStore
from tests.neo4j_fixture import Neo4jAddress
from tests.store import newer_swaymap
from tests.store.examples import every_kind
from tests.store.places import Place, put

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Added:
    """Something added to a declaration: the file, the line before which it stands, and what it is.

    `column` is a new column of `sheet`, which older records have as `before`, and which is set to `value`.
    """

    name: str
    file: str
    ahead_of: str
    line: str
    sheet: str = "people"
    column: str = ""
    before: Any = None
    value: Any = None

    def program(self, folder: Path) -> Path:
        """A copy of the program with it."""
        shutil.copytree(ROOT / "graph", folder / "graph", ignore=shutil.ignore_patterns("__pycache__"))
        declared = folder / self.file
        text = declared.read_text(encoding="utf-8")
        assert text.count(self.ahead_of) == 1
        declared.write_text(text.replace(self.ahead_of, self.line + self.ahead_of), encoding="utf-8")
        return folder


CUSTOMER = "graph/model/customer.py"
SCHEMA = "graph/store/sqlite/schema.py"
PERSON = '    id: Annotated[str, column("人员编号", key=True)]\n'
UNIT = '    unit: Annotated[str | None, column("部门", ref="units", link=Link("MEMBER_OF"))] = None\n'
AFTER_PERSON = '\n\n@record(\n    "reports_to",'

COLUMNS = [
    Added(
        "first",
        CUSTOMER,
        PERSON,
        '    region: Annotated[str, column("区域", before="else\'where")]\n',
        column="region",
        before="else'where",
        value="north",
    ),
    Added(
        "in the middle",
        CUSTOMER,
        UNIT,
        '    region: Annotated[str | None, column("区域")] = None\n',
        column="region",
        value="north",
    ),
    Added(
        "last",
        CUSTOMER,
        AFTER_PERSON,
        '    region: Annotated[str | None, column("区域")] = None\n',
        column="region",
        value="north",
    ),
    Added(
        "a required number",
        CUSTOMER,
        UNIT,
        '    weight: Annotated[float, column("权重", before=0.5)]\n',
        column="weight",
        before=0.5,
        value=2.0,
    ),
    Added(
        "a list",
        CUSTOMER,
        UNIT,
        '    regions: Annotated[tuple[str, ...], column("区域")] = ()\n',
        column="regions",
        before=[],
        value=["north", "south"],
    ),
    Added(
        "a list that leads home",
        "graph/model/team.py",
        '    members: Annotated[\n        tuple[str, ...],\n        column("我方成员", "Separated by ;"',
        '    absent: Annotated[tuple[str, ...], column("缺席", ref="people", link=Link("MISSED_BY"))] = ()\n',
        sheet="interactions",
        column="absent",
        before=[],
        value=[every_kind().of(Person)[0].id],
    ),
]
TABLES = [
    Added(
        "a kind",
        CUSTOMER,
        '@record(\n    "reports_to",',
        '@record("gifts", "礼品", "Gifts.", "礼品。", label="Gift")\nclass Gift:\n    """A gift."""\n\n'
        '    id: Annotated[str, column("编号", key=True)]\n'
        '    people: Annotated[tuple[str, ...], column("人员", ref="people", link=Link("GIVEN_TO"))] = ()\n\n\n',
    ),
]
JOURNAL = [
    Added(
        "a column of imports",
        SCHEMA,
        '            SqlColumn("source", "TEXT NOT NULL"),\n',
        """            SqlColumn("note", "TEXT NOT NULL", before="''"),\n""",
    ),
    Added(
        "a column of the journal",
        SCHEMA,
        '            SqlColumn("seq", "INTEGER PRIMARY KEY"),\n',
        '            SqlColumn("note", "TEXT"),\n',
    ),
]


def check(added: Added, store: GraphStore, run: Callable[[Added], dict[str, Any]]) -> dict[str, Any]:
    """Fill a store, let the newer program at it, and compare."""
    records = every_kind()
    put(store, records)
    digest, before = store.digest(), json.loads(json.dumps(newer_swaymap.records(store), default=str))
    store.close()
    found = run(added)
    if added.column:
        for record in before[added.sheet].values():
            record[added.column] = added.before
    assert {sheet: found["read"][sheet] for sheet in before} == before
    assert (found["digest"], found["accounts"], found["journal"]) == (digest, 1, len(records))
    first = next(iter(found["read"][added.sheet]))
    added_and_changed = (found["import"]["added"], found["import"]["changed"])
    assert added_and_changed == (1, 1 if added.column else 0)
    after = {key: row for key, row in found["after"][added.sheet].items() if key != '["fresh"]'}
    if added.column:
        before[added.sheet][first][added.column] = added.value
    assert after == before[added.sheet]
    assert found["undone 2"] == {"digest": digest, "records": len(records)}
    assert found["undone 1"]["records"] == 0
    return found


def newer(added: Added, folder: Path, url: str, **environment: str) -> dict[str, Any]:
    program = added.program(folder)
    done = subprocess.run(
        [sys.executable, newer_swaymap.__file__, url, added.sheet, added.column, json.dumps(added.value)],
        env={**os.environ, "PYTHONPATH": str(program), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("added", [*COLUMNS, *TABLES, *JOURNAL], ids=lambda added: added.name)
def test_a_file_of_before_is_read_and_written_right(added: Added, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    place = Place("sqlite", lambda: newer_swaymap.open_store(f"sqlite:///{path}"))
    found = check(added, place.open(), lambda added: newer(added, tmp_path / "newer", f"sqlite:///{path}"))
    [copy] = found["told"]
    copied = newer_swaymap.open_store(f"sqlite:///{copy}")
    assert len(copied.read()) == len(every_kind())
    copied.close()


@pytest.mark.neo4j
@pytest.mark.parametrize("added", [*COLUMNS, *TABLES], ids=lambda added: added.name)
def test_a_database_of_before_is_read_and_written_right(
    added: Added, tmp_path: Path, neo4j_address: Neo4jAddress
) -> None:
    at = neo4j_address
    store = newer_swaymap.open_store(at.url, user=at.user, password=at.password)
    check(
        added,
        store,
        lambda added: newer(added, tmp_path, at.url, SWAYMAP_NEO4J_USER=at.user, SWAYMAP_NEO4J_PASSWORD=at.password),
    )
