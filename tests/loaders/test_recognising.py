"""Recognising a file: by its content or by an option; by its name only where nothing else decides."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

from graph.model import Account, Influence, Interaction, Opportunity, Person, TeamMember
from loaders import read
from loaders.batch import Batch
from tests.loaders.mail_examples import ATTENDEES, SUN_AT, WU_AT, box, calendar, known, mail

TODAY = datetime.date(2026, 11, 23)
CONTACTS = "Id,FirstName,LastName,AccountId\n003,Ann,Li,q\n"
ACCOUNTS = "id,name\nq,Quay\n"
OWN = """
source: Ours
tables:
- name: list
  columns: [Nr, Who]
  into:
  - sheet: people
    fields: {id: Nr, account: {constant: q}, name: Who}
"""
LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nWu,Tao,u,,Quay,CTO,05 Nov 2025\n"


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def sheets(path: Path, **named: list[list[object]]) -> Path:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.remove(made.active)
    for name, rows in named.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def people(batch: Batch) -> list[tuple[str, str | None]]:
    assert not batch.findings.has_errors, [error.text() for error in batch.findings.errors]
    return [(person.id, person.name) for person in batch.dataset.of(Person)]


def test_columns_say_more_than_a_name(tmp_path: Path) -> None:
    accounts = put(tmp_path, "list.csv", ACCOUNTS.replace("id,name", "id,name,industry,tier"))
    accounts.write_text("id,name,industry,tier\nq,Quay,Ports,A\n", encoding="utf-8")
    batch = read([accounts, put(tmp_path, "people.csv", CONTACTS)], today=TODAY)
    assert people(batch) == [("003", "Ann Li")]


def test_a_mapping_of_ones_own_comes_before_a_name(tmp_path: Path) -> None:
    mapping = put(tmp_path, "m.yaml", OWN)
    assert people(read([put(tmp_path, "people.csv", "Nr,Who\n1,Ann\n")], today=TODAY, mapping=mapping)) == [
        ("1", "Ann")
    ]
    book = sheets(tmp_path / "b.xlsx", People=[["Nr", "Who"], [1, "Ann"]])
    batch = read([book], today=TODAY, mapping=mapping)
    assert people(batch) == [("1", "Ann")]
    assert [header for _, header in batch.used] == [["Nr", "Who"]]


def test_a_sheet_of_any_name_is_known_by_its_header(tmp_path: Path) -> None:
    book = sheets(tmp_path / "b.xlsx", Sheet1=[["source", "target", "weight"], ["p", "q", 0.5]])
    assert len(read([book], today=TODAY).dataset.of(Influence)) == 1


@pytest.mark.parametrize("name", ["people.tsv", "people.tab", "people.txt", "people", "people.CSV"])
def test_a_table_with_another_ending(tmp_path: Path, name: str) -> None:
    table = put(tmp_path, name, "id\taccount\tname\n1\tq\tAnn\n")
    assert people(read([table], today=TODAY)) == [("1", "Ann")]


@pytest.mark.parametrize("name", ["Inbox", "export.txt", "export.csv"])
def test_a_mailbox_and_a_calendar_of_any_name(tmp_path: Path, name: str) -> None:
    path = box(tmp_path / "made", mail(1, SUN_AT, WU_AT)).rename(tmp_path / name)
    assert len(read([path], today=TODAY, known=known).dataset.of(Interaction)) == 1
    path = calendar(tmp_path / name, "UID:1\nDTSTART:20261103T090000Z\n" + ATTENDEES)
    assert len(read([path], today=TODAY, known=known).dataset.of(Interaction)) == 1


def test_a_workbook_and_a_tree_without_an_ending(tmp_path: Path) -> None:
    book = sheets(tmp_path / "b.xlsx", people=[["id", "account", "name"], ["1", "q", "Ann"]]).rename(tmp_path / "book")
    assert people(read([book], today=TODAY)) == [("1", "Ann")]
    tree = put(tmp_path, "tree", '{"records": [{"attributes": {"type": "Account"}, "Id": "q", "Name": "Quay"}]}')
    assert read([tree], today=TODAY).dataset.of(Account) == [Account("q", "Quay")]


@pytest.mark.parametrize(
    ("said", "text", "kind"),
    [
        ("people", "id,account\n1,q\n", Person),
        ("人员", "id,account\n1,q\n", Person),
        ("Account", "Id,Name\nq,Quay\n", Account),
        ("Salesforce", "Id,LastName,Username\n5,Fox,f\n", TeamMember),
        ("HubSpot", "company_id,Name,Domain\n1,Quay,q.example\n", Account),
        ("dynamics 365", "opportunityid,name,parentaccountid\n1,Crane,q\n", Opportunity),
        ("reporting lines", "employee,manager\nann,ben\n", Person),
        ("Organisation chart", "employee,manager\nann,ben\n", Person),
        ("Microsoft directory", "SamAccountName,Name,DistinguishedName\nann,Ann,x\n", Person),
        ("Department", "1\tWorks\tMaking\t2008-04-30\n", None),
        ("LinkedIn", LINKEDIN, Interaction),
    ],
)
def test_somebody_may_say_what_a_table_is(tmp_path: Path, said: str, text: str, kind: type | None) -> None:
    """Name and ending of the file do not matter."""
    asked = {"account": "q", "member": "sun-li", "known": known}
    batch = read([put(tmp_path, "export.dat", text)], today=TODAY, as_kind=said, **asked)
    assert not batch.findings.has_errors, [error.text() for error in batch.findings.errors]
    assert len(batch.dataset.of(kind)) >= 1 if kind else len(batch.dataset) == 1


def test_somebody_may_say_that_it_is_a_mailbox_or_a_calendar(tmp_path: Path) -> None:
    letter = put(tmp_path, "odd.bin", "X-Mailer: x\n" + mail(1, SUN_AT, WU_AT).as_string())
    assert len(read([letter], today=TODAY, known=known, as_kind="mailbox").dataset.of(Interaction)) == 1
    made = calendar(tmp_path / "c.ics", "UID:1\nDTSTART:20261103T090000Z\n" + ATTENDEES)
    odd = made.rename(tmp_path / "c.xlsx")
    assert len(read([odd], today=TODAY, known=known, as_kind="calendar").dataset.of(Interaction)) == 1


def test_what_the_sheets_of_a_workbook_are_may_be_said(tmp_path: Path) -> None:
    book = sheets(tmp_path / "b.xlsx", Sheet1=[["id", "account", "shoe"], ["1", "q", 43]])
    assert [error.code for error in read([book], today=TODAY).findings.errors] == ["no_known_sheet"]
    assert people(read([book], today=TODAY, as_kind="people")) == [("1", None)]


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ("Lead", "unknown_kind", "LinkedIn, mailbox, calendar"),
        ("Contact", "other_columns", "not those of Contact"),
        ("HubSpot", "other_columns", "not those of HubSpot"),
        ("LinkedIn", "other_columns", "not those of LinkedIn"),
    ],
)
def test_what_is_said_wrongly_is_refused(tmp_path: Path, said: str, code: str, words: str) -> None:
    paths = [put(tmp_path, "x.csv", "shoe,hat\n1,2\n"), sheets(tmp_path / "x.xlsx", Sheet1=[["shoe", "hat"], [1, 2]])]
    for path in paths if said != "LinkedIn" else paths[:1]:
        (error,) = read([path], today=TODAY, as_kind=said).findings.errors
        assert error.code == code
        assert words in error.text()


def test_a_mixed_folder(tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    put(folder, "accounts.csv", ACCOUNTS)
    put(folder, "Contact.csv", CONTACTS)
    put(folder, "README.txt", "What is here, and why")
    put(folder, "budget.csv", "x,y\n1,2\n")
    sheets(folder / "more.xlsx", people=[["id", "account", "name"], ["1", "q", "Ben"]])
    calendar(folder / "c.ics", "UID:1\nDTSTART:20261103T090000Z\n" + ATTENDEES)
    box(folder / "Sent", mail(1, SUN_AT, WU_AT))
    batch = read([folder], today=TODAY, known=known)
    assert sorted(people(batch)) == [("003", "Ann Li"), ("1", "Ben")]
    assert len(batch.dataset.of(Interaction)) == 2
    assert [finding.value for finding in batch.findings if finding.code == "unknown_sheet"] == ["budget"]
