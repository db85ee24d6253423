"""Accepted input and its notices: text as written, every form of a word, encodings, odd but harmless content."""

from __future__ import annotations

import datetime
import gc
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from graph.model import Account, Conflict, Interaction, Participation, Person, TeamMember, Vote
from graph.model.kind import KINDS
from loaders import Batch, read
from loaders.caps import Caps
from tests.loaders.bad_files import GOOD_CSV, Build, book, edited_book, folder, one_file, replaced, shared_book

TODAY = datetime.date(2026, 11, 23)
PEOPLE = GOOD_CSV["people"]


def taken(build: Build, at: Path, **asked: Any) -> Batch:
    batch = read([build(at)], today=TODAY, **asked)
    assert [error.text() for error in batch.findings.errors] == []
    return batch


def notices(batch: Batch) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(notice.code, notice.sheet, notice.row, notice.column) for notice in batch.findings.notices]


def person(batch: Batch, key: str = "p") -> Person:
    return next(candidate for candidate in batch.dataset.of(Person) if candidate.id == key)


@pytest.mark.parametrize("build", [folder(), book(), shared_book], ids=["csv", "inline", "shared"])
def test_the_good_account_is_taken_without_a_word(build: Build, tmp_path: Path) -> None:
    batch = taken(build, tmp_path)
    assert notices(batch) == []
    assert batch.dataset.of(Account) == [Account("a", "Acme"), Account("b", "Other")]
    assert batch.dataset.of(TeamMember) == [TeamMember("m", role="AR")]
    assert batch.dataset.given[Person] == {"id", "account", "name"}


TEXTS = [
    "001",
    "NA",
    "None",
    "null",
    "1e5",
    "=1+1",
    "</script>",
    "'}) DETACH DELETE n //",
    "two  blanks",
    "#N/A",
    "TRUE",
    "--",
]


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_text(text: str, tmp_path: Path) -> None:
    csv = taken(folder(people=f'id,account,name\np,a,"{text}"\n'), tmp_path)
    assert person(csv).name == text

    def write(made: Any) -> None:
        cell = made["people"]["C2"]
        cell.value, cell.data_type = text, "s"

    xlsx = taken(edited_book(write), tmp_path)
    assert person(xlsx).name == text


@pytest.mark.parametrize("written", ["001", "NA", "None", "1e5", "=1", "陈宇", "a b", "x/y"])
def test_an_id_is_text_too(written: str, tmp_path: Path) -> None:
    batch = taken(folder(people=f"{PEOPLE}{written},a,Z\n", reports_to=f"person,manager\np,{written}\n"), tmp_path)
    assert person(batch, written).name == "Z"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1"),
        (1.0, "1"),
        (0.1, "0.1"),
        (12345678901234, "12345678901234"),
        (True, "TRUE"),
        ("7", "7"),
        (datetime.date(2026, 11, 2), "2026-11-02"),
        (datetime.datetime(2026, 11, 2, 9, 30), "2026-11-02 09:30:00"),
    ],
)
def test_what_a_sheet_holds_becomes_the_text_that_a_person_sees(value: Any, text: str, tmp_path: Path) -> None:
    batch = taken(book(people=[["id", "account", "name"], ["p", "a", value]]), tmp_path)
    assert person(batch).name == text


def test_numbers_for_ids_meet_across_sheets(tmp_path: Path) -> None:
    batch = taken(
        book(people=[["id", "account"], [1, "a"], [2.0, "a"]], reports_to=[["person", "manager"], [2, "1"]]), tmp_path
    )
    assert {record.id for record in batch.dataset.of(Person)} == {"1", "2"}
    assert [(record.person, record.manager) for record in batch.dataset.of(KINDS["reports_to"].record)] == [("2", "1")]


