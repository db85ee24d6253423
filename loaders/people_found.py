"""Match the people of all files with known people, and turn contacts into records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from graph.model import Account, Person, TeamMember
from loaders.asked import Asked
from loaders.contact_records import Resolving, mails_between, read_of
from loaders.contacts import ContactFile
from loaders.directory import Directory, names_of
from loaders.findings import Finding
from loaders.linkedin import read_connections
from loaders.matching import MATCHED, Match, Matching
from loaders.problems import Unreadable, unreadable
from loaders.read_table import Read
from loaders.review import Suggestion
from loaders.tables import FileFacts

MailRow = tuple[str, datetime.datetime, tuple[str, ...]]
"""Sender (id), moment, and recipients (ids, else addresses) of a mail."""


@dataclass
class FoundPeople:
    """The result: further tables, findings, matches, and the mails among the customer's own people."""

    reads: list[Read] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    facts: list[FileFacts] = field(default_factory=list)
    matches: tuple[Match, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    mails: dict[str, list[MailRow]] = field(default_factory=dict)


def people_found(
    asked: Asked, reads: list[Read], contact_files: list[ContactFile], connections: Sequence[Path]
) -> FoundPeople:
    """Match the people of foreign tables, in place, and resolve the parties of mail, calendars and connections.

    The store is read only if the import needs it.
    """
    outcome = FoundPeople()
    asks = any(read.foreign for read in reads)
    if not (asks or contact_files or connections or asked.account):
        return outcome
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
        _resolve(asked, matching, contact_files, connections, outcome)
    except Unreadable as problem:
        outcome.findings.append(problem.finding)
        return outcome
    if any(read.records for read in (*reads, *outcome.reads)):
        outcome.reads = [*new, *outcome.reads]
    outcome.matches, outcome.suggestions = tuple(matching.matches), tuple(matching.suggestions)
    outcome.findings += matching.findings()
    return outcome


def _resolve(
    asked: Asked,
    matching: Matching,
    contact_files: list[ContactFile],
    connections: Sequence[Path],
    outcome: FoundPeople,
) -> None:
    directory = matching.directory
    for path in connections:
        contacts, facts = read_connections(
            path, asked.encoding, _companies(asked, path, directory), _member(asked, path, directory), asked.caps
        )
        contact_files.append(contacts)
        outcome.facts.append(facts)
    if not contact_files:
        return
    resolving = Resolving(asked, matching, asked.account or _only_account(directory))
    reads, findings = resolving.take(contact_files)
    outcome.reads += reads
    outcome.findings += findings
    if asked.count_influence:
        by_id = {contact.id: contact for file in contact_files for contact in file.contacts}
        outcome.mails = mails_between(by_id.values(), resolving)


def _new_account(asked: Asked, directory: Directory) -> Iterator[Read]:
    """The account of the option if it is new. Raises Unreadable, with the nearest, for an unknown one without name."""
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
