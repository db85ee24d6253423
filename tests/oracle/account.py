"""Section 0: the opportunity, the people in the graph, seats, deciders, and the standard of each person."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.oracle.defaults import DEFAULTS, Date, Records, Row


@dataclass
class Account:
    """One account's people in the graph, and what one opportunity says of them."""

    row: Row
    as_of: Date
    opportunity: Row | None = None
    people: dict[str, Row] = field(default_factory=dict)
    members: dict[str, Row] = field(default_factory=dict)
    units: list[Row] = field(default_factory=list)
    participation: dict[str, Row] = field(default_factory=dict)
    steps: list[Row] = field(default_factory=list)
    votes: list[Row] = field(default_factory=list)
    seats: set[str] = field(default_factory=set)
    deciders: set[str] = field(default_factory=set)

    def vacant(self, person: str) -> bool:
        """Left or moved, and still holding a seat."""
        return self.people[person]["status"] in ("left", "moved")

    def unidentified(self, person: str) -> bool:
        """Whether the seat's holder is unidentified."""
        return bool(self.people[person]["status"] == "unidentified")

    def known(self, person: str) -> bool:
        """In the graph, neither vacant nor unidentified."""
        return person in self.people and not self.vacant(person) and not self.unidentified(person)

    def participants(self) -> list[str]:
        """The people with a seat; everyone where there are none."""
        return sorted(self.seats) if self.seats else list(self.people)

    def roles(self, person: str) -> list[str]:
        """The roles in the opportunity, as recorded."""
        row = self.participation.get(person)
        return list(row["roles"] or []) if row else []

    def stance(self, person: str) -> int | None:
        """The stance, None where unknown or where the seat is vacant."""
        row = self.participation.get(person)
        if row is None or self.vacant(person):
            return None
        stance: int | None = row["stance"]
        return stance

    def x(self, person: str) -> float:
        """The value of the stance, 0 where unknown."""
        stance = self.stance(person)
        return 0.0 if stance is None else float(DEFAULTS["stance"][stance])

    def standard(self, person: str) -> tuple[int, float]:
        """Cadence in days and required strength."""
        level = self.people[person]["level"] or 0
        none: tuple[int, float] = DEFAULTS["standard_no_role"]
        middle: tuple[int, float] = DEFAULTS["standard_middle_level"]
        high: tuple[int, float] = DEFAULTS["standard_high_level"]
        if not self.seats:
            return high if level >= 6 else middle if level >= 4 else none
        roles = self.roles(person)
        if not roles:
            return none
        if level >= 6 and any(role in ("D", "A", "E", "P") for role in roles):
            return high
        asked = [DEFAULTS["standard"][role] for role in roles]
        return min(cadence for cadence, _ in asked), max(strength for _, strength in asked)


def open_account(records: Records, account: str, as_of: Date, opportunity: str | None) -> Account:
    """Pick one account's part of the records."""
    row = next((row for row in records["accounts"] if row["id"] == account), None)
    if row is None:
        raise ValueError(f"No account has the id {account!r}.")
    opened = Account(row, as_of, _opportunity(records, account, as_of, opportunity))
    own = {row["id"]: row for row in records["people"] if row["account"] == account}
    if opened.opportunity is not None:
        _fill_opportunity(opened, records, own)
    for person in sorted(own):
        if own[person]["status"] not in ("left", "moved") or person in opened.seats:
            opened.people[person] = own[person]
    opened.units = sorted(
        (row for row in records.get("units", []) if row["account"] == account), key=lambda row: row["id"]
    )
    team = sorted(records.get("team", []), key=lambda row: row["id"])
    opened.members = {row["id"]: row for row in team if row["active"] is not False}
    opened.deciders = _deciders(opened)
    return opened


def _opportunity(records: Records, account: str, as_of: Date, named: str | None) -> Row | None:
    own = [row for row in records.get("opportunities", []) if row["account"] == account]
    if named is not None:
        found = next((row for row in own if row["id"] == named), None)
        if found is None:
            raise ValueError(f"The account has no opportunity {named!r}.")
        return found

    def order(row: Row) -> tuple[int, int, str]:
        bid = row["bid_date"]
        if bid is None:
            return 2, 0, row["id"]
        days = (bid - as_of).days
        return (0, days, row["id"]) if days >= 0 else (1, -days, row["id"])

    return min(own, key=order) if own else None


def _fill_opportunity(account: Account, records: Records, own: dict[str, Row]) -> None:
    assert account.opportunity is not None
    name = account.opportunity["id"]
    for row in records.get("participation", []):
        if row["opportunity"] == name and row["person"] in own:
            account.participation[row["person"]] = row
    steps = [row for row in records.get("steps", []) if row["opportunity"] == name]
    account.steps = sorted(steps, key=lambda row: (row["position"] is None, row["position"] or 0, row["id"]))
    ids = {row["id"] for row in steps}
    votes = [row for row in records.get("votes", []) if row["step"] in ids and row["person"] in own]
    account.votes = sorted(votes, key=lambda row: (row["step"], row["person"]))
    account.seats = set(account.participation) | {row["person"] for row in account.votes}


def _deciders(account: Account) -> set[str]:
    known = [person for person in account.people if account.known(person)]
    for role in ("D", "A"):
        holders = {person for person in known if role in account.roles(person)}
        if holders:
            return holders
    return {row["person"] for row in account.votes if account.known(row["person"])}
