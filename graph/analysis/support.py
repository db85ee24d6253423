"""The support forecast: where opinions settle with us and the rivals pulling (measures, section 8).

Friedkin & Johnsen 1990, with two stubborn nodes: us at +1, the rivals at -1. Never a probability of winning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.account import AccountView, Floats, Step
from graph.analysis.formal_power import quota_of, weight_of
from graph.analysis.influence_lines import InfluenceLines
from graph.analysis.listening import Listening, listening
from graph.analysis.results import Bottleneck, Support

SLACK = 1e-9


@dataclass(frozen=True)
class SupportSystem:
    """The system with us and the rivals in every row; `pull` is what the two push each person by, ours minus theirs."""

    listening: Listening
    pull: Floats

    def final(self, stances: Floats) -> Floats:
        """The final stances, in [-1, 1], from today's: one a person, or people x several."""
        own = 1.0 - self.listening.susceptibility
        pushes = own * stances + self.pull if stances.ndim == 1 else own[:, None] * stances + self.pull[:, None]
        return self.listening.settled(pushes)


@dataclass(frozen=True)
class Forecast:
    """Where everyone settles from today's stances, and with every unknown one of a seat low and high."""

    final: Floats
    low: Floats
    high: Floats


def support_system(
    view: AccountView, lines: InfluenceLines, susceptibility: Floats, formal_power: Floats, trusted: Floats
) -> SupportSystem:
    """The system of section 8. All but `lines` have one entry a person; `trusted` is T of the one most trusted."""
    share = view.calibration.hostile_trust_share
    stubborn = share * np.column_stack([trusted, view.rival])
    system = listening(lines, susceptibility, formal_power, stubborn)
    return SupportSystem(system, susceptibility * (system.stubborn[:, 0] - system.stubborn[:, 1]))


def forecast(view: AccountView, system: SupportSystem) -> Forecast:
    """Where opinions settle, and the range that the unknown stances of seats leave."""
    today = view.stance_values
    unknown = np.array([stance is None for stance in view.stances], dtype=bool) & view.seated
    swing = np.where(unknown, view.calibration.unknown_stance_swing, 0.0)
    ends = system.final(np.column_stack([today, today - swing, today + swing]))
    return Forecast(ends[:, 0], ends[:, 1], ends[:, 2])


def support(view: AccountView, ends: Forecast, formal_power: Floats) -> Support:
    """Index today, forecast, its range, and the step with the least support."""
    return Support(
        index=float(formal_power @ view.stance_values),
        forecast=float(formal_power @ ends.final),
        low=float(formal_power @ ends.low),
        high=float(formal_power @ ends.high),
        bottleneck=bottleneck(view, ends.final),
    )


def bottleneck(view: AccountView, final: Floats) -> Bottleneck | None:
    """The step of least value, earliest first; vetoes of participation stand after the steps; None without votes."""
    leaning = (1.0 + final) / 2.0
    values = [(step.record.id, step_value(step, view, leaning)) for step in view.voting_steps]
    if not values:
        return None
    values += [
        (f"veto:{person.id}", float(leaning[i]))
        for i, person in enumerate(view.people)
        if (part := view.participation[i]) is not None and part.veto
    ]
    name, value = min(values, key=lambda one: round(one[1], 9))
    return Bottleneck(name, value)


def step_value(step: Step, view: AccountView, leaning: Floats) -> float:
    """The leaning of the pivotal voter: the highest at which those who lean as much or more pass the step."""
    ordered = sorted(((float(leaning[view.index[vote.person]]), vote) for vote in step.votes), key=lambda one: -one[0])
    quota = quota_of(step)
    if quota is None:
        value = ordered[0][0] if step.record.rule == "single" else ordered[-1][0]
    else:
        value, gathered = 0.0, 0.0
        for lean, vote in ordered:
            gathered += weight_of(vote.weight)
            if gathered >= quota - SLACK:
                value = lean
                break
    return min([value, *(lean for lean, vote in ordered if vote.veto)])
