"""LinkedIn's Connections.csv: people of the account asked for, since when a team member knows them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from graph.model import Interaction, Person
from loaders import read
from loaders.batch import Batch
from tests.loaders.mail_examples import known

TODAY = datetime.date(2026, 11, 23)
NOTES = 'Notes:\n"When exporting, ""addresses"" may be missing, of those who want it so.\nReally."\n\n'
HEAD = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROWS = """Wu,Tao,https://www.linkedin.com/in/wutao,,Quay,CTO,05 Nov 2025
Pan,Ypsilon,https://www.linkedin.com/in/pan,pan.yi@quay.example,青岚,CFO,6 Jan 2026
Na,Li,https://www.linkedin.com/in/lina/,,QUAY,Buyer,07 Mar 2026
Jo,Else,https://www.linkedin.com/in/jo,,Elsewhere,CEO,01 Feb 2026
Su,Wen,https://www.linkedin.com/in/su,,Quay,CEO,soon
"""


def connections(folder: Path, text: str = NOTES + HEAD + ROWS, **said: object) -> Batch:
    path = folder / "Connections.csv"
    path.write_text(text, encoding="utf-8")
    asked = {"account": "q", "member": "sun-li", **said}
    return read([path], today=TODAY, known=known, **asked)


def test_connections_are_first_touches(tmp_path: Path) -> None:
    batch = connections(tmp_path)
    assert not batch.findings.has_errors
    assert [
        (interaction.date, interaction.people, interaction.members, interaction.subtype)
        for interaction in batch.dataset.of(Interaction)
    ] == [
        (datetime.date(2025, 11, 5), ("wu-tao",), ("sun-li",), "social_post"),
        (datetime.date(2026, 1, 6), ("pan-yi",), ("sun-li",), "social_post"),
    ]
    counted = {
        finding.code: finding.places["count"] for finding in batch.findings if finding.code.startswith("left_out")
    }
    assert counted == {
        "left_out_other_company": "1",
        "left_out_no_date": "1",
        "left_out_nobody_on_the_map": "1",
    }
    assert [finding.value for finding in batch.findings if finding.code == "unknown_person"] == ["linkedin:lina"]


def test_unknown_ones_are_added_with_their_position(tmp_path: Path) -> None:
    batch = connections(tmp_path, add_unknown=True)
    assert batch.dataset.of(Person) == [
        Person("linkedin:lina", "q", name="Na Li", title="Buyer", status="unidentified")
    ]


def test_without_notes_above(tmp_path: Path) -> None:
    assert len(connections(tmp_path, HEAD + ROWS).dataset.of(Interaction)) == 2


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ({"account": None}, "account_needed", "--account"),
        ({"member": None}, "member_needed", "--member"),
        ({"member": "sun-ly"}, "unknown_member", "nearest: sun-li"),
        ({"account": "qq"}, "unknown_account", "nearest: q"),
    ],
)
def test_whose_they_are_must_be_said(tmp_path: Path, said: dict[str, str], code: str, words: str) -> None:
    (error,) = connections(tmp_path, **said).findings.errors
    assert error.code == code
    assert words in error.text()