def test_a_computed_formula_is_its_value_and_an_empty_one_is_empty(tmp_path: Path) -> None:
    name = b't="inlineStr"><is><t>Pei</t></is>'
    computed = replaced("xl/worksheets/sheet2.xml", name, b't="str"><f>UPPER(A1)</f><v>PEI</v>')
    assert person(taken(computed, tmp_path)).name == "PEI"
    empty = replaced("xl/worksheets/sheet2.xml", name, b't="str"><f>IF(1,"")</f><v></v>')
    assert person(taken(empty, tmp_path)).name is None


def test_rich_text_is_its_text_and_its_pronunciation_is_not(tmp_path: Path) -> None:
    def write(made: Any) -> None:
        made["people"]["C2"] = CellRichText("Pei ", TextBlock(InlineFont(b=True), "Lin"))

    assert person(taken(edited_book(write), tmp_path)).name == "Pei Lin"
    spoken = replaced(
        "xl/sharedStrings.xml",
        b"<t>Pei</t>",
        '<t>陈宇</t><rPh sb="0" eb="2"><t>Chen Yu</t></rPh>'.encode(),
        shared_book,
    )
    assert person(taken(spoken, tmp_path)).name == "陈宇"


def test_escapes_of_a_workbook_are_read_as_what_they_stand_for(tmp_path: Path) -> None:
    escaped = replaced("xl/sharedStrings.xml", b"<t>Pei</t>", b"<t>a_x000D_b_x005F_x0041_</t>", shared_book)
    assert person(taken(escaped, tmp_path)).name == "a\rb_x0041_"


def test_the_size_that_a_sheet_claims_is_not_believed(tmp_path: Path) -> None:
    claim = replaced("xl/worksheets/sheet2.xml", b'<dimension ref="A1:C4"', b'<dimension ref="A1:XFD1048576"')
    assert len(taken(claim, tmp_path).dataset.of(Person)) == 3


def test_merged_and_empty_formatted_cells_do_no_harm(tmp_path: Path) -> None:
    def write(made: Any) -> None:
        made["people"].merge_cells("C2:C3")
        for row in (50, 60_000):
            made["people"].cell(row, 300).font = openpyxl.styles.Font(bold=True)

    batch = taken(edited_book(write), tmp_path)
    assert [record.name for record in batch.dataset.of(Person)] == ["Pei", None, "Xu"]


def test_days_of_either_calendar_of_a_workbook_are_days(tmp_path: Path) -> None:
    day = datetime.date(2026, 11, 2)
    rows = [["id", "date", "method"], ["i", day, "forum"]]
    for epoch in (openpyxl.utils.datetime.WINDOWS_EPOCH, openpyxl.utils.datetime.MAC_EPOCH):

        def write(made: Any, epoch: datetime.datetime = epoch) -> None:
            made.epoch = epoch
            made["interactions"]["B2"] = day

        assert taken(edited_book(write, interactions=rows), tmp_path).dataset.of(Interaction)[0].date == day


ENUMS = [
    ("决策者；A", ("D", "A")),
    ("decision maker; approver", ("D", "A")),
    ("D;D ; ", ("D",)),
    ("ECONOMIC BUYER", ("A",)),
    ("", ()),
]


@pytest.mark.parametrize(("written", "roles"), ENUMS)
def test_roles_are_taken_by_every_word(written: str, roles: tuple[str, ...], tmp_path: Path) -> None:
    head = "opportunity,person,roles,stance\n"
    build = folder(opportunities="id,account\no,a\n", participation=f"{head}o,p,{written},教练\n")
    (found,) = taken(build, tmp_path).dataset.of(Participation)
    assert (found.roles, found.stance) == (roles, 3)


@pytest.mark.parametrize("yes", ["yes", "TRUE", "1", "是", " Yes "])
def test_yes_is_yes(yes: str, tmp_path: Path) -> None:
    assert person(taken(folder(people=f"id,account,external\np,a,{yes}\n"), tmp_path)).external is True


