"""Problems that a person can put right: a sentence says what is wrong, one what to do; never a traceback.

    Problem                 asked wrongly                                    HTTP 400
    ├── NotFound            names something that is not stored               HTTP 404
    ├── Conflict            cannot be done with the records as they are      HTTP 409
    ├── TooLarge            takes more work than may be spent on it          HTTP 422
    └── Unavailable         cannot be answered now, whatever is asked        HTTP 503

The class decides the HTTP status (`api/http/problems.py`); on the command line each of them is exit code 2.
"""

from __future__ import annotations

from graph.model.words import Message


class Problem(Exception):
    """Something that the person who asked can put right. The doors show `said` and go on, or leave with exit code 2."""

    def __init__(self, code: str, said: Message) -> None:
        super().__init__(said.render("en"))
        self.code = code
        self.said = said


class NotFound(Problem):
    """An id that names nothing stored."""


class Conflict(Problem):
    """Something that cannot be done with the records as they are now."""


class TooLarge(Problem):
    """Something that takes more work than may be spent on it; the message says what to ask instead."""


class Unavailable(Problem):
    """Nothing is wrong with the question, but it cannot be answered now: ask again later, or mend what is named."""
