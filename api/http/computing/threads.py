"""Calls that may block, in threads that do not keep the server from its end."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


async def in_thread(call: Callable[[], T]) -> T:
    """The result of a call in a daemon thread. Where this is cancelled the call goes on, and nobody gets its result."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def tell(result: Any, wrong: BaseException | None) -> None:
        if done.cancelled():
            return
        if wrong is None:
            done.set_result(result)
        else:
            done.set_exception(wrong)

    def run() -> None:
        result, wrong = None, None
        try:
            result = call()
        except BaseException as raised:
            wrong = raised
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(tell, result, wrong)

    threading.Thread(target=run, daemon=True).start()
    return await done
