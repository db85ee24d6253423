"""The support forecast: where opinions settle with us and the rivals pulling (measures, section 8).

Friedkin & Johnsen 1990, with two stubborn nodes: us at +1, the rivals at -1. Never a probability of winning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.account import AccountView, Floats, Step
from graph.analysis.decision_influence import listening
from graph.analysis.formal_power import quota_of
from graph.analysis.results import Bottleneck, Support

SLACK = 1e-9


@dataclass(frozen=True)
class SupportSystem:
    """The settled system with us and the rivals: final stances are `control @ x0 + pull`."""

    control: Floats
    pull: Floats

    def final(self, stances: Floats) -> Floats:
        """The final stance of each person, in [-1, 1], from today's."""
        settled: Floats = self.control @ stances + self.pull
        return settled


def support_system(
    view: AccountView, lines: Floats, susceptibility: Floats, formal_power: Floats, trusted: Floats
) -> SupportSystem:
    """Solve the system. `lines` is people x people, the others one a person; `trusted` is T of the most trusted."""
    share = view.calibration.hostile_trust_share
    stubborn = np.column_stack([share * trusted, share * view.rival])
    weights = listening(lines, formal_power, stubborn)
    count = len(susceptibility)
    moved = np.eye(count) - susceptibility[:, None] * weights[:, :count]
    pushed = susceptibility * (weights[:, count] - weights[:, count + 1])
    solved: Floats = np.asarray(
        np.linalg.solve(moved, np.column_stack([np.diag(1.0 - susceptibility), pushed])), dtype=np.float64
    )
    return SupportSystem(solved[:, :count], solved[:, count])


def support(view: AccountView, system: SupportSystem, formal_power: Floats) -> Support:
    """Index today, forecast, the range that unknown stances leave, and the step with the least support."""
    today = view.stance_values
    final = system.final(today)
    unknown = np.array([stance is None for stance in view.stances], dtype=bool) & view.seated
    swing = np.where(unknown, view.calibration.unknown_stance_swing, 0.0)
    return Support(
        index=float(formal_power @ today),
        forecast=float(formal_power @ final),
        low=float(formal_power @ system.final(today - swing)),
        high=float(formal_power @ system.final(today + swing)),
        bottleneck=bottleneck(view, final),
    )


def bottleneck(view: AccountView, final: Floats) -> Bottleneck | None:
    """The step of least value, earliest first; vetoes of participation stand after the steps; None without votes."""
    leaning = (1.0 + final) / 2.0
    values = [(step.record.id, _step_value(step, view, leaning)) for step in view.voting_steps]
    if not values:
        return None
    values += [
        (f"veto:{person.id}", float(leaning[i]))
        for i, person in enumerate(view.people)
        if (part := view.participation[i]) is not None and part.veto
    ]
    name, value = min(values, key=lambda one: round(one[1], 9))
    return Bottleneck(name, value)


def _step_value(step: Step, view: AccountView, leaning: Floats) -> float:
    """The leaning of the pivotal voter: the highest at which those who lean as much or more pass the step."""
    ordered = sorted(((float(leaning[view.index[vote.person]]), vote) for vote in step.votes), key=lambda one: -one[0])
    quota = quota_of(step)
    if quota is None:
        value = ordered[0][0] if step.record.rule == "single" else ordered[-1][0]
    else:
        value, gathered = 0.0, 0.0
        for lean, vote in ordered:
            gathered += 1.0 if vote.weight is None else vote.weight
            if gathered >= quota - SLACK:
                value = lean
                break
    return min([value, *(lean for lean, vote in ordered if vote.veto)])
