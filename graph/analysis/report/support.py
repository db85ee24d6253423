"""The support forecast of the decision and its steps (measures, section 8); it is not a probability of winning."""

from __future__ import annotations

from graph.analysis.ground.account_view import AccountView, Step
from graph.analysis.ground.arrays import Floats
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.measures.formal_power import quota_of, weight_of
from graph.analysis.measures.measures import BatchMeasures, Measures
from graph.analysis.report.results import Bottleneck, Support


def support(measures: Measures) -> Support:
    """Compute the support index `Σ formal_power·x0`, the forecast `Σ formal_power·x*`, its range, and the bottleneck.

    All but the bottleneck lie in [-1, 1].

    >>> round(report.support.index, 3), round(report.support.forecast, 3), report.support.bottleneck.step
    (0.037, 0.202, 'vote')
    """
    index, final, low, high = (float(values[0]) for values in support_sums(measures.whole))
    return Support(index, final, low, high, bottleneck(measures.view, measures.forecast.final))


def support_sums(measures: BatchMeasures) -> tuple[Floats, Floats, Floats, Floats]:
    """The support index of each account, its forecast, and the low and high ends of the forecast.

    >>> [values.round(3).tolist() for values in support_sums(measures.whole)[:2]]
    [[0.037], [0.202]]
    """
    batch, ends, power = measures.batch, measures.forecast, measures.power.formal_power
    index, final, low, high = (
        batch.total(power * stances) for stances in (batch.stance_values, ends.final, ends.low, ends.high)
    )
    return index, final, low, high


def bottleneck(view: AccountView, final: Floats) -> Bottleneck | None:
    """The step with the smallest value, the first of equal ones, vetoes of participation last; None without votes."""
    leaning = (1.0 + final) / 2.0
    values = [(step.record.id, step_value(step, view, leaning)) for step in view.voting_steps]
    if not values:
        return None
    values += [
        (f"veto:{person.id}", float(leaning[i]))
        for i, person in enumerate(view.people)
        if (part := view.participation[i]) is not None and part.veto
    ]
    name, value = min(values, key=lambda item: round(item[1], DIGITS))
    return Bottleneck(name, value)


def step_value(step: Step, view: AccountView, leaning: Floats) -> float:
    """The value of a step in [0, 1]: the leaning (1 + x*)/2 of its pivotal voter, or of a veto holder if lower.

    The pivotal voter's is the highest leaning at which the voters who lean as much or more pass the step: for unanimous
    steps the lowest, for single ones the highest. `leaning` has one entry per person.
    """
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
