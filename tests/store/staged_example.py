"""An import that adds, changes, moves and removes, and a program that writes it: to be stopped at any moment.

`python -m tests.store.staged_example URL import|recover [PHASE TIMES]`, with user and password from the environment,
says `begun` when the store is open and `done` at the end. With a phase it says `reached` when it is told so many times
of its progress in that phase, and waits there to be killed.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.model import Conflict, Covers, DecisionStep, Duty, Influence, Interaction, Opportunity, Person, TeamMember
from graph.model.dataset import Dataset
from graph.store import open_store
from graph.store.protocol import GraphStore, Receipt, Target
from graph.store.staging import Staging
from tests.neo4j_fixture import Neo4jAddress, rows
from tests.store.examples import every_kind, small
from tests.store.places import put

ROOT = Path(__file__).parents[2]
DAY = datetime.date(2026, 5, 1)
STAGING = Staging(above=0, portion=12, lease=1.5)
PEOPLE = 60
PHASE = "MATCH (s:SwaymapStore) RETURN s.phase"
PHASES = ("journal", "records", "removals")


def company() -> Dataset:
    """The records stored before the import."""
    return Dataset.collect(
        [
            *every_kind(),
            *small("a", PEOPLE),
            *small("b", 5),
            TeamMember("m", "Max"),
            TeamMember("n", "Nora"),
            Duty("a", "head"),
            Duty("a", "plan", "m"),
            Opportunity("o", "a"),
            DecisionStep("s", "o", 1),
            *(Covers("m", f"a-p{n}") for n in range(PEOPLE)),
            Conflict("a-p1", "a-p2", intensity=0.5),
            Influence("a-p3", "a-p4", 0.5),
        ]
    )


def batch() -> Dataset:
    """The records of the import: changed people and duties, what moves between accounts, contacts."""
    return Dataset.collect(
        [
            *(replace(person, title="changed") for person in small("a", PEOPLE).of(Person)[:40]),
            Person("a-p59", "b", name="moved"),
            Opportunity("o", "b", name="moved"),
            Interaction("a-i", DAY, "forum", people=("a-p1", "a-p0"), members=("n", "m")),
            Duty("a", "head", "m"),
            Duty("a", "plan"),
            Conflict("a-p2", "a-p1", intensity=0.9),
            *small("c", PEOPLE),
            *(Influence(f"c-p{n}", f"c-p{n + 1}", 0.5) for n in range(PEOPLE - 1)),
            *(Interaction(f"c-i{n}", DAY, "forum", people=(f"c-p{n}", f"a-p{n}")) for n in range(50)),
        ]
    )


def removed() -> list[Target]:
    """The keys that the import removes."""
    covers: list[Target] = [("covers", ("m", f"a-p{n}")) for n in range(PEOPLE)]
    return [*covers, ("influences", ("a-p3", "a-p4")), *(("people", (f"a-p{n}",)) for n in range(52, 57))]


def bring(store: GraphStore, **more: Any) -> Receipt:
    """The import."""
    return put(store, batch(), remove=removed(), day=24, source="large.xlsx", **more)


@contextmanager
def client(address: Neo4jAddress, what: str, *until: str) -> Iterator[subprocess.Popen[str]]:
    """A program of its own that has opened the store and begins to import or to recover."""
    environment = {**os.environ, "NEO4J_TEST_USER": address.user, "NEO4J_TEST_PASSWORD": address.password}
    command = [sys.executable, "-m", "tests.store.staged_example", address.url, what, *until]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        yield process


def killed_in(address: Neo4jAddress, phase: str, times: int) -> None:
    """Start the import and kill it in a phase, between two portions."""
    with client(address, "import", phase, str(times)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "reached\n"
        process.kill()


def killed(address: Neo4jAddress, what: str, seconds: float) -> None:
    """Start a program and kill it so long after it began: within a transaction, between two, or when it is done."""
    with client(address, what) as process:
        time.sleep(seconds)
        process.kill()


def main(url: str, what: str, phase: str = "", times: str = "0") -> None:
    """Do one thing and say when it begins and ends."""
    address = Neo4jAddress(url, os.environ["NEO4J_TEST_USER"], os.environ["NEO4J_TEST_PASSWORD"])
    store = open_store(url, user=address.user, password=address.password, staging=STAGING)
    left = int(times)

    def wait_in_phase(done: int, total: int) -> None:
        nonlocal left
        if [[phase]] != list(rows(address, PHASE)):
            return
        left -= 1
        if left < 0:
            print("reached", flush=True)
            sys.stdin.read()

    print("begun", flush=True)
    if what == "recover":
        store.recover()
    else:
        bring(store, progress=wait_in_phase if phase else None)
    print("done", flush=True)
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
