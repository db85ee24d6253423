"""Fuzzing: every reader answers arbitrary bytes with a message; one target per reader, run for some seconds each.

`SWAYMAP_FUZZ_SECONDS` says how long each: in CI a minute together, by `make fuzz` longer, a moment otherwise.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import resource
import signal
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from loaders import calamine_workbook, calendars, linkedin, parquet, record_trees, workbook
from loaders import mail as mailboxes
from loaders.caps import Caps
from loaders.csv_files import open_csv
from loaders.mapping import load_mapping
from loaders.problems import Unreadable
from loaders.review import read_review
from loaders.suggesting import suggested_mapping
from tests.loaders.bad_files import book, shared_book
from tests.loaders.mail_examples import ATTENDEES, SUN_AT, WU_AT, calendar, mail
from tests.loaders.other_workbooks import write_ods, write_parquet, write_xls

CAPS = Caps(rows=5_000, events=200, occurrences=200, letters=500)
ZIPPED = ("workbook", "ods")
EXAMPLES = 40
"""Files a round; a round's number is its seed."""


def _csv(path: Path) -> None:
    table, _ = open_csv(path, None, CAPS).table("people")
    list(table.chunks)


def _workbook(open_answerer: Any) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with open_answerer(path, CAPS) as answers:
            (sheets,) = answers(None)
            for sheet in sheets:
                json.dumps(list(answers({"sheet": sheet, "rows": True})))

    return run


def _apart(run: Callable[[Path], None]) -> Callable[[Path], None]:
    """A reader in C++ or Rust, in a fork with limits like the sandbox's: it may end by them, never hang or raise."""

    def forked(path: Path) -> None:
        child = os.fork()
        if child == 0:
            resource.setrlimit(resource.RLIMIT_CPU, (2, 3))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            code = 1
            with suppress(BaseException):
                with suppress(Unreadable, MemoryError):
                    run(path)
                code = 0
            os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, -signal.SIGXCPU, -signal.SIGABRT), f"{path.suffix} ended with {code}"

    return forked


def _asked(open_answerer: Any, question: Any) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with open_answerer(path, CAPS) as answers:
            json.dumps(list(answers(question)))

    return run


def _connections(path: Path) -> None:
    if linkedin.is_connections(open_csv(path, None, CAPS).first_rows(10)):
        linkedin.read_connections(path, None, frozenset({"quay"}), "sun-li", CAPS)


def _made(build: Callable[[Path], Path]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return build(Path(folder)).read_bytes()


def _rule(rule: str) -> str:
    return f"UID:1\nDTSTART;TZID=Europe/Berlin:20261102T090000\nRRULE:{rule}\nEXDATE:20261109T090000\n{ATTENDEES}"


SHEETS = {"people": [["id", "level", "on"], ["007", 7, datetime.date(2026, 11, 23)], ["陈", 1.5, None]]}
TREE = {"records": [{"attributes": {"type": "Account"}, "Name": "Q", "Contacts": {"records": []}}]}
MAPPING = b"source: x\ntables:\n- name: v\n  columns: [a]\n  into:\n  - sheet: accounts\n    fields: {id: a}\n"
LINKEDIN = b"Notes:\n\nFirst Name,Last Name,URL,Company,Connected On\nWu,Tao,u,Quay,05 Nov 2025\n"
TARGETS: dict[str, tuple[Callable[[Path], None], list[bytes], str]] = {
    "csv": (_csv, ['id,账号\r\np,"a, b"\r\n'.encode(), b"a;b\n1;2\n"], "people.csv"),
    "workbook": (_workbook(workbook.open_answerer), [_made(book()), _made(shared_book)], "a.xlsx"),
    "ods": (
        _apart(_workbook(calamine_workbook.open_ods)),
        [_made(lambda at: write_ods(at / "a.ods", SHEETS))],
        "a.ods",
    ),
    "xls": (
        _apart(_workbook(calamine_workbook.open_xls)),
        [_made(lambda at: write_xls(at / "a.xls", SHEETS))],
        "a.xls",
    ),
    "parquet": (
        _apart(_workbook(parquet.open_answerer)),
        [_made(lambda at: write_parquet(at / "a.parquet", SHEETS["people"]))],
        "a.parquet",
    ),
    "records": (_asked(record_trees.open_answerer, None), [json.dumps(TREE).encode()], "t.json"),
    "mail": (
        _asked(mailboxes.open_answerer, None),
        [b"From x\n" + mail(1, SUN_AT, WU_AT, replies=3, cc="=?utf-8?b?5ZC0?= <a@b.c>").as_bytes() + b"\n"],
        "b.mbox",
    ),
    "calendar": (
        _asked(calendars.open_answerer, {"until": "2026-11-23"}),
        [_made(lambda at: calendar(at / "c.ics", _rule("FREQ=WEEKLY;COUNT=9;BYDAY=MO,TU")))],
        "c.ics",
    ),
    "suggesting": (
        lambda path: void(suggested_mapping([path], None)),
        ["工号,姓名,Dept,Boss,Since\n1,Ann,x,Ben,03/04/2026\n".encode(), b"When;Who\n3.11.2026;a, b\n"],
        "list.csv",
    ),
    "connections": (_connections, [LINKEDIN], "Connections.csv"),
    "mapping": (lambda path: void(load_mapping(path)), [MAPPING], "m.yaml"),
    "review": (lambda path: void(read_review(path)), [b"decision,from,person\naccept,a,b\n"], "review.csv"),
}

SECONDS = float(os.environ.get("SWAYMAP_FUZZ_SECONDS", 60 / len(TARGETS) if os.environ.get("CI") else 2))

PIECES = st.sampled_from(
    [
        b"\0",
        b"\xff\xfe",
        b"\r",
        b'"',
        b"'",
        b"=",
        b";",
        b",",
        b":",
        b"<",
        b"]]>",
        b"&a;",
        b"BEGIN:VEVENT\n",
        b"9" * 20,
        b"-1",
    ]
)
CHANGES = st.lists(
    st.tuples(st.integers(0, 1_000_000), st.integers(0, 6), st.binary(max_size=4) | PIECES), min_size=1, max_size=12
)


def hurt(raw: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """Bytes with pieces of them replaced, at places counted round and round."""
    for place, length, new in changes:
        at = place % (len(raw) + 1)
        raw = raw[:at] + new + raw[at + length :]
    return raw


def hurt_archive(raw: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """An archive with one of its parts hurt, so that what is inside is read too."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = sorted(parts)[changes[0][0] % len(parts)]
    parts[name] = hurt(parts[name], changes)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return packed.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("form", TARGETS)
def test_every_reader_ends_in_words(form: str, tmp_path: Path) -> None:
    run, seeds, name = TARGETS[form]
    path = tmp_path / name

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(start=st.sampled_from(seeds), changes=CHANGES, inside=st.booleans())
    def attack(start: bytes, changes: list[tuple[int, int, bytes]], inside: bool) -> None:
        path.write_bytes(hurt_archive(start, changes) if inside and form in ZIPPED else hurt(start, changes))
        with warnings.catch_warnings(), suppress(Unreadable):
            warnings.simplefilter("ignore")
            run(path)

    end, rounds = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        seed(rounds)(attack)()
        rounds += 1
    print(f"{form}: {rounds * EXAMPLES} files")


def void(_: object) -> None:
    """Nothing of it: only that it came to an end counts."""
