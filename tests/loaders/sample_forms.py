"""The sample company as other programs would have it: what each form can carry of it, and nothing else.

`python -m tests.loaders.sample_forms FOLDER` writes them all, to look at and to try.
"""

from __future__ import annotations

import csv
import datetime
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl

from graph.model import (
    Account,
    Covers,
    Interaction,
    Opportunity,
    OrgUnit,
    Participation,
    Person,
    ReportsTo,
    TeamMember,
)
from graph.model.dataset import Dataset
from loaders import read, sample_company
from loaders.csv_folder import csv_text
from tests.loaders.mail_examples import calendar
from tests.loaders.other_workbooks import write_ods, write_parquet, write_xls

TODAY = datetime.date(2026, 11, 23)
HOME = "qinglan"
"""The account of the sample that all forms tell of."""

SALESFORCE_ROLES = {
    "D": "Decision Maker",
    "A": "Economic Buyer",
    "E": "Evaluator",
    "U": "Business User",
    "I": "Influencer",
    "G": "Gatekeeper",
}
DYNAMICS_ROLES = {
    "D": "Decision Maker",
    "A": "Economic Buyer",
    "E": "Technical Buyer",
    "U": "End User",
    "I": "Influencer",
    "S": "Champion",
}
HUBSPOT_ROLES = {
    "D": "Decision Maker",
    "A": "Budget Holder",
    "G": "Blocker",
    "I": "Influencer",
    "S": "Champion",
    "U": "End User",
}
TEAM_ROLES = {
    "AR": "Account Manager",
    "SR": "Sales Engineer",
    "FR": "Support",
    "EXEC": "Executive Sponsor",
    "PARTNER": "Partner",
}
TASKS = {"call": "Call", "email": "Email", "message": "LinkedIn"}
Rows = dict[str, list[dict[str, Any]]]


def sample() -> Dataset:
    """The sample's account with everybody's address, as its own files have it otherwise."""
    with sample_company() as folder:
        data = read([folder], today=TODAY).dataset
    for person in data.of(Person):
        person.addresses = (f"{person.id}@qinglan.example",)
    for member in data.of(TeamMember):
        member.addresses = (f"{member.id}@ours.example",)
    people = {person.id for person in data.of(Person) if person.account == HOME}
    kept: list[Any] = [account for account in data.of(Account) if account.id == HOME]
    kept += [record for kind in (OrgUnit, Person, Opportunity) for record in data.of(kind) if record.account == HOME]
    kept += [line for line in data.of(ReportsTo) if line.person in people]
    kept += [participation for participation in data.of(Participation) if participation.person in people]
    kept += [cover for cover in data.of(Covers) if cover.person in people]
    kept += [
        interaction
        for interaction in data.of(Interaction)
        if interaction.people and interaction.members and people.issuperset(interaction.people)
    ]
    return Dataset.collect([*map(replace, kept), *map(replace, data.of(TeamMember))])


def managers(data: Dataset) -> dict[str, str]:
    """Person → the one manager that such a form has room for."""
    return {line.person: line.manager for line in data.of(ReportsTo) if line.kind in (None, "solid")}


def owners(data: Dataset) -> dict[str, str]:
    """Person → the team member who owns the relationship, where such a form has a column for it."""
    return {cover.person: cover.member for cover in data.of(Covers) if cover.owner}


def pairs(data: Dataset, subtypes: Iterable[str]) -> Iterator[tuple[Interaction, str, str]]:
    """Each everyday contact with each two who took part, which is how a CRM has them."""
    for interaction in data.of(Interaction):
        if interaction.method == "daily_contact" and interaction.subtype in subtypes:
            yield from (
                (interaction, person, member) for person in interaction.people for member in interaction.members
            )


