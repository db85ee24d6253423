"""Weak points of a decision: the minimal winning coalition, key-player sets, bottlenecks, shape (measures 5 and 7)."""

from __future__ import annotations

from dataclasses import dataclass

from graph.analysis.measures.measures import Measures
from graph.analysis.network.bottlenecks import Bottlenecks, bottlenecks
from graph.analysis.network.key_sets import KeySets, kpp_neg, kpp_pos
from graph.analysis.network.organisation_shape import OrganisationShape, organisation_shape
from graph.analysis.network.winning_coalition import WinningCoalition, minimal_winning_coalition


@dataclass(frozen=True, slots=True)
class WeakPoints:
    """`fewest` is the minimal winning coalition, `reaching` the sets of KPP-Pos, `breaking` those of KPP-Neg."""

    fewest: WinningCoalition
    reaching: tuple[KeySets, ...]
    breaking: tuple[KeySets, ...]
    bottlenecks: Bottlenecks
    shape: OrganisationShape


def weak_points(measures: Measures) -> WeakPoints:
    """Compute the weak points of an account.

    >>> weak_points(measures).reaching[0].sets
    (('ben',), ('cho',))
    """
    ids, most = [person.id for person in measures.view.people], measures.view.calibration.key_people.set_size
    return WeakPoints(
        fewest=minimal_winning_coalition(measures),
        reaching=kpp_pos(measures.lines, ids, most),
        breaking=kpp_neg(measures.lines, ids, most),
        bottlenecks=bottlenecks(measures.view, measures.connected.together, measures.lines),
        shape=organisation_shape(measures.lines.matrix(len(ids)).T > 0),
    )
