"""Hostile input: files of every form, mappings, reviews, and paths that are no files."""

from __future__ import annotations

import datetime
import io
import json
import os
import socket
import zipfile
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.loaders.bad_files import Build, book, folder, one_file, repacked_book, shared_book
from tests.loaders.bad_input_cases import BadInput
from tests.loaders.bad_source_cases import CASES, OURS
from tests.loaders.mail_examples import ATTENDEES, calendar
from tests.loaders.other_workbooks import ods_parts, record, write_parquet, write_parts, write_xls

MB = 1_000_000
ENCRYPTED = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'


def case(
    name: str,
    build: Build,
    code: str,
    words: str,
    place: tuple[str | None, int | None, str | None] = (None, None, None),
    **said: Any,
) -> None:
    CASES.append(BadInput(name, build, code, *place, words, said=said))


# ---- things that are no files


def _made(name: str, make: Callable[[Path], object]) -> Build:
    def build(at: Path) -> Path:
        make(at / name)
        return at / name

    return build


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        here = Path.cwd()
        os.chdir(path.parent)  # a socket's path may not be long
        try:
            opened.bind(path.name)
        finally:
            os.chdir(here)


case("a link to nothing", _made("a.csv", lambda path: path.symlink_to("gone")), "link", "name the file itself")
case("a link to a folder", _made("a", lambda path: path.symlink_to("/etc")), "link", "name the file itself")
case("a link to a device", _made("a.json", lambda path: path.symlink_to("/dev/zero")), "link", "name the file itself")
case(
    "a link to a mailbox", _made("a.mbox", lambda path: path.symlink_to("/etc/passwd")), "link", "name the file itself"
)
case("a socket", _made("a.ics", _socket), "device", "not a file")
case("a pipe called .eml", _made("a.eml", os.mkfifo), "device", "not a file")
case("a pipe called .xlsx", _made("a.xlsx", os.mkfifo), "device", "not a file")
case("a device that is always empty", lambda at: Path("/dev/null"), "device", "not a file")
case("an empty folder called .xlsx", _made("a.xlsx", Path.mkdir), "empty_folder", "holds no file")
case("an empty folder called .mbox", _made("a.mbox", Path.mkdir), "empty_folder", "holds no file")


def _holding(name: str, make: Callable[[Path], object]) -> Build:
    def build(at: Path) -> Path:
        made = folder()(at)
        make(made / name)
        return made

    return build


case("a pipe in a folder", _holding("a.json", os.mkfifo), "device", "not a file")
case("a link in a folder", _holding("a", lambda path: path.symlink_to("/")), "link", "name the file itself")
case("a loop of links in a folder", _holding("a", lambda path: path.symlink_to(".")), "link", "name the file itself")
case("a socket in a folder", _holding("a.mbox", _socket), "device", "not a file")

# ---- files of other programs

for ending in ("zip", "tar.gz", "7z", "pdf", "msg", "pst", "odt", "numbers", "sqlite", "exe", "html", "xml"):
    case(
        f"a .{ending}",
        one_file(f"a.{ending}", b"\x1f\x8b\x08" + bytes(range(200))),
        "unknown_file",
        "none of the files",
    )


