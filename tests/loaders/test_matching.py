"""Persons across sources: one by address, id or name; what is only alike waits for a person's decision."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from graph.model import Account, Covers, Interaction, Person, ReportsTo, TeamMember
from graph.model.dataset import Dataset
from loaders import read
from loaders.batch import Batch
from loaders.problems import Unreadable
from loaders.review import decisions_of, read_review, review_text
from tests.loaders.mail_examples import PAN, SUN, WU, box, known, mail

TODAY = datetime.date(2026, 11, 23)
ACCOUNT = "Id,Name,Industry\n001,青岚,Ports\n"
CONTACT = "Id,FirstName,LastName,AccountId,ReportsToId,Email,Title,OwnerId\n"
USER = "Id,FirstName,LastName,Username,Email\n005,,Sun,s@x,sun.li@OURS.example\n"


def crm(folder: Path, contacts: str, *more: tuple[str, str], **said: object) -> Batch:
    """A Salesforce export with these contacts, read beside what is known."""
    files = {"Account.csv": ACCOUNT, "Contact.csv": CONTACT + contacts, "User.csv": USER, **dict(more)}
    paths = []
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        paths.append(folder / name)
    batch = read(paths, today=TODAY, **{"known": known, **said})
    assert not batch.findings.has_errors, [error.text() for error in batch.findings.errors]
    return batch


def people(batch: Batch) -> list[str]:
    return [person.id for person in batch.dataset.of(Person)]


def matches(batch: Batch) -> list[tuple[str, str, str]]:
    return [(match.incoming, match.known, match.by) for match in batch.matches]


def test_the_same_by_address_and_by_name(tmp_path: Path) -> None:
    batch = crm(
        tmp_path, "003A,Yi,P.,001,,PAN.YI@quay.example,Buyer,005\n003B,吴涛,,001,003A,wu@else.example,CTO,005\n"
    )
    assert matches(batch) == [
        ("001", "q", "name"),
        ("003A", "pan-yi", "address"),
        ("003B", "wu-tao", "name"),
        ("005", "sun-li", "address"),
    ]
    assert batch.dataset.of(ReportsTo) == [ReportsTo("wu-tao", "pan-yi")]
    assert [(cover.member, cover.person) for cover in batch.dataset.of(Covers)] == [
        ("sun-li", "pan-yi"),
        ("sun-li", "wu-tao"),
    ]
    codes = [finding.code for finding in batch.findings]
    assert codes.count("matched_by_name") == 2
    assert codes.count("matched_by_address") == 2


def test_of_the_known_only_empty_cells_are_filled(tmp_path: Path) -> None:
    batch = crm(tmp_path, "003B,Wu,Tao,001,,wu@else.example,CTO,\n")
    (wu,) = batch.dataset.of(Person)
    assert (wu.id, wu.name, wu.title, wu.addresses) == ("wu-tao", WU.name, "CTO", ("wu@else.example",))
    (quay,) = batch.dataset.of(Account)
    assert (quay.id, quay.name, quay.industry) == ("q", "Quay / 青岚", "Ports")


@pytest.mark.parametrize(
    "contacts",
    [
        "003A,Pan,Yi,001,,,,\n003B,Pan,Yi,001,,,,\n",
        "003A,A,One,001,,pan.yi@quay.example,,\n003B,B,Two,001,,pan.yi@quay.example,,\n",
    ],
    ids=["two of one name", "two with one address"],
)
def test_what_several_have_tells_nobody(tmp_path: Path, contacts: str) -> None:
    batch = crm(tmp_path, contacts)
    assert people(batch) == ["003A", "003B"]


def test_somebody_with_several_rows_is_one(tmp_path: Path) -> None:
    calls = "call_id,contact_id,hubspot_owner_email,Call Time\n1,7,sun.li@ours.example,2026-11-03 09:30\n"
    calls += "2,7,sun.li@ours.example,2026-11-04 09:30\n"
    (tmp_path / "calls.csv").write_text(calls, encoding="utf-8")
    seven = Person("hubspot-7", "q")
    batch = read([tmp_path / "calls.csv"], today=TODAY, known=lambda: known(seven))
    assert [member.id for member in batch.dataset.of(TeamMember)] == ["sun-li"]
    assert {interaction.members for interaction in batch.dataset.of(Interaction)} == {("sun-li",)}


def test_two_known_people_of_one_name_are_nobody(tmp_path: Path) -> None:
    twin = replace(PAN, id="pan-2", addresses=())
    batch = crm(tmp_path, "003A,Pan,Yi,001,,,,\n", known=lambda: known(twin))
    assert people(batch) == ["003A"]


def test_a_name_of_another_account_is_somebody_else(tmp_path: Path) -> None:
    other = [Account("z", "Zeta"), Person("z1", "z", name="Ann Li", addresses=("ann@z.example",))]
    batch = crm(tmp_path, "003A,Ann,Li,001,,ann@z.example,,\n", known=lambda: known(*other))
    assert people(batch) == ["003A"]


def test_one_who_was_imported_before_is_himself(tmp_path: Path) -> None:
    before = Person("003A", "q", name="Pan Yi")
    batch = crm(tmp_path, "003A,Pan,Yi,001,,,Boss,\n", known=lambda: known(before))
    assert [(person.id, person.title) for person in batch.dataset.of(Person)] == [("003A", "Boss")]


def test_one_who_becomes_a_person_of_another_account_is_said(tmp_path: Path) -> None:
    before = [Account("z", "Zed"), Person("003A", "z", name="Ann Ma")]
    batch = crm(tmp_path, "003A,Ann,Ma,001,,,,\n", known=lambda: known(*before))
    said = [(finding.value, finding.places) for finding in batch.findings if finding.code == "other_account_before"]
    assert said == [("003A", {"before": "z", "account": "q"})]


MAPPING = """
source: Log
tables:
- name: log
  columns: [Nr, Who, Ours]
  into:
  - sheet: interactions
    fields:
      id: Nr
      date: {constant: "2026-11-03"}
      method: {constant: daily_contact}
      people: {columns: [Who], separator: ","}
      members: Ours
