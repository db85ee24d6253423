"""Computations with their limits, and the interface that runs them in this process or in worker processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from starlette.concurrency import run_in_threadpool

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a computation may take: of a question's time or the longer one, and how to ask for less.

    `narrower` is the ending of a key of the catalogue, `http.narrower.<narrower>`.
    """

    long: bool = False
    narrower: str = "account"


def bounded(*, long: bool = False, narrower: str = "account") -> Callable[[F], F]:
    """Give a function that computes an answer other bounds than those of a question about one account."""

    def with_bounds(function: F) -> F:
        function.bounds = Bounds(long, narrower)  # type: ignore[attr-defined]
        return function

    return with_bounds


def of_all_accounts(function: F) -> F:
    """Mark a function whose answer about one account also follows from the records of others."""
    function.is_of_all_accounts = True  # type: ignore[attr-defined]
    return function


@dataclass(frozen=True, slots=True)
class Computation(Generic[T]):
    """A function of a module, and what it is called with; together they name its result."""

    function: Callable[..., T]
    arguments: Mapping[str, Any]

    @property
    def bounds(self) -> Bounds:
        """The limits of the function."""
        bounds: Bounds = getattr(self.function, "bounds", Bounds())
        return bounds

    @property
    def is_of_all_accounts(self) -> bool:
        """Whether the function is marked by `of_all_accounts`."""
        return getattr(self.function, "is_of_all_accounts", False)

    def __call__(self) -> T:
        """Compute it here and now."""
        return self.function(**self.arguments)


class Computing(Protocol):
    """The interface that runs computations."""

    async def start(self) -> None:
        """Called once before the first computation, in the event loop that will run them."""
        ...

    async def run(self, computation: Computation[T]) -> T:
        """The result of a computation. Cancelling gives it up. Raises whatever the computation raises."""
        ...

    def stop(self) -> None:
        """Give up whatever is being computed; nothing can be computed from now on."""
        ...

    async def close(self) -> None:
        """Stop, and let go of everything."""
        ...


class InThisProcess:
    """Computes in threads of this process, without limits: for a program that runs the application itself."""

    async def start(self) -> None:
        """Nothing to prepare."""

    async def run(self, computation: Computation[T]) -> T:
        """The result of a computation, which goes on to its end even where it is cancelled."""
        return await run_in_threadpool(computation)

    def stop(self) -> None:
        """A thread cannot be stopped."""

    async def close(self) -> None:
        """Nothing to let go of."""