def _archive(**parts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return packed.getvalue()


case("an archive without an ending", one_file("a", _archive(x=b"x")), "archive_not_workbook", "unpack it")
case("an archive called .json", one_file("a.json", _archive(x=b"x")), "not_json", "JSON")
case("an archive called .ics", one_file("a.ics", _archive(x=b"x")), "wrong_encoding", "utf-8")
case("an archive called .mbox", one_file("a.mbox", _archive(x=b"x" * 5_000)), "no_letters", "no mail")

# ---- workbooks

PEOPLE = [["id", "account", "name"]]


def _row(identity: str) -> Build:
    return book(people=[*PEOPLE, [identity, "a", "Zhu"]])


SECOND = ("people", 2, "id")
case("a zero-width character in a workbook's id", _row("z\u200dy"), "invisible_character", "U+200D", SECOND)
case("a change of direction in a workbook's id", _row("\u2066z"), "invisible_character", "U+2066", SECOND)
case("a soft hyphen in a workbook's id", _row("z\u00ady"), "invisible_character", "U+00AD", SECOND)
case("a tag character in a workbook's id", _row("z\U000e0041"), "invisible_character", "U+E0041", SECOND)
case(
    "a cell longer than a cell is",
    repacked_book(lambda parts: _put(parts, b"<t>Pei</t>", b"<t>" + b"y" * 40_000 + b"</t>")),
    "cell_too_long",
    "more than 32767",
    ("people", 2, "name"),
)
case(
    "a cell of fifty megabytes",
    repacked_book(lambda parts: _put(parts, b"<t>Pei</t>", b"<t>" + b"y" * 50 * MB + b"</t>")),
    "unpacks_too_large",
    "far more",
)
SHEET2 = "xl/worksheets/sheet2.xml"


def _put(parts: dict[str, bytes], old: bytes, new: bytes, name: str = SHEET2) -> dict[str, bytes]:
    assert old in parts[name]
    return {**parts, name: parts[name].replace(old, new, 1)}


case(
    "a row beyond the last",
    repacked_book(lambda parts: _put(parts, b'<row r="2"', b'<row r="' + b"9" * 5_000 + b'"')),
    "broken_workbook",
    "save it anew",
    ("people", None, None),
)
case(
    "a column beyond the last",
    repacked_book(lambda parts: _put(parts, b'r="A2"', b'r="ZZZZ2"')),
    "broken_workbook",
    "save it anew",
    ("people", None, None),
)
case(
    "a document type in another encoding",
    repacked_book(lambda parts: {**parts, SHEET2: _typed(parts[SHEET2])}),
    "xml_entities",
    "XML entities",
)


def _typed(raw: bytes) -> bytes:
    text = raw.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    head, mark, rest = text.partition("<worksheet")
    return (head + '<!DOCTYPE x [<!ENTITY a "ha">]>' + mark + rest).encode("utf-16")


case(
    "a workbook whose parts are workbooks",
    repacked_book(lambda parts: dict.fromkeys(parts, _archive(x=b"x")) | {"[Content_Types].xml": b"<Types/>"}),
    "broken_workbook",
    "save it anew",
)
case(
    "a workbook that names parts outside of it",
    repacked_book(
        lambda parts: _put(parts, b"worksheets/sheet2.xml", b"../../../etc/passwd", "xl/_rels/workbook.xml.rels")
    ),
    "broken_workbook",
    "save it anew",
)
case(
    "strings that are no XML",
    repacked_book(lambda parts: {**parts, "xl/sharedStrings.xml": b"<sst><si><t>x"}, shared_book),
    "broken_workbook",
    "save it anew",
)
# ---- workbooks of other forms

SHEETS = {"accounts": [["id", "name"], ["a", "A"]], "people": [PEOPLE[0], ["p", "a", "Pei"]]}
CELL = "<table:table-cell "
ROW = "<table:table-row>"


def _ods(old: str, new: str, part: str = "content.xml", times: int = -1) -> Build:
    """An OpenDocument spreadsheet in which a text of a part stands for another."""

    def build(at: Path) -> Path:
        parts = ods_parts(SHEETS)
        assert old in parts[part]
        return write_parts(at / "a.ods", {**parts, part: parts[part].replace(old, new, times)})

    return build


def _xls(**said: Any) -> Build:
    return lambda at: write_xls(at / "a.xls", SHEETS, **said)


def _half(build: Build) -> Build:
    """A file of which the second half is missing."""

    def half(at: Path) -> Path:
        path = build(at)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        return path

    return half


def _renamed(build: Build, name: str) -> Build:
    return lambda at: build(at).rename(at / name)


def _parquet(**columns: Any) -> Build:
    rows = [list(columns), *zip(*columns.values(), strict=True)]
    return lambda at: write_parquet(at / "people.parquet", rows)


PERSON = {"id": ["p"], "account": ["a"], "name": ["Pei"]}
good_ods, good_xls, good_parquet = _ods("Pei", "Pei"), _xls(), _parquet(**PERSON)
case("half an .ods", _half(good_ods), "truncated_workbook", "cut off")
case("half an .xls", _half(good_xls), "broken_workbook", "save it anew")
case("half a .parquet", _half(good_parquet), "not_parquet", "damaged")
case("an .xlsx called .ods", _renamed(book(), "a.ods"), "other_ending", "a .xlsx file")
case("an .xlsx called .xls", _renamed(book(), "a.xls"), "other_ending", "a .xlsx file")
case("an .ods called .xls", _renamed(good_ods, "a.xls"), "other_ending", "a .ods file")
case("an .ods called .xlsx", _renamed(good_ods, "a.xlsx"), "other_ending", "a .ods file")
case("an .xls called .xlsx", _renamed(good_xls, "a.xlsx"), "encrypted_or_old", "name it .xls")
case("an .xls called .ods", _renamed(good_xls, "a.ods"), "encrypted_or_old", "name it .xls")
case("text called .ods", one_file("a.ods", b"id,name"), "not_a_workbook", "called .ods but")
case("text called .parquet", one_file("a.parquet", b"id,name"), "not_parquet", "no Parquet file")
case("an archive called .ods", one_file("a.ods", _archive(x=b"x")), "archive_not_workbook", "unpack it")
case("an empty .parquet", one_file("a.parquet", b""), "empty_file", "empty")
case("a table that nobody knows in Parquet", _renamed(_parquet(foo=["x"]), "foo.parquet"), "unknown_csv", "--map")
case("an .xls under a password", _xls(extra=record(0x2F, b"\1\0" + bytes(50))), "password", "without one")
case(
    "an .ods under a password",
    _ods("</manifest:manifest>", ENCRYPTED + "</manifest:manifest>", "META-INF/manifest.xml"),
    "password",
    "without one",
)
case("an .ods with entities", _ods("Pei", "&a;&lol;"), "broken_workbook", "save it anew")
case("an .ods of a large cell", _ods("Pei", "y" * 60 * MB), "unpacks_too_large", "far more")
case(
    "an .ods of a million rows in one",
    _ods(ROW, ROW[:-1] + ' table:number-rows-repeated="1048576">'),
    "unpacks_too_large",
    "far more",
)
case(
    "an .ods of sixteen thousand cells in one",
    _ods(CELL, CELL + 'table:number-columns-repeated="16384" ', times=1),
    "too_many_columns",
    "at most 256",
    ("accounts", 1, None),
)
case(
    "an .ods of seventeen thousand million cells in one",
    _ods(ROW + CELL, ROW[:-1] + f' table:number-rows-repeated="1048576">{CELL}table:number-columns-repeated="16384" '),
    "broken_workbook",
    "save it anew",
)
case(
    "a cell of an .ods that is wrong",
    _ods("<text:p>p<", "<text:p>p\u200d<"),
    "invisible_character",
    "U+200D",
    SECOND,
)
FAR: dict[str, Any] = {"people": [["id"], *[[]] * 65_534, [*[None] * 255, "x"]]}
case("an .xls of two cells far apart", lambda at: write_xls(at / "a.xls", FAR), "too_much_memory", "too much memory")
case(
    "a struct in Parquet",
    _parquet(**{**PERSON, "name": [{"x": 1}]}),
    "not_a_cell_value",
    "of type dict",
    ("people", 1, "name"),
)
case("bytes in Parquet", _parquet(**PERSON, title=[b"x"]), "not_a_cell_value", "of type bytes", ("people", 1, "title"))
ZONED = datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC)
case(
    "a time zone in Parquet",
    _renamed(_parquet(date=[ZONED], method=["forum"], people=["p"], members=["m"]), "interactions.parquet"),
    "date_with_zone",
    "2026-11-02",
    ("interactions", 1, "date"),
)
case("NUL in Parquet", _parquet(**PERSON, title=["x\0"]), "unstorable_character", "U+0000", ("people", 1, "title"))
# ---- JSON


