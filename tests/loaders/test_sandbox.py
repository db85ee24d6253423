"""Hostile formats are read apart: within limits of memory and time, without a network, without writing anything."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow.parquet
import pytest

from loaders import read
from loaders.caps import DEFAULT_CAPS, Caps
from loaders.problems import Unreadable
from loaders.sandbox import open_sandbox
from tests.loaders.bad_files import book
from tests.loaders.bad_hostile_cases import CASES
from tests.loaders.bad_input_cases import TODAY, BadInput
from tests.loaders.mail_examples import calendar
from tests.loaders.other_workbooks import write_parquet, write_xls

MB = 1_000_000


def codes(path: Path, caps: Caps = DEFAULT_CAPS) -> list[str]:
    return [error.code for error in read([path], today=TODAY, caps=caps).findings.errors]


def test_a_file_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "wide.json"
    path.write_bytes(b"[" + b"{}," * 12 * MB + b"{}]")
    assert codes(path, Caps(small_bytes=100 * MB, small_memory=400 * MB, seconds=600)) == ["too_much_memory"]


@pytest.mark.parametrize("name", ["a.xls", "people.parquet"])
def test_libraries_in_other_languages_that_get_no_memory_are_stopped(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name == "a.xls":
        write_xls(path, {"people": [["id"], *[[]] * 65_534, [*[None] * 255, "x"]]})
    else:
        names = pyarrow.DictionaryArray.from_arrays([0] * 200, ["y" * 5 * MB])  # a gigabyte, when decoded
        pyarrow.parquet.write_table(pyarrow.table({"id": ["p"] * 200, "account": ["a"] * 200, "name": names}), path)
    assert codes(path, Caps(small_bytes=10_000 * MB, small_memory=400 * MB)) == ["too_much_memory"]


def test_without_pyarrow_one_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_parquet(tmp_path / "people.parquet", [["id"], ["p"]])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "loaders.parquet", raising=False)
    import loaders.parquet

    with pytest.raises(Unreadable) as refused, loaders.parquet.open_answerer(path, DEFAULT_CAPS):
        pass
    assert refused.value.finding.code == "parquet_not_installed"
    assert "pip install 'swaymap[parquet]'" in refused.value.finding.text()
    monkeypatch.delitem(sys.modules, "loaders.parquet")


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "c.ics"
    event = "BEGIN:VEVENT\nUID:1\nDTSTART:20261101T090000Z\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\n"
    path.write_text(f"BEGIN:VCALENDAR\n{event}ATTENDEE:mailto:a@b.c\nEND:VEVENT\nEND:VCALENDAR\n")
    assert codes(path, Caps(seconds=1)) == ["took_too_long"]


def test_a_reader_that_dies_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused, open_sandbox("a form that there is not", book()(tmp_path), DEFAULT_CAPS):
        pass
    assert refused.value.finding.code == "reader_stopped"


@pytest.mark.parametrize(
    "doing",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open({path!r}, 'w')",
        "import os; os.open({path!r}, os.O_WRONLY | os.O_CREAT)",
        "import os; os.remove({path!r})",
    ],
)
def test_a_reader_reaches_nothing(doing: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("as it was")
    code = f"import sys; from loaders.sandbox_reader import _refuse; sys.addaudithook(_refuse); {doing}"
    done = subprocess.run([sys.executable, "-c", code.format(path=str(kept))], capture_output=True, text=True)
    assert "PermissionError" in done.stderr
    assert kept.read_text() == "as it was"


def test_the_limits_grow_with_honest_files() -> None:
    caps = DEFAULT_CAPS
    assert (caps.memory_of(4 * MB), caps.memory_of(5 * MB)) == (512 * MB, 1_500 * MB)
    assert (caps.seconds_of(10), caps.seconds_of(7 * MB)) == (10, 80)


def test_an_archive_that_leads_outside_writes_nothing(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    path = book()(inside)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../outside.txt", "x")
        archive.writestr("/tmp/outside-of-swaymap.txt", "x")
    assert codes(path) == []
    assert sorted(entry.name for entry in tmp_path.rglob("*")) == ["account.xlsx", "in"]
    assert not Path("/tmp/outside-of-swaymap.txt").exists()


MEASURED = """
import datetime, json, resource, sys
from pathlib import Path
from loaders import read
from loaders.problems import Unreadable
from loaders.review import read_review
import loaders.people_found, loaders.sandbox_workbook, loaders.record_trees, loaders.calendars, loaders.mail
import loaders.foreign, loaders.csv_files
loaders.foreign.shipped_mappings()
def held(what):  # of this program alone: the system's own count would include that of the parent process
    (line,) = (line for line in open("/proc/self/status") if line.startswith(what))
    return int(line.split()[1]) / 1024
