"""Section 8: the support forecast."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.defaults import DEFAULTS, Row, at_least
from tests.oracle.figures import Figures
from tests.oracle.opinion_system import Method, OpinionSystem, opinion_system_of
from tests.oracle.power import Step, steps_of


@dataclass
class Forecast:
    """The support object of the report, each person's final stance, and whom everybody listens to, us included."""

    support: Row | None
    final: dict[str, float]
    opinions: OpinionSystem


def forecast_support(f: Figures, method: Method) -> Forecast:
    """Index, forecast, its range, and the bottleneck (None without an opportunity), and where everyone settles."""
    account = f.account
    ours = {person: 0.5 * f.trust[person] for person in account.people}
    rivals = {person: 0.5 * f.rival[person] for person in account.people}
    opinions = opinion_system_of(f.lines, f.theta, f.formal_power, ours, rivals)
    today = {person: account.x(person) for person in account.people}
    final = method.settled(opinions, today) if account.people else {}
    if account.opportunity is None:
        return Forecast(None, final, opinions)
    ends = []
    for unknown in (-DEFAULTS["unknown_stance"], DEFAULTS["unknown_stance"]):
        guessed = {
            person: unknown if account.stance(person) is None and person in account.seats else x
            for person, x in today.items()
        }
        ends.append(_weighed(f, method.settled(opinions, guessed)) if account.people else 0.0)
    support = {
        "index": _weighed(f, today),
        "forecast": _weighed(f, final),
        "low": ends[0],
        "high": ends[1],
        "bottleneck": _bottleneck(steps_of(account), final),
    }
    return Forecast(support, final, opinions)


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
