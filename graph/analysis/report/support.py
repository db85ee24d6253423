"""The support forecast of the decision and its steps (measures, section 8). Never a probability of winning."""

from __future__ import annotations

from graph.analysis.ground.account_view import AccountView, Floats, Step
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.measures.forecast import Forecast
from graph.analysis.measures.formal_power import quota_of, weight_of
from graph.analysis.report.results import Bottleneck, Support


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
    name, value = min(values, key=lambda one: round(one[1], DIGITS))
    return Bottleneck(name, value)


def step_value(step: Step, view: AccountView, leaning: Floats) -> float:
    """The leaning of the pivotal voter: the highest at which those who lean as much or more pass the step."""
    ordered = sorted(
        ((float(leaning[view.index[vote.person]]), vote) for vote in step.votes), key=lambda item: -item[0]
    )
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
