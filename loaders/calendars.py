"""Calendars (.ics): meetings with who was there, coming back as they were planned, without the cancelled ones.

Read by icalendar (RFC 5545), recurrences by dateutil's rules.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, cast

from graph.model.scales import METHOD, SUBTYPES_OF
from loaders.caps import Caps
from loaders.confined import confined
from loaders.parties import Contact, Party, Told, each_once, folded, identity
from loaders.problems import unreadable
from loaders.tables import FileFacts

Row = dict[str, Any]

MEETING = ("daily_contact", "visit")
"""What a meeting is whose categories name none of the ten methods."""

_THINGS = ("RESOURCE", "ROOM")


@contextmanager
def answering(path: Path, caps: Caps) -> Iterator[Callable[[Any], Iterator[Any]]]:
    """What a calendar answers: its meetings until a day as rows, or why one is none. Raises Unreadable."""
    if path.stat().st_size > caps.file_bytes:
        raise unreadable("too_many_bytes", path.name, most=caps.file_bytes)
    found = _components(path)
    if len(found) > caps.events:
        raise unreadable("too_many_events", path.name, most=caps.events)

    def answers(asked: Any) -> Iterator[Any]:
        until = datetime.date.fromisoformat(asked["until"])
        rows: list[Any] = []
        for event in _merged(found):
            rows += _understood(event, until, caps)
        yield rows

    yield answers


def meetings(path: Path, until: datetime.date, caps: Caps) -> tuple[Told, FileFacts]:
    """The meetings of a calendar until a day, read by a process of its own. Raises Unreadable."""
    with confined("calendar", path, caps) as reader:
        rows = [row for answer in reader.ask({"until": until.isoformat()}) for row in answer]
    left_out = Counter(row for row in rows if isinstance(row, str))
    contacts = [_contact(row) for row in rows if not isinstance(row, str)]
    return Told(path.name, contacts, left_out), FileFacts(path.name, "calendar", rows={"interactions": len(rows)})


def _components(path: Path) -> list[Any]:
    from icalendar import Calendar
    from icalendar.cal.component import Component

    raw = path.read_bytes()
    if not raw.strip():
        raise unreadable("empty_file", path.name)
    try:
        trees = Component.from_ical(raw.decode("utf-8-sig"), multiple=True)
    except UnicodeDecodeError as wrong:
        raise unreadable("wrong_encoding", path.name, encoding="utf-8") from wrong
    except Exception as wrong:  # of which there are many: the readers of values under it raise their own
        raise unreadable("not_a_calendar", path.name, why=" ".join(str(wrong).split())[:120]) from wrong
    cancelled = any(isinstance(tree, Calendar) and str(tree.get("METHOD", "")).upper() == "CANCEL" for tree in trees)
    events = [event for tree in trees for event in tree.walk("VEVENT")]
    if not trees or not events:
        raise unreadable("no_events", path.name)
    for event in events:
        if cancelled:
            event["STATUS"] = "CANCELLED"
    return events


def _merged(events: Iterable[Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Each event with those that change single occurrences of it."""
    changes: dict[str, list[Any]] = {}
    masters: list[Any] = []
    named: set[str] = set()
    for event in events:
        uid = str(event.get("UID", ""))
        if "RECURRENCE-ID" in event and uid:
            changes.setdefault(uid, []).append(event)
        else:
            masters.append(event)
            named.add(uid)
    for event in masters:
        yield event, changes.get(str(event.get("UID", "")), [])
    for uid, alone in changes.items():
        if uid not in named:
            yield from ((event, []) for event in alone)


def _understood(found: tuple[Any, list[Any]], until: datetime.date, caps: Caps) -> list[Any]:
    """The occurrences of an event, or why it is none. Values are understood when they are asked for."""
    try:
        return list(_rows(found, until, caps))
    except MemoryError:
        raise
    except Exception:  # of which there are many, as when reading
        return ["not_understood"]


def _rows(found: tuple[Any, list[Any]], until: datetime.date, caps: Caps) -> Iterator[Any]:
    """The occurrences of an event; a changed one stands for itself, a cancelled one is none."""
    event, changed = found
    start = _start(event)
    if start is None:
        yield "no_date"
        return
    moved = {_day(one.decoded("RECURRENCE-ID")) for one in changed if _readable(one, "RECURRENCE-ID")}
    for day in _days(event, start, until, caps):
        if day not in moved:
            yield _row(event, day, until, caps)
    for one in changed:
        at = _start(one)
        yield "no_date" if at is None else _row(one, _day(at), until, caps)


