"""The tree of errors: each class decides the HTTP status and the exit code.

    SwaymapError                    base of all                                             HTTP  exit code
    ├── InputError                  a request, file or option is wrong; `findings`           400   2
    │   ├── AmbiguousName           a name that several records have
    │   ├── CannotStart             this machine cannot run a local Neo4j
    │   ├── RuleViolations          records that break rules
    │   ├── StoreInputError         an address, key or record that a store cannot take
    │   │   └── NothingToDerive     computed values for a store that does not show any
    │   └── Unreadable              a file or sheet that cannot be read
    ├── UnknownRecord               an id or name that is not stored                         404   2
    │   └── UnknownImport           an import that is not in the journal
    ├── Refused                     not possible with the records as they are                409   2
    │   ├── ChangeRefused           a change that the stored records do not allow
    │   │   └── NamesReplaced       an import that would replace names by different ones
    │   ├── ImpossibleChange        a what-if that cannot happen
    │   └── TooLarge                more work than may be spent on one question              422   2
    │       └── TooMuchTime         a computation over its limit of processor time
    └── Unavailable                 a correct request that cannot be answered now            503   2
        ├── NotComputed             a computation whose process died
        ├── ServerFull              all workers of the server are busy
        ├── ServerStops             the server is being stopped
        └── StoreError              a store that cannot be used now
            ├── StoreDamaged        its content or its disk cannot be read
            ├── StoreFull           no room left on its disk or in its memory
            ├── StoreIncompatible   no swaymap store, or of a version that does not fit
            ├── StoreLocked         somebody else writes to it
            └── StoreUnreachable    no file or server there, or no permission to use it

The status of a class stands in `api/http/problems.py`, the exit code in `api/problems.py`. A subclass without a number
has that of its base. Anything else that is raised is a fault of swaymap: HTTP 500, exit code 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.model.words import Message


class SwaymapError(Exception):
    """An error that the person who asked can put right: a `code` for programs, a `message` for people.

    The message says what is wrong and what to do. `str()` gives it in English, `message.render(lang)` in a language.

    >>> from graph.model.words import message
    >>> error = SwaymapError("no_team", message("brief.no_team"))
    >>> error.code, error.message.render("zh")
    ('no_team', '我方没有在岗成员：请先填写团队页。')
    """

    def __init__(self, code: str, message: Message) -> None:
        super().__init__(message.render("en"))
        self.code = code
        self.message = message


class InputError(SwaymapError):
    """A request, a file or an option that is wrong. `findings` are the single errors, where there may be several.

    >>> from graph.model.days import read_day
    >>> try:
    ...     read_day("23.11.2026", "as_of")
    ... except InputError as error:
    ...     error.code, len(error.findings)
    ('bad_request', 0)
    """

    findings: Sequence[Any]

    def __init__(self, code: str, message: Message, findings: Sequence[Any] = ()) -> None:
        super().__init__(code, message)
        self.findings = findings


class UnknownRecord(SwaymapError):
    """An id or name that is not stored; the message names the nearest ones.

    >>> from graph.model.words import message
    >>> issubclass(UnknownRecord, SwaymapError), UnknownRecord("unknown_account", message("brief.no_team")).code
    (True, 'unknown_account')
    """


class Refused(SwaymapError):
    """A request that is understood, but not possible with the records as they are now."""


class TooLarge(Refused):
    """A question that takes more work than may be spent on it; the message says what to ask instead."""


class Unavailable(SwaymapError):
    """A correct request that cannot be answered now: try again later, or repair what the message names."""
