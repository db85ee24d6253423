"""Mailboxes and calendars on the command line: matched people, unknown people, and decisions in the review file."""

from __future__ import annotations

import csv
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from graph.model import Influence, Interaction, Person
from graph.store import open_store
from tests.api.conftest import Run
from tests.loaders.mail_examples import PAN_AT, SUN_AT, box, mail

ASKED = ("--account", "q", "--our-domain", "ours.example")
BO_AT = "Bo Chen <bo.chen@quay.example>"

MEETING = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//swaymap//tests//EN
BEGIN:VEVENT
UID:weekly
DTSTAMP:20261001T000000Z
DTSTART:20261005T010000Z
DTEND:20261005T020000Z
RRULE:FREQ=WEEKLY;COUNT=6
ORGANIZER:mailto:sun.li@ours.example
ATTENDEE;PARTSTAT=ACCEPTED:mailto:pan.yi@quay.example
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def quay(run: Run, tmp_path: Path) -> Path:
    """A folder whose store holds an account of two people, Pan Yi and Chen Bo, and the team member Sun Li."""
    (tmp_path / "accounts.csv").write_text("id,name\nq,Quay\n", encoding="utf-8")
    (tmp_path / "people.csv").write_text(
        "id,account,name,addresses\npan,q,Pan Yi,pan.yi@quay.example\nchen,q,Chen Bo,\n", encoding="utf-8"
    )
    (tmp_path / "team.csv").write_text("id,name,role,addresses\nsun,Sun Li,AR,sun.li@ours.example\n", encoding="utf-8")
    done = run("import", "accounts.csv", "people.csv", "team.csv")
    assert done.returncode == 0, done.stderr
    return tmp_path


def stored(folder: Path, kind: type) -> dict[str, object]:
    """The records of a kind in the folder's store, by id or by the people of a line."""
    store = open_store(f"sqlite:///{folder / 'own.db'}")
    try:
        records = store.read(["q"]).of(kind)
        return {getattr(record, "id", None) or f"{record.source}>{record.target}": record for record in records}
    finally:
        store.close()


def test_a_mailbox_becomes_contacts_and_says_who_is_on_no_map(run: Run, quay: Path) -> None:
    mails = [mail(1, SUN_AT, PAN_AT), mail(2, PAN_AT, SUN_AT, 3, replies=1, cc="Lu Fei <lu.fei@quay.example>")]
    box(quay / "team.mbox", *mails)
    done = run("import", "team.mbox", *ASKED)
    assert done.returncode == 0, done.stderr
    assert "lu.fei@quay.example takes part in 1 contacts and is on no map of q" in done.stderr
    contacts = stored(quay, Interaction)
    assert {(contact.date.day, contact.people, contact.members, contact.response) for contact in contacts.values()} == {  # type: ignore[attr-defined]
        (2, ("pan",), ("sun",), "two_way"),
        (3, ("pan",), ("sun",), "two_way"),
    }
    assert "SECRET" not in repr(contacts)
    added = run("import", "team.mbox", *ASKED, "--add-unknown")
    assert "was on no map: added to q as unidentified" in added.stderr
    lu = stored(quay, Person)["lu.fei@quay.example"]
    assert (lu.name, lu.status) == ("Lu Fei", "unidentified")  # type: ignore[attr-defined]


def test_who_is_alike_waits_for_a_person_to_decide(run: Run, quay: Path) -> None:
    box(quay / "team.mbox", mail(1, SUN_AT, BO_AT), mail(2, SUN_AT, PAN_AT))
    first = run("import", "team.mbox", *ASKED, "--add-unknown")
    assert first.returncode == 0, first.stderr
    assert "1 may be somebody who is known" in first.stderr
    assert "Written: review.csv" in first.stdout
    assert set(stored(quay, Person)) == {"pan", "chen"}
    with (quay / "review.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["decision"], row["from"], row["person"]) for row in rows] == [("", "bo.chen@quay.example", "chen")]
    assert len(stored(quay, Interaction)) == 1

    for word, ids, people, addresses in (
        ("accept", {"pan", "chen"}, {("pan",), ("chen",)}, ()),
        ("merge", {"pan", "chen"}, {("pan",), ("chen",)}, ("bo.chen@quay.example",)),
    ):
        _decide(quay, word)
        done = run("import", "team.mbox", *ASKED, "--add-unknown")
        assert done.returncode == 0, done.stderr
        assert set(stored(quay, Person)) == ids
        assert {interaction.people for interaction in stored(quay, Interaction).values()} == people  # type: ignore[attr-defined]
        assert stored(quay, Person)["chen"].addresses == addresses  # type: ignore[attr-defined]


def test_who_is_decided_to_be_another_is_added(run: Run, quay: Path) -> None:
    box(quay / "team.mbox", mail(1, SUN_AT, BO_AT))
    run("import", "team.mbox", *ASKED)
    refused = run("import", "team.mbox", *ASKED)
    assert "There is not one record in it to store" in refused.stderr
    (quay / "review.csv").write_text(
        "decision,account,from,from_name,person,person_name,score,source\n"
        "reject,q,bo.chen@quay.example,Bo Chen,chen,Chen Bo,100,mail\n",
        encoding="utf-8",
    )
    done = run("import", "team.mbox", *ASKED, "--add-unknown")
    assert done.returncode == 0, done.stderr
    assert set(stored(quay, Person)) == {"pan", "chen", "bo.chen@quay.example"}


def _decide(folder: Path, word: str) -> None:
    path = folder / "review.csv"
    head, row = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"{head}\n{word},{row.partition(',')[2]}\n", encoding="utf-8")


