"""The network that influence paths run on: our ties and the influence lines of an account."""

from __future__ import annotations

import numpy as np

from graph.analysis.measured import Measured
from graph.analysis.paths import Network
from graph.model import Conflict


def network_of(found: Measured) -> Network:
    """The ties of at least a tie's strength, and whom everybody sways."""
    view = found.view
    ids = [person.id for person in view.people]
    follows: dict[str, list[tuple[str, float, bool]]] = {}
    for line in found.lines:
        follows.setdefault(ids[line.source], []).append((ids[line.target], line.weight, line.assumed))
    least = view.calibration.tie - 1e-9
    return Network(
        people={person.id: person.name for person in view.people},
        members={member.id: member.name for member in view.members},
        ties={
            member.id: {ids[i]: float(row[i]) for i in np.flatnonzero(row >= least)}
            for member, row in zip(view.members, found.connected.strength, strict=True)
        },
        follows={source: tuple(targets) for source, targets in follows.items()},
        carriers=frozenset(ids[i] for i in np.flatnonzero(view.known)),
        against=frozenset(ids[i] for i, stance in enumerate(view.stances) if stance is not None and stance < 0),
        conflicts=frozenset((min(one.a, one.b), max(one.a, one.b)) for one in found.dataset.of(Conflict)),
    )
