"""Other programs' tables: mapped by a file of one's own or a shipped one; real exports as they lie there."""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from graph.model import (
    Account,
    Covers,
    Influence,
    Interaction,
    Opportunity,
    OrgUnit,
    Participation,
    Person,
    ReportsTo,
    TeamMember,
)
from graph.model.dataset import Dataset
from loaders import read
from loaders.batch import Batch
from loaders.mapping import fingerprint, load_mapping, shipped_mappings, table_map
from loaders.problems import Unreadable

TODAY = datetime.date(2026, 11, 23)
SHARED = Path(os.environ.get("SWAYMAP_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))

MAPPING = """
source: Our list
tables:
- name: visits
  columns: [Nr, Who, Seen]
  into:
  - sheet: interactions
    needs: [Seen]
    fields:
      id: {columns: [Nr], prefix: visit-}
      date: {columns: [Seen], day: "%d.%m.%Y"}
      method: {constant: daily_contact}
      subtype: {columns: [How], values: {in person: visit, phone: call}}
      people: {columns: [Who], separator: ","}
      notes: {columns: [Note, More]}
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def codes(batch: Batch) -> list[tuple[str, str | None, int | None]]:
    return [(finding.code, finding.column, finding.row) for finding in batch.findings]


def test_a_mapping_of_ones_own(tmp_path: Path) -> None:
    mapping = written(tmp_path, "visits.yaml", MAPPING)
    rows = (
        "Nr,Who,Seen,How,Note,More\n"
        '1,"ann, ben",03.11.2026,In Person,Talked,at length\n'
        "2,ann,,phone,,\n"
        "3,ben,04.11.2026,fax,,\n"
        "4,ben,05.11.2026,fax,,late\n"
    )
    batch = read([written(tmp_path, "log.csv", rows)], today=TODAY, mapping=mapping)
    assert batch.dataset.of(Interaction) == [
        Interaction(
            "visit-1", datetime.date(2026, 11, 3), "daily_contact", "visit", ("ann", "ben"), notes="Talked at length"
        ),
        Interaction("visit-3", datetime.date(2026, 11, 4), "daily_contact", None, ("ben",)),
        Interaction("visit-4", datetime.date(2026, 11, 5), "daily_contact", None, ("ben",), notes="late"),
    ]
    assert codes(batch) == [("rows_left_out", "Seen", None), ("unmapped_value", "subtype", None)]
    assert [finding.text("en") for finding in batch.findings] == [
        "1 rows have no Seen and become no record.",
        "fax means nothing here and stays empty (2 times): a mapping can say what it is.",
    ]


def test_what_is_wrong_in_a_cell_has_its_row(tmp_path: Path) -> None:
    mapping = written(tmp_path, "visits.yaml", MAPPING)
    batch = read([written(tmp_path, "log.csv", "Nr,Who,Seen\n1,ann,soon\n2,ann\n")], today=TODAY, mapping=mapping)
    assert codes(batch) == [("not_a_date", "date", 2), ("ragged_row", None, 3)]


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("source: x", "tables", "Field required"),
        ("source: x\ntables: []", "tables", "at least 1"),
        ("a: [", "-", "expected"),
        (MAPPING.replace("sheet: interactions", "sheet: visits"), "tables.0.into.0", "there is no sheet visits"),
        (MAPPING.replace("notes:", "note:"), "tables.0.into.0", "has no field note"),
        (
            MAPPING.replace("{constant: daily_contact}", "{}"),
            "tables.0.into.0.fields.method",
            "either columns or a constant",
        ),
        (MAPPING.replace("needs:", "need:"), "tables.0.into.0.need", "Extra inputs"),
        (MAPPING.replace("%d.%m.%Y", "%Q"), "tables.0.into.0.fields.date.day", "no form of a date"),
        ("a: &a [1]\nb: *a", "-", "references"),
        ("[" * 100_000, "-", "recursion"),
        ("a: !!python/object/apply:os.system [x]", "-", "could not determine a constructor"),
        ("when: 9999-99-99", "-", "month"),
    ],
)
def test_a_bad_mapping_says_where_and_why(tmp_path: Path, text: str, place: str, why: str) -> None:
    with pytest.raises(Unreadable) as refused:
        load_mapping(written(tmp_path, "m.yaml", text))
    assert refused.value.finding.places["place"] == place
    assert why in refused.value.finding.places["why"]


def test_a_mapping_that_is_no_file_of_a_person_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(written(tmp_path, "m.yaml", MAPPING))
    os.mkfifo(tmp_path / "pipe.yaml")
    large = written(tmp_path, "large.yaml", "#" * 5_000_001)
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"source: \xff")
    for path, code in (
        (Path("/dev/zero"), "device"),
        (tmp_path / "pipe.yaml", "device"),
        (tmp_path, "device"),
        (tmp_path / "link.yaml", "link"),
        (large, "text_too_large"),
        (latin, "wrong_encoding"),
        (tmp_path / "gone.yaml", "no_such_file"),
    ):
        with pytest.raises(Unreadable) as refused:
            load_mapping(path)
        assert refused.value.finding.code == code, path


def test_days_may_be_written_in_several_forms_or_as_iso_moments(tmp_path: Path) -> None:
    mapping = written(tmp_path, "m.yaml", MAPPING.replace('day: "%d.%m.%Y"', 'day: ["%d.%m.%Y", "%d %b %Y"]'))
    days = (
        "03.11.2026",
        "4 Nov 2026",
        "2026-11-05",
        "2026-11-06T09:00:00Z",
        "2026-11-07 09:30",
        "2026-11-08T09:00+01:00",
    )
    rows = "".join(f"{number},ann,{day}\n" for number, day in enumerate(days))
    batch = read([written(tmp_path, "log.csv", "Nr,Who,Seen\n" + rows)], today=TODAY, mapping=mapping)
    assert [interaction.date.day for interaction in batch.dataset.of(Interaction)] == [3, 4, 5, 6, 7, 8]
    assert not codes(batch)


def test_what_is_planned_or_did_not_take_place_is_no_contact_and_counted(tmp_path: Path) -> None:
    tasks = (
        "Id,WhoId,OwnerId,ActivityDate,Status\n"
        "1,003A,005,2026-11-03,Completed\n2,003A,005,2026-11-04,Not Started\n3,003A,005,2026-12-24,Completed\n"
    )
    meetings = (
        "meeting_id,contact_id,hubspot_owner_email,Meeting Start Time,Meeting Outcome\n"
        "1,7,u@u.io,2026-11-03 09:30,Completed\n2,7,u@u.io,2026-11-04 09:30,No show\n3,7,u@u.io,2026-12-24 09:30,\n"
    )
    appointments = (
        "activityid,requiredattendees,ownerid,scheduledstart,statecode\n"
        "A,003A,005,2026-11-05T09:00:00Z,Completed\nB,003A,005,2026-11-06T09:00:00Z,Canceled\n"
    )
    known = Dataset.collect(
        [Account("001"), Person("003A", "001"), Person("hubspot-7", "001"), TeamMember("005"), TeamMember("u@u.io")]
    )
    tables = {"Task.csv": tasks, "meetings.csv": meetings, "appointment.csv": appointments}
    paths = [written(tmp_path, name, text) for name, text in tables.items()]
    batch = read(paths, today=TODAY, known=lambda: known)
    assert not batch.findings.has_errors
    assert [interaction.id for interaction in batch.dataset.of(Interaction)] == ["1", "hubspot-meeting-1", "A"]
    said = sorted(
        (finding.code, finding.file, finding.places["count"])
        for finding in batch.findings
        if finding.code.startswith("left_out")
    )
    assert said == [
        ("left_out_not_done", "Task.csv", "1"),
        ("left_out_not_done", "appointment.csv", "1"),
        ("left_out_not_done", "meetings.csv", "1"),
        ("left_out_not_yet", "Task.csv", "1"),
        ("left_out_not_yet", "meetings.csv", "1"),
    ]


def test_rows_that_end_early_where_the_program_writes_them_so(tmp_path: Path) -> None:
    head = "Account: Account Name,Account: Type,Contact: First Name,Contact: Last Name\n"
    batch = read([written(tmp_path, "report.csv", head + "Quay,Port,Ann,Li\nRoad,Way\n")], today=TODAY)
    assert not batch.findings.has_errors
    assert [account.id for account in batch.dataset.of(Account)] == ["Quay", "Road"]
    assert [(person.name, person.account) for person in batch.dataset.of(Person)] == [("Ann Li", "Quay")]
    too_long = read([written(tmp_path, "report.csv", head + "Quay,Port,Ann,Li,more\n")], today=TODAY)
    assert {error.code for error in too_long.findings.errors} == {"ragged_row"}


@pytest.mark.parametrize(
    ("head", "unit"),
    [("employee,manager,account,department", "q Works"), ("employee,manager,department", "q-Works")],
)
def test_a_chart_with_departments(tmp_path: Path, head: str, unit: str) -> None:
    rows = "ben,ann,q,Works\ncai,ben,q,\n" if "account" in head else "ben,ann,Works\ncai,ben,\n"
    batch = read([written(tmp_path, "chart.csv", f"{head}\n{rows}")], today=TODAY, account="q", account_name="Quay")
    assert not batch.findings.has_errors, [error.text() for error in batch.findings.errors]
    assert [(department.id, department.account, department.name) for department in batch.dataset.of(OrgUnit)] == [
        (unit, "q", "Works")
    ]
    assert {person.id: person.unit for person in batch.dataset.of(Person)} == {"ann": None, "ben": unit, "cai": None}
    assert len(batch.dataset.of(ReportsTo)) == 2


def test_a_bad_mapping_is_a_finding_of_the_import(tmp_path: Path) -> None:
    batch = read(
        [written(tmp_path, "accounts.csv", "id\nq\n")], today=TODAY, mapping=written(tmp_path, "m.yaml", "x: [")
    )
    assert [error.code for error in batch.findings.errors] == ["bad_mapping"]
    missing = read([tmp_path / "accounts.csv"], today=TODAY, mapping=tmp_path / "none.yaml")
    assert [error.code for error in missing.findings.errors] == ["no_such_file"]


def test_the_shipped_mappings_know_their_tables() -> None:
    known = shipped_mappings()
    assert {mapping.source for mapping in known} == {
        "AdventureWorks",
        "Dynamics 365",
        "HubSpot",
        "Krackhardt",
        "Microsoft directory",
        "Organisation chart",
        "Salesforce",
    }
    salesforce = table_map(known, "export", ["id", "lastname", "firstname", "accountid", "reportstoid"])
    assert salesforce is not None
    assert salesforce.name == "Contact"
    assert table_map(known, "Account", ["name", "id"]) is not None
    assert table_map(known, "anything", ["name", "id"]) is None


CRM = {
    "Salesforce": {
        "Account.csv": "Id,Name,Industry\n001,Quay,Ports\n",
        "Contact.csv": "Id,FirstName,LastName,AccountId,ReportsToId\n003A,Ann,Li,001,\n003B,,Wu,001,003A\n",
        "Opportunity.csv": "Id,Name,AccountId,StageName,CloseDate,Amount\n006,Crane,001,Proposal,2027-01-20,5\n",
        "OpportunityContactRole.csv": "OpportunityId,ContactId,Role\n006,003A,Decision Maker\n006,003B,Sage\n",
        "User.csv": "Id,FirstName,LastName,Username,IsActive\n005,Uma,Fox,uma@us.example,true\n",
        "Task.csv": "Id,WhoId,OwnerId,ActivityDate,TaskSubtype,Subject\n00T,003A,005,2026-11-03,Call,Crane\n",
        "Event.csv": "Id,WhoId,OwnerId,ActivityDate,StartDateTime\n00U,003B,005,2026-11-04,2026-11-04T09:00:00Z\n",
    },
    "Dynamics": {
        "account.csv": "accountid,name\n001,Quay\n",
        "contact.csv": "contactid,fullname,parentcustomerid,parentcontactid\n003A,Ann Li,001,\n003B,Wu,001,003A\n",
        "opportunity.csv": "opportunityid,name,parentaccountid,estimatedclosedate\n006,Crane,001,2027-01-20\n",
        "connection.csv": "record1id,record2id,record2roleid\n006,003A,Decision Maker\n006,003B,Sage\n",
        "systemuser.csv": "systemuserid,fullname\n005,Uma Fox\n",
        "appointment.csv": "activityid,requiredattendees,ownerid,scheduledstart\n00U,003A,005,2026-11-04T09:00:00Z\n",
    },
}


@pytest.mark.parametrize("program", CRM)
def test_the_tables_of_a_crm_become_one_account(tmp_path: Path, program: str) -> None:
    batch = read([written(tmp_path, name, text) for name, text in CRM[program].items()], today=TODAY)
    assert not batch.findings.has_errors
    assert [(account.id, account.name) for account in batch.dataset.of(Account)] == [("001", "Quay")]
    assert [(person.id, person.name, person.account) for person in batch.dataset.of(Person)] == [
        ("003A", "Ann Li", "001"),
        ("003B", "Wu", "001"),
    ]
    assert batch.dataset.of(ReportsTo) == [ReportsTo("003B", "003A")]
    assert [opportunity.decision_date for opportunity in batch.dataset.of(Opportunity)] == [datetime.date(2027, 1, 20)]
    assert [(participation.person, participation.roles) for participation in batch.dataset.of(Participation)] == [
        ("003A", ("D",)),
        ("003B", ()),
    ]
    assert [(member.id, member.name) for member in batch.dataset.of(TeamMember)] == [("005", "Uma Fox")]
    assert [(finding.code, finding.value) for finding in batch.findings if finding.column == "roles"] == [
        ("unmapped_value", "Sage")
    ]
    visits = [
        (interaction.date.day, interaction.subtype, interaction.members)
        for interaction in batch.dataset.of(Interaction)
    ]
    assert (4, "visit", ("005",)) in visits
    assert ((3, "call", ("005",)) in visits) is (program == "Salesforce")


def test_who_is_in_the_account_team_and_owns_contacts(tmp_path: Path) -> None:
    tables = {
        **CRM["Salesforce"],
        "AccountTeamMember.csv": "Id,AccountId,UserId,TeamMemberRole\n1,001,005,Account Manager\n2,001,007,Sage\n",
        "Contact.csv": "Id,FirstName,LastName,AccountId,OwnerId,Email\n003A,Ann,Li,001,005,a@q.io\n003B,,Wu,001,,\n",
    }
    batch = read([written(tmp_path, name, text) for name, text in tables.items()], today=TODAY)
    assert not batch.findings.has_errors
    assert [(member.id, member.name, member.role) for member in batch.dataset.of(TeamMember)] == [
        ("005", "Uma Fox", "AR"),
        ("007", None, None),
    ]
    assert batch.dataset.of(Covers) == [Covers("005", "003A", True)]
    assert [person.addresses for person in batch.dataset.of(Person)] == [("a@q.io",), ()]


def test_rows_of_one_record_are_combined(tmp_path: Path) -> None:
    roles = "OpportunityId,ContactId,Role\n006,003A,Decision Maker\n006,003A,Influencer\n006,003A,Influencer\n"
    tables = {**CRM["Salesforce"], "OpportunityContactRole.csv": roles}
    batch = read([written(tmp_path, name, text) for name, text in tables.items()], today=TODAY)
    assert [(participation.person, participation.roles) for participation in batch.dataset.of(Participation)] == [
        ("003A", ("D", "I"))
    ]
    assert [finding.places["count"] for finding in batch.findings if finding.code == "rows_combined"] == ["1"]


def test_of_rows_that_differ_the_first_is_kept_and_said(tmp_path: Path) -> None:
    users = "Id,FirstName,LastName,Username\n005,Uma,Fox,a\n005,Una,Fox,b\n"
    batch = read([written(tmp_path, "User.csv", users)], today=TODAY)
    assert [member.name for member in batch.dataset.of(TeamMember)] == ["Uma Fox"]
    assert [
        (finding.column, finding.places["count"]) for finding in batch.findings if finding.code == "first_kept"
    ] == [("name", "1")]


HUBSPOT = {
    "companies.csv": "company_id,Name,Domain\n1,Quay,quay.example\n",
    "contacts.csv": "contact_id,First Name,Last Name,company_id,Email\n1,Ann,Li,1,ann@quay.example\n2,,Wu,1,\n",
    "deals.csv": "Deal Name,Deal Stage,company_id,contact_id,Buying Role\nCrane,Won,1,1,Budget Holder\n",
    "meetings.csv": "meeting_id,contact_id,hubspot_owner_email,Meeting Start Time\n7,1;2,u@u.io,2026-11-03 09:30\n",
    "calls.csv": "call_id,contact_id,hubspot_owner_email,Call Time,Call Outcome\n8,1,u@u.io,2026-11-04 09:30,Busy\n",
}


def test_the_tables_of_hubspot(tmp_path: Path) -> None:
    batch = read([written(tmp_path, name, text) for name, text in HUBSPOT.items()], today=TODAY)
    assert not batch.findings.has_errors
    assert [(participation.person, participation.roles) for participation in batch.dataset.of(Participation)] == [
        ("hubspot-1", ("A",))
    ]
    assert [member.id for member in batch.dataset.of(TeamMember)] == ["u@u.io"]
    assert sorted(
        (interaction.date.day, interaction.subtype, interaction.people, interaction.response)
        for interaction in batch.dataset.of(Interaction)
    ) == [
        (3, "visit", ("hubspot-1", "hubspot-2"), None),
        (4, "call", ("hubspot-1",), "none"),
    ]


def test_a_directory_with_departments_and_managers(tmp_path: Path) -> None:
    users = (
        "userPrincipalName,displayName,jobTitle,department,accountEnabled,mail,manager\n"
        "ann@q.example,Ann,Chief,Board,True,ann@q.example,\n"
        "ben@q.example,Ben,,Works,False,,ann@q.example\n"
    )
    asked = {"account": "q", "account_name": "Quay"}
    batch = read([written(tmp_path, "exportUsers.csv", users)], today=TODAY, **asked)
    assert not batch.findings.has_errors
    assert [(person.id, person.unit, person.status) for person in batch.dataset.of(Person)] == [
        ("ann@q.example", "q-Board", "active"),
        ("ben@q.example", "q-Works", "left"),
    ]
    assert [(unit.id, unit.name) for unit in batch.dataset.of(OrgUnit)] == [("q-Board", "Board"), ("q-Works", "Works")]
    assert batch.dataset.of(ReportsTo) == [ReportsTo("ben@q.example", "ann@q.example")]
    assert [error.code for error in read([tmp_path / "exportUsers.csv"], today=TODAY).findings.errors] == [
        "account_needed"
    ]


def test_an_active_directory_names_managers_by_their_place(tmp_path: Path) -> None:
    users = (
        'SamAccountName,Name,DistinguishedName,Manager,Department,Enabled\nann,Ann,"CN=Ann,DC=q",,Board,True\n'
        'ben,Ben,"CN=Ben,DC=q","CN=Ann,DC=q",,True\n'
    )
    batch = read([written(tmp_path, "ad.csv", users)], today=TODAY, account="q", account_name="Quay")
    assert batch.dataset.of(ReportsTo) == [ReportsTo("q-ben", "q-ann")]
    assert [person.unit for person in batch.dataset.of(Person)] == ["q-Board", None]


@pytest.mark.parametrize("head", ["employee,manager,title", "员工,上级,职务"])
def test_a_chart_without_an_account(tmp_path: Path, head: str) -> None:
    table = written(tmp_path, "chart.csv", f"{head}\nben,ann,Engineer\ncai,ben,\n")
    batch = read([table], today=TODAY, account="q", account_name="Quay")
    assert not batch.findings.has_errors
    assert sorted((person.id, person.title) for person in batch.dataset.of(Person)) == [
        ("ann", None),
        ("ben", "Engineer"),
        ("cai", None),
    ]
    assert len(batch.dataset.of(ReportsTo)) == 2


def test_a_workbook_of_another_program(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Sheet1"
    for row in (["Nr", "Who", "Seen"], [1, "ann", datetime.date(2026, 11, 3)]):
        sheet.append(row)
    made.save(tmp_path / "log.xlsx")
    mapping = written(tmp_path, "m.yaml", MAPPING.replace(', day: "%d.%m.%Y"', ""))
    batch = read([tmp_path / "log.xlsx"], today=TODAY, mapping=mapping)
    assert [
        (interaction.id, interaction.date.day, interaction.people) for interaction in batch.dataset.of(Interaction)
    ] == [("visit-1", 3, ("ann",))]


def test_rows_that_are_not_meant_are_no_loss(tmp_path: Path) -> None:
    mapping = written(tmp_path, "m.yaml", MAPPING.replace("needs: [Seen]", 'where: {How: [phone, ""]}'))
    rows = "Nr,Who,Seen,How\n1,ann,03.11.2026,fax\n2,ann,03.11.2026,Phone\n3,ann,03.11.2026,\n"
    batch = read([written(tmp_path, "log.csv", rows)], today=TODAY, mapping=mapping)
    assert [interaction.id for interaction in batch.dataset.of(Interaction)] == ["visit-2", "visit-3"]
    assert not codes(batch)


def test_a_mapping_that_was_kept_for_a_header(tmp_path: Path) -> None:
    (own,) = load_mapping(written(tmp_path, "m.yaml", MAPPING)).tables
    header = ["Nr", "Who", "Seen", "More"]
    table = written(tmp_path, "log.csv", "More,nr,Who,Seen\n,1,ann,03.11.2026\n")
    kept = {fingerprint(header): own}
    batch = read([table], today=TODAY, kept=lambda cells: kept.get(fingerprint(cells)))
    assert [interaction.id for interaction in batch.dataset.of(Interaction)] == ["visit-1"]
    assert not batch.used
    (used,) = read([table], today=TODAY, mapping=tmp_path / "m.yaml").used
    assert used == (own, ["More", "nr", "Who", "Seen"])


def test_an_organisation_chart_in_two_columns(tmp_path: Path) -> None:
    rows = "employee,manager,account,title\nann,,q,Chief\nben,ann,q,Engineer\n"
    accounts = written(tmp_path, "accounts.csv", "id\nq\n")
    batch = read([accounts, written(tmp_path, "chart.csv", rows)], today=TODAY)
    assert [(person.id, person.title) for person in batch.dataset.of(Person)] == [("ann", "Chief"), ("ben", "Engineer")]
    assert batch.dataset.of(ReportsTo) == [ReportsTo("ben", "ann")]
    assert len(batch.findings) == 0


TREE: dict[str, Any] = {
    "records": [
        {
            "attributes": {"type": "Account", "referenceId": "A1"},
            "Name": "Quay",
            "Industry": None,
            "Contacts": {
                "records": [
                    {"attributes": {"type": "Contact", "referenceId": "C1"}, "FirstName": "Ann", "LastName": "Li"},
                    {
                        "attributes": {"type": "Contact", "referenceId": "C2"},
                        "LastName": "Wu",
                        "ReportsToId": "@C1",
                        "IsActive__c": True,
                    },
                ]
            },
        }
    ]
}


def test_a_tree_of_records_with_children(tmp_path: Path) -> None:
    batch = read([written(tmp_path, "tree.json", json.dumps(TREE))], today=TODAY)
    assert batch.dataset.of(Account) == [Account("A1", "Quay")]
    assert [(person.id, person.account, person.name) for person in batch.dataset.of(Person)] == [
        ("C1", "A1", "Ann Li"),
        ("C2", "A1", "Wu"),
    ]
    assert batch.dataset.of(ReportsTo) == [ReportsTo("C2", "C1")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "not_json"),
        ("[" * 200_000, "too_deep"),
        ("3", "no_record_tree"),
        ('{"records": 3}', "no_record_tree"),
        ('{"records": [3]}', "no_record_tree"),
        ('{"records": [{"attributes": {}}]}', "no_record_tree"),
        ('{"records": [{"attributes": {"type": 5}}]}', "no_record_tree"),
    ],
)
def test_what_is_no_tree_is_refused(tmp_path: Path, text: str, code: str) -> None:
    batch = read([written(tmp_path, "tree.json", text)], today=TODAY)
    assert [error.code for error in batch.findings.errors] == [code]


def test_a_type_that_nobody_knows_is_said(tmp_path: Path) -> None:
    tree = {"records": [{"attributes": {"type": "Lead", "referenceId": "L"}, "Name": "x"}]}
    batch = read([written(tmp_path, "tree.json", json.dumps(tree))], today=TODAY)
    assert [(finding.code, finding.value) for finding in batch.findings] == [
        ("nothing_to_read", None),
        ("unknown_sheet", "Lead"),
    ]


def counted(batch: Batch) -> dict[str, int]:
    assert not batch.findings.has_errors
    kinds = (Account, OrgUnit, Person, ReportsTo, Influence, Opportunity, Participation, TeamMember)
    return {kind.__name__: len(batch.dataset.of(kind)) for kind in kinds if batch.dataset.of(kind)}


@pytest.mark.skipif(not SHARED.exists(), reason=f"the shared data is not there: {SHARED}")
class TestRealExports:
    def test_salesforce_csv(self) -> None:
        batch = read([SHARED / "salesforce/generated"], today=TODAY)
        assert counted(batch) == {"Account": 12, "Person": 24, "Opportunity": 50, "Participation": 50}
        roles = [participation.roles for participation in batch.dataset.of(Participation)]
        assert {role: roles.count((role,)) for role in "DAEU"} == {"D": 13, "A": 20, "E": 8, "U": 9}

    def test_salesforce_trees_and_a_report(self) -> None:
        """Ten accounts; six people, in the report and in the tree, found to be the same; 20 opportunities."""
        batch = read([SHARED / "salesforce/data"], today=TODAY)
        assert counted(batch) == {"Account": 10, "Person": 6, "Opportunity": 20}
        assert {finding.code for finding in batch.findings} == {
            "matched_by_address",
            "matched_by_name",
            "rows_combined",
            "rows_left_out",
            "encoding_found",
        } & {finding.code for finding in batch.findings}
        assert all(person.title and person.addresses for person in batch.dataset.of(Person))

    def test_hubspot(self) -> None:
        batch = read([SHARED / "hubspot"], today=TODAY)
        assert counted(batch) == {"Account": 1, "Person": 3, "Opportunity": 1, "Participation": 1}
        assert batch.dataset.of(Opportunity)[0].decision_date == datetime.date(2002, 1, 16)
        assert [notice.places["count"] for notice in batch.findings.notices] == ["8"]

    def test_adventureworks(self) -> None:
        batch = read([SHARED / "adventureworks"], today=TODAY, account="aw", account_name="Adventure Works")
        assert counted(batch) == {"Account": 806, "OrgUnit": 16, "Person": 1199, "TeamMember": 17}
        people = [person for person in batch.dataset.of(Person) if person.account == "aw"]
        assert len(people) == 290
        contacts = [person.title for person in batch.dataset.of(Person) if person.account != "aw"]
        assert {title: contacts.count(title) for title in ("Owner", "Purchasing Agent", "Sales Manager")} == {
            "Owner": 266,
            "Purchasing Agent": 242,
            "Sales Manager": 40,
        }
        assert [finding.value for finding in batch.findings if finding.code == "unknown_sheet"] == ["ContactType"]
        assert {level: sum(person.level == level for person in people) for level in (7, 6, 4, 2, 1)} == {
            7: 1,
            6: 6,
            4: 27,
            2: 66,
            1: 190,
        }
        assert next(person for person in people if person.id == "aw-4").unit == "aw-unit-2"
        assert all(person.unit is not None for person in people)

    def test_krackhardt(self) -> None:
        batch = read([SHARED / "krackhardt"], today=TODAY, account="high", account_name="High-tech managers")
        assert counted(batch) == {"Account": 1, "OrgUnit": 5, "Person": 21, "ReportsTo": 20, "Influence": 190}
        asked = [
            sum(influence.source == f"high-{manager}" for influence in batch.dataset.of(Influence))
            for manager in range(1, 22)
        ]
        assert asked == [13, 18, 5, 8, 5, 10, 13, 10, 4, 9, 11, 7, 4, 10, 4, 8, 9, 15, 4, 8, 15]


def test_the_example_of_the_page_is_a_mapping(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]
    (table,) = load_mapping(written(tmp_path, "page.yaml", example)).tables
    assert set(table.into[0].fields) == {"id", "date", "method", "subtype", "people", "notes"}


def test_the_source_that_contributing_shows_works_as_it_stands(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    source = page.partition("```yaml\n")[2].partition("```")[0]
    contacts = (
        "Contact No,Full Name,Firm,State,Mail\n"
        '1,Ann Li,Quay,Current,"ann@q.example,a@q.example"\n2,Ben Wu,Quay,Gone,\n'
        "3,Cai Xu,Quay,On leave,\n4,Dai Fu,,Current,\n"
    )
    batch = read(
        [written(tmp_path, "any.csv", contacts)], today=TODAY, mapping=written(tmp_path, "harbour.yaml", source)
    )
    assert not batch.findings.has_errors
    assert batch.dataset.of(Account) == [Account("harbour-Quay", "Quay")]
    assert [(person.id, person.name, person.status, person.addresses) for person in batch.dataset.of(Person)] == [
        ("harbour-1", "Ann Li", "active", ("ann@q.example", "a@q.example")),
        ("harbour-2", "Ben Wu", "left", ()),
        ("harbour-3", "Cai Xu", None, ()),
    ]
    said = {(finding.code, finding.value, finding.places.get("count")) for finding in batch.findings}
    assert ("unmapped_value", "On leave", "1") in said
    assert ("rows_left_out", None, "1") in said


def test_every_file_of_a_source_is_one_that_is_found(tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "loaders" / "sources"
    assert {load_mapping(path).source for path in folder.glob("*.yaml")} == {
        mapping.source for mapping in shipped_mappings()
    }


def test_somebody_may_say_what_a_file_is(tmp_path: Path) -> None:
    table = written(tmp_path, "export.csv", "id,name\nq,Quay\n")
    assert [error.code for error in read([table], today=TODAY).findings.errors] == ["unknown_csv"]
    for asked in ("accounts", "Account", "account", "客户"):
        assert read([table], today=TODAY, as_kind=asked).dataset.of(Account) == [Account("q", "Quay")]
    refused = read([table], today=TODAY, as_kind="Lead").findings.errors
    assert [(finding.code, finding.value) for finding in refused] == [("unknown_kind", "Lead")]
    assert "Contact" in refused[0].text("en")