def _tree(*records: dict[str, Any]) -> bytes:
    return json.dumps({"records": [{"attributes": {"type": "Account"}, **record} for record in records]}).encode()


case(
    "a number of a hundred thousand digits",
    one_file("a.json", b'{"records": [' + b"9" * 100_000 + b"]}"),
    "not_json",
    "JSON",
)
case("a text without an end", one_file("a.json", b'{"records": ["' + b"y" * MB), "not_json", "JSON")
case("UTF-32 that is none", one_file("a.json", b"\xff\xfe\x00\x00" + bytes(7)), "not_json", "JSON")
case("JSON twice", one_file("a.json", _tree() * 2), "not_json", "JSON")
case(
    "a change of direction in a tree's id",
    one_file("a.json", _tree({"Id": "q\u202e", "Name": "Quay"})),
    "invisible_character",
    "U+202E",
    ("accounts", 1, "id"),
)
case(
    "a semicolon in a tree's id",
    one_file("a.json", _tree({"Id": "q;r", "Name": "Quay"})),
    "semicolon_in_id",
    "separates ids",
    ("accounts", 1, "id"),
)
case(
    "a name longer than a cell is in a tree",
    one_file("a.json", _tree({"Id": "q", "Name": "y" * 40_000})),
    "cell_too_long",
    "more than 32767",
    ("accounts", 1, "name"),
)
case(
    "records that share no field",
    one_file("a.json", _tree(*({"Id": f"q{i}", f"f{i % 250}": i} for i in range(20_000)))),
    "too_many_columns",
    "columns",
    ("Account", None, None),
)

