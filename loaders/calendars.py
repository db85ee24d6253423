"""Read calendars (.ics): meetings with their participants; recurring ones expanded, cancelled ones left out.

icalendar parses the files (RFC 5545), dateutil expands recurrence rules.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice, repeat, takewhile
from pathlib import Path
from typing import Any, cast

from graph.model.scales import METHOD, SUBTYPES_OF
from loaders.caps import Caps
from loaders.contacts import Contact, ContactFile, Party, each_once, folded, identity, plain
from loaders.problems import unreadable
from loaders.sandbox import open_sandbox
from loaders.tables import FileFacts

Row = dict[str, Any]

MEETING = ("daily_contact", "visit")
"""Method and subtype of a meeting whose categories name none of the ten methods."""

BATCH = 1_000
"""Meetings in one answer of the sandbox."""

_THINGS = ("RESOURCE", "ROOM")


@contextmanager
def open_answerer(path: Path, caps: Caps) -> Iterator[Callable[[Any], Iterator[Any]]]:
    """Open a calendar and give the function that answers with its meetings until a day, in rows.

    A meeting that is left out is a text: the reason. Raises Unreadable.
    """
    if path.stat().st_size > caps.file_bytes:
        raise unreadable("too_many_bytes", path.name, most=caps.file_bytes)
    components = _components(path)
    if len(components) > caps.events:
        raise unreadable("too_many_events", path.name, most=caps.events)

    def answers(asked: Any) -> Iterator[Any]:
        until = datetime.date.fromisoformat(asked["until"])
        rows: list[Any] = []
        total = 0
        for event in _merged(components):
            own = _understood(event, until, caps)
            rows += own
            total += sum(map(_times, own))
            if total > caps.events:
                raise unreadable("too_many_events", path.name, most=caps.events)
            if len(rows) >= BATCH:
                yield rows
                rows = []
        yield rows

    yield answers


def read_calendar(
    path: Path, until: datetime.date, caps: Caps, read: Callable[[int], object]
) -> tuple[ContactFile, FileFacts]:
    """The meetings of a calendar until a day, read in the sandbox; `read` is called with counts, for progress.

    Raises Unreadable.
    """
    rows: list[Any] = []
    with open_sandbox("calendar", path, caps) as reader:
        for answer in reader.ask({"until": until.isoformat()}):
            rows += answer
            read(len(answer))
    left_out = Counter(row for row in rows if isinstance(row, str))
    contacts = [contact for row in rows if not isinstance(row, str) for contact in _contacts(row)]
    total = sum(map(_times, rows))
    return ContactFile(path.name, contacts, left_out), FileFacts(path.name, "calendar", rows={"interactions": total})


def _times(row: Any) -> int:
    return 1 if isinstance(row, str) else len(row["days"])


def _components(path: Path) -> list[Any]:
    from icalendar import Calendar
    from icalendar.cal.component import Component

    raw = path.read_bytes()
    if not raw.strip():
        raise unreadable("empty_file", path.name)
    try:
        trees = Component.from_ical(raw.decode("utf-8-sig"), multiple=True)
    except UnicodeDecodeError as error:
        raise unreadable("wrong_encoding", path.name, encoding="utf-8") from error
    except Exception as error:  # the parsers of values under it raise many kinds of their own
        raise unreadable("not_a_calendar", path.name, why=" ".join(str(error).split())[:120]) from error
    cancelled = any(isinstance(tree, Calendar) and str(tree.get("METHOD", "")).upper() == "CANCEL" for tree in trees)
    events = [event for tree in trees for event in tree.walk("VEVENT")]
    if not trees or not events:
        raise unreadable("no_events", path.name)
    for event in events:
        if cancelled:
            event["STATUS"] = "CANCELLED"
    return events


def _merged(events: Iterable[Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Each event with the events that override single occurrences of it (RECURRENCE-ID)."""
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


def _understood(series: tuple[Any, list[Any]], until: datetime.date, caps: Caps) -> list[Any]:
    """The occurrences of an event as rows, or the reason why it is left out. icalendar parses values lazily."""
    try:
        return list(_rows(series, until, caps))
    except MemoryError:
        raise
    except Exception:  # many kinds, as when parsing
        return ["not_understood"]


def _rows(series: tuple[Any, list[Any]], until: datetime.date, caps: Caps) -> Iterator[Any]:
    """The occurrences of an event. An override replaces its occurrence; a cancelled occurrence is left out."""
    event, changed = series
    start = _start(event)
    if start is None:
        yield "no_date"
        return
    moved = {
        _naive(override.decoded("RECURRENCE-ID"), start).date()
        for override in changed
        if _readable(override, "RECURRENCE-ID")
    }
    days, more = _days(event, start, until, caps)
    yield from _rows_on(event, [day for day in days if day not in moved], until, caps)
    if more:
        yield "too_many_occurrences"
    for override in changed:
        at = _start(override)
        yield from ["no_date"] if at is None else _rows_on(override, [_day(at)], until, caps)