def _row(event: Any, day: datetime.date, until: datetime.date, caps: Caps) -> Any:
    if day > until:
        return "later"
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return "cancelled"
    parties = list(_parties(event))
    if len(parties) > caps.parties:
        return "too_many_parties"
    if not parties:
        return "nobody"
    method, subtype = _method(event)
    return {
        "uid": str(event.get("UID", "")) or f"{event.get('DTSTART').to_ical().decode()} {parties}",
        "day": day.isoformat(),
        "method": method,
        "subtype": subtype,
        "parties": parties,
    }


def _days(event: Any, start: Any, until: datetime.date, caps: Caps) -> Iterator[datetime.date]:
    """The days on which an event takes place, until a day; one day where nothing can be read of how it comes back."""
    from dateutil.rrule import rrule, rruleset, rrulestr

    rules = event.get("RRULE")
    more = _dates(event.get("RDATE"))
    if rules is None and not more:
        yield _day(start)
        return
    first = _naive(start)
    days = rruleset()
    days.rdate(first)
    try:
        for rule in rules if isinstance(rules, list) else [rules] if rules is not None else []:
            days.rrule(cast(rrule, rrulestr(_without_zone(rule.to_ical().decode()), dtstart=first)))
    except (ValueError, TypeError, OverflowError):
        yield _day(start)
        return
    for one in more:
        days.rdate(one)
    for one in _dates(event.get("EXDATE")):
        days.exdate(one)
    seen: set[datetime.date] = set()
    for moment in islice(days, caps.occurrences):
        if moment.date() > until:
            return
        if moment.date() not in seen:
            seen.add(moment.date())
            yield moment.date()


def _without_zone(rule: str) -> str:
    """The rule with its end in the meeting's own time: dateutil wants both with a zone or both without."""
    parts = (part.removesuffix("Z") if part.upper().startswith("UNTIL=") else part for part in rule.split(";"))
    return ";".join(parts)


def _dates(listed: Any) -> list[datetime.datetime]:
    lists = listed if isinstance(listed, list) else [] if listed is None else [listed]
    dates = (one.dt for each in lists for one in getattr(each, "dts", ()))
    return [_naive(one[0] if isinstance(one, tuple) else one) for one in dates]


def _start(event: Any) -> datetime.date | None:
    return event.decoded("DTSTART") if _readable(event, "DTSTART") else None


def _readable(event: Any, name: str) -> bool:
    try:
        return name in event and isinstance(getattr(event[name], "dt", None), datetime.date)
    except ValueError:
        return False


def _day(moment: datetime.date) -> datetime.date:
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def _naive(moment: datetime.date) -> datetime.datetime:
    """A moment in the time of where the meeting is."""
    if isinstance(moment, datetime.datetime):
        return moment.replace(tzinfo=None)
    return datetime.datetime.combine(moment, datetime.time())


def _parties(event: Any) -> Iterator[tuple[str, str]]:
    """Address and name of everybody who did not decline, the organiser first; no rooms, no projectors."""
    for role in ("ORGANIZER", "ATTENDEE"):
        listed = event.get(role)
        for one in listed if isinstance(listed, list) else [] if listed is None else [listed]:
            said = getattr(one, "params", {})
            declined = str(said.get("PARTSTAT", "")).upper() == "DECLINED"
            address = folded(str(one).partition(":")[2] if ":" in str(one) else str(one))
            if "@" in address and not declined and str(said.get("CUTYPE", "")).upper() not in _THINGS:
                yield address, " ".join(str(said.get("CN", "")).split())[:200]


def _method(event: Any) -> tuple[str, str | None]:
    """The method that a category names, else a visit."""
    listed = event.get("CATEGORIES")
    for one in listed if isinstance(listed, list) else [] if listed is None else [listed]:
        for category in getattr(one, "cats", ()):
            method = METHOD.code_of(str(category))
            if method is not None:
                return method, MEETING[1] if MEETING[1] in SUBTYPES_OF.get(method, ()) else None
    return MEETING


def _contact(row: Row) -> Contact:
    return Contact(
        id=identity("meeting", row["uid"], row["day"]),
        day=datetime.date.fromisoformat(row["day"]),
        method=row["method"],
        subtype=row["subtype"],
        parties=each_once(Party(address, name) for address, name in row["parties"]),
        source="calendar",
        counts_heads=True,
    )
