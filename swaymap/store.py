"""A store of accounts: read them, import into it, look through its history."""

from __future__ import annotations

import contextlib
import datetime
import os
import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from graph.model.days import as_day
from graph.store.scope import Scope
from swaymap.account import Account, records_of_days

if TYPE_CHECKING:
    from pandas import DataFrame

    from graph.analysis.ground.columns import CodedAccount
    from graph.analysis.ground.team_columns import TeamColumns
    from graph.analysis.history.compare import Comparison
    from graph.analysis.history.compared_map import ComparedMap
    from graph.model.calibration import Calibration
    from graph.model.dataset import Dataset
    from graph.store.derived import Derived
    from graph.store.protocol import GraphStore, Receipt
    from loaders.asked import Asked
    from swaymap.importing import Imported

ALL = Scope.all()

Day = datetime.date | str
"""A day, or an ISO date such as `2026-11-23`."""


def open_store(
    url: str | os.PathLike[str],
    *,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    scope: Scope = ALL,
) -> Store:
    """Open the store at an address.

    Args:
        url: `sqlite:///my.db` or a path that ends in .db, else `neo4j://…`, `neo4j+s://…`, `bolt://…`. `swaymap store
            info` prints that of the command line.
        user: the user at Neo4j; `neo4j` when None.
        password: the password at Neo4j. It is never part of the address.
        database: the database at Neo4j; `neo4j` when None.
        scope: the accounts and columns that may be read; everything by default.

    Returns:
        A Store; use it in a `with` block, or close it.

    Raises:
        SwaymapError: the address is none (InputError), or the server does not answer (StoreError).

    >>> with open_store("sqlite:///of-a-new-team.db") as new:
    ...     len(new.accounts())
    0
    """
    from graph.store import open_store as open_graph_store

    return Store(open_graph_store(os.fspath(url), user=user, password=password, database=database), scope)


def today() -> datetime.date:
    """The day from which an account is seen when none is given. Nothing else reads the clock for one."""
    return datetime.date.today()


def calibration_of(given: Calibration | Path | str | None) -> Calibration:
    """The numbers of the method: those given, those of a file, or the defaults. Raises InputError for a bad file."""
    from graph.model.calibration import Calibration, load_calibration

    if isinstance(given, Calibration):
        return given
    return load_calibration(None if given is None else Path(given))


