"""Shared parts of the routes: the store, the question's parameters, pages of a list."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar

from fastapi import Depends, Path, Query, Request
from pydantic import BeforeValidator, Field, WithJsonSchema

from graph.model.calibration import Calibration
from graph.model.days import read_day
from graph.model.limits import DAY_PATTERN, ID_LENGTH
from swaymap.account import Account
from swaymap.store import Store, today

Lang = Literal["en", "zh"]
T = TypeVar("T")


async def _store(request: Request) -> Store:
    return Store(request.app.state.store)


async def _calibration(request: Request) -> Calibration:
    calibration: Calibration = request.app.state.calibration
    return calibration


StoreOf = Annotated[Store, Depends(_store)]
CalibrationOf = Annotated[Calibration, Depends(_calibration)]


def _day(name: str) -> BeforeValidator:
    """A reader for the day of a parameter; no day, or one out of range, is an InputError that names the parameter."""
    return BeforeValidator(lambda written: read_day(written, name) if isinstance(written, str) else written)


Day = Annotated[datetime.date, WithJsonSchema({"type": "string", "format": "date", "pattern": DAY_PATTERN})]
AsOf = Annotated[Day | None, _day("as_of"), Query(description="The day to look from; today when left out.")]
FromDay = Annotated[Day, _day("from"), Query(alias="from", description="The earlier day.")]
FromDayOrNone = Annotated[Day | None, _day("from"), Query(alias="from", description="An earlier day to compare with.")]
ToDay = Annotated[Day | None, _day("to"), Query(alias="to", description="The later day; as_of when left out.")]
Id = Annotated[str, Field(max_length=ID_LENGTH)]
AccountId = Annotated[Id, Path(description="The account's id.")]
PersonId = Annotated[Id, Path(description="The person's id.")]
LangQuery = Annotated[Lang, Query(description="The language of words.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many rows a page holds.")]
After = Annotated[Id | None, Query(description="The id of the last row of the page before.")]


@dataclass(frozen=True, slots=True)
class Question:
    """The account that a request asks about. It is read where the answer is computed: a Question can be pickled."""

    store: Store
    id: str
    as_of: datetime.date
    calibration: Calibration
    opportunity: str | None

    def account(self) -> Account:
        """The account as of the day. Raises UnknownRecord, AmbiguousName."""
        return self.store.account(self.id, as_of=self.as_of, opportunity=self.opportunity, calibration=self.calibration)


async def _question(
    store: StoreOf,
    account: AccountId,
    calibration: CalibrationOf,
    opportunity: Annotated[Id | None, Query(description="The opportunity's id; the nearest bid when left out.")] = None,
    as_of: AsOf = None,
) -> Question:
    return Question(store, account, as_of or today(), calibration, opportunity)


QuestionOf = Annotated[Question, Depends(_question)]


def page_of(rows: Sequence[T], ids: Sequence[str], after: str | None, limit: int) -> tuple[list[T], str | None]:
    """The rows after a key, at most `limit`, and the key to ask the next page with (None at the end).

    A key that is no longer there gives an empty page: the list has changed, and the reader starts again.
    """
    start = 0
    if after is not None:
        start = ids.index(after) + 1 if after in ids else len(rows)
    end = start + limit
    return list(rows[start:end]), ids[end - 1] if end < len(rows) else None