# ---- mailboxes, calendars, connections

HEAD = b"From: sun@ours.example\nDate: Tue, 03 Nov 2026 09:00:00 +0000\n"
case("a mailbox in UTF-16", one_file("a.mbox", ("From x\n" + HEAD.decode()).encode("utf-16")), "no_letters", "no mail")
case(
    "a mail to a hundred thousand",
    one_file("a.eml", HEAD + b"To: " + b",\n ".join(b"p%d@x.example" % i for i in range(100_000)) + b"\n\nx\n"),
    "nothing_to_read",
    "not one record",
    **OURS,
)
case(
    "a mail to two thousand",
    one_file("a.eml", HEAD + b"To: " + b",\n ".join(b"p%d@x.example" % i for i in range(2_000)) + b"\n\nx\n"),
    "nothing_to_read",
    "not one record",
    **OURS,
)
case(
    "brackets in an address",
    one_file("a.eml", HEAD + b"To: " + b"(" * 50_000 + b"\n\n"),
    "nothing_to_read",
    "not one",
    **OURS,
)
case("a calendar in UTF-16", one_file("a.ics", "BEGIN:VCALENDAR\n".encode("utf-16")), "wrong_encoding", "utf-8", **OURS)
case("a calendar of one line", one_file("a.ics", b"BEGIN:VCALENDAR" + b"y" * 5 * MB), "no_events", "no meeting", **OURS)
case(
    "a calendar of a million folds",
    one_file("a.ics", b"BEGIN:VCALENDAR\n" + b" \n" * MB),
    "no_events",
    "no meeting",
    **OURS,
)
case(
    "a meeting that comes back too often",
    lambda at: calendar(
        at / "a.ics", *(f"UID:{i}\nDTSTART:20150101T090000Z\nRRULE:FREQ=DAILY\n{ATTENDEES}" for i in range(60))
    ),
    "too_many_events",
    "more than 200000",
    **OURS,
)
case(
    "connections with a NUL",
    one_file("Connections.csv", b"First Name,Last Name,URL,Company,Connected On\nW\0u,Tao,u,Quay,05 Nov 2025\n"),
    "nul_character",
    "NUL",
    (None, 2, None),
    account="q",
    account_name="Quay",
    member="m",
)

# ---- CSV

case(
    "nothing but a mark of UTF-8",
    one_file("people.csv", b"\xef\xbb\xbf"),
    "empty_file",
    "empty",
    ("people", None, None),
)
case("nothing but a mark of UTF-16", one_file("people.csv", b"\xff\xfe"), "empty_file", "empty", ("people", None, None))
case(
    "more columns than a table has",
    one_file("people.csv", b"id,account" + b",x" * 300 + b"\n"),
    "too_many_columns",
    "columns",
    ("people", 1, None),
)
case(
    "a header without an end",
    one_file("people.csv", b'"' + b"y" * MB),
    "cell_too_long",
    "more than",
    ("people", 1, None),
)
case("a table of quotes", one_file("people.csv", b'"' * 99_999), "unclosed_quote", "never closed", ("people", 1, None))
case("a kind that nobody knows", one_file("a.csv", b"x\n1\n"), "unknown_kind", "there are", as_kind="Lead")
case("a kind that it is not", one_file("a.csv", b"x\n1\n"), "other_columns", "not those of Contact", as_kind="Contact")