class Store:
    """A store of accounts, opened by `open_store`: a context manager that closes it.

    Attributes:
        graph_store: what lies below, for whatever this class does not offer.
        scope: the accounts and columns that may be read.

    >>> store
    Store('sqlite:///.../swaymap.db')
    """

    def __init__(self, graph_store: GraphStore, scope: Scope = ALL) -> None:
        self.graph_store = graph_store
        self.scope = scope

    def __repr__(self) -> str:
        return f"Store({self.url!r})"

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of every connection. Accounts that were read stay usable, but for their history and `team`.

        >>> another = open_store("another.db")
        >>> another.close()
        """
        self.graph_store.close()

    @property
    def url(self) -> str:
        """The address, without credentials.

        >>> store.url
        'sqlite:///.../swaymap.db'
        """
        return self.graph_store.url

    # Reading

    def accounts(self) -> DataFrame:
        """A DataFrame with a row an account, by id: see `swaymap.frames.accounts_frame`.

        >>> store.accounts()["id"].tolist()
        ['linjiang', 'qinglan']
        """
        from swaymap.frames import accounts_frame

        return accounts_frame(self.graph_store.accounts(scope=self.scope))

    def account(
        self,
        account: str,
        *,
        as_of: Day | None = None,
        opportunity: str | None = None,
        calibration: Calibration | Path | str | None = None,
    ) -> Account:
        """An account as of a day, from the records as they are stored now.

        Args:
            account: the account, by id or name.
            as_of: the day from which it is seen; today when None.
            opportunity: the opportunity, by id or name; the one with the nearest bid when None.
            calibration: the numbers of the method, or their file; the defaults when None.

        Raises:
            UnknownRecord: there is no such account; the message names the nearest. An opportunity that is not there is
                found when the first part is computed.
            AmbiguousName: several accounts have the name.
            InputError: the day or the file of numbers is none.

        >>> store.account("Qinglan Mobile", as_of="2026-11-23")
        Account('qinglan', as_of='2026-11-23')
        """
        day, numbers = as_day(today() if as_of is None else as_of, "as_of"), calibration_of(calibration)
        records, identity = self._records_of(account)
        return Account(records, identity, day, numbers, self.graph_store, self.scope, opportunity)

    def account_ids(self, after: str | None = None, limit: int | None = None) -> list[str]:
        """The ids of the accounts after an id, in order, at most `limit`.

        >>> store.account_ids()
        ['linjiang', 'qinglan']
        """
        return self.graph_store.account_ids(after, limit, scope=self.scope)

    def account_id(self, account: str) -> str:
        """The id of an account that is given by id or name. Raises as `account`; only the names are read.

        >>> store.account_id("青岚移动")
        'qinglan'
        """
        from graph.analysis.ground.unknown import check_reference

        check_reference(account)
        if self._is_stored(account):
            return account
        return self._id_of_name(account)

    def find_person(self, person: str) -> tuple[str, str]:
        """The account of a person and the person's id, among the people of all accounts.

        Raises UnknownRecord with the nearest where nobody has this id or name, AmbiguousName where several have.

        >>> store.find_person("Lin Qiuyue")
        ('qinglan', 'lin-qiuyue')
        """
        from graph.analysis.ground.unknown import called, check_reference
        from graph.model import Person

        check_reference(person)
        homes = [account for account in self.graph_store.owners("people", [person]) if self.scope.has(account)]
        if homes:
            return min(homes), person

        known = self.graph_store.known(("people",)).of(Person)
        people = [record for record in known if self.scope.has(record.account)]
        identity = called("people", person, people)
        return next(record.account for record in people if record.id == identity), identity

    def columns(self, accounts: Sequence[str]) -> tuple[Mapping[str, CodedAccount], TeamColumns]:
        """The coded columns of those of these accounts that are stored, by id, and the team's.

        They are what the portfolio is computed from; what had to be coded is kept in the store where that is possible.

        >>> list(store.columns(["qinglan", "nobody"])[0])
        ['qinglan']
        """
        from swaymap.portfolio import columns_of

        return columns_of(self.graph_store, accounts, self.scope)

    def portfolio(self, *, as_of: Day | None = None, calibration: Calibration | Path | str | None = None) -> DataFrame:
        """A DataFrame with a row an opportunity, over all accounts: see `swaymap.frames.portfolio_frame`.

        Args:
            as_of: the day from which they are seen; today when None.
            calibration: the numbers of the method, or their file; the defaults when None.

        >>> store.portfolio(as_of="2026-11-23")["opportunity"].dropna().tolist()
        ['core-renewal']
        """
        from swaymap.frames import portfolio_frame
        from swaymap.portfolio import portfolio_rows

        return portfolio_frame(
            list(
                portfolio_rows(self, as_day(today() if as_of is None else as_of, "as_of"), calibration_of(calibration))
            )
        )

    def history(self, account: str | None = None, *, since: Day | None = None) -> DataFrame:
        """A DataFrame with a row a change of a record, as it was stored: see `swaymap.frames.history_frame`.

        Args:
            account: the account, by id or name; all when None.
            since: the first day (UTC).

        >>> store.history("qinglan")["sheet"].nunique() > 1
        True
        """
        from swaymap.frames import history_frame

        identity = None if account is None else self.account_id(account)
        first = None if since is None else as_day(since, "since")
        return history_frame(self.graph_store.history(identity, since=first, scope=self.scope))

    def compare(
        self,
        account: str,
        from_date: Day,
        to_date: Day,
        opportunity: str | None = None,
        calibration: Calibration | Path | str | None = None,
    ) -> Comparison:
        """Two days of an account, each with the records as they were stored at its end: see `Account.compare`.

        >>> store.compare("qinglan", "2026-11-01", "2026-11-23").account
        'qinglan'
        """
        from graph.analysis.history.compare import compare

        return compare(*self._two_days(account, from_date, to_date), opportunity, calibration_of(calibration))

    def compared_map(
        self,
        account: str,
        from_date: Day,
        to_date: Day,
        opportunity: str | None = None,
        calibration: Calibration | Path | str | None = None,
    ) -> ComparedMap:
        """Two days of an account as one map. Raises as `compare`.

        >>> store.compared_map("qinglan", "2026-11-01", "2026-11-23").ghosts
        ()
        """
        from graph.analysis.history.compared_map import compared_map

        return compared_map(*self._two_days(account, from_date, to_date), opportunity, calibration_of(calibration))

    # Writing

    def import_files(
        self,
        *paths: Path | str,
        dry_run: bool = False,
        new_names: bool = False,
        sync: str | None = None,
        asked: Asked | None = None,
        calibration: Calibration | Path | str | None = None,
        recorded_by: str | None = None,
    ) -> Receipt:
        """Check files, then store all of them or nothing, as `swaymap import` does.

        Args:
            paths: files, or folders of files.
            dry_run: only say what would be stored.
            new_names: names may be replaced by wholly different ones.
            sync: an account that becomes equal to the files: what they do not hold of it is removed.
            asked: how the files are to be read (`loaders.asked.Asked`); as of today when None.
            calibration: the numbers of the method, or their file; the defaults when None.
            recorded_by: who records it, for the journal; `SWAYMAP_USER` or the login name when None.

        Returns:
            The receipt: counts by sheet, and the cells that are different (`receipt.cells`).

        Raises:
            InputError: something in the files is wrong; every error is in its `findings`, and nothing was stored.
            NamesReplaced: names would be replaced by wholly different ones.

        >>> from loaders import sample_company
        >>> with sample_company() as folder:
        ...     receipt = store.import_files(folder, dry_run=True)
        >>> receipt.written
        0
        """
        from loaders.asked import Asked
        from swaymap.importing import import_paths

        numbers = calibration_of(calibration)
        imported = import_paths(
            self.graph_store,
            [Path(path) for path in paths],
            asked or Asked(today=today()),
            sync=sync,
            new_names=new_names,
            dry_run=dry_run,
            calibration=numbers,
            recorded_by=recorded_by,
        )
        return self._stored(imported, numbers)

    def import_frames(
        self,
        frames: Mapping[str, DataFrame] | None = None,
        *,
        dry_run: bool = False,
        new_names: bool = False,
        asked: Asked | None = None,
        calibration: Calibration | Path | str | None = None,
        recorded_by: str | None = None,
        **more: DataFrame,
    ) -> Receipt:
        """Check DataFrames, then store all of them or nothing: the same checks and messages as for files.

        Args:
            frames: DataFrames by the name of their sheet (`people`, `influences`, …).
            dry_run: only say what would be stored.
            new_names: names may be replaced by wholly different ones.
            asked: how the frames are to be read (`loaders.asked.Asked`); as of today when None.
            calibration: the numbers of the method, or their file; the defaults when None.
            recorded_by: who records it, for the journal; `SWAYMAP_USER` or the login name when None.
            more: more DataFrames, by the name of their sheet.

        Returns:
            The receipt: counts by sheet, and the cells that are different (`receipt.cells`).

        Raises:
            InputError: something in the frames is wrong; every error is in its `findings`, and nothing was stored.

        What is not read, such as a column that is not known, is said as a warning (UserWarning).

        >>> import pandas
        >>> people = pandas.DataFrame({"id": ["wu-tao"], "account": ["qinglan"], "title": ["Chief Engineer"]})
        >>> [(cell.column, cell.new) for cell in store.import_frames(people=people, dry_run=True).cells]
        [('title', 'Chief Engineer')]
        """
        from loaders.asked import Asked
        from swaymap.importing import by_name, import_frames

        numbers = calibration_of(calibration)
        imported = import_frames(
            self.graph_store,
            by_name(frames, more),
            asked or Asked(today=today()),
            new_names=new_names,
            dry_run=dry_run,
            calibration=numbers,
            recorded_by=recorded_by,
        )
        return self._stored(imported, numbers)

    def derive(
        self, account: str, *, as_of: Day | None = None, calibration: Calibration | Path | str | None = None
    ) -> Derived:
        """Write the computed ties and numbers of an account beside its records, for Neo4j's own tools.

        Raises NothingToDerive for a store in a file, which cannot show them.

        >>> store.derive("qinglan", as_of="2026-11-23")
        Traceback (most recent call last):
        graph.store.problems.NothingToDerive: ...
        """
        from graph.store.derived import derived_of

        made = derived_of(self.account(account, as_of=as_of, calibration=calibration).report)
        self.graph_store.derive(made)
        return made

    def derive_where_shown(self, accounts: Iterable[str], as_of: datetime.date, calibration: Calibration) -> None:
        """`derive` for accounts whose records have changed; nothing on a store in a file, which shows none.

        >>> store.derive_where_shown(["qinglan"], qinglan.as_of, qinglan.calibration)
        """
        from graph.store.problems import NothingToDerive

        with contextlib.suppress(NothingToDerive):
            for account in accounts:
                self.derive(account, as_of=as_of, calibration=calibration)

    # Below

    def _stored(self, imported: Imported, calibration: Calibration) -> Receipt:
        """The receipt of an import, after which the store shows what is computed of its accounts.

        What was left out of the files, such as a column that is not known, is a warning (UserWarning).

        Raises InputError with the findings where the import was refused, else what kept it from being stored.
        """
        from swaymap.importing import refusal, spoken

        if imported.refused is not None:
            raise imported.refused
        if imported.receipt is None:
            raise refusal(imported.findings)
        if imported.receipt.import_id is not None:
            self.derive_where_shown(imported.receipt.accounts, today(), calibration)
        for notice in spoken(imported.findings.notices):
            warnings.warn(notice.render("en"), stacklevel=3)
        return imported.receipt

    def _records_of(self, account: str) -> tuple[Dataset, str]:
        """The records of an account, and its id."""
        from graph.analysis.ground.unknown import check_reference
        from graph.model import Account as AccountRecord

        check_reference(account)
        records = self.graph_store.read([account], scope=self.scope)
        if any(record.id == account for record in records.of(AccountRecord)):
            return records, account
        identity = self._id_of_name(account)
        return self.graph_store.read([identity], scope=self.scope), identity

    def _is_stored(self, account: str) -> bool:
        return self.scope.has(account) and bool(self.graph_store.owners("accounts", [account]))

    def _id_of_name(self, account: str) -> str:
        from graph.analysis.ground.unknown import called
        from graph.model import Account as AccountRecord

        names = self.graph_store.names("accounts").items()
        return called(
            "accounts",
            account,
            [AccountRecord(id=identity, name=name) for identity, name in names if self.scope.has(identity)],
        )

    def _two_days(
        self, account: str, from_date: Day, to_date: Day
    ) -> tuple[Dataset, Dataset, str, datetime.date, datetime.date]:
        """The records of an account as they were stored on two days, its id, and the days."""
        identity, first, last = self.account_id(account), as_day(from_date, "from_date"), as_day(to_date, "to_date")
        before, after = records_of_days(self.graph_store, self.scope, identity, (first, last))
        return before, after, identity, first, last