"""


def test_names_and_addresses_in_a_table_of_ones_own_find_their_people(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    log = tmp_path / "log.csv"
    log.write_text(
        'Nr,Who,Ours\n1,"Tao, WU Tao",sun.li@OURS.example\n2,"吴涛,PAN.YI@quay.example",Sun Li\n', encoding="utf-8"
    )
    batch = read([log], today=TODAY, mapping=tmp_path / "m.yaml", known=known)
    assert [(set(interaction.people), interaction.members) for interaction in batch.dataset.of(Interaction)] == [
        ({"Tao", "wu-tao"}, ("sun-li",)),
        ({"wu-tao", "pan-yi"}, ("sun-li",)),
    ]
    assert {(match.incoming, match.known, match.by) for match in batch.matches} == {
        ("PAN.YI@quay.example", "pan-yi", "address"),
        ("WU Tao", "wu-tao", "name"),
        ("吴涛", "wu-tao", "name"),
        ("sun.li@OURS.example", "sun-li", "address"),
        ("Sun Li", "sun-li", "name"),
    }


def test_alike_is_only_suggested(tmp_path: Path) -> None:
    batch = crm(tmp_path, "003A,Pan,Yii,001,,,,\n")
    assert people(batch) == ["003A"]
    (suggestion,) = batch.suggestions
    assert (suggestion.incoming, suggestion.person, suggestion.account, suggestion.source) == (
        "003A",
        "pan-yi",
        "q",
        "Contact.csv",
    )
    assert 85 <= suggestion.score < 100
    assert [found.places["count"] for found in batch.findings if found.code == "to_review"] == ["1"]


@pytest.mark.parametrize(
    ("decision", "expected"), [("accept", ["pan-yi"]), ("merge", ["pan-yi"]), ("reject", ["003A"])]
)
def test_what_was_decided_is_done(tmp_path: Path, decision: str, expected: list[str]) -> None:
    batch = crm(tmp_path, "003A,Pan,Yii,001,,,,\n", decided={("003A", "pan-yi"): decision})
    assert people(batch) == expected
    assert not batch.suggestions


@pytest.mark.parametrize(
    ("decision", "addresses"), [("accept", None), ("merge", ("pan.yi@quay.example", "p@quay.example"))]
)
def test_a_decision_about_an_address(tmp_path: Path, decision: str, addresses: tuple[str, ...] | None) -> None:
    path = box(tmp_path / "b.mbox", mail(1, SUN.addresses[0], "Pan Yii <p@quay.example>"))
    undecided = read([path], today=TODAY, known=known)
    assert [(suggestion.incoming, suggestion.person) for suggestion in undecided.suggestions] == [
        ("p@quay.example", "pan-yi")
    ]
    batch = read([path], today=TODAY, known=known, decided={("p@quay.example", "pan-yi"): decision})
    assert [interaction.people for interaction in batch.dataset.of(Interaction)] == [("pan-yi",)]
    assert [person.addresses for person in batch.dataset.of(Person)] == ([] if addresses is None else [addresses])


def test_references_to_whoever_is_nowhere_are_left_out(tmp_path: Path) -> None:
    tasks = "Id,WhoId,OwnerId,ActivityDate\n1,00Q9,005,2026-11-03\n2,003A,ROBOT,2026-11-04\n"
    batch = crm(tmp_path, "003A,Ann,Ma,001,003Z,,,ROBOT\n", ("Task.csv", tasks))
    assert [
        (interaction.id, interaction.people, interaction.members) for interaction in batch.dataset.of(Interaction)
    ] == [("2", ("003A",), ())]
    assert not batch.dataset.of(ReportsTo)
    assert not batch.dataset.of(Covers)
    lost = {finding.file: finding.places["count"] for finding in batch.findings if finding.code == "strangers_left_out"}
    assert lost == {"Contact.csv": "1", "Task.csv": "2"}


def test_a_review_file_reads_back(tmp_path: Path) -> None:
    batch = crm(tmp_path, "=003A,Pan,Yii,001,,,,\n")
    text = review_text(batch.suggestions, {("x", "y"): "reject"})
    assert "'=003A" in text
    assert decisions_of(text, "review.csv") == {("x", "y"): "reject"}
    decided = text.replace("\n,q", "\nACCEPT ,q")
    assert decisions_of(decided, "review.csv") == {("x", "y"): "reject", ("=003A", "pan-yi"): "accept"}
    assert read_review(tmp_path / "none.csv") == {}


@pytest.mark.parametrize(
    ("text", "row"), [("decision,from\n", 1), ("", 1), ("decision,from,person\n,a,b\nperhaps,a,b\n", 3)]
)
def test_a_review_file_that_is_none_says_where(text: str, row: int) -> None:
    with pytest.raises(Unreadable) as refused:
        decisions_of(text, "review.csv")
    assert (refused.value.finding.code, refused.value.finding.row) == ("bad_review", row)


def test_our_own_tables_are_matched_with_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "accounts.csv").write_text("id,name\nx,青岚\n", encoding="utf-8")
    (folder / "people.csv").write_text("id,account,name\np,x,Pan Yi\n", encoding="utf-8")
    batch = read([folder], today=TODAY, known=known)
    assert people(batch) == ["p"]
    assert not batch.matches


def test_two_programs_in_one_import_are_matched_too(tmp_path: Path) -> None:
    contacts = "contact_id,First Name,Last Name,company_id,Email\n1,P.,Pan,1,pan@quay.example\n"
    more = (("companies.csv", "company_id,Name,Domain\n1,青岚,q\n"), ("contacts.csv", contacts))
    batch = crm(tmp_path, "003A,Pan,Yi,001,,pan@quay.example,,\n", *more, known=Dataset)
    assert people(batch) == ["003A"]
    assert [(match.incoming, match.known) for match in batch.matches] == [("hubspot-1", "001"), ("hubspot-1", "003A")]
    assert [member.id for member in batch.dataset.of(TeamMember)] == ["005"]
