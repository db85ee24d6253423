"""Section 8: where the opinions go if we and the rivals keep pulling."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.plain.defaults import DEFAULTS, Row, at_least
from benchmarks.plain.figures import Figures
from benchmarks.plain.influence import Matrix, final_shares, listening_row
from benchmarks.plain.power import Step, steps_of


@dataclass
class Forecast:
    """The support object of the report, each person's final stance, and W with us and the rivals at its end."""

    support: Row | None
    final: dict[str, float]
    listening: Matrix


def forecast_support(f: Figures) -> Forecast:
    """Index, forecast, its range, and the bottleneck (None without an opportunity), and where everyone settles."""
    one = f.one
    rows = _listening(f)
    v = final_shares(rows, [*(f.theta[person] for person in one.people), 0.0, 0.0])
    today = {person: one.x(person) for person in one.people}
    final = _final(v, today)
    if one.opportunity is None:
        return Forecast(None, final, rows)
    ends = []
    for unknown in (-DEFAULTS["unknown_stance"], DEFAULTS["unknown_stance"]):
        guessed = {
            person: unknown if one.stance(person) is None and person in one.seats else x for person, x in today.items()
        }
        ends.append(_weighed(f, _final(v, guessed)))
    support = {
        "index": _weighed(f, today),
        "forecast": _weighed(f, final),
        "low": ends[0],
        "high": ends[1],
        "bottleneck": _bottleneck(steps_of(one), final),
    }
    return Forecast(support, final, rows)


def _listening(f: Figures) -> Matrix:
    """W with two stubborn nodes at the end: us, and the rivals."""
    people = list(f.one.people)
    size = len(people) + 2
    position = {person: i for i, person in enumerate(people)}
    power = [f.formal_power[person] for person in people]
    rows = []
    for person in people:
        weights = {
            position[source]: f.lines[source][person]["weight"] for source in sorted(f.lines.predecessors(person))
        }
        weights[size - 2] = 0.5 * f.trust[person]
        weights[size - 1] = 0.5 * f.rival[person]
        rows.append(listening_row(weights, power, size))
    return [*rows, [0.0] * size, [0.0] * size]


def _final(v: Matrix, today: dict[str, float]) -> dict[str, float]:
    x0 = [*today.values(), 1.0, -1.0]
    return {person: sum(v[i][j] * x0[j] for j in range(len(x0))) for i, person in enumerate(today)}


def _weighed(f: Figures, x: dict[str, float]) -> float:
    return sum(f.formal_power[person] * x[person] for person in x)


def _bottleneck(steps: list[Step], final: dict[str, float]) -> Row | None:
    worst: Row | None = None
    for step in steps:
        value = step_value(step, {person: (1 + final[person]) / 2 for person in step.weights})
        if value is not None and (worst is None or round(value, 9) < round(worst["value"], 9)):
            worst = {"step": step.name, "value": value}
    return worst


def step_value(step: Step, values: dict[str, float]) -> float | None:
    """The pivotal voter's value, or a lower veto holder's; None where the step cannot pass."""
    for y in sorted(values.values(), reverse=True):
        willing = [person for person, value in values.items() if at_least(value, y)]
        if step.passes(sum(step.weights[person] for person in willing), len(willing)):
            return min([y, *(values[person] for person in step.vetoes)])
    return None
