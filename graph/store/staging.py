"""How a large import is written to a server: in several transactions, with a lease that shows that it still runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Staging:
    """When an import is written in several transactions, the size of each, and when it counts as abandoned.

    `above` and `portion` are numbers of changes, `lease` is in seconds. Every portion renews the lease, so it should be
    many times as long as a portion takes.
    """

    above: int = 100_000
    portion: int = 10_000
    lease: float = 60.0