def test_a_review_file_that_is_none_is_refused(run: Run, quay: Path) -> None:
    box(quay / "team.mbox", mail(1, SUN_AT, PAN_AT))
    (quay / "mine.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    done = run("import", "team.mbox", *ASKED, "--review", "mine.csv")
    assert done.returncode == 2
    assert "It is no review file here (a, b)" in done.stderr
    assert not stored(quay, Interaction)


def test_what_cannot_be_written_beside_the_store_is_said_after_the_receipt(run: Run, quay: Path) -> None:
    """The records are stored by then, and the receipt says so."""
    box(quay / "team.mbox", mail(1, SUN_AT, BO_AT), mail(2, SUN_AT, PAN_AT))
    done = run("import", "team.mbox", *ASKED, "--add-unknown", "--review", "nowhere/review.csv")
    assert done.returncode == 2
    assert "Import 2: " in done.stdout
    assert "nowhere/review.csv" in done.stderr.splitlines()[-1]
    assert len(stored(quay, Interaction)) == 1


def test_a_calendar_is_followed_until_the_day_asked(run: Run, quay: Path) -> None:
    (quay / "team.ics").write_text(MEETING, encoding="utf-8")
    done = run("import", "team.ics", *ASKED, "--until", "2026-10-20")
    assert done.returncode == 0, done.stderr
    meetings = stored(quay, Interaction).values()
    assert sorted(meeting.date.day for meeting in meetings) == [5, 12, 19]  # type: ignore[attr-defined]
    assert {meeting.customer_headcount for meeting in meetings} == {1}  # type: ignore[attr-defined]


def test_mails_between_their_own_people_become_lines_where_asked(run: Run, quay: Path) -> None:
    among = [mail(number, PAN_AT, "chen.bo@quay.example", number % 20 + 1, cc=SUN_AT) for number in range(1, 9)]
    box(quay / "team.mbox", *among)
    _known_by_address(run, quay)
    plain = run("import", "team.mbox", *ASKED)
    assert plain.returncode == 0, plain.stderr
    assert not stored(quay, Influence)
    counted = run("import", "team.mbox", *ASKED, "--count-influence")
    assert counted.returncode == 0, counted.stderr
    assert stored(quay, Influence)


def test_the_lines_that_are_counted_are_those_of_the_measure(run: Run, quay: Path) -> None:
    """Pan began six times and Chen twice: .183673 and .024390, as the measure has it; a stated line stays."""
    begun = [mail(day, PAN_AT, "chen.bo@quay.example", day) for day in (1, 5, 8, 11, 14, 17)]
    begun += [mail(day, "chen.bo@quay.example", PAN_AT, day) for day in (20, 23)]
    answer = mail(99, "chen.bo@quay.example", PAN_AT, 2, replies=1)
    box(quay / "team.mbox", *begun, answer, mail(50, SUN_AT, PAN_AT, 5))
    _known_by_address(run, quay)
    assert run("import", "team.mbox", *ASKED, "--count-influence").returncode == 0
    lines = {key: (round(line.weight, 6), line.basis) for key, line in stored(quay, Influence).items()}  # type: ignore[attr-defined]
    assert lines == {"chen>pan": (0.183673, "counted"), "pan>chen": (0.02439, "counted")}
    (quay / "more" / "people.csv").unlink()
    (quay / "more" / "influences.csv").write_text("source,target,weight,basis\nchen,pan,0.9,expert\n", encoding="utf-8")
    assert run("import", "more").returncode == 0
    assert run("import", "team.mbox", *ASKED, "--count-influence").returncode == 0
    stated = stored(quay, Influence)["chen>pan"]
    assert (stated.weight, stated.basis) == (0.9, "expert")  # type: ignore[attr-defined]


def test_lines_are_counted_until_the_day_asked(run: Run, quay: Path) -> None:
    mails = [mail(day, PAN_AT, "chen.bo@quay.example", day) for day in (1, 4, 7, 10)]
    box(quay / "team.mbox", *mails, mail(50, SUN_AT, PAN_AT, 1))
    _known_by_address(run, quay)
    assert run("import", "team.mbox", *ASKED, "--count-influence", "--until", "2026-11-05").returncode == 0
    (line,) = stored(quay, Influence).values()
    assert round(line.weight, 6) == round(2 / 22, 6)  # type: ignore[attr-defined]


def _known_by_address(run: Run, folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "people.csv").write_text("id,account,addresses\nchen,q,chen.bo@quay.example\n", encoding="utf-8")
    assert run("import", "more").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--account", "quayy", "--our-domain", "ours.example"], "There is no account quayy (nearest: –)"),
        (["--account", "q", "--until", "soon"], "soon"),
    ],
)
def test_what_was_asked_wrongly_is_said(run: Run, quay: Path, arguments: list[str], message: str) -> None:
    box(quay / "team.mbox", mail(1, SUN_AT, PAN_AT))
    done = run("import", "team.mbox", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_new_account_is_made_by_its_name(run: Run, quay: Path) -> None:
    box(quay / "team.mbox", mail(1, SUN_AT, "Ma Li <ma.li@road.example>"))
    done = run("import", "team.mbox", "--account", "r=Road", "--our-domain", "ours.example", "--add-unknown")
    assert done.returncode == 0, done.stderr
    assert "Next: swaymap map r " in done.stdout


def test_a_dry_run_shows_who_is_taken_for_whom(run: Run, quay: Path) -> None:
    (quay / "more").mkdir()
    (quay / "more" / "Account.csv").write_text("Id,Name\n001,Quay\n", encoding="utf-8")
    (quay / "more" / "Contact.csv").write_text(
        "Id,AccountId,LastName,FirstName,Email\n003,001,Yi,Pan,PAN.YI@quay.example\n004,001,Chenn,Bo,\n",
        encoding="utf-8",
    )
    shown = run("import", "more", "--dry-run").stdout
    assert "003 → pan (" in shown
    assert "004 (Bo Chenn) → chen (Chen Bo)" in shown
    assert not (quay / "review.csv").exists()


def test_a_mapping_that_was_used_is_used_again(run: Run, quay: Path) -> None:
    (quay / "staff.csv").write_text("Nr,Who\n1,Ann\n", encoding="utf-8")
    (quay / "m.yaml").write_text(
        "source: x\ntables:\n- name: staff\n  columns: [Nr, Who]\n  into:\n  - sheet: people\n"
        "    fields: {id: Nr, account: {constant: q}, name: Who}\n",
        encoding="utf-8",
    )
    assert run("import", "staff.csv").returncode == 2
    first = run("import", "staff.csv", "--map", "m.yaml")
    assert first.returncode == 0, first.stderr
    (kept,) = (quay / "config" / "swaymap" / "mappings").iterdir()
    assert f"Written: {kept}" in first.stdout
    (quay / "later.csv").write_text("Nr,Who\n2,Ben\n", encoding="utf-8")
    again = run("import", "later.csv")
    assert again.returncode == 0, again.stderr
    assert {"1", "2"} <= set(stored(quay, Person))
    kept.write_text("tables: 3\n", encoding="utf-8")
    broken = run("import", "later.csv")
    assert broken.returncode == 2
    assert kept.name in broken.stderr


def _long_folder(folder: Path) -> None:
    (folder / "long").mkdir()
    rows = "".join(f"i{i},2026-01-05,daily_contact,pan,sun\n" for i in range(130_000))
    (folder / "long" / "interactions.csv").write_text("id,date,method,people,members\n" + rows, encoding="utf-8")


STOPPED_HALFWAY = """
import os, signal, sys
from api import command_line, progress

class StoppedHalfway(progress.Stages):
    def stored(self, done, total):
        super().stored(done, total)
        if done > total // 2:
            os.kill(os.getpid(), signal.SIGINT)

progress.Stages = StoppedHalfway
sys.argv[0] = "swaymap"
command_line.main()
"""
"""The command line, which gets the signal of Ctrl-C at a known moment: when half of the records are written."""


@pytest.mark.slow
def test_a_long_import_shows_how_far_it_is_and_can_be_stopped(quay: Path) -> None:
    _long_folder(quay)
    url = f"sqlite:///{quay / 'own.db'}"
    before = _digest(url)
    screen, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", STOPPED_HALFWAY, "import", "long", "--store", url],
        cwd=quay,
        env={**os.environ, "XDG_CONFIG_HOME": str(quay / "config"), "TERM": "xterm", "COLUMNS": "120"},
        stdout=subprocess.PIPE,
        stderr=end,
    )
    os.close(end)
    seen = ""
    try:
        while chunk := os.read(screen, 4096):
            seen += chunk.decode(errors="replace")
    except OSError:  # the process has ended
        pass
    finally:
        os.close(screen)
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait() == 130
    assert "Storing records" in seen
    assert "/s" in seen
    assert "Stopped." in seen
    assert "Traceback" not in seen
    assert _digest(url) == before


def _digest(url: str) -> str:
    store = open_store(url)
    try:
        return store.digest()
    finally:
        store.close()
