"""The sample company in every form that is read: the same people and ties, as far as the form can carry them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from graph.model import Account, Interaction, Opportunity, OrgUnit, Participation, Person, ReportsTo, TeamMember
from graph.model.dataset import Dataset
from loaders import read
from loaders.batch import Batch
from loaders.suggesting import suggested_mapping
from loaders.template import write_workbook
from tests.loaders import sample_forms as forms
from tests.loaders.mail_examples import calendar

OURS = frozenset({"ours.example"})
NAME = "Qinglan Mobile / 青岚移动"


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return forms.sample()


def read_form(path: Path, **said: Any) -> Batch:
    batch = read([path], today=forms.TODAY, **said)
    assert not batch.findings.has_errors, [error.text() for error in batch.findings.errors]
    return batch


def names(data: Dataset) -> dict[str, str]:
    """Id → name of everybody, so that forms with ids of their own can be compared."""
    return {record.id: record.name or "" for kind in (Person, TeamMember) for record in data.of(kind)}


def people(data: Dataset, what: str = "name title") -> set[tuple[Any, ...]]:
    return {tuple(getattr(person, name) for name in what.split()) for person in data.of(Person)}


def lines(data: Dataset) -> set[tuple[str, str]]:
    called = names(data)
    return {(called[line.person], called[line.manager]) for line in data.of(ReportsTo) if line.kind in (None, "solid")}


def roles(data: Dataset, carried: Any = None) -> set[tuple[str, str]]:
    called = names(data)
    told = {
        (called[participation.person], role) for participation in data.of(Participation) for role in participation.roles
    }
    return {entry for entry in told if carried is None or entry[1] in carried}


def contacts(data: Dataset, *subtypes: str) -> Counter[tuple[Any, ...]]:
    """Day, subtype and who took part, by name."""
    called = names(data)
    return Counter(
        (
            interaction.date,
            interaction.subtype,
            *(
                tuple(sorted(called.get(who, who) for who in side))
                for side in (interaction.people, interaction.members)
            ),
        )
        for interaction in data.of(Interaction)
        if interaction.method == "daily_contact" and interaction.subtype in subtypes
    )


def units(data: Dataset) -> set[tuple[str, str]]:
    called = {unit.id: unit.name for unit in data.of(OrgUnit)}
    return {(person.name or "", called[person.unit] or "") for person in data.of(Person) if person.unit}


def test_the_sample_has_something_of_everything(sample: Dataset) -> None:
    """Counted by hand: 26 people, 23 solid lines within the account, six team members."""
    assert len(sample.of(Person)) == 26
    assert len(lines(sample)) >= 20
    assert len(sample.of(TeamMember)) == 6
    assert {interaction.subtype for interaction in sample.of(Interaction)} >= {"visit", "call", "email"}


@pytest.mark.parametrize("write", [forms.write_tables, forms.write_trees], ids=["tables", "trees"])
def test_salesforce(write: Any, sample: Dataset, tmp_path: Path) -> None:
    data = read_form(write(tmp_path / "sf", forms.salesforce(sample))).dataset
    assert [(account.id, account.name, account.industry) for account in data.of(Account)] == [
        (account.id, account.name, account.industry) for account in sample.of(Account)
    ]
    assert people(data, "id name title account addresses") == people(sample, "id name title account addresses")
    assert lines(data) == lines(sample)
    assert roles(data) == roles(sample, forms.SALESFORCE_ROLES)
    assert {(member.id, member.name, member.role) for member in data.of(TeamMember)} == {
        (member.id, member.name, member.role) for member in sample.of(TeamMember)
    }
    assert forms.owners(data) == forms.owners(sample)
    assert contacts(data, "visit", *forms.TASKS) == contacts(sample, "visit", *forms.TASKS)
    assert [
        (opportunity.name, opportunity.amount, opportunity.decision_date) for opportunity in data.of(Opportunity)
    ] == [(opportunity.name, opportunity.amount, opportunity.decision_date) for opportunity in sample.of(Opportunity)]


def test_dynamics(sample: Dataset, tmp_path: Path) -> None:
    data = read_form(forms.write_tables(tmp_path / "d365", forms.dynamics(sample))).dataset
    assert people(data, "id name title account addresses") == people(sample, "id name title account addresses")
    assert lines(data) == lines(sample)
    assert roles(data) == roles(sample, forms.DYNAMICS_ROLES)
    assert contacts(data, "visit") == contacts(sample, "visit")


def test_hubspot(sample: Dataset, tmp_path: Path) -> None:
    known = Dataset.collect(sample.of(TeamMember))
    data = read_form(forms.write_tables(tmp_path / "hub", forms.hubspot(sample)), known=lambda: known).dataset
    assert people(data, "name title addresses") == people(sample, "name title addresses")
    assert roles(data) == roles(sample, forms.HUBSPOT_ROLES)
    ours = {member.id: member for member in sample.of(TeamMember)}
    for member in data.of(TeamMember):  # HubSpot has their addresses only: the name is the stored one
        member.name = ours[member.id].name
    assert contacts(data, "visit", "call") == contacts(sample, "visit", "call")


@pytest.mark.parametrize("form", ["chart", "entra", "ad"])
def test_organisation_charts(form: str, sample: Dataset, tmp_path: Path) -> None:
    folder = forms.write_tables(tmp_path / form, forms.charts(sample)[form])
    data = read_form(folder, account=forms.HOME, account_name=NAME).dataset
    if form == "chart":  # which has no other name for anybody than his id
        called = names(sample)
        assert {person.title for person in data.of(Person)} == {person.title for person in sample.of(Person)}
        assert {(called[person], called[above]) for person, above in lines(data)} == lines(sample)
        assert {(called[person], unit) for person, unit in units(data)} == units(sample)
        return
    assert people(data) == people(sample)
    assert lines(data) == lines(sample)
    assert units(data) == units(sample)


def test_a_spreadsheet_by_the_suggested_mapping(sample: Dataset, tmp_path: Path) -> None:
    path = forms.spreadsheet(sample, tmp_path / "staff.xlsx")
    (tmp_path / "m.yaml").write_text(suggested_mapping([path], None), encoding="utf-8")
    data = read_form(path, mapping=tmp_path / "m.yaml", account=forms.HOME, account_name=NAME).dataset
    assert people(data, "name title addresses") == people(sample, "name title addresses")
    assert lines(data) == lines(sample)
    assert units(data) == units(sample)


def test_a_mailbox(sample: Dataset, tmp_path: Path) -> None:
    (tmp_path / "team.mbox").write_bytes(forms.mails(sample))
    batch = read_form(tmp_path / "team.mbox", known=lambda: sample)
    told = contacts(batch.dataset, "email")
    wanted = Counter(
        (interaction.date, interaction.subtype, tuple(sorted(interaction.people)), tuple(sorted(interaction.members)))
        for interaction in sample.of(Interaction)
        if interaction.subtype == "email"
    )
    assert set(wanted) <= set(told)
    answered = {
        (interaction.date, interaction.people): interaction.response for interaction in batch.dataset.of(Interaction)
    }
    for interaction in sample.of(Interaction):
        if interaction.subtype == "email":
            assert answered[interaction.date, interaction.people] == (
                "two_way" if interaction.response == "two_way" else "one_way"
            )


def test_a_mailbox_of_people_whom_nobody_knows(sample: Dataset, tmp_path: Path) -> None:
    (tmp_path / "team.mbox").write_bytes(forms.mails(sample))
    said = {"account": forms.HOME, "account_name": NAME, "our_domains": OURS, "add_unknown": True}
    data = read_form(tmp_path / "team.mbox", **said).dataset
    wrote = {
        who for interaction in sample.of(Interaction) if interaction.subtype == "email" for who in interaction.people
    }
    assert {person.id for person in data.of(Person)} == {f"{who}@qinglan.example" for who in wrote}
    assert {person.status for person in data.of(Person)} == {"unidentified"}


def test_a_calendar(sample: Dataset, tmp_path: Path) -> None:
    path = calendar(tmp_path / "team.ics", *forms.meetings(sample))
    data = read_form(path, known=lambda: sample).dataset
    assert Counter(
        (interaction.date, interaction.method, interaction.people, interaction.members, interaction.customer_headcount)
        for interaction in data.of(Interaction)
    ) == Counter(
        (interaction.date, interaction.method, interaction.people, interaction.members, len(interaction.people))
        for interaction in sample.of(Interaction)
        if interaction.method != "daily_contact" or interaction.subtype == "visit"
    )


def test_connections(sample: Dataset, tmp_path: Path) -> None:
    folder = forms.write_tables(tmp_path / "li", {"Connections": forms.connections(sample)})
    data = read_form(folder, known=lambda: sample, account=forms.HOME, member="sun-li").dataset
    assert {interaction.people for interaction in data.of(Interaction)} == {
        (person.id,) for person in sample.of(Person)
    }
    assert {interaction.members for interaction in data.of(Interaction)} == {("sun-li",)}


def test_our_workbook(sample: Dataset, tmp_path: Path) -> None:
    write_workbook(tmp_path / "own.xlsx", sample)
    data = read_form(tmp_path / "own.xlsx").dataset
    assert people(data, "id name title account unit addresses") == people(
        sample, "id name title account unit addresses"
    )
    assert data.of(ReportsTo) == sorted(sample.of(ReportsTo), key=lambda line: (line.person, line.manager))


@pytest.mark.parametrize("name", ["company.ods", "company.xls", "parquet"])
def test_our_sheets_in_other_forms(name: str, sample: Dataset, tmp_path: Path) -> None:
    forms.write_other_workbooks(tmp_path, sample)
    assert list(read_form(tmp_path / name).dataset) == list(sample)


def test_everything_at_once_is_still_the_same_people(sample: Dataset, tmp_path: Path) -> None:
    """All forms in one folder: everybody is found again by address, id or name, and is there once."""
    forms.write_all(tmp_path)
    said = {"account": forms.HOME, "account_name": NAME, "our_domains": OURS, "member": "sun-li"}
    for name in ("staff.xlsx", "chart"):  # the first needs a mapping, the second knows nobody by name
        path = tmp_path / name
        path.unlink() if path.is_file() else [file.unlink() for file in path.iterdir()]
    data = read_form(tmp_path, known=lambda: sample, **said).dataset
    assert {person.id for person in data.of(Person)} == {person.id for person in sample.of(Person)}
    assert lines(data) == lines(sample)
    assert {account.id for account in data.of(Account)} == {forms.HOME}
