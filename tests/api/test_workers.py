"""Worker processes: what they compute, how they are limited, ended and replaced."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path
from typing import Any, TypeVar

import pytest
from starlette.exceptions import HTTPException

from api.http.computing import process
from api.http.computing.computation import Computation
from api.http.computing.pool import Workers
from api.http.computing.problems import NotComputed, ServerFull, ServerStops, TooMuchTime
from api.http.computing.process import share_processors
from api.http.computing.tasks import Fault
from api.http.limits import Limits
from graph.model.calibration import load_calibration
from graph.model.problem import UnknownRecord
from graph.store import open_store
from graph.store.problems import StoreError
from tests.api import computations
from tests.api.waiting import LONGEST, is_running, wait_for

T = TypeVar("T")

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _workers_find_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@dataclass(frozen=True)
class Pool:
    """Workers on a store, and the objects that each process gives its computations."""

    workers: Workers
    own: dict[str, object]

    def run(self, function: Callable[..., T], **arguments: Any) -> Coroutine[Any, Any, T]:
        return self.workers.run(Computation(function, arguments))

    async def process(self) -> int:
        """The process that answers next."""
        return (await self.run(computations.where, **self.own))[0]

    async def begun(self, function: Callable[..., T], path: Path, **more: Any) -> tuple[asyncio.Task[T], int]:
        """A computation that has begun, and in which process."""
        task = asyncio.ensure_future(self.run(function, begun=path, **more))
        await asyncio.to_thread(wait_for, lambda: path.exists() or task.done(), "the computation begins")
        if task.done():
            await task
        return task, int(path.read_text())


@contextlib.asynccontextmanager
async def pool_on(url: str, **limits: float) -> AsyncIterator[Pool]:
    """Workers on a store, closed at the end."""
    store, calibration = open_store(url), load_calibration(None)
    workers = Workers(url, store, calibration, Limits(**{"computing": 1, **limits}))  # type: ignore[arg-type]
    await workers.start()
    try:
        yield Pool(workers, {"store": store, "calibration": calibration})
    finally:
        await workers.close()
        store.close()


async def ended(process: int) -> None:
    await asyncio.to_thread(wait_for, lambda: not is_running(process), f"{process} ends")


def test_a_worker_opens_the_store_itself_and_stays(sample_url: str) -> None:
    async def check() -> None:
        async with pool_on(sample_url) as pool:
            process, url, accounts = await pool.run(computations.where, **pool.own)
            assert process != os.getpid()
            assert (url, accounts) == (sample_url, len(open_store(sample_url).accounts()))
            assert await pool.process() == process
        assert not is_running(process)

    asyncio.run(check())


def test_numpy_has_one_thread_in_a_worker(sample_url: str) -> None:
    async def check() -> None:
        async with pool_on(sample_url) as pool:
            assert await pool.run(computations.threads) == 1

    asyncio.run(check())


def test_who_says_how_many_threads_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    share_processors()
    assert (os.environ["OPENBLAS_NUM_THREADS"], os.environ["OMP_NUM_THREADS"]) == ("1", "3")


def test_what_a_computation_prints_or_reads_is_no_message(sample_url: str) -> None:
    async def check() -> None:
        async with pool_on(sample_url) as pool:
            assert await pool.run(computations.chatter) == ""
            assert await pool.run(computations.chatter) == ""

    asyncio.run(check())


def test_what_a_computation_raises_arrives_whole(sample_url: str) -> None:
    async def check() -> None:
        async with pool_on(sample_url) as pool:
            with pytest.raises(UnknownRecord) as unknown:
                await pool.run(computations.unknown)
            with pytest.raises(UnknownRecord) as expected:
                computations.unknown()
            assert str(unknown.value) == str(expected.value)
            assert unknown.value.message.render("zh") == expected.value.message.render("zh")
            assert vars(unknown.value) == vars(expected.value)
            with pytest.raises(HTTPException) as unacceptable:
                await pool.run(computations.unacceptable)
            assert (unacceptable.value.status_code, unacceptable.value.headers) == (406, {"X-More": "1"})

    asyncio.run(check())


def test_a_fault_is_logged_without_what_it_says(sample_url: str, caplog: pytest.LogCaptureFixture) -> None:
    async def check() -> None:
        async with pool_on(sample_url) as pool:
            process = await pool.process()
            with pytest.raises(Fault, match="KeyError"):
                await pool.run(computations.faulty)
            assert await pool.process() == process

    asyncio.run(check())
    logged = caplog.text
    assert "KeyError" in logged
    assert "in faulty" in logged
    assert "stays in the process'" not in logged


def test_a_computation_has_so_much_processor_time(sample_url: str, tmp_path: Path) -> None:
    async def check() -> None:
        async with pool_on(sample_url, question_seconds=0.05, long_seconds=0.1) as pool:
            for function, key, seconds in (
                (computations.work, "account", "0.05"),
                (computations.work_long, "days", "0.1"),
            ):
                task, process = await pool.begun(function, tmp_path / key)
                with pytest.raises(TooMuchTime) as refused:
                    await task
                assert refused.value.message.key == f"http.too_large.{key}"
                for lang in ("en", "zh"):
                    assert seconds in refused.value.message.render(lang)
                assert not is_running(process)
                assert await pool.process() != process

    asyncio.run(check())


def test_time_spent_waiting_is_no_processor_time(sample_url: str, tmp_path: Path) -> None:
    async def check() -> None:
        async with pool_on(sample_url, question_seconds=0.05, answer_seconds=1) as pool:
            await pool.process()
            task, process = await pool.begun(computations.hang, tmp_path / "begun")
            with pytest.raises(NotComputed):
                await task
            await ended(process)

    asyncio.run(check())


def test_a_computation_that_is_cancelled_ends_its_process_at_once(sample_url: str, tmp_path: Path) -> None:
    async def check() -> None:
        async with pool_on(sample_url) as pool:
            for function in (computations.hang, computations.work_long):
                task, process = await pool.begun(function, tmp_path / function.__name__)
                task.cancel()
                await ended(process)
                assert task.cancelled()
                assert await pool.process() != process

    asyncio.run(check())


def test_a_process_that_dies_is_replaced_and_asked_again_once(sample_url: str, tmp_path: Path) -> None:
    async def check() -> None:
        async with pool_on(sample_url) as pool:
            assert await pool.run(computations.die, until=tmp_path / "once", times=1) == 1
            with pytest.raises(NotComputed):
                await pool.run(computations.die, until=tmp_path / "always", times=9)
            assert (tmp_path / "always").stat().st_size == 2
            with pytest.raises(NotComputed):
                await pool.run(computations.exhausted)
            idle = await pool.process()
            os.kill(idle, signal.SIGKILL)
            assert await pool.process() != idle

    asyncio.run(check())


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")
def test_a_pool_that_stops_while_it_starts_leaves_the_fork_server_to_others(sample_url: str) -> None:
    async def check() -> None:
        async with pool_on(sample_url) as pool:
            await pool.process()
            server = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
            threads = threading.active_count()
            with process._one_at_a_time:  # a start waits in its thread while the pool is closed
                async with pool_on(sample_url):
                    while threading.active_count() == threads:
                        await asyncio.sleep(0)
            assert await pool.run(computations.where, **pool.own)
            await asyncio.to_thread(wait_for, lambda: threading.active_count() <= threads + 1, "the start ends")
            async with pool_on(sample_url) as another:
                assert await another.process()
            assert is_running(server)

    asyncio.run(check())


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")
def test_a_fork_server_that_dies_is_replaced(sample_url: str) -> None:
    async def check() -> None:
        async with pool_on(sample_url, computing=2) as pool:
            idle = await pool.process()
            os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)  # type: ignore[attr-defined]
            os.kill(idle, signal.SIGKILL)
            assert await pool.process() != idle

    asyncio.run(check())


def test_who_finds_all_computing_waits_a_little_and_is_sent_away(sample_url: str, tmp_path: Path) -> None:
    async def check() -> None:
        async with pool_on(sample_url, computing=2, queue_seconds=0.2) as pool:
            hanging = [await pool.begun(computations.hang, tmp_path / name) for name in ("one", "two")]
            assert len({process for _, process in hanging}) == 2
            with pytest.raises(ServerFull):
                await pool.process()
            hanging[0][0].cancel()
            assert await pool.process() not in {process for _, process in hanging}

    asyncio.run(check())


def test_who_waits_comes_next(sample_url: str, tmp_path: Path) -> None:
    async def check() -> None:
        async with pool_on(sample_url, queue_seconds=LONGEST) as pool:
            task, _ = await pool.begun(computations.hang, tmp_path / "begun")
            waiting = asyncio.ensure_future(pool.process())
            task.cancel()
            assert await waiting

    asyncio.run(check())


def test_stopping_ends_what_is_computed_and_what_waits(sample_url: str, tmp_path: Path) -> None:
    async def check() -> None:
        async with pool_on(sample_url, queue_seconds=LONGEST) as pool:
            task, process = await pool.begun(computations.hang, tmp_path / "begun")
            waiting = asyncio.ensure_future(pool.process())
            pool.workers.stop()
            for awaited in (task, waiting):
                with pytest.raises(ServerStops):
                    await awaited
            await ended(process)
            with pytest.raises(ServerStops):
                await pool.process()

    asyncio.run(check())


def test_no_worker_takes_a_store_that_is_gone_for_a_new_one(tmp_path: Path, sample_url: str) -> None:
    file = tmp_path / "swaymap.db"
    url = f"sqlite:///{file}"

    async def check() -> None:
        async with pool_on(url, computing=2) as pool:
            hanging, _ = await pool.begun(computations.hang, tmp_path / "begun", store=pool.own["store"])
            assert (await pool.run(computations.where, **pool.own))[2] == 0
            shutil.copy(sample_url.removeprefix("sqlite:///"), file)
            assert (await pool.run(computations.where, **pool.own))[2] > 0
            file.unlink()
            hanging.cancel()
            for _ in range(3):
                with pytest.raises(StoreError):
                    await pool.run(computations.where, **pool.own)

    asyncio.run(check())


def test_a_store_that_cannot_be_opened_is_tried_again(tmp_path: Path, sample_url: str) -> None:
    folder = tmp_path / "away"
    url = f"sqlite:///{folder / 'swaymap.db'}"
    folder.mkdir()

    async def check() -> None:
        async with pool_on(url) as pool:
            folder.rmdir()
            with pytest.raises(StoreError) as refused:
                await pool.process()
            assert refused.value.code == "no_folder"
            folder.mkdir()
            assert await pool.process()

    asyncio.run(check())