# ---- mappings and reviews

GOOD = "source: x\ntables:\n- name: v\n  columns: [a]\n  into:\n  - sheet: accounts\n    fields: {id: a}\n"


def _mapping(name: str, make: bytes | Callable[[Path], object], code: str, words: str) -> None:
    def build(at: Path) -> Path:
        path = at / "m.yaml"
        path.write_bytes(make) if isinstance(make, bytes) else make(path)
        return one_file("accounts.csv", b"id\nq\n")(at)

    CASES.append(replace(BadInput(f"a mapping: {name}", build, code, None, None, None, words), mapping="m.yaml"))


def _lol(letters: str) -> bytes:
    """Nine references to nine references and so on: a small file that is a large one."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in pairwise(letters)]
    return "\n".join(lines).encode()


_mapping("empty", b"", "bad_mapping", "no mapping")
_mapping("a word", b"hello", "bad_mapping", "no mapping")
_mapping("a list", b"- a\n- b\n", "bad_mapping", "no mapping")
_mapping("not YAML", b"a: [b", "bad_mapping", "no mapping")
_mapping("two of them", (GOOD + "---\n" + GOOD).encode(), "bad_mapping", "single document")
_mapping("references to references", _lol("abcdefghi"), "bad_mapping", "references")
_mapping("lists in lists", b"[" * 50_000, "bad_mapping", "no mapping")
_mapping("a call of Python", b"!!python/object/apply:os.system [id]", "bad_mapping", "constructor")
_mapping("a control character", b"source: \x07\n", "bad_mapping", "no mapping")
_mapping("a number for a name", b"source: 5\ntables: 6\n", "bad_mapping", "at source")
_mapping("no such sheet", GOOD.replace("accounts", "leads").encode(), "bad_mapping", "there is no sheet leads")
_mapping("no such field", GOOD.replace("{id", "{shoe").encode(), "bad_mapping", "no field shoe")
_mapping("in Latin", GOOD.replace("x", "é").encode("latin-1"), "wrong_encoding", "not utf-8")
_mapping("a link", lambda path: path.symlink_to("/etc/passwd"), "link", "name the file itself")
_mapping("a pipe", os.mkfifo, "device", "not a file")
_mapping("a folder", Path.mkdir, "device", "not a file")
_mapping("of six megabytes", b"#" * 6 * MB, "text_too_large", "check which file")


def _review(name: str, make: bytes | Callable[[Path], object], code: str, words: str, row: int | None = None) -> None:
    def build(at: Path) -> Path:
        path = at / "review.csv"
        path.write_bytes(make) if isinstance(make, bytes) else make(path)
        return one_file("accounts.csv", b"id\nq\n")(at)

    CASES.append(replace(BadInput(f"a review: {name}", build, code, None, row, None, words), review="review.csv"))


_review("empty", b"", "bad_review", "no review file", 1)
_review("another table", b"a,b\n1,2\n", "bad_review", "a, b", 1)
_review("another word", b"decision,from,person\nperhaps,a,b\n", "bad_review", "perhaps", 2)
_review("a quote never closed", b'decision,from,person\n"accept,a,b\n', "bad_review", "no review file", 2)
_review("a NUL", b"decision,from,person\nacc\0ept,a,b\n", "bad_review", "no review file", 2)
_review(
    "a cell without an end", b"decision,from,person\n," + b"y" * 200_000 + b",b\n", "bad_review", "no review file", 2
)
_review("in UTF-16", "decision,from,person\n".encode("utf-16"), "wrong_encoding", "not utf-8")
_review("a link", lambda path: path.symlink_to("/dev/zero"), "link", "name the file itself")
_review("a link to nothing", lambda path: path.symlink_to("gone"), "link", "name the file itself")
_review("a pipe", os.mkfifo, "device", "not a file")
_review("a folder", Path.mkdir, "device", "not a file")
_review("of six megabytes", b"," * 6 * MB, "text_too_large", "check which file")