found = []
for line in sys.stdin:
    case = json.loads(line)
    open("/proc/self/clear_refs", "w").write("5")  # the peak counts from here
    before, cpu = held("VmRSS"), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    own = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    said = case["said"]
    said["our_domains"] = frozenset(said.get("our_domains", ()))
    said["mapping"] = Path(case["mapping"]) if case["mapping"] else None
    try:
        if case["review"]:
            read_review(Path(case["review"]))
        read([Path(case["path"])], today=datetime.date(2026, 11, 23), **said)
    except Unreadable:
        pass
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    grown = held("VmHWM") - before
    own = resource.getrusage(resource.RUSAGE_SELF).ru_utime - own
    found.append((case["name"], grown, children.ru_maxrss / 1024, children.ru_utime - cpu, own))
print(json.dumps(found))
"""


@pytest.mark.slow
def test_what_bad_files_cost(tmp_path: Path) -> None:
    """Each bad file: the reader within its limits, the parent hardly larger and soon done; figures are printed."""
    lines = []
    for number, case in enumerate(CASES):
        at = tmp_path / str(number)
        at.mkdir()
        path = case.build(at)
        said = {**case.said, "our_domains": sorted(case.said.get("our_domains", ()))}
        beside = {name: str(at / value) if value else None for name, value in _beside(case)}
        lines.append(json.dumps({"name": case.name, "path": str(path), "said": said, **beside}))
    done = subprocess.run([sys.executable, "-c", MEASURED], input="\n".join(lines), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found) == len(lines) > 250
    print(f"{'bad file':48} {'parent grows':>12} {'readers so far':>14} {'reader':>8} {'parent':>8}")
    for name, grown, child, seconds, own in sorted(found, key=lambda item: -item[3] - item[4]):
        print(f"{name:48} {grown:9.1f} MB {child:11.1f} MB {seconds:6.2f} s {own:6.2f} s")
        assert grown < 50, name
        assert child < 512, name
        assert seconds < 10, name
        assert own < 10, name


def _beside(case: BadInput) -> list[tuple[str, str | None]]:
    return [("mapping", case.mapping), ("review", case.review)]


@pytest.mark.slow
def test_a_small_calendar_does_not_become_a_large_memory(tmp_path: Path) -> None:
    """Six hundred people who meet daily for ten years: a file of 25 kB, two million times somebody."""
    invited = "".join(f"ATTENDEE:mailto:p{i}@quay.example\n" for i in range(600))
    event = f"UID:1\nDTSTART:20161101T090000Z\nRRULE:FREQ=DAILY\nORGANIZER:mailto:m@ours.example\n{invited}"
    path = calendar(tmp_path / "c.ics", event)
    said = {"account": "q", "account_name": "Quay", "our_domains": ["ours.example"]}
    line = json.dumps({"name": "x", "path": str(path), "said": said, "mapping": None, "review": None})
    done = subprocess.run([sys.executable, "-c", MEASURED], input=line, capture_output=True, text=True)
    ((_, grown, child, seconds, own),) = json.loads(done.stdout)
    print(f"parent +{grown:.1f} MB in {own:.2f} s, reader {child:.1f} MB in {seconds:.2f} s")
    assert grown < 50
    assert max(seconds, own) < 10