@pytest.mark.parametrize("no", ["no", "False", "0", "否"])
def test_no_is_no_and_empty_is_unknown(no: str, tmp_path: Path) -> None:
    batch = taken(folder(people=f"id,account,external\np,a,{no}\nq,a,\n"), tmp_path)
    assert (person(batch).external, person(batch, "q").external) == (False, None)


@pytest.mark.parametrize(
    "head",
    [
        "id,account,external,name",
        "ID,Account,EXTERNAL,Name",
        "人员编号,客户,外部人士,姓名",
        " id , account,External ,姓名",
    ],
)
def test_headers_are_taken_in_both_languages_and_any_case(head: str, tmp_path: Path) -> None:
    assert person(taken(folder(people=f"{head}\np,a,no,Pei\n"), tmp_path)) == Person(
        "p", "a", name="Pei", external=False
    )


def test_sheets_are_taken_by_both_names(tmp_path: Path) -> None:
    build = folder(people=None, 人员=PEOPLE, Reports_To="person,manager\np,q\n")
    assert len(taken(build, tmp_path).dataset) == 7


ENCODED = [("utf-8", "utf-8", []), ("utf-8-sig", "utf-8-sig", [])]
ENCODED += [
    (encoding, found, ["encoding_found"])
    for encoding, found in (("utf-16", "utf-16"), ("utf-32", "utf-32"), ("gb18030", "gb18030"))
]


@pytest.mark.parametrize(("encoding", "found", "said"), ENCODED)
def test_encodings_are_found_and_said(encoding: str, found: str, said: list[str], tmp_path: Path) -> None:
    raw = "id,account,name\np,a,陈宇\n".encode(encoding)
    batch = taken(folder(people=raw), tmp_path)
    assert person(batch).name == "陈宇"
    assert [finding.code for finding in batch.findings] == said
    assert next(file.encoding for file in batch.files if file.file == "people.csv") == found
    assert all("陈宇" in finding.text("en") and "陈宇" in finding.text("zh") for finding in batch.findings)


def test_an_encoding_that_is_named_is_taken(tmp_path: Path) -> None:
    build = folder(people="id,account,name\np,a,Zoë\n".encode("cp1252"))
    assert person(taken(build, tmp_path, encoding="cp1252")).name == "Zoë"
    marked = folder(people=b"\xef\xbb\xbfid,account\np,a\n")
    assert person(read([_renamed(marked, tmp_path)], today=TODAY, encoding="utf-8")).id == "p"


def _renamed(build: Build, at: Path) -> Path:
    (at / "again").mkdir()
    return build(at / "again")


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_delimiters_are_found_and_said(delimiter: str, tmp_path: Path) -> None:
    batch = taken(folder(people=PEOPLE.replace(",", delimiter)), tmp_path)
    assert len(batch.dataset.of(Person)) == 3
    assert notices(batch) == [("delimiter_found", None, None, None)]


def test_rows_are_numbered_as_an_editor_does_whatever_the_cells_hold(tmp_path: Path) -> None:
    text = 'id,account,name\r\n\r\np,a,"two\r\nlines"\r\n,,\r\nq,a,x\r\nq,b,y\r\n'
    batch = read([folder(people=text)(tmp_path)], today=TODAY)
    (twice,) = batch.findings.errors
    assert (twice.row, twice.places["earlier"]) == (7, "6")
    assert person(batch).name == "two\r\nlines"


def test_identical_rows_are_merged_and_said(tmp_path: Path) -> None:
    batch = taken(folder(people=f"{PEOPLE}p,a,Pei\n"), tmp_path)
    assert len(batch.dataset.of(Person)) == 3
    assert notices(batch) == [("merged_rows", "people", 5, "id")]


