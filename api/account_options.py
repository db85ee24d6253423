"""The options that questions about accounts share, as one parameter of a command."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, get_type_hints

from api.opening import opened_store
from api.options import (
    DEFAULT_LANG,
    AccountArgument,
    AsOfOption,
    CalibrationOption,
    Format,
    FormatOption,
    LangOption,
    OpportunityOption,
    StoreOption,
)

if TYPE_CHECKING:
    from swaymap.account import Account
    from swaymap.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewOptions:
    """Which store, opportunity and day are asked for, by which numbers and in which language."""

    store: StoreOption = None
    opportunity: OpportunityOption = None
    as_of: AsOfOption = None
    lang: LangOption = DEFAULT_LANG
    calibration: CalibrationOption = None

    @contextmanager
    def opened(self) -> Iterator[Store]:
        """The store, closed at the end. A wrong calibration is refused before anything is looked up in it."""
        from swaymap.store import calibration_of

        calibration_of(self.calibration)
        with opened_store(self.store) as store:
            yield store

    def account_in(self, store: Store, account: str) -> Account:
        """An account of the store, by id or name."""
        return store.account(account, as_of=self.as_of, opportunity=self.opportunity, calibration=self.calibration)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOptions(ViewOptions):
    """A question about one account, and how the answer is written."""

    account: AccountArgument
    format_: FormatOption = Format.table

    @contextmanager
    def account_read(self) -> Iterator[Account]:
        """The account asked for, its store open until the end."""
        with self.opened() as store:
            yield self.account_in(store, self.account)


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """A command for Typer, where each parameter that is a dataclass of options becomes its fields."""
    hints = get_type_hints(command, include_extras=True)
    bundles: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}
    parameters: list[inspect.Parameter] = []
    for parameter in inspect.signature(command).parameters.values():
        if parameter.name in bundles:
            parameters += _parameters_of(bundles[parameter.name])
        else:
            parameters.append(_keyword(parameter.name, hints[parameter.name], parameter.default))

    @wraps(command)
    def called(**given: Any) -> None:
        for name, kind in bundles.items():
            given[name] = kind(**{field.name: given.pop(field.name) for field in fields(kind)})
        command(**given)

    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return called


def _parameters_of(bundle: Any) -> Iterator[inspect.Parameter]:
    hints = get_type_hints(bundle, include_extras=True)
    for name, parameter in inspect.signature(bundle).parameters.items():
        yield _keyword(name, hints[name], parameter.default)


def _keyword(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
