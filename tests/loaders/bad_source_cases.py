"""Invalid exports, mailboxes and calendars: further cases of bad input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.loaders.bad_files import Build, one_file, repacked_book
from tests.loaders.bad_input_cases import CASES, BadInput
from tests.loaders.mail_examples import ATTENDEES, SUN_AT, WU_AT, box, calendar, mail

NEW = {"account": "q", "account_name": "Quay"}
OURS = {**NEW, "our_domains": frozenset({"ours.example"})}


def case(
    name: str, build: Build, code: str, words: str, said: dict[str, Any] | None = None, sheet: str | None = None
) -> None:
    CASES.append(BadInput(name, build, code, sheet, None, None, words, said=said or {}))


def _json(name: str, written: Any, code: str, words: str) -> None:
    raw = written if isinstance(written, bytes) else json.dumps(written).encode()
    case(name, one_file("export.json", raw), code, words)


def _record(**fields: Any) -> dict[str, Any]:
    return {"attributes": {"type": "Account", "referenceId": "A"}, "Name": "Quay", **fields}


def _children(depth: int) -> dict[str, Any]:
    return _record(**({"Contacts": {"records": [_children(depth - 1)]}} if depth else {}))


_json("an empty JSON file", b"", "empty_file", "empty")
_json("a JSON file of blanks", b" \n ", "empty_file", "empty")
_json("half a JSON file", b'{"records": [', "not_json", "JSON")
_json("JSON in another encoding", '{"records": "陈"}'.encode("gb18030"), "not_json", "JSON")
_json("JSON of bytes", bytes(range(256)), "not_json", "JSON")
_json("JSON with a comment", b'{"records": []} // ours', "not_json", "JSON")
_json("lists in lists in lists", b"[" * 200_000, "too_deep", "deep")
_json("objects in objects", b'{"a":' * 100_000, "too_deep", "deep")
_json("a JSON number", 3, "no_record_tree", "records")
_json("a JSON text", "records", "no_record_tree", "records")
_json("nothing in JSON", None, "no_record_tree", "records")
_json("records that are no list", {"records": {"a": 1}}, "no_record_tree", "records")
_json("a record that is a number", {"records": [3]}, "no_record_tree", "records")
_json("a record without a type", {"records": [{"Name": "Quay"}]}, "no_record_tree", "records")
_json("a type that is a number", {"records": [{"attributes": {"type": 5}}]}, "no_record_tree", "records")
_json("a list among the records", [_record(), []], "no_record_tree", "records")
_json("children seven deep", {"records": [_children(7)]}, "no_record_tree", "records")
_json("a type that nobody knows", {"records": [{"attributes": {"type": "Lead"}}]}, "nothing_to_read", "not one record")
_json("no records at all", {"records": []}, "nothing_to_read", "not one record")
WIDE = json.dumps({"records": [_record(**{f"c{i}": 1 for i in range(300)})]}).encode()
case("one more column than a table has", one_file("w.json", WIDE), "too_many_columns", "columns", sheet="Account")

for ending in ("mbox", "eml"):
    case(f"an empty .{ending}", one_file(f"b.{ending}", b""), "no_letters", "no mail")
    case(f"a .{ending} of blank lines", one_file(f"b.{ending}", b"\n\r\n\n"), "no_letters", "no mail")
    case(f"a .{ending} of text", one_file(f"b.{ending}", b"Dear all,\n\nhello\n"), "no_letters", "no mail")
    case(f"a .{ending} of zeros", one_file(f"b.{ending}", bytes(100_000)), "no_letters", "no mail")
    case(f"a page called .{ending}", one_file(f"b.{ending}", b"<html><body>x</body></html>"), "no_letters", "no mail")
case("a mailbox of begun mails", one_file("b.mbox", b"From x\n\n" * 50), "no_letters", "no mail")


def _box(*edits: dict[str, str]) -> Build:
    def build(at: Path) -> Path:
        mails = []
        for number, edit in enumerate(edits):
            made = mail(number, SUN_AT, WU_AT)
            for name, value in edit.items():
                del made[name]
                if value:
                    made[name] = value
            mails.append(made)
        return box(at / "b.mbox", *mails)

    return build


def _long_head(at: Path) -> Path:
    path = at / "b.eml"
    path.write_bytes(b"From: sun@ours.example\nTo: " + b"a@b.example, " * 100_000 + b"\n\n")
    return path


case("a mailbox of newsletters", _box({"List-Id": "<n>"}), "nothing_to_read", "not one record", OURS)
case("a mailbox without dates", _box({"Date": ""}), "nothing_to_read", "not one record", OURS)
case("a mail to nobody", _box({"To": ""}), "nothing_to_read", "not one record", OURS)
case(
    "a mail of the year 9999",
    _box({"Date": "Fri, 31 Dec 9999 23:59:59 -1200"}),
    "nothing_to_read",
    "not one record",
    OURS,
)
case("a mail of tomorrow", _box({"Date": "Tue, 24 Nov 2036 09:00:00 +0000"}), "nothing_to_read", "not one record", OURS)
case("a head of a megabyte", _long_head, "nothing_to_read", "not one record", OURS)
case("a mailbox of strangers", _box({}), "nothing_to_read", "not one record")


def _ics(name: str, raw: bytes, code: str, words: str) -> None:
    case(name, one_file("c.ics", raw), code, words, OURS)


_ics("an empty calendar", b"", "empty_file", "empty")
_ics("a calendar of text", b"Dear all,\nhello\n", "not_a_calendar", ".ics")
_ics("a calendar of bytes", bytes(range(256)), "wrong_encoding", "utf-8")
_ics("a page called .ics", b"<html></html>", "not_a_calendar", ".ics")
_ics("half a calendar", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n", "no_events", "no meeting")
_ics("a calendar of ends", b"END:VCALENDAR\n" * 10, "not_a_calendar", ".ics")
_ics(
    "a calendar without meetings",
    b"BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR\n",
    "no_events",
    "no meeting",
)
_ics("calendars in calendars", b"BEGIN:VCALENDAR\n" * 50_000, "no_events", "no meeting")


def _meetings(*events: str) -> Build:
    return lambda at: calendar(at / "c.ics", *events)


WHEN = "UID:1\nDTSTART:20261103T090000Z\n"
case(
    "meetings that were cancelled",
    _meetings(WHEN + "STATUS:CANCELLED\n" + ATTENDEES),
    "nothing_to_read",
    "not one record",
    OURS,
)
case("meetings without anybody", _meetings(WHEN), "nothing_to_read", "not one record", OURS)
case("meetings without a day", _meetings("UID:1\n" + ATTENDEES), "nothing_to_read", "not one record", OURS)
case(
    "meetings of the far future",
    _meetings("UID:1\nDTSTART:99991231\n" + ATTENDEES),
    "nothing_to_read",
    "not one record",
    OURS,
)

LINKEDIN = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\nWu,Tao,u,,Quay,CTO,05 Nov 2025\n"
case("connections of nobody", one_file("Connections.csv", LINKEDIN), "member_needed", "--member", NEW)
case("connections with no company asked", one_file("Connections.csv", LINKEDIN), "account_needed", "--account")
case(
    "connections of a stranger",
    one_file("Connections.csv", LINKEDIN),
    "unknown_member",
    "no member zz",
    {**NEW, "member": "zz"},
)
case(
    "an account that is nowhere",
    one_file("accounts.csv", b"id\nq\n"),
    "unknown_account",
    "zz",
    {"account": "zz"},
)
case("a chart of no account", one_file("x.csv", b"employee,manager\na,b\n"), "account_needed", "--account")
case(
    "a directory of no account",
    one_file("x.csv", b"userPrincipalName,displayName,accountEnabled\na,b,True\n"),
    "account_needed",
    "--account",
)
case(
    "contacts of no account",
    one_file("Contact.csv", b"Id,LastName,AccountId\n1,Li,9\n"),
    "nothing_to_read",
    "not one record",
)


def _deep_folder(at: Path) -> Path:
    deep = at
    for _ in range(10):
        deep /= "in"
    deep.mkdir(parents=True)
    (deep / "people.csv").write_text("id\n")
    return at


case("a folder eleven deep", _deep_folder, "folder_too_deep", "8 deep")


def _nested(parts: dict[str, bytes]) -> dict[str, bytes]:
    inner = b"<a>" * 200_000
    return {**parts, "xl/worksheets/sheet2.xml": parts["xl/worksheets/sheet2.xml"].replace(b"<row", inner + b"<row", 1)}


def _outside_names(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {f"../../{name}": raw for name, raw in parts.items()}


def _no_sheets(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {name: raw for name, raw in parts.items() if "worksheets/" not in name}


case("elements in elements", repacked_book(_nested), "broken_workbook", "save it anew", sheet="people")
case("parts that lead outside", repacked_book(_outside_names), "archive_not_workbook", "workbook")
case("a workbook that lost its sheets", repacked_book(_no_sheets), "broken_workbook", "save it anew")