def salesforce(data: Dataset) -> Rows:
    """The tables of a Salesforce export."""
    boss = managers(data)
    owner = owners(data)
    return {
        "Account": [
            {"Id": account.id, "Name": account.name, "Industry": account.industry} for account in data.of(Account)
        ],
        "User": [
            {
                "Id": member.id,
                "LastName": member.name,
                "Username": member.id,
                "Email": member.addresses[0],
                "IsActive": "true",
            }
            for member in data.of(TeamMember)
        ],
        "Contact": [
            {
                "Id": person.id,
                "LastName": person.name,
                "AccountId": person.account,
                "Title": person.title,
                "Email": person.addresses[0],
                "ReportsToId": boss.get(person.id),
                "OwnerId": owner.get(person.id),
            }
            for person in data.of(Person)
        ],
        "Opportunity": [
            {
                "Id": opportunity.id,
                "Name": opportunity.name,
                "AccountId": opportunity.account,
                "StageName": opportunity.stage,
                "CloseDate": opportunity.decision_date,
                "Amount": opportunity.amount,
            }
            for opportunity in data.of(Opportunity)
        ],
        "OpportunityContactRole": [
            {
                "OpportunityId": participation.opportunity,
                "ContactId": participation.person,
                "Role": SALESFORCE_ROLES[role],
            }
            for participation in data.of(Participation)
            for role in participation.roles
            if role in SALESFORCE_ROLES
        ],
        "AccountTeamMember": [
            {
                "Id": f"t-{member.id}",
                "AccountId": HOME,
                "UserId": member.id,
                "TeamMemberRole": TEAM_ROLES[member.role or ""],
            }
            for member in data.of(TeamMember)
        ],
        "Task": [
            {
                "Id": interaction.id,
                "WhoId": person,
                "OwnerId": member,
                "ActivityDate": interaction.date,
                "TaskSubtype": TASKS[interaction.subtype or ""],
                "Status": "Completed",
            }
            for interaction, person, member in pairs(data, TASKS)
        ],
        "Event": [
            {
                "Id": interaction.id,
                "WhoId": person,
                "OwnerId": member,
                "ActivityDate": interaction.date,
                "StartDateTime": f"{interaction.date}T09:00:00.000Z",
            }
            for interaction, person, member in pairs(data, ["visit"])
        ],
    }


def dynamics(data: Dataset) -> Rows:
    """The tables of a Dynamics 365 export."""
    boss = managers(data)
    return {
        "account": [{"accountid": account.id, "name": account.name} for account in data.of(Account)],
        "systemuser": [{"systemuserid": member.id, "fullname": member.name} for member in data.of(TeamMember)],
        "contact": [
            {
                "contactid": person.id,
                "fullname": person.name,
                "parentcustomerid": person.account,
                "jobtitle": person.title,
                "emailaddress1": person.addresses[0],
                "parentcontactid": boss.get(person.id),
            }
            for person in data.of(Person)
        ],
        "opportunity": [
            {
                "opportunityid": opportunity.id,
                "name": opportunity.name,
                "parentaccountid": opportunity.account,
                "estimatedclosedate": opportunity.decision_date,
            }
            for opportunity in data.of(Opportunity)
        ],
        "connection": [
            {
                "record1id": participation.opportunity,
                "record2id": participation.person,
                "record2roleid": DYNAMICS_ROLES[role],
            }
            for participation in data.of(Participation)
            for role in participation.roles
            if role in DYNAMICS_ROLES
        ],
        "appointment": [
            {
                "activityid": interaction.id,
                "requiredattendees": ";".join(interaction.people),
                "ownerid": member,
                "scheduledstart": f"{interaction.date}T09:00:00Z",
                "statecode": "Completed",
            }
            for interaction in data.of(Interaction)
            if (interaction.method, interaction.subtype) == ("daily_contact", "visit")
            for member in interaction.members
        ],
    }


