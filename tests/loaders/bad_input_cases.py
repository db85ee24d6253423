"""Invalid input and the message that each case must get; used by the tests of loaders, commands and HTTP."""

from __future__ import annotations

import datetime
import os
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.loaders.bad_files import Build, book, edited_book, folder, one_file, repacked_book, replaced, shared_book

TODAY = datetime.date(2026, 11, 23)


@dataclass(frozen=True)
class BadInput:
    """A file, what it is read with, and the finding that it must get: code, sheet, row, column, a piece of the text.

    `mapping` and `review` are the names of files that are built beside it.
    """

    name: str
    build: Build
    code: str
    sheet: str | None
    row: int | None
    column: str | None
    words: str
    encoding: str | None = None
    strict: bool = False
    said: dict[str, Any] = field(default_factory=dict)
    mapping: str | None = None
    review: str | None = None

    def options(self, at: Path) -> list[str]:
        """The options of the command line beside the file; their files are written into the folder `at`."""
        options = ["--encoding", self.encoding] if self.encoding else []
        options += ["--strict"] if self.strict else []
        if "account" in self.said:
            name = self.said.get("account_name")
            options += ["--account", self.said["account"] if name is None else f"{self.said['account']}={name}"]
        options += ["--member", self.said["member"]] if "member" in self.said else []
        options += ["--as", self.said["as_kind"]] if "as_kind" in self.said else []
        for domain in sorted(self.said.get("our_domains", ())):
            options += ["--our-domain", domain]
        options += ["--map", str(at / self.mapping)] if self.mapping else []
        options += ["--review", str(at / self.review)] if self.review else []
        return options


CASES: list[BadInput] = []


def case(
    name: str,
    build: Build,
    code: str,
    place: tuple[str | None, int | None, str | None],
    words: str,
    *,
    encoding: str | None = None,
    strict: bool = False,
) -> None:
    CASES.append(BadInput(name, build, code, *place, words, encoding, strict))


NO_PLACE = (None, None, None)
MEETINGS = "id,date,method,people,members,customer_headcount\n"
STEPS = "id,opportunity,rule,quota\n"
OPPORTUNITY = "id,account\no,a\n"


def person(cells: str, head: str = "id,account,name") -> Build:
    """A folder whose people.csv has this one row too many."""
    return folder(people=f"{head}\np,a,Pei\nq,a,Qin\nx,b,Xu\n{cells}\n")


def meeting(cells: str) -> Build:
    """A folder with one contact."""
    return folder(interactions=f"{MEETINGS}{cells}\n")


# ---- what is no file to read

