"""Mailboxes, calendars and the account that they are about, made for tests."""

from __future__ import annotations

import datetime
import mailbox
from dataclasses import replace
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from graph.model import Account, Person, TeamMember
from graph.model.dataset import Dataset

QUAY = Account("q", "Quay / 青岚")
WU = Person("wu-tao", "q", name="Wu Tao / 吴涛")
PAN = Person("pan-yi", "q", name="Pan Yi", addresses=("pan.yi@quay.example",))
SUN = TeamMember("sun-li", "Sun Li", "AR", addresses=("Sun.Li@ours.example",))

WU_AT, PAN_AT = "Wu Tao <wu.tao@quay.example>", "pan.yi@quay.example"
SUN_AT = "Sun Li <sun.li@ours.example>"


def known(*more: object) -> Dataset:
    """An account of two people, and a team member; Wu's address is not known."""
    return Dataset.collect([*map(replace, (QUAY, WU, PAN, SUN)), *more])


def mail(number: int, sender: str, to: str, day: int = 2, *, replies: int | None = None, **more: str) -> EmailMessage:
    """A mail of November 2026; `more` are further headers, `cc`, `list_id`."""
    made = EmailMessage()
    made["From"], made["To"], made["Message-ID"] = sender, to, f"<{number}@mail.example>"
    made["Date"] = format_datetime(datetime.datetime(2026, 11, day, 9, tzinfo=datetime.UTC))
    made["Subject"] = "SECRET"
    if replies is not None:
        made["In-Reply-To"] = f"<{replies}@mail.example>"
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    made.set_content("From here on nobody reads.\nSECRET\n")
    return made


def box(path: Path, *mails: EmailMessage) -> Path:
    """A mailbox of these mails, as the standard library writes it."""
    written = mailbox.mbox(path)
    for message in mails:
        written.add(message)
    written.flush()
    written.close()
    return path


def calendar(path: Path, *events: str, method: str = "PUBLISH") -> Path:
    """A calendar of these events, each the lines between its BEGIN and its END."""
    inside = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//\nMETHOD:{method}\n{inside}END:VCALENDAR\n"
    path.write_text(text.replace("\n", "\r\n"), encoding="utf-8", newline="")
    return path


ATTENDEES = """
ORGANIZER;CN=Sun Li:mailto:sun.li@ours.example
ATTENDEE;CN=Wu Tao;PARTSTAT=ACCEPTED:mailto:wu.tao@quay.example
ATTENDEE;CUTYPE=ROOM;CN=Room 3:mailto:room3@quay.example
"""
