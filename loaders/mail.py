"""Read mailboxes (.mbox) and single mails (.eml): sender, recipients, date, and the mail that is answered.

Only the head of a mail is parsed; its text is skipped.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.errors import MessageError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from loaders.caps import Caps
from loaders.contacts import Contact, ContactFile, Party, each_once, folded, identity, plain
from loaders.problems import unreadable
from loaders.sandbox import open_sandbox
from loaders.tables import FileFacts

_WANTED = re.compile(
    rb"^(from|to|cc|date|message-id|in-reply-to|references|auto-submitted|precedence|list-id|list-unsubscribe)[ \t]*:",
    re.IGNORECASE,
)
_IDS = re.compile(r"<[^<>\s]+>")
_BULK = ("bulk", "junk", "list")
SUBTYPE = "email"

BATCH = 1_000
"""Mails in one answer of the sandbox."""


@contextmanager
def open_answerer(path: Path, caps: Caps) -> Iterator[Callable[[Any], Iterator[Any]]]:
    """Open a mailbox and give the function that answers with its mails in rows; a reason for a mail left out."""
    with path.open("rb") as file:
        if path.stat().st_size > caps.file_bytes:
            raise unreadable("too_many_bytes", path.name, most=caps.file_bytes)

        def answers(asked: Any) -> Iterator[Any]:
            rows: list[Any] = []
            for number, head in enumerate(heads(file, caps), 1):
                if number > caps.letters:
                    raise unreadable("too_many_letters", path.name, most=caps.letters)
                rows.append("head_too_long" if head is None else _understood(head, caps))
                if len(rows) == BATCH:
                    yield rows
                    rows = []
            yield rows

        yield answers


def read_mail(path: Path, caps: Caps, read: Callable[[int], object]) -> tuple[ContactFile, FileFacts]:
    """The contacts of a mailbox or of a mail, read in the sandbox; `read` is called with counts, for progress.

    Raises Unreadable.
    """
    contact_file = ContactFile(path.name)
    with open_sandbox("mail", path, caps) as reader:
        for rows in reader.ask(None):
            read(len(rows))
            for row in rows:
                if isinstance(row, str):
                    contact_file.left_out[row] += 1
                else:
                    contact_file.contacts.append(_contact(row))
    total = len(contact_file.contacts) + contact_file.left_out.total()
    if not total:
        raise unreadable("no_letters", path.name)
    return contact_file, FileFacts(path.name, "mail", rows={"interactions": total})


def heads(file: BinaryIO, caps: Caps) -> Iterator[list[bytes] | None]:
    """For each mail the header lines that are needed; None for a mail whose head exceeds the limit."""
    head: list[bytes] | None = []
    within, blank, kept, size = True, True, False, 0
    first = True
    for line in iter(lambda: file.readline(caps.letter_head_bytes), b""):
        if blank and line.startswith(b"From "):
            if not first and (head is None or head):
                yield head
            head, within, kept, size = [], True, False, 0
        elif within:
            size += len(line)
            if line in (b"\n", b"\r\n"):
                within = False
            elif size > caps.letter_head_bytes:
                head, within = None, False
            elif head is not None and (kept if line[:1] in b" \t" else (kept := _WANTED.match(line) is not None)):
                head.append(line)
        first = False
        blank = line in (b"\n", b"\r\n")
    if head is None or head:
        yield head


_PARSER = BytesHeaderParser(policy=compat32)


def _understood(head: list[bytes], caps: Caps) -> Any:
    """`_row`, or `not_understood` for a malformed head."""
    try:
        return _row(head, caps)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        # The parsers of addresses and dates in the standard library raise these for malformed heads.
        return "not_understood"


def _row(head: list[bytes], caps: Caps) -> Any:
    """A mail as a JSON object, or the reason why it is left out."""
    parsed = _PARSER.parsebytes(b"".join(head))
    fields: dict[str, str] = {}
    for name, value in parsed.items():
        key = name.lower()
        fields[key] = f"{fields[key]}, {value}" if key in fields else str(value)
    if _is_automatic(fields):
        return "automatic"
    sent = _moment(fields.get("date", ""))
    if sent is None:
        return "no_date"
    sender = _parties(fields.get("from", ""))
    others = (*_parties(fields.get("to", "")), *_parties(fields.get("cc", "")))
    if not sender or not others:
        return "nobody"
    if len(others) > caps.parties:
        return "too_many_parties"
    own = _IDS.findall(fields.get("message-id", ""))
    replied = _IDS.findall(fields.get("in-reply-to", "")) or _IDS.findall(fields.get("references", ""))[-1:]
    return {
        "id": own[0] if own else "",
        "sent": sent.isoformat(),
        "parties": [sender[0], *others],
        "replies": replied[0] if replied else "",
    }


def _is_automatic(fields: dict[str, str]) -> bool:
    """Whether it is an automatic answer, from a mailing list, or bulk mail."""
    automatic = fields.get("auto-submitted", "no").strip().lower() != "no"
    bulk = fields.get("precedence", "").strip().lower() in _BULK
    return automatic or bulk or "list-id" in fields or "list-unsubscribe" in fields


def _moment(text: str) -> datetime.datetime | None:
    try:
        sent = parsedate_to_datetime(text)
        if sent.tzinfo is None:
            sent = sent.replace(tzinfo=datetime.UTC)
        sent.astimezone(datetime.UTC)  # fails for dates at the edge of the calendar
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return sent


@lru_cache(maxsize=20_000)
def _parties(text: str) -> tuple[tuple[str, str], ...]:
    """Address and name of each party, in order."""
    addresses = getaddresses([text])
    return tuple((folded(address), _decoded(name)) for name, address in addresses if "@" in address)


def _decoded(name: str) -> str:
    """A name with its encoded words (RFC 2047) decoded; unchanged if they are malformed."""
    try:
        written = str(make_header(decode_header(name))) if "=?" in name else name
    except (MessageError, LookupError, ValueError):
        written = name
    return plain(written)


def _contact(row: Any) -> Contact:
    parties = each_once(Party(address, name) for address, name in row["parties"])
    sent = datetime.datetime.fromisoformat(row["sent"])
    parts = [row["id"]] if row["id"] else [row["sent"], *(party.address for party in parties)]
    return Contact(
        id=identity("mail", *parts),
        day=sent.date(),
        method="daily_contact",
        subtype=SUBTYPE,
        parties=parties,
        source="mail",
        begun_by=parties[0],
        replies_to=identity("mail", row["replies"]) if row["replies"] else None,
        moment=sent.astimezone(datetime.UTC),
    )