def test_a_conflict_has_no_direction(tmp_path: Path) -> None:
    batch = taken(folder(conflicts="a,b,intensity\nq,p,0.2\np,q,0.2\n"), tmp_path)
    assert batch.dataset.of(Conflict) == [Conflict("p", "q", 0.2)]
    assert notices(batch) == [("merged_rows", "conflicts", 3, "a")]


def test_references_in_a_list_are_a_set_and_other_lists_keep_their_order(tmp_path: Path) -> None:
    build = folder(
        people="id,account,interests\np,a,tea;go；tea\nq,a,\n",
        interactions="id,date,method,people\ni,2026-11-02,forum,q;p; q\n",
    )
    batch = taken(build, tmp_path)
    assert person(batch).interests == ("tea", "go")
    assert batch.dataset.of(Interaction)[0].people == ("p", "q")


def test_an_absent_column_keeps_and_an_empty_cell_clears(tmp_path: Path) -> None:
    batch = taken(folder(people="id,account,title\np,a,\n"), tmp_path)
    assert batch.dataset.given[Person] == {"id", "account", "title"}
    assert person(batch).title is None


def test_unknown_columns_and_sheets_are_left_out_and_said(tmp_path: Path) -> None:
    batch = taken(book(people=[["id", "account", "nmae", "shoe"], ["p", "a", "Pei", 42]], Budget=[["x"]]), tmp_path)
    assert notices(batch) == [
        ("unknown_sheet", None, None, None),
        ("unknown_column_near", "people", 1, "nmae"),
        ("unknown_column", "people", 1, "shoe"),
    ]


def test_hidden_sheets_are_read_and_said(tmp_path: Path) -> None:
    batch = taken(edited_book(lambda made: setattr(made["people"], "sheet_state", "veryHidden")), tmp_path)
    assert len(batch.dataset.of(Person)) == 3
    assert notices(batch) == [("hidden_sheet", "people", None, None)]


def test_blanks_around_ids_are_left_out_and_said_once(tmp_path: Path) -> None:
    batch = taken(folder(people="id,account\n p,a\nq ,a\n", reports_to="person,manager\nq, p\n"), tmp_path)
    assert {record.id for record in batch.dataset.of(Person)} == {"p", "q"}
    assert notices(batch) == [
        ("blanks_around_ids", "people", 2, "id"),
        ("blanks_around_ids", "reports_to", 2, "manager"),
    ]


def test_odd_characters_in_text_are_kept_and_said(tmp_path: Path) -> None:
    batch = taken(folder(people="id,account,name\np,a,Pei\u202e\n"), tmp_path)
    assert person(batch).name == "Pei\u202e"
    (said,) = batch.findings
    assert said.code == "odd_character"
    assert "U+202E" in said.text()
    assert "\u202e" not in said.text()


def test_a_subtype_of_another_method_and_a_quota_without_its_rule_are_kept_and_said(tmp_path: Path) -> None:
    build = folder(
        interactions="id,date,method,subtype\ni,2026-11-02,forum,call\nj,2026-11-02,daily_contact,call\n",
        opportunities="id,account\no,a\n",
        steps="id,opportunity,rule,quota\ns,o,single,2\n",
    )
    assert notices(taken(build, tmp_path)) == [
        ("other_subtype", "interactions", 2, "subtype"),
        ("quota_unused", "steps", 2, "quota"),
    ]


def test_a_contact_may_be_today_and_not_tomorrow_and_a_bid_may_be_ahead(tmp_path: Path) -> None:
    text = "id,date,method\ni,2026-11-23,forum\nj,2026-11-24,forum\n"
    build = folder(interactions=text, opportunities="id,account,bid_date\no,a,2027-03-31\n")
    (found,) = read([build(tmp_path)], today=TODAY).findings.errors
    assert (found.code, found.row, found.value) == ("future_contact", 3, "2026-11-24")
    assert "after today (2026-11-23)" in found.text()


