"""The status of an opportunity (red, amber or green) with its reason (measures, section 6)."""

from __future__ import annotations

from graph.analysis.ground.account_view import AccountView, Flags, Floats
from graph.analysis.ground.rounding import SLACK
from graph.analysis.report.results import Status
from graph.model.words import Message, message

KEY = ("political_structure", "inner_circle")


def status(view: AccountView, covered: Floats) -> tuple[Status, Message]:
    """Red without a key player of stance ≥ 1; green with a decider of stance ≥ 1 and coverage ≥ .5; else amber.

    `covered` is the coverage of each person.

    >>> status(measures.view, measures.covered)[0]
    'red'
    """
    if not (key_players(view) & view.supporters).any():
        return "red", message("status.reason.no_key_player")
    for_us = view.deciders & view.supporters
    if (covered[for_us] >= view.calibration.held_coverage - SLACK).any():
        return "green", message("status.reason.decider_supports")
    return "amber", message("status.reason.decider_thin" if for_us.any() else "status.reason.no_decider_supports")


def key_players(view: AccountView) -> Flags:
    """People with a seat who are inside the political structure; where that is not recorded, the deciders."""
    recorded = [None if part is None else part.political_status for part in view.participation]
    inside = view.flags(i for i, political in enumerate(recorded) if political in KEY)
    unrecorded = view.flags(i for i, political in enumerate(recorded) if political is None)
    return view.seated & (inside | (unrecorded & view.deciders))
