"""Files damaged at random: whatever comes, reading ends with findings in words, never with an exception."""

from __future__ import annotations

import datetime
import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import read
from tests.loaders.bad_files import Build, book, shared_book

TODAY = datetime.date(2026, 11, 23)
CSV = 'id,account,name,level\r\np,a,"Pei, x",3\r\nq,a,陈宇,9\r\n'.encode()


def findings_of(name: str, raw: bytes, encoding: str | None = None) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        batch = read([path], today=TODAY, encoding=encoding)
    return [finding.text(lang) for finding in batch.findings for lang in ("en", "zh")]


def hurt(raw: bytes, changes: list[tuple[int, bytes]]) -> bytes:
    """Bytes with some of them replaced, at places counted round and round."""
    made = bytearray(raw)
    for place, new in changes:
        at = place % len(made)
        made[at : at + len(new)] = new
    return bytes(made)


CHANGES = st.lists(st.tuples(st.integers(0, 100_000), st.binary(min_size=1, max_size=3)), min_size=1, max_size=5)


@pytest.mark.parametrize("build", [book(), shared_book], ids=["inline", "shared"])
@settings(max_examples=60, deadline=None)
@given(changes=CHANGES, part=st.integers(0, 100) | st.none())
def test_a_damaged_workbook_ends_in_words(build: Build, changes: list[tuple[int, bytes]], part: int | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        raw = build(Path(folder)).read_bytes()
    findings_of("account.xlsx", hurt(raw, changes) if part is None else hurt_part(raw, changes, part))


def hurt_part(raw: bytes, changes: list[tuple[int, bytes]], part: int) -> bytes:
    """A workbook of which one part is damaged inside a sound archive."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = sorted(parts)[part % len(parts)]
    parts[name] = hurt(parts[name], changes)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return packed.getvalue()


@pytest.mark.parametrize("encoding", [None, "utf-16-le", "utf-7", "punycode", "unicode_escape", "undefined", "hz"])
@settings(max_examples=40, deadline=None)
@given(changes=CHANGES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_damaged_csv_file_ends_in_words(encoding: str | None, changes: list[tuple[int, bytes]]) -> None:
    findings_of("people.csv", hurt(CSV, changes), encoding)


@settings(max_examples=60, deadline=None)
@given(raw=st.binary(max_size=200))
def test_any_bytes_end_in_words(raw: bytes) -> None:
    for name in ("people.csv", "account.xlsx", "people.txt"):
        assert findings_of(name, raw)


def test_a_part_in_an_encoding_that_nobody_has_is_said(tmp_path: Path) -> None:
    path = shared_book(tmp_path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b'encoding="UTF-8"', b'encoding="UTF.8"'))
    (found,) = read([path], today=TODAY).findings
    assert found.code == "broken_workbook"
