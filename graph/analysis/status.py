"""The status of an opportunity: red, amber or green, and why (measures, section 6)."""

from __future__ import annotations

import numpy as np

from graph.analysis.account import AccountView, Floats
from graph.analysis.results import Status
from graph.model.words import Message, message

KEY = ("political_structure", "inner_circle")


def status(view: AccountView, covered: Floats) -> tuple[Status, Message]:
    """Red without a key player for us; green with a decider for us who is covered half or better; else amber."""
    deciders = view.deciders()
    supports = [(stance or 0) >= 1 for stance in view.stances]
    if not any(supports[i] for i in range(len(view.people)) if is_key_player(view, i, bool(deciders[i]))):
        return "red", message("status.reason.no_key_player")
    for i in np.flatnonzero(deciders):
        if supports[i] and covered[i] >= 0.5 - 1e-9:
            return "green", message("status.reason.decider_supports")
    if any(supports[i] for i in np.flatnonzero(deciders)):
        return "amber", message("status.reason.decider_thin")
    return "amber", message("status.reason.no_decider_supports")


def is_key_player(view: AccountView, person: int, decider: bool) -> bool:
    """Inside the political structure; where that was not recorded, a decider."""
    part = view.participation[person]
    recorded = part.political_status if part is not None else None
    return bool(view.seated[person]) and (recorded in KEY if recorded is not None else decider)
