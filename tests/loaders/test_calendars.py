"""Calendars: who met, on which days, without what was cancelled or declined."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

from graph.model import Account, Interaction, Person, TeamMember
from loaders import read
from loaders.batch import Batch
from loaders.caps import Caps
from tests.loaders.mail_examples import ATTENDEES, calendar, known

TODAY = datetime.date(2026, 11, 23)
SHARED = Path(os.environ.get("SWAYMAP_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "icalendar"

WEEKLY = "UID:w\nDTSTART;TZID=Europe/Berlin:20261102T090000\nRRULE:FREQ=WEEKLY;COUNT=10\n" + ATTENDEES


def meetings(path: Path, **said: object) -> Batch:
    return read([path], today=TODAY, known=known, **said)


def days(batch: Batch) -> list[int]:
    assert not batch.findings.has_errors, [error.text() for error in batch.findings.errors]
    return sorted(interaction.date.day for interaction in batch.dataset.of(Interaction))


def counted(batch: Batch) -> dict[str, str]:
    return {finding.code: finding.places["count"] for finding in batch.findings if finding.code.startswith("left_out")}


def test_a_meeting_with_those_who_were_there(tmp_path: Path) -> None:
    event = f"UID:1\nDTSTART:20261103T090000Z\nSUMMARY:SECRET\n{ATTENDEES}ATTENDEE;CN=Li Na:mailto:li.na@quay.example"
    batch = meetings(calendar(tmp_path / "c.ics", event))
    (meeting,) = batch.dataset.of(Interaction)
    assert (meeting.date, meeting.method, meeting.subtype) == (datetime.date(2026, 11, 3), "daily_contact", "visit")
    assert (meeting.people, meeting.members, meeting.customer_headcount) == (("wu-tao",), ("sun-li",), 2)
    assert (meeting.response, meeting.source) == (None, "calendar")
    assert [finding.value for finding in batch.findings if finding.code == "unknown_person"] == ["li.na@quay.example"]
    assert "SECRET" not in repr(batch)


def test_a_recurring_meeting_until_the_day_asked(tmp_path: Path) -> None:
    path = calendar(tmp_path / "c.ics", WEEKLY)
    assert days(meetings(path)) == [2, 9, 16, 23]
    assert days(meetings(path, until=datetime.date(2026, 11, 10))) == [2, 9]
    ids = [interaction.id for interaction in meetings(path).dataset.of(Interaction)]
    assert len(set(ids)) == 4
    assert ids == [interaction.id for interaction in meetings(path).dataset.of(Interaction)]


def test_left_out_moved_and_added_occurrences(tmp_path: Path) -> None:
    changed = f"""UID:w\nRECURRENCE-ID;TZID=Europe/Berlin:20261109T090000\nDTSTART:20261110T090000Z\n{ATTENDEES}"""
    cancelled = "UID:w\nRECURRENCE-ID;TZID=Europe/Berlin:20261116T090000\nDTSTART:20261116T080000Z\nSTATUS:CANCELLED\n"
    more = "EXDATE;TZID=Europe/Berlin:20261102T090000\nRDATE;TZID=Europe/Berlin:20261105T090000\n"
    path = calendar(tmp_path / "c.ics", WEEKLY.replace("COUNT=10", "COUNT=3") + more, changed, cancelled + ATTENDEES)
    batch = meetings(path)
    assert days(batch) == [5, 10]
    assert counted(batch) == {"left_out_cancelled": "1"}


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ("UID:1\nDTSTART:20261103T090000Z\nSTATUS:CANCELLED\n" + ATTENDEES, "cancelled"),
        ("UID:1\nDTSTART:20261124T090000Z\n" + ATTENDEES, "later"),
        ("UID:1\n" + ATTENDEES, "no_date"),
        ("UID:1\nDTSTART:soon\n" + ATTENDEES, "no_date"),
        ("UID:1\nDTSTART:00010101T000000Z\n" + ATTENDEES, "no_date"),
        ("UID:1\nDTSTART:20261103T090000Z\n", "nobody"),
        (
            "UID:1\nDTSTART:20261103T090000Z\nORGANIZER:mailto:sun.li@ours.example\n"
            "ATTENDEE;PARTSTAT=DECLINED:mailto:pan.yi@quay.example\n",
            "nobody_on_the_map",
        ),
    ],
)
def test_what_is_no_meeting_is_left_out_and_counted(tmp_path: Path, event: str, reason: str) -> None:
    good = "UID:2\nDTSTART;VALUE=DATE:20261105\n" + ATTENDEES
    batch = meetings(calendar(tmp_path / "c.ics", event, good))
    assert days(batch) == [5]
    assert counted(batch) == {f"left_out_{reason}": "1"}


def test_a_cancellation_sent_around_is_no_meeting(tmp_path: Path) -> None:
    path = calendar(tmp_path / "c.ics", "UID:1\nDTSTART:20261103T090000Z\n" + ATTENDEES, method="CANCEL")
    assert counted(meetings(path)) == {"left_out_cancelled": "1"}


def test_a_category_may_name_the_method(tmp_path: Path) -> None:
    event = "UID:1\nDTSTART:20261103T090000Z\nCATEGORIES:Blue,高层拜访\n" + ATTENDEES
    (meeting,) = meetings(calendar(tmp_path / "c.ics", event)).dataset.of(Interaction)
    assert (meeting.method, meeting.subtype) == ("executive_visit", None)


def test_a_rule_that_nobody_understands_is_one_meeting(tmp_path: Path) -> None:
    for rule in ("FREQ=SOMETIMES", "FREQ=DAILY;INTERVAL=x", "FREQ=DAILY;UNTIL=never"):
        event = f"UID:1\nDTSTART:20261103T090000Z\nRRULE:{rule}\n{ATTENDEES}"
        assert days(meetings(calendar(tmp_path / "c.ics", event))) == [3]


def test_the_limits_of_a_calendar(tmp_path: Path) -> None:
    daily = "UID:1\nDTSTART:20261101T090000Z\nRRULE:FREQ=DAILY\n" + ATTENDEES
    cut = meetings(calendar(tmp_path / "c.ics", daily), caps=Caps(occurrences=3))
    assert days(cut) == [1, 2, 3]
    assert counted(cut) == {"left_out_too_many_occurrences": "1"}
    two = calendar(tmp_path / "two.ics", daily, daily.replace("UID:1", "UID:2"))
    assert [error.code for error in meetings(two, caps=Caps(events=1)).findings.errors] == ["too_many_events"]
    assert counted(meetings(two, caps=Caps(parties=1))) == {"left_out_too_many_parties": "46"}
    assert [error.code for error in meetings(two, caps=Caps(file_bytes=9)).findings.errors] == ["too_many_bytes"]


def test_a_rule_that_never_comes_ends(tmp_path: Path) -> None:
    endless = "UID:1\nDTSTART:20261101T090000Z\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\n" + ATTENDEES
    batch = meetings(calendar(tmp_path / "c.ics", endless), caps=Caps(seconds=2))
    assert [error.code for error in batch.findings.errors] == ["took_too_long"] or days(batch) == [1]


BERLIN = """UID:w
DTSTART;TZID=Europe/Berlin:20261102T003000
RRULE:FREQ=WEEKLY;UNTIL=20261115T233000Z
"""


def test_ends_exceptions_and_changes_may_be_told_in_another_zone(tmp_path: Path) -> None:
    """Half past midnight in Berlin is the day before in UTC: the last one, on the 16th, is still there."""
    assert days(meetings(calendar(tmp_path / "c.ics", BERLIN + ATTENDEES))) == [2, 9, 16]
    without = BERLIN + "EXDATE:20261108T233000Z\n" + ATTENDEES
    assert days(meetings(calendar(tmp_path / "c.ics", without))) == [2, 16]
    moved = f"UID:w\nRECURRENCE-ID:20261108T233000Z\nDTSTART;TZID=Europe/Berlin:20261111T090000\n{ATTENDEES}"
    assert days(meetings(calendar(tmp_path / "c.ics", BERLIN + ATTENDEES, moved))) == [2, 11, 16]


def test_a_whole_day_may_be_left_out(tmp_path: Path) -> None:
    assert days(meetings(calendar(tmp_path / "c.ics", BERLIN + "EXDATE;VALUE=DATE:20261109\n" + ATTENDEES))) == [2, 16]


def test_an_organiser_who_declined_was_not_there(tmp_path: Path) -> None:
    declined = "ATTENDEE;PARTSTAT=DECLINED:mailto:sun.li@ours.example\n"
    batch = meetings(calendar(tmp_path / "c.ics", "UID:1\nDTSTART:20261103T090000Z\n" + ATTENDEES + declined))
    assert counted(batch) == {"left_out_nobody_on_the_map": "1"}
    assert not batch.dataset.of(Interaction)


def test_an_address_that_could_be_no_id_is_nobody(tmp_path: Path) -> None:
    odd = "ATTENDEE;CN=X:mailto:x\u202ey@quay.example\nATTENDEE:mailto:" + "y" * 300 + "@quay.example\n"
    event = "UID:1\nDTSTART:20261103T090000Z\n" + ATTENDEES + odd
    batch = meetings(calendar(tmp_path / "c.ics", event), add_unknown=True)
    assert days(batch) == [3]
    assert counted(batch) == {"left_out_odd_address": "2"}
    assert [person.id for person in batch.dataset.of(Person)] == []


@pytest.mark.skipif(not SHARED.exists(), reason=f"the shared data is not there: {SHARED}")
def test_real_calendars() -> None:
    """Eight events in seven files: one with a date and three people, six without a date, one without people."""
    batch = read(
        [SHARED],
        today=TODAY,
        account="dax",
        account_name="Dax",
        our_domains=frozenset({"daxlab.com"}),
        add_unknown=True,
    )
    assert days(batch) == [14]
    assert [account.id for account in batch.dataset.of(Account)] == ["dax"]
    assert [person.id for person in batch.dataset.of(Person)] == ["rembrand@xs4all.nl", "rembspam@xs4all.nl"]
    assert [member.id for member in batch.dataset.of(TeamMember)] == ["rembrand@daxlab.com"]
    total = dict.fromkeys(("left_out_no_date", "left_out_nobody"), 0)
    for finding in batch.findings:
        if finding.code in total:
            total[finding.code] += int(finding.places["count"])
    assert total == {"left_out_no_date": 6, "left_out_nobody": 1}
