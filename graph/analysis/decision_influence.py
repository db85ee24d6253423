"""Decision influence: each person's share of the final decision (measures, section 4).

Friedkin & Johnsen 1990, "Social influence and opinions": with susceptibilities Θ and weights W (rows sum to 1),
opinions settle at V x0 with V = (I - ΘW)^-1 (I - Θ); influence is formal power carried along: power · V, summing to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.account import AccountView, Floats


@dataclass(frozen=True)
class InfluenceSystem:
    """The settled system of one account, solved once and handed to what needs it.

    `control` is V: row i, column j is the share of j's opinion in i's final one.
    """

    control: Floats
    influence: Floats
    formal_power: Floats

    def made_of(self, person: int) -> Floats:
        """The parts of a person's influence, one a person through whose formal power it works; sums to it."""
        parts: Floats = self.formal_power * self.control[:, person]
        return parts


def influence_system(lines: Floats, susceptibility: Floats, formal_power: Floats) -> InfluenceSystem:
    """Solve the system. `lines` is people x people (row i: whom i listens to), the other two one a person."""
    control = settle(listening(lines, formal_power), susceptibility)
    return InfluenceSystem(control, formal_power @ control, formal_power)


def listening(lines: Floats, formal_power: Floats, stubborn: Floats | None = None) -> Floats:
    """W: rows above 1 divided by their sum; what is missing to 1 spread as formal power.

    `stubborn` are the weights of nodes beside the people (people x nodes), which share the row; they come last.
    """
    rows = lines if stubborn is None else np.hstack([lines, stubborn])
    sums = rows.sum(axis=1, keepdims=True)
    rows = rows / np.maximum(sums, 1.0)
    rest = np.maximum(0.0, 1.0 - sums)
    spread = rows.copy()
    spread[:, : len(formal_power)] += rest * formal_power
    return np.asarray(spread, dtype=np.float64)


def settle(weights: Floats, susceptibility: Floats) -> Floats:
    """V of a system without stubborn nodes."""
    count = len(susceptibility)
    moved = np.eye(count) - susceptibility[:, None] * weights
    return np.asarray(np.linalg.solve(moved, np.diag(1.0 - susceptibility)), dtype=np.float64)


def susceptibilities(view: AccountView) -> Floats:
    """θ of each person: by adaptability; vacant and unidentified as unknown; external people as recorded or low."""
    numbers = view.calibration
    found = []
    for i, person in enumerate(view.people):
        if not view.known[i]:
            theta = numbers.no_susceptibility
        elif person.adaptability is not None:
            theta = numbers.susceptibility[person.adaptability]
        else:
            theta = numbers.external_susceptibility if person.external else numbers.no_susceptibility
        found.append(min(theta, numbers.most_susceptibility))
    return np.array(found)


def levels(view: AccountView, lines: Floats, susceptibility: Floats) -> Floats:
    """lev: the level, or where it is empty one inferred from influence under equal power (measures, section 0)."""
    count = len(view.people)
    if count == 0:
        return np.zeros(0)
    equal = np.full(count, 1.0 / count)
    value = np.round(influence_system(lines, susceptibility, equal).influence, 9)
    below = (value[None, :] < value[:, None]).sum(axis=1)
    same = (value[None, :] == value[:, None]).sum(axis=1)
    standing = (below + same / 2.0) / count
    inferred = 7.0 * (0.5 + 0.4 * (standing - 0.5))
    return np.array([inferred[i] if one.level is None else float(one.level) for i, one in enumerate(view.people)])
