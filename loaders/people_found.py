"""Who the people of all files are: matched with those who are known, and contacts by address made records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from graph.model import Account, Person, TeamMember
from loaders.asked import Asked
from loaders.directory import Directory, names_of
from loaders.findings import Finding
from loaders.linkedin import connections
from loaders.matching import MATCHED, Match, Matching
from loaders.parties import ContactFile
from loaders.problems import Unreadable, unreadable
from loaders.read_table import Read
from loaders.resolving import Resolving, mails_between, read_of
from loaders.review import Suggestion
from loaders.tables import FileFacts

MailRow = tuple[str, datetime.datetime, tuple[str, ...]]
"""Who wrote (id), when, and to whom (ids, else addresses)."""


@dataclass
class Found:
    """What came of it: further records, findings, who was matched, and the mails among the customer's own people."""

    reads: list[Read] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    facts: list[FileFacts] = field(default_factory=list)
    matches: tuple[Match, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    mails: dict[str, list[MailRow]] = field(default_factory=dict)


def people_found(asked: Asked, reads: list[Read], told: list[ContactFile], connected: Sequence[Path]) -> Found:
    """Match the people of foreign tables, in place, and resolve what mailboxes, calendars and connections tell.

    Nothing is looked up where nothing asks for it.
    """
    found = Found()
    asks = any(read.foreign for read in reads)
    if not (asks or told or connected or asked.account):
        return found
    directory = Directory()
    known = asked.known()
    for record in (Account, Person, TeamMember):
        directory.know(known.of(record))
    for read in reads:
        if not read.foreign and read.kind.sheet in MATCHED:
            directory.know(read.records)
    try:
        new = list(_new_account(asked, directory))
        matching = Matching(directory, asked.decided, asked.account or _only_account(directory))
        matching.take(reads)
        _resolve(asked, matching, told, connected, found)
    except Unreadable as problem:
        found.findings.append(problem.finding)
        return found
    if any(read.records for read in (*reads, *found.reads)):
        found.reads = [*new, *found.reads]
    found.matches, found.suggestions = tuple(matching.matches), tuple(matching.suggestions)
    found.findings += matching.findings()
    return found


def _resolve(
    asked: Asked, matching: Matching, told: list[ContactFile], connected: Sequence[Path], found: Found
) -> None:
    directory = matching.directory
    for path in connected:
        one, facts = connections(
            path, asked.encoding, _companies(asked, path, directory), _member(asked, path, directory), asked.caps
        )
        told.append(one)
        found.facts.append(facts)
    if not told:
        return
    resolving = Resolving(asked, matching, asked.account or _only_account(directory))
    reads, findings = resolving.take(told)
    found.reads += reads
    found.findings += findings
    if asked.count_influence:
        contacts = {contact.id: contact for file in told for contact in file.contacts}
        found.mails = mails_between(contacts.values(), resolving)


def _new_account(asked: Asked, directory: Directory) -> Iterator[Read]:
    """The account that was asked for, where it is new; one that is nowhere is refused, with the nearest."""
    account = asked.account
    if account is None or account in directory.accounts:
        return
    if asked.account_name is None:
        near = get_close_matches(account, directory.accounts, n=1) or ["–"]
        raise unreadable("unknown_account", "--account", value=account, near=near[0])
    new = Account(id=account, name=asked.account_name)
    directory.know([new])
    yield read_of("accounts", "--account", [new], frozenset(("id", "name")))


def _companies(asked: Asked, path: Path, directory: Directory) -> frozenset[str]:
    if asked.account is None:
        raise unreadable("account_needed", path.name, value="LinkedIn")
    return names_of(directory.accounts[asked.account].name) | names_of(asked.account)


def _member(asked: Asked, path: Path, directory: Directory) -> str:
    if asked.member is None:
        raise unreadable("member_needed", path.name)
    member = asked.member if asked.member in directory.team else directory.member_named(asked.member)
    if member is None:
        near = get_close_matches(asked.member, directory.team, n=1) or ["–"]
        raise unreadable("unknown_member", path.name, value=asked.member, near=near[0])
    return member


def _only_account(directory: Directory) -> str | None:
    return next(iter(directory.accounts)) if len(directory.accounts) == 1 else None