def hubspot(data: Dataset) -> Rows:
    """The tables of a HubSpot export."""
    address = {member.id: member.addresses[0] for member in data.of(TeamMember)}
    deals = {opportunity.id: opportunity for opportunity in data.of(Opportunity)}
    return {
        "companies": [
            {"company_id": account.id, "Name": account.name, "Domain": "qinglan.example"}
            for account in data.of(Account)
        ],
        "contacts": [
            {
                "contact_id": person.id,
                "First Name": "",
                "Last Name": person.name,
                "company_id": person.account,
                "Job Title": person.title,
                "Email": person.addresses[0],
            }
            for person in data.of(Person)
        ],
        "deals": [
            {
                "Deal Name": deals[participation.opportunity].name,
                "Deal Stage": deals[participation.opportunity].stage,
                "company_id": deals[participation.opportunity].account,
                "contact_id": participation.person,
                "Buying Role": HUBSPOT_ROLES[role],
            }
            for participation in data.of(Participation)
            for role in participation.roles
            if role in HUBSPOT_ROLES
        ],
        "meetings": _hubspot_contacts(data, "visit", "meeting_id", "Meeting Start Time", address),
        "calls": _hubspot_contacts(data, "call", "call_id", "Call Time", address),
    }


def _hubspot_contacts(
    data: Dataset, subtype: str, key: str, when: str, address: dict[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            key: interaction.id,
            "contact_id": ";".join(interaction.people),
            "hubspot_owner_email": address[member],
            when: f"{interaction.date} 09:30",
        }
        for interaction in data.of(Interaction)
        if (interaction.method, interaction.subtype) == ("daily_contact", subtype)
        for member in interaction.members
    ]


def charts(data: Dataset) -> dict[str, Rows]:
    """Reporting lines as two columns, and as Microsoft Entra and Active Directory export them."""
    boss, unit = managers(data), {org_unit.id: org_unit.name for org_unit in data.of(OrgUnit)}
    people = data.of(Person)
    return {
        "chart": {
            "chart": [
                {
                    "employee": person.id,
                    "manager": boss.get(person.id),
                    "title": person.title,
                    "department": unit.get(person.unit or ""),
                }
                for person in people
            ]
        },
        "entra": {
            "exportUsers": [
                {
                    "userPrincipalName": person.addresses[0],
                    "displayName": person.name,
                    "jobTitle": person.title,
                    "department": unit.get(person.unit or ""),
                    "accountEnabled": "True",
                    "mail": person.addresses[0],
                    "manager": f"{boss[person.id]}@qinglan.example" if person.id in boss else "",
                }
                for person in people
            ]
        },
        "ad": {
            "users": [
                {
                    "SamAccountName": person.id,
                    "Name": person.name,
                    "DistinguishedName": f"CN={person.id},DC=qinglan",
                    "Title": person.title,
                    "Department": unit.get(person.unit or ""),
                    "Manager": f"CN={boss[person.id]},DC=qinglan" if person.id in boss else "",
                    "Enabled": "True",
                    "mail": person.addresses[0],
                }
                for person in people
            ]
        },
    }


def mails(data: Dataset) -> bytes:
    """The mails of the sample as a mailbox: from team members to stakeholders, with the answers that were given."""
    out = []
    for interaction in data.of(Interaction):
        if interaction.subtype == "email":
            ours, theirs = (", ".join(f"{who}@{at}" for who in whose) for whose, at in _sides(interaction))
            heads = f"From: {ours.split(', ')[0]}\nTo: {theirs}\nCc: {ours}\n{_sent(interaction, interaction.id)}"
            out.append(f"From x\n{heads}\n\nx\n")
            if interaction.response == "two_way":
                answer = _sent(interaction, f"{interaction.id}-answer") + f"\nIn-Reply-To: <{interaction.id}@x>"
                out.append(f"From x\nFrom: {theirs.split(', ')[0]}\nTo: {ours}\n{answer}\n\nx\n")
    return "\n".join(out).encode()


def _sides(interaction: Interaction) -> tuple[tuple[tuple[str, ...], str], tuple[tuple[str, ...], str]]:
    return (interaction.members, "ours.example"), (interaction.people, "qinglan.example")


