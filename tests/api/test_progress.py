"""The progress of a portfolio: a bar with its rate on a terminal, after a second; nothing anywhere else."""

from __future__ import annotations

import io
import threading

import pytest

from api.progress import AccountsBar, accounts_shown
from tests.api.conftest import Run


class Screen(io.StringIO):
    """A terminal that keeps what is written to it."""

    def isatty(self) -> bool:
        return True


class Clock:
    """Stands still until it is set."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return Screen()


def test_a_short_run_shows_nothing(screen: Screen) -> None:
    clock = Clock()
    bar = AccountsBar("en", screen, clock)
    clock.now += 0.9
    bar(500, 2000)
    clock.now += 5
    bar(2000, 2000)
    bar.close()
    assert screen.getvalue() == ""


@pytest.mark.parametrize(("lang", "words"), [("en", ("Computing accounts", "250/s")), ("zh", ("计算客户", "250/秒"))])
def test_a_long_run_shows_count_and_rate_without_a_thread(screen: Screen, lang: str, words: tuple[str, ...]) -> None:
    clock, threads = Clock(), threading.active_count()
    bar = AccountsBar(lang, screen, clock)
    clock.now += 2
    bar(500, 2000)
    assert threading.active_count() == threads
    seen = screen.getvalue()
    assert all(word in seen for word in (*words, "500/2000"))
    clock.now += 0.01
    bar(501, 2000)
    assert screen.getvalue() == seen, "it is not drawn again within a tenth of a second"
    clock.now += 1
    bar(1505, 2000)
    assert "1505/2000" in screen.getvalue()[len(seen) :]
    bar.close()
    assert screen.getvalue().endswith("\x1b[2K"), "the last thing is that its line is emptied"


def test_there_is_none_where_nobody_watches(monkeypatch: pytest.MonkeyPatch, screen: Screen) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with accounts_shown("en") as bar:
        assert bar is None
    monkeypatch.setattr("sys.stderr", screen)
    with accounts_shown("en") as bar:
        assert bar is not None


def test_a_bar_is_taken_away_also_when_the_work_fails(monkeypatch: pytest.MonkeyPatch, screen: Screen) -> None:
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("api.progress.WAIT", 0.0)

    def interrupted() -> None:
        with accounts_shown("en") as bar:
            assert bar is not None
            bar(5, 10)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert screen.getvalue().count("\x1b[?25h") == 1, "the cursor is shown again"


def test_a_piped_command_says_nothing_on_the_side(run: Run, sample_url: str) -> None:
    for jobs in ("1", "2"):
        assert run("coverage", "--store", sample_url, "--format", "json", "--jobs", jobs).stderr == ""