def test_minus_zero_is_zero(tmp_path: Path) -> None:
    build = folder(
        opportunities="id,account\no,a\n", steps="id,opportunity\ns,o\n", votes="step,person,weight\ns,p,-0\n"
    )
    assert str(taken(build, tmp_path).dataset.of(Vote)[0].weight) == "0.0"


def test_a_single_csv_file_is_known_by_its_name_or_its_header(tmp_path: Path) -> None:
    assert len(taken(one_file("people.csv", PEOPLE.encode()), tmp_path).dataset.of(Person)) == 3
    assert len(taken(one_file("export.csv", b"source,target,weight\np,q,0.5\n"), tmp_path).dataset) == 1


def test_several_paths_are_one_batch(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text(GOOD_CSV["accounts"])
    (tmp_path / "people.csv").write_text(PEOPLE)
    batch = read([tmp_path / "accounts.csv", tmp_path / "people.csv"], today=TODAY)
    assert len(batch.dataset) == 5
    assert [(file.file, file.form, file.rows) for file in batch.files] == [
        ("accounts.csv", "csv", {"accounts": 2}),
        ("people.csv", "csv", {"people": 3}),
    ]


def test_two_files_of_one_sheet_must_have_the_same_columns(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "人员.csv").write_text("id,account\nz,a\n")
    batch = read([tmp_path / "people.csv", tmp_path / "人员.csv"], today=TODAY)
    assert [error.code for error in batch.findings.errors] == ["different_columns"]


def test_who_names_a_bad_row_is_not_told_that_it_does_not_exist(tmp_path: Path) -> None:
    batch = read([folder(people="id,account,level\np,a,9\nq,a\nr,a,1\n")(tmp_path)], today=TODAY)
    assert [error.code for error in batch.findings.errors] == ["out_of_range", "ragged_row"]
    assert batch.claimed["people"] == {"p", "q"}
    assert [record.id for record in batch.dataset.of(Person)] == ["r"]
    (tmp_path / "bad").mkdir()
    unread = read([folder(people=b"id,account\n\xff\xff\n")(tmp_path / "bad")], today=TODAY)
    assert "anybody" in unread.claimed["people"]
    assert "anybody" not in unread.claimed["accounts"]


def test_all_findings_come_in_one_go_in_their_order_and_the_first_hundred_are_shown(tmp_path: Path) -> None:
    rows = "".join(f"z{i},a,9,maybe\n" for i in range(200))
    batch = read([folder(people=f"id,account,level,external\n{rows}")(tmp_path)], today=TODAY)
    found = list(batch.findings)
    assert len(found) == len(batch.findings) == 400
    assert [(finding.row, finding.column) for finding in found[:4]] == [
        (2, "level"),
        (2, "external"),
        (3, "level"),
        (3, "external"),
    ]
    assert batch.findings.first == found[:100]


def test_a_value_that_not_everyone_may_see_is_left_out(tmp_path: Path) -> None:
    build = folder(opportunities="id,account\no,a\n", participation="opportunity,person,stance\no,p,loves us\n")
    (found,) = read([build(tmp_path)], today=TODAY).findings.errors
    assert (found.column, found.value) == ("stance", None)
    assert "loves us" not in found.text()


def test_caps_are_kept(tmp_path: Path) -> None:
    path = folder()(tmp_path)
    for caps, code in (
        (Caps(rows=2), "too_many_rows"),
        (Caps(file_bytes=5), "too_many_bytes"),
        (Caps(columns=2), "too_many_columns"),
    ):
        batch = read([path], today=TODAY, caps=caps)
        assert code in {error.code for error in batch.findings.errors}


def test_a_file_without_permission_is_said(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250 + ".csv" * 10)
    (found,) = read([path], today=TODAY).findings.errors
    assert found.code == "cannot_read"
    assert "check the permissions" in found.text()


def test_the_collector_of_cycles_is_on_again_afterwards(tmp_path: Path) -> None:
    taken(folder(), tmp_path)
    assert gc.isenabled()
