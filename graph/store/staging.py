"""How a large import is written to a server: in several transactions, and how long its silence means that it lives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Staging:
    """When an import is written in several transactions, how much goes into each, and when it counts as abandoned.

    `above` and `portion` are changes; `lease` is in seconds. Every portion renews the lease, so it is to be many times
    what one portion takes.
    """

    above: int = 100_000
    portion: int = 10_000
    lease: float = 60.0
