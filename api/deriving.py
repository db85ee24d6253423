"""What Neo4j's own tools are shown beside the records: ties, power, influence and coverage as computed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from api.answers import Question, map_of

if TYPE_CHECKING:
    from graph.model.calibration import Calibration
    from graph.store.protocol import Derived, GraphStore


def derived(store: GraphStore, account: str, as_of: datetime.date, calibration: Calibration) -> Derived:
    """The computed ties and numbers of an account, for its nearest opportunity."""
    from graph.store.protocol import Derived

    content = map_of(store, Question(account, as_of, calibration))
    return Derived(account, content)  # type: ignore[call-arg,arg-type]
