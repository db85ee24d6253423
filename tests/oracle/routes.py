"""Section 7: the strongest influence paths from team members to a stakeholder."""

from __future__ import annotations

import heapq
import itertools

from tests.oracle.defaults import DEFAULTS, Records, Row, at_least
from tests.oracle.figures import Figures

SAME = 2e-12  # below this, rounding to 12 decimals may still call two strengths equal

Path = tuple[str, ...]


def best_paths(f: Figures, to: str, members: list[str], k: int, avoid_opponents: bool) -> list[tuple[float, Path]]:
    """The k best: strength falling, fewer nodes, ids. A path is a member's id, then people's ids."""
    carriers = {person for person in f.account.people if f.account.known(person) and person != to}
    if avoid_opponents:
        carriers = {person for person in carriers if (f.account.stance(person) or 0) >= 0}
    ahead = _best_ahead(f, to, carriers)
    waiting: list[tuple[float, Path, float]] = []
    for member in members:
        for person in ahead:
            strength = f.connections[member, person].strength
            if at_least(strength, DEFAULTS["tie"]):
                heapq.heappush(waiting, (-strength * ahead[person], (member, person), strength))
    found: list[tuple[float, Path]] = []
    while waiting:
        bound, path, strength = heapq.heappop(waiting)
        if len(found) >= k and -bound < found[k - 1][0] - SAME:
            break
        if path[-1] == to:
            found.append((strength, path))
            continue
        for person in f.lines.successors(path[-1]):
            if person in ahead and person not in path[1:]:
                longer = strength * f.lines[path[-1]][person]["weight"]
                heapq.heappush(waiting, (-longer * ahead[person], (*path, person), longer))
    found.sort(key=lambda path: (-round(path[0], 12), len(path[1]), path[1]))
    return found[:k]


def _best_ahead(f: Figures, to: str, carriers: set[str]) -> dict[str, float]:
    """The strongest product of lines from each carrier to the target: a bound for the search."""
    best: dict[str, float] = {}
    waiting = [(-1.0, to)]
    while waiting:
        strength, person = heapq.heappop(waiting)
        if person in best:
            continue
        best[person] = -strength
        for source in f.lines.predecessors(person):
            if source in carriers and source not in best:
                heapq.heappush(waiting, (strength * f.lines[source][person]["weight"], source))
    return best


def conflict_pairs(records: Records) -> set[frozenset[str]]:
    """Pairs of people in conflict."""
    return {frozenset((row["a"], row["b"])) for row in records.get("conflicts", [])}


def path_json(f: Figures, strength: float, path: Path, conflicts: set[frozenset[str]]) -> Row:
    """One path as the JSON of the paths answer."""
    member, *people = path
    nodes = [{"id": member, "name": f.account.members[member]["name"], "kind": "member"}]
    nodes += [{"id": person, "name": f.account.people[person]["name"], "kind": "person"} for person in people]
    first = f.connections[member, people[0]].strength
    hops = [_hop(member, people[0], "connection", first, assumed=False, conflict=False)]
    for source, target in itertools.pairwise(people):
        line = f.lines[source][target]
        conflict = frozenset((source, target)) in conflicts
        hops.append(_hop(source, target, "influence", line["weight"], assumed=line["assumed"], conflict=conflict))
    return {"nodes": nodes, "strength": strength, "hops": hops}


def _hop(source: str, target: str, kind: str, weight: float, *, assumed: bool, conflict: bool) -> Row:
    return {
        "from": source,
        "to": target,
        "type": kind,
        "weight": weight,
        "assumed": assumed,
        "conflict": conflict,
    }