case("nothing is there", lambda at: at / "gone.xlsx", "no_such_file", NO_PLACE, "check the path")
case("a folder without CSV", lambda at: at, "empty_folder", NO_PLACE, "holds no file")
case("an empty workbook file", one_file("a.xlsx", b""), "empty_file", NO_PLACE, "The file is empty")
case("an empty CSV file", folder(people=b""), "empty_file", ("people", None, None), "The file is empty")
case("a CSV file of blank lines", folder(people=b"\n\r\n \n"), "empty_file", ("people", None, None), "is empty")
case("a document", one_file("a.docx", b"PK\x03\x04x"), "unknown_file", NO_PLACE, "none of the files")
case("text called .xls", one_file("a.xls", b"<html><table>"), "not_a_workbook", NO_PLACE, "called .xls but")
case(
    "an encrypted workbook",
    one_file("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "encrypted_or_old",
    NO_PLACE,
    "without a password",
)
case("text called .xlsx", one_file("a.xlsx", b"id,name\na,A\n"), "not_a_workbook", NO_PLACE, "is no workbook")
case("a page called .xlsx", one_file("a.xlsx", b"<html><table>"), "not_a_workbook", NO_PLACE, "is no workbook")


def _cut(at: Path) -> Path:
    path = book()(at)
    path.write_bytes(path.read_bytes()[:-200])
    return path


def _flipped(at: Path) -> Path:
    path = book()(at)
    raw = bytearray(path.read_bytes())
    start = raw.index(b"xl/worksheets/sheet1.xml") + 60
    raw[start : start + 40] = bytes(40)
    path.write_bytes(raw)
    return path


def _archive(at: Path) -> Path:
    path = at / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("people.csv", "id,account\np,a\n")
    return path


def _link(at: Path) -> Path:
    book()(at)
    (at / "link.xlsx").symlink_to(at / "account.xlsx")
    return at / "link.xlsx"


def _link_in_folder(at: Path) -> Path:
    made = folder()(at)
    (made / "people.csv").rename(at / "elsewhere.csv")
    (made / "people.csv").symlink_to(at / "elsewhere.csv")
    return made


def _pipe(at: Path) -> Path:
    os.mkfifo(at / "pipe.csv")
    return at / "pipe.csv"


def _folder_as_file(at: Path) -> Path:
    made = folder(people=None)(at)
    (made / "people.csv").mkdir()
    return made


case("a workbook cut off", _cut, "truncated_workbook", NO_PLACE, "cut off or damaged")
case("a workbook damaged inside", _flipped, "broken_workbook", NO_PLACE, "cannot be understood")
case("an archive called .xlsx", _archive, "archive_not_workbook", NO_PLACE, "unpack it")
case("a link", _link, "link", NO_PLACE, "name the file itself")
case("a link inside a folder", _link_in_folder, "link", NO_PLACE, "name the file itself")
case("a pipe", _pipe, "device", NO_PLACE, "not a file")
case("a folder in place of a file", _folder_as_file, "device", NO_PLACE, "not a file")
case("a device", lambda at: Path("/dev/zero"), "device", NO_PLACE, "not a file")
case(
    "a workbook called .csv",
    lambda at: book()(at).rename(at / "people.csv"),
    "workbook_named_csv",
    ("people", None, None),
    "name it .xlsx",
)
case("JSON that ends in the middle", one_file("tree.json", b'{"records": ['), "not_json", NO_PLACE, "This is not JSON")
case("JSON of something else", one_file("tree.json", b'{"a": 1}'), "no_record_tree", NO_PLACE, "no tree of records")
case("JSON records without a type", one_file("tree.json", b'[{"Id": 1}]'), "no_record_tree", NO_PLACE, "type each")
case("a CSV file of unknown kind", one_file("list.csv", b"x,y\n1,2\n"), "unknown_csv", NO_PLACE, "Neither the name")
case(
    "a workbook of other sheets",
    book(accounts=None, people=None, team=None, Budget=[["x"]]),
    "no_known_sheet",
    NO_PLACE,
    "start from swaymap template",
)
case(
    "a workbook with headers only",
    book(accounts=[["id"]], people=[["id", "account"]], team=None),
    "nothing_to_read",
    NO_PLACE,
    "not one record",
)

# ---- workbooks made to hurt


def _entities(parts: dict[str, bytes]) -> dict[str, bytes]:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    sheet = parts["xl/worksheets/sheet1.xml"]
    return {**parts, "xl/worksheets/sheet1.xml": sheet.replace(b"<worksheet", bomb + b"<worksheet", 1)}


def _outside_entity(parts: dict[str, bytes]) -> dict[str, bytes]:
    bomb = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    strings = parts["xl/sharedStrings.xml"]
    return {**parts, "xl/sharedStrings.xml": strings.replace(b"<sst", bomb + b"<sst", 1)}


def _unpacks_large(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {**parts, "xl/media/large.bin": bytes(80_000_000)}


def _many_parts(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {**parts, **{f"xl/media/{i}.bin": b"" for i in range(2_001)}}


def _locked_part(at: Path) -> Path:
    path = book()(at)
    raw = bytearray(path.read_bytes())
    at_entry = raw.index(b"PK\x01\x02")
    raw[at_entry + 8] |= 1
    path.write_bytes(raw)
    return path


def _far_cell(workbook: Any) -> None:
    workbook["people"]["XFD1048576"] = "far"


def _wide_header(workbook: Any) -> None:
    workbook["people"]["XFD1"] = "far"


SHEET2 = "xl/worksheets/sheet2.xml"
case("entities that grow", repacked_book(_entities), "xml_entities", NO_PLACE, "declares XML entities")
case(
    "an entity from outside",
    repacked_book(_outside_entity, shared_book),
    "xml_entities",
    NO_PLACE,
    "declares XML entities",
)
case(
    "a small file that unpacks to a large one", repacked_book(_unpacks_large), "unpacks_too_large", NO_PLACE, "far more"
)
case("more parts than a workbook has", repacked_book(_many_parts), "too_many_members", NO_PLACE, "more than 2000 parts")
case("a part under a password", _locked_part, "encrypted_or_old", NO_PLACE, "without a password")
case(
    "one cell at the far end",
    edited_book(_far_cell),
    "value_without_header",
    ("people", 1_048_576, None),
    "without a header",
)
case("a header out to the far end", edited_book(_wide_header), "too_many_columns", ("people", 1, None), "16384 columns")
case(
    "a sheet that is no XML",
    replaced(SHEET2, b"</row>", b"</raw>"),
    "broken_workbook",
    ("people", None, None),
    "save it anew",
)
case(
    "a string that is not there",
    replaced(SHEET2, b"<v>1</v>", b"<v>999</v>", shared_book),
    "broken_workbook",
    ("people", None, None),
    "IndexError",
)
case(
    "a row number that is none",
    replaced(SHEET2, b'<row r="2"', b'<row r="two"'),
    "broken_workbook",
    ("people", None, None),
    "ValueError",
)

# ---- CSV as such

case("a row too short", person("z,a"), "ragged_row", ("people", 5, None), "has 2 cells where the header has 3")
case("a row too long", person("z,a,Zhu,more"), "ragged_row", ("people", 5, None), "has 4 cells where the header has 3")
case("a delimiter inside a name", person("z,a,Zhu, Wei"), "ragged_row", ("people", 5, None), "quote cells that hold")
case("a quote never closed", person('z,a,"Zhu'), "unclosed_quote", ("people", 5, None), "never closed")
case("text after a closing quote", person('z,a,"Zhu" Wei'), "broken_quote", ("people", 5, None), "double the quotes")
case("a NUL character", person("z,a,Z\0hu"), "nul_character", ("people", 5, None), "NUL")
case("a cell without end", person("z,a," + "y" * 200_000), "cell_too_long", ("people", 5, None), "more than 32767")
case(
    "a cell longer than a workbook takes",
    person("z,a," + "y" * 40_000),
    "cell_too_long",
    ("people", 5, "name"),
    "more than 32767",
)
case(
    "bytes of no encoding",
    folder(people=b"id,account,name\np,a,\xff\xff\n"),
    "wrong_encoding",
    ("people", 2, None),
    "--encoding",
)
case(
    "UTF-16 cut in half",
    folder(people="id,account\np,a\n".encode("utf-16")[:-1]),
    "wrong_encoding",
    ("people", 2, None),
    "utf-16",
)
case(
    "an encoding that nobody has", folder(), "unknown_encoding", ("accounts", None, None), "klingon", encoding="klingon"
)
case("an encoding that is no text", folder(), "unknown_encoding", ("accounts", None, None), "rot13", encoding="rot13")
case(
    "Chinese read as something else",
    folder(people="id,account,name\np,a,陈宇\n".encode("gb18030")),
    "wrong_encoding",
    ("people", 2, None),
    "not ascii",
    encoding="ascii",
)

# ---- headers

case("a column twice", person("z,a,Z", "id,account,account"), "column_twice", ("people", 1, "account"), "there twice")
case(
    "a column twice in two languages",
    person("z,a,Z", "id,account,客户"),
    "column_twice",
    ("people", 1, "客户"),
    "there twice",
)
case("a required column missing", folder(people="id,name\np,Pei\n"), "missing_column", ("people", 1, "account"), "客户")
case(
    "a required column missing from a sheet",
    book(people=[["id"], ["p"]]),
    "missing_column",
    ("people", 1, "account"),
    "is missing",
)
case(
    "a header in the second row", folder(people="our people\nid\n"), "missing_column", ("people", 1, "id"), "is missing"
)
case(
    "a value under no header",
    folder(people="id,account,\np,a,\nq,a,x\n"),
    "value_without_header",
    ("people", 3, None),
    "without a header",
)
case(
    "a value beyond a sheet's header",
    book(people=[["id", "account"], ["p", "a", "x"]]),
    "value_without_header",
    ("people", 2, None),
    "“x”",
)
case(
    "an unknown column, strictly",
    person("z,a,Z", "id,account,nmae"),
    "unknown_column_near",
    ("people", 1, "nmae"),
    "Did you mean name",
    strict=True,
)
case(
    "a far-off column, strictly",
    person("z,a,Z", "id,account,shoe"),
    "unknown_column",
    ("people", 1, "shoe"),
    "is not known",
    strict=True,
)
case("an unknown sheet, strictly", book(Budget=[["x"], ["1"]]), "unknown_sheet", NO_PLACE, "Budget", strict=True)
case("an unknown CSV file, strictly", folder(budget="x\n1\n"), "unknown_sheet", NO_PLACE, "budget", strict=True)

# ---- ids

case("an id to be emptied", person("-,a,Zhu"), "cannot_be_emptied", ("people", 5, "id"), "must be filled in")
case(
    "an account to be emptied", person("z,清空,Zhu"), "cannot_be_emptied", ("people", 5, "account"), "must be filled in"
)
case("no id and no name", person(",a,"), "missing_value", ("people", 5, "id"), "must be filled in")
case("an id and a name of blanks", person("   ,a,\u3000"), "missing_value", ("people", 5, "id"), "Neither an id nor a")
case("an id that differs in case alone", person("P,a,Zhu"), "ids_alike", ("people", 5, "id"), "looks like “p”")
case("an id of full-width letters", person("ｐ,a,Zhu"), "ids_alike", ("people", 5, "id"), "looks like “p”")
case(
    "ids that differ in composition alone",
    folder(people="id,account,name\nzo\u00eb,a,Zo\nzoe\u0308,a,Zoe\n"),
    "ids_alike",
    ("people", 3, "id"),
    "composition",
)
case(
    "a name that two people have",
    folder(people="id,account,name,title\np,a,Pei,CFO\nq,a,pei,Buyer\n", reports_to="person,manager\np,Pei\n"),
    "ambiguous_name",
    ("reports_to", 2, "manager"),
    "p (Pei, CFO), q (pei, Buyer)",
)
case(
    "a name that two people have, in a list",
    folder(people="id,account,name\np,a,Pei\nq,a,Pei\n", interactions="date,method,people\n2026-11-02,forum,x;pei\n"),
    "ambiguous_name",
    ("interactions", 2, "people"),
    "p (Pei), q (Pei)",
)
case(
    "a topic about a name that two people have",
    folder(
        people="id,account,name\np,a,Pei\nq,a,Pei\n",
        opportunities=OPPORTUNITY,
        claims="id,opportunity,topic\nc,o,stance:Pei\n",
    ),
    "ambiguous_name",
    ("claims", 2, "topic"),
    "may be one of several",
)
case(
    "a row that may be two people",
    folder(people="id,account,name,title\np,a,Pei,CFO\nq,a,Pei,Buyer\n,a,Pei,\n"),
    "ambiguous_row",
    ("people", 4, "name"),
    "fill in the id",
)
case(
    "an unknown name, with the nearest",
    folder(reports_to="person,manager\nPei,Quin\n"),
    "dangling",
    ("reports_to", 2, "manager"),
    "the nearest: q (Qin)",
)
case(
    "a name of another account",
    folder(opportunities=OPPORTUNITY, participation="opportunity,person\no,Xu\n"),
    "other_account",
    ("participation", 2, "person"),
    "belongs to the account b",
)
case("a zero-width character in an id", person("z\u200b,a,Zhu"), "invisible_character", ("people", 5, "id"), "U+200B")
case("a change of direction in an id", person("z\u202e,a,Zhu"), "invisible_character", ("people", 5, "id"), "U+202E")
case("a hard space in an id", person("z\u00a0z,a,Zhu"), "invisible_character", ("people", 5, "id"), "U+00A0")
case("a filler in an id", person("z\u3164z,a,Zhu"), "invisible_character", ("people", 5, "id"), "U+3164")
case("a line break in an id", person('"z\nz",a,Zhu'), "invisible_character", ("people", 5, "id"), "U+000A")
case("a semicolon in an id", person("z;y,a,Zhu"), "semicolon_in_id", ("people", 5, "id"), "separates ids")
case("a Chinese semicolon in an id", person("z；y,a,Zhu"), "semicolon_in_id", ("people", 5, "id"), "separates ids")
case("an id without end", person("z" * 201 + ",a,Zhu"), "id_too_long", ("people", 5, "id"), "more than 200")
case("an id twice with different names", person("p,a,Peter"), "duplicate_key", ("people", 5, "id"), "in row 2 already")
case(
    "an id twice in a workbook",
    book(people=[["id", "account", "name"], ["p", "a", "A"], ["p", "a", "B"]]),
    "duplicate_key",
    ("people", 3, "id"),
    "keep one",
)
case(
    "a long number as an id",
    book(people=[["id", "account"], [4.4011619880101e17, "a"]]),
    "long_number",
    ("people", 2, "id"),
    "15 digits",
)
case(
    "a conflict told from both ends differently",
    folder(conflicts="a,b,intensity\np,q,0.2\nq,p,0.3\n"),
    "duplicate_key",
    ("conflicts", 3, "a"),
    "in row 2 already",
)

# ---- cells

LINES = "source,target,weight\n"
case(
    "a word that is no role",
    folder(team="id,role\nm,Boss\n"),
    "unknown_word",
    ("team", 2, "role"),
    "It takes AR, SR, FR",
)
case(
    "a word nearly right",
    folder(people="id,account,status\np,a,activ\n"),
    "unknown_word_near",
    ("people", 2, "status"),
    "Did you mean active",
)
case(
    "a Chinese word nearly right",
    folder(people="id,account,status\np,a,离任了\n"),
    "unknown_word_near",
    ("people", 2, "status"),
    "离任",
)
case(
    "one wrong role of several",
    folder(opportunities=OPPORTUNITY, participation="opportunity,person,roles\no,p,D;Z\n"),
    "unknown_word",
    ("participation", 2, "roles"),
    "It takes D, A",
)
case(
    "a level that is none",
    folder(people="id,account,level\np,a,8\n"),
    "out_of_range",
    ("people", 2, "level"),
    "≥ 1, ≤ 7",
)
case("a weight of zero", folder(influences=LINES + "p,q,0\n"), "out_of_range", ("influences", 2, "weight"), "> 0, ≤ 1")
case(
    "a weight above one",
    folder(influences=LINES + "p,q,1.5\n"),
    "out_of_range",
    ("influences", 2, "weight"),
    "> 0, ≤ 1",
)
case(
    "a negative weight of a vote",
    folder(opportunities=OPPORTUNITY, steps=STEPS + "s,o,,\n", votes="step,person,weight\ns,p,-1\n"),
    "out_of_range",
    ("votes", 2, "weight"),
    "≥ 0",
)
case(
    "a quota of zero",
    folder(opportunities=OPPORTUNITY, steps=STEPS + "s,o,quota,0\n"),
    "out_of_range",
    ("steps", 2, "quota"),
    "> 0",
)
case(
    "no number",
    folder(influences=LINES + "p,q,NaN\n"),
    "not_finite",
    ("influences", 2, "weight"),
    "not a finite number",
)
case(
    "infinity",
    folder(opportunities="id,account,amount\no,a,1e999\n"),
    "not_finite",
    ("opportunities", 2, "amount"),
    "not a finite number",
)
case(
    "a decimal comma",
    folder(influences=LINES + 'p,q,"0,5"\n'),
    "not_a_number",
    ("influences", 2, "weight"),
    "write it like 0.5",
)
case(
    "a percentage", folder(influences=LINES + "p,q,50%\n"), "not_a_number", ("influences", 2, "weight"), "without units"
)
case(
    "thousands with commas",
    folder(opportunities='id,account,amount\no,a,"1,000"\n'),
    "not_a_number",
    ("opportunities", 2, "amount"),
    "thousands",
)
case(
    "half a person",
    meeting("i,2020-11-01,forum,p,m,1.5"),
    "not_a_whole_number",
    ("interactions", 2, "customer_headcount"),
    "not a whole number",
)
case(
    "more people than there are",
    meeting("i,2020-11-01,forum,p,m," + "9" * 5_000),
    "out_of_range",
    ("interactions", 2, "customer_headcount"),
    "out of range",
)
case(
    "neither yes nor no",
    folder(people="id,account,external\np,a,perhaps\n"),
    "not_yes_or_no",
    ("people", 2, "external"),
    "neither yes nor no",
)
case(
    "a required weight left empty",
    folder(influences=LINES + "p,q,\n"),
    "missing_value",
    ("influences", 2, "weight"),
    "must be filled in",
)
case(
    "a required weight to be emptied",
    folder(influences=LINES + "p,q,-\n"),
    "cannot_be_emptied",
    ("influences", 2, "weight"),
    "weight must be filled in",
)
case(
    "an error of the spreadsheet's as a number",
    folder(influences=LINES + "p,q,#DIV/0!\n"),
    "spreadsheet_error",
    ("influences", 2, "weight"),
    "error of the spreadsheet's",
)
case(
    "an error of the spreadsheet's as an id",
    person("#REF!,a,Zhu"),
    "spreadsheet_error",
    ("people", 5, "id"),
    "mend the formula",
)

# ---- dates

case(
    "a date in either order",
    meeting("i,03/04/2026,forum,p,m,"),
    "ambiguous_date",
    ("interactions", 2, "date"),
    "2026-03-04 / 2026-04-03",
)
case(
    "a date with slashes",
    meeting("i,2026/11/2,forum,p,m,"),
    "not_iso_date",
    ("interactions", 2, "date"),
    "write 2026-11-02",
)
case(
    "a Chinese date",
    meeting("i,2026年11月2日,forum,p,m,"),
    "not_iso_date",
    ("interactions", 2, "date"),
    "write 2026-11-02",
)
case(
    "a German date", meeting("i,23.11.2026,forum,p,m,"), "not_iso_date", ("interactions", 2, "date"), "write 2026-11-23"
)
case(
    "the 30th of February",
    meeting("i,2026-02-30,forum,p,m,"),
    "impossible_date",
    ("interactions", 2, "date"),
    "does not exist",
)
case(
    "the 13th month",
    meeting("i,2026-13-13,forum,p,m,"),
    "impossible_date",
    ("interactions", 2, "date"),
    "does not exist",
)
case(
    "a word for a date",
    meeting("i,last week,forum,p,m,"),
    "not_a_date",
    ("interactions", 2, "date"),
    "write it like 2026-11-23",
)
case(
    "a spreadsheet's number for a day",
    meeting("i,46328,forum,p,m,"),
    "day_number",
    ("interactions", 2, "date"),
    "write 2026-11-02",
)
case(
    "a time of day",
    meeting("i,2026-11-02 14:30,forum,p,m,"),
    "date_with_time",
    ("interactions", 2, "date"),
    "only the day, 2026-11-02",
)
case(
    "a bid date before the days that there are",
    folder(opportunities="id,account,name,bid_date\no,acme,O,0001-01-01\n"),
    "day_out_of_range",
    ("opportunities", 2, "bid_date"),
    "not a day from 1900-01-01 to 2200-12-31",
)
case(
    "a bid date beyond the days that there are",
    folder(opportunities="id,account,name,bid_date\no,acme,O,9999-12-31\n"),
    "day_out_of_range",
    ("opportunities", 2, "bid_date"),
    "not a day from 1900-01-01 to 2200-12-31",
)
case(
    "a contact before the days that there are",
    meeting("i,0001-01-01,forum,p,m,"),
    "day_out_of_range",
    ("interactions", 2, "date"),
    "check the year",
)
case(
    "a contact in the future",
    meeting("i,2999-01-01,forum,p,m,"),
    "future_contact",
    ("interactions", 2, "date"),
    "2999-01-01 is after today",
)
case(
    "a contact in the future in a workbook",
    book(interactions=[["id", "date", "method"], ["i", datetime.date(2999, 1, 1), "forum"]]),
    "future_contact",
    ("interactions", 2, "date"),
    "2999-01-01 is after today",
)
case(
    "a required date left empty",
    meeting("i,,forum,p,m,"),
    "missing_value",
    ("interactions", 2, "date"),
    "must be filled in",
)

# ---- cells of workbooks

FORMULA = book(people=[["id", "account", "name"], ["p", "a", "=UPPER(A2)"]])
case("a formula never computed", FORMULA, "formula_without_value", ("people", 2, "name"), "open and save the workbook")
case(
    "a formula for an id",
    book(people=[["id", "account"], ["=A1&A2", "a"]]),
    "formula_without_value",
    ("people", 2, "id"),
    "type the value",
)
case(
    "an error in a cell of text",
    replaced(SHEET2, b't="inlineStr"><is><t>Pei</t></is>', b't="e"><v>#N/A</v>'),
    "spreadsheet_error",
    ("people", 2, "name"),
    "“#N/A”",
)
case(
    "an error in a required cell",
    book(influences=[["source", "target", "weight"], ["p", "q", "#N/A"]]),
    "spreadsheet_error",
    ("influences", 2, "weight"),
    "mend the formula",
)
case(
    "a truth as a number",
    book(influences=[["source", "target", "weight"], ["p", "q", True]]),
    "not_a_number",
    ("influences", 2, "weight"),
    "TRUE",
)
case(
    "a moment for a day",
    book(interactions=[["id", "date", "method"], ["i", datetime.datetime(2026, 11, 2, 9, 30), "forum"]]),
    "date_with_time",
    ("interactions", 2, "date"),
    "only the day",
)
case(
    "a hidden sheet is read too",
    edited_book(lambda made: setattr(made["people"], "sheet_state", "hidden"), people=[["id", "account"], ["p", None]]),
    "missing_value",
    ("people", 2, "account"),
    "must be filled in",
)
case(
    "Chinese headers and a wrong word",
    book(people=None, 人员=[["人员编号", "客户", "状态"], ["p", "a", "睡着"]]),
    "unknown_word",
    ("人员", 2, "状态"),
    "睡着",
)

# ---- records that do not fit each other

case("an account that is not there", person("z,c,Zhu"), "dangling", ("people", 5, "account"), "“c” is not in accounts")
case(
    "a manager who is not there",
    folder(reports_to="person,manager\np,boss\n"),
    "dangling",
    ("reports_to", 2, "manager"),
    "is not in people",
)
case(
    "somebody met who is not there",
    meeting("i,2020-11-01,forum,p;zz,m,"),
    "dangling",
    ("interactions", 2, "people"),
    "“zz” is not in people",
)
case(
    "an id in other letters",
    folder(reports_to="person,manager\np,Q\n"),
    "dangling",
    ("reports_to", 2, "manager"),
    "“Q” is not in people",
)
case(
    "reporting to oneself",
    folder(reports_to="person,manager\np,p\n"),
    "self_tie",
    ("reports_to", 2, "manager"),
    "two different people",
)
case(
    "swaying oneself",
    folder(influences=LINES + "p,p,0.5\n"),
    "self_tie",
    ("influences", 2, "target"),
    "two different people",
)
case("at odds with oneself", folder(conflicts="a,b\np,p\n"), "self_tie", ("conflicts", 2, "b"), "two different people")
case(
    "two who report to each other",
    folder(reports_to="person,manager\np,q\nq,p\n"),
    "loop",
    ("reports_to", 2, "manager"),
    "p → q → p",
)
case(
    "a unit inside itself",
    folder(units="id,account,parent\nu,a,v\nv,a,u\n"),
    "loop",
    ("units", 2, "parent"),
    "u → v → u",
)
case(
    "a line to another account",
    folder(influences=LINES + "p,x,0.5\n"),
    "other_account",
    ("influences", 2, "target"),
    "within one account",
)
case(
    "a person in another account's decision",
    folder(opportunities=OPPORTUNITY, participation="opportunity,person\no,x\n"),
    "other_account",
    ("participation", 2, "person"),
    "belongs to the account b",
)
case(
    "a quota that nobody can reach",
    folder(opportunities=OPPORTUNITY, steps=STEPS + "s,o,quota,3\n", votes="step,person\ns,p\ns,q\n"),
    "quota_too_high",
    ("steps", 2, "quota"),
    "all votes of the step (2)",
)