def _sent(interaction: Interaction, number: str) -> str:
    return f"Date: {interaction.date:%a, %d %b %Y} 10:00:00 +0000\nMessage-ID: <{number}@x>"


def meetings(data: Dataset) -> list[str]:
    """The visits and the greater methods of the sample as meetings, the method as category."""
    events = []
    for interaction in data.of(Interaction):
        if interaction.method != "daily_contact" or interaction.subtype == "visit":
            ours, theirs = _sides(interaction)
            invited = [f"ATTENDEE:mailto:{who}@{at}" for whose, at in (ours, theirs) for who in whose]
            category = "" if interaction.method == "daily_contact" else f"CATEGORIES:{interaction.method}\n"
            events.append(
                f"UID:{interaction.id}\nDTSTART;VALUE=DATE:{interaction.date:%Y%m%d}\n{category}" + "\n".join(invited)
            )
    return events


def connections(data: Dataset) -> list[dict[str, Any]]:
    """LinkedIn's connections of a team member: everybody, by name, with position and address."""
    return [
        {
            "First Name": "",
            "Last Name": person.name,
            "URL": f"https://www.linkedin.com/in/{person.id}",
            "Email Address": person.addresses[0],
            "Company": "青岚移动",
            "Position": person.title,
            "Connected On": "05 Nov 2025",
        }
        for person in data.of(Person)
    ]


def spreadsheet(data: Dataset, path: Path) -> Path:
    """A list of people as somebody would keep it, with names for managers."""
    boss, name = managers(data), {person.id: person.name for person in data.of(Person)}
    unit = {org_unit.id: org_unit.name for org_unit in data.of(OrgUnit)}
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["工号", "姓名", "职位", "所属部门", "上级", "邮箱"])
    for person in data.of(Person):
        above = name.get(boss.get(person.id, ""))
        sheet.append([person.id, person.name, person.title, unit.get(person.unit or ""), above, person.addresses[0]])
    book.save(path)
    return path


def write_tables(folder: Path, tables: Rows) -> Path:
    """Tables as CSV files of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def write_trees(folder: Path, tables: Rows) -> Path:
    """Tables as the JSON trees of Salesforce's tools, a file a type."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        records = [{"attributes": {"type": name, "referenceId": f"{name}{n}"}, **row} for n, row in enumerate(rows)]
        text = json.dumps({"records": records}, ensure_ascii=False, default=str)
        (folder / f"{name}s.json").write_text(text, encoding="utf-8")
    return folder


def own_sheets(data: Dataset) -> dict[str, list[list[Any]]]:
    """Our own sheets as rows of cells under a header, an empty cell None."""
    sheets = {}
    for kind in data.kinds():
        rows = csv.reader(csv_text(kind, data.of(kind.record)).splitlines())
        sheets[kind.sheet] = [[cell or None for cell in row] for row in rows]
    return sheets


def write_other_workbooks(folder: Path, data: Dataset) -> None:
    """Our own sheets as `.ods`, as `.xls`, and as a folder of `.parquet`."""
    sheets = own_sheets(data)
    write_ods(folder / "company.ods", sheets)
    write_xls(folder / "company.xls", sheets)
    (folder / "parquet").mkdir()
    for name, rows in sheets.items():
        write_parquet(folder / "parquet" / f"{name}.parquet", rows)


def write_all(folder: Path) -> None:
    """Every form in a folder of its own."""
    data = sample()
    programs: dict[str, Callable[[Dataset], Rows]] = {
        "salesforce": salesforce,
        "dynamics": dynamics,
        "hubspot": hubspot,
    }
    for name, tables in programs.items():
        write_tables(folder / name, tables(data))
    write_trees(folder / "trees", salesforce(data))
    for name, rows in charts(data).items():
        write_tables(folder / name, rows)
    write_tables(folder, {"Connections": connections(data)})
    (folder / "team.mbox").write_bytes(mails(data))
    calendar(folder / "team.ics", *meetings(data))
    spreadsheet(data, folder / "staff.xlsx")
    write_other_workbooks(folder, data)


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