def _rows_on(event: Any, days: list[datetime.date], until: datetime.date, caps: Caps) -> Iterator[Any]:
    """A row for an event on these days, or the reason for each day on which it is left out."""
    past = [day for day in days if day <= until]
    yield from repeat("later", len(days) - len(past))
    parties = list(_parties(event))
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        yield from repeat("cancelled", len(past))
    elif len(parties) > caps.parties:
        yield from repeat("too_many_parties", len(past))
    elif not parties:
        yield from repeat("nobody", len(past))
    elif past:
        yield _row(event, past, parties)


def _row(event: Any, days: list[datetime.date], parties: list[tuple[str, str]]) -> Row:
    method, subtype = _method(event)
    return {
        "uid": str(event.get("UID", "")) or f"{event.get('DTSTART').to_ical().decode()} {parties}",
        "days": [day.isoformat() for day in days],
        "method": method,
        "subtype": subtype,
        "parties": parties,
    }


def _days(event: Any, start: Any, until: datetime.date, caps: Caps) -> tuple[list[datetime.date], bool]:
    """The days until `until` on which an event takes place, and whether there are more than the limit.

    Its first day alone if its recurrence cannot be parsed. All times are in the meeting's own time zone.
    """
    from dateutil.rrule import rrule, rruleset, rrulestr

    rules = event.get("RRULE")
    more = _dates(event.get("RDATE"), start)
    if rules is None and not more:
        return [_day(start)], False
    first = _naive(start, start)
    days = rruleset()
    days.rdate(first)
    try:
        for rule in _listed(rules):
            days.rrule(cast(rrule, rrulestr(_in_own_time(rule.to_ical().decode(), start), dtstart=first)))
    except (ValueError, TypeError, OverflowError):
        return [_day(start)], False
    for extra in more:
        days.rdate(extra)
    for day in _dates(event.get("EXDATE"), start):
        days.exdate(day)
    last = datetime.datetime.combine(until, datetime.time.max)
    moments = list(islice(takewhile(lambda moment: moment <= last, days), caps.occurrences + 1))
    seen = dict.fromkeys(moment.date() for moment in moments[: caps.occurrences])
    return list(seen), len(moments) > caps.occurrences


def _in_own_time(rule: str, start: Any) -> str:
    """The rule with UNTIL in the meeting's own time: dateutil wants start and end both with a zone or both without."""
    parts = rule.split(";")
    for place, part in enumerate(parts):
        name, _, end = part.partition("=")
        if name.upper() == "UNTIL" and end.endswith("Z"):
            moment = datetime.datetime.strptime(end, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.UTC)
            parts[place] = f"UNTIL={_naive(moment, start):%Y%m%dT%H%M%S}"
    return ";".join(parts)


def _dates(listed: Any, start: Any) -> list[datetime.datetime]:
    dates = (date.dt for each in _listed(listed) for date in getattr(each, "dts", ()))
    return [_naive(day[0] if isinstance(day, tuple) else day, start) for day in dates]


def _start(event: Any) -> datetime.date | None:
    return event.decoded("DTSTART") if _readable(event, "DTSTART") else None


def _readable(event: Any, name: str) -> bool:
    try:
        return name in event and isinstance(getattr(event[name], "dt", None), datetime.date)
    except ValueError:
        return False


def _day(moment: datetime.date) -> datetime.date:
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def _naive(moment: datetime.date, start: datetime.date) -> datetime.datetime:
    """A moment as local time of the meeting, in the zone of its start, without zone information."""
    if not isinstance(moment, datetime.datetime):
        at = start.time() if isinstance(start, datetime.datetime) else datetime.time()
        return datetime.datetime.combine(moment, at)
    zone = start.tzinfo if isinstance(start, datetime.datetime) else None
    if zone is not None and moment.tzinfo is not None:
        moment = moment.astimezone(zone)
    return moment.replace(tzinfo=None)


def _parties(event: Any) -> Iterator[tuple[str, str]]:
    """Address and name of everybody who did not decline, the organiser first; without rooms and resources."""
    invited = [party for role in ("ORGANIZER", "ATTENDEE") for party in _listed(event.get(role))]
    declined = {_address(party) for party in invited if _parameter(party, "PARTSTAT") == "DECLINED"}
    for party in invited:
        address = _address(party)
        if "@" in address and address not in declined and _parameter(party, "CUTYPE") not in _THINGS:
            yield address, plain(str(getattr(party, "params", {}).get("CN", "")))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _parameter(party: Any, name: str) -> str:
    return str(getattr(party, "params", {}).get(name, "")).upper()


def _address(party: Any) -> str:
    return folded(str(party).partition(":")[2] if ":" in str(party) else str(party))


def _method(event: Any) -> tuple[str, str | None]:
    """Method and subtype: those that a category names, else a visit."""
    for categories in _listed(event.get("CATEGORIES")):
        for category in getattr(categories, "cats", ()):
            method = METHOD.code_of(str(category))
            if method is not None:
                return method, MEETING[1] if MEETING[1] in SUBTYPES_OF.get(method, ()) else None
    return MEETING


def _contacts(row: Row) -> Iterator[Contact]:
    """The contacts of an event, one for each day, all with the same participants."""
    parties = each_once(Party(address, name) for address, name in row["parties"])
    for day in row["days"]:
        yield Contact(
            id=identity("meeting", row["uid"], day),
            day=datetime.date.fromisoformat(day),
            method=row["method"],
            subtype=row["subtype"],
            parties=parties,
            source="calendar",
            counts_heads=True,
        )
