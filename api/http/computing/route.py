"""From a request to its answer: a route's function is computed where the application computes, not where it serves."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.http.answers import Answers
from api.http.computing.answer import Answer
from api.http.computing.computation import Computation, Computing

T = TypeVar("T")


class ComputedRouter(APIRouter):
    """A router for plain functions that compute an Answer: `def coverage(store: StoreOf, …) -> Answer`.

    FastAPI checks the parameters in the server; the function itself is called where the application computes, so it
    must stand in a module, and what it is given must be picklable, but for the store and the calibration: each
    process has its own.
    """

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **settings: Any) -> None:
        super().add_api_route(path, _served(endpoint), **settings)


async def answered(request: Request, computation: Computation[Answer]) -> Response:
    """The response to a request, computed unless it is kept or the caller goes before.

    All computed answers leave here.
    """
    answers: Answers = request.app.state.answers
    try:
        return await answers.response(request.scope, computation, partial(computed, request))
    except ClientGone:
        return gone()


async def computed(request: Request, computation: Computation[T]) -> T:
    """The result of a computation. Raises ClientGone, and gives the computation up, where the caller goes before."""
    computing: Computing = request.app.state.computing
    running = asyncio.ensure_future(computing.run(computation))
    left = asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait({running, left}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            return running.result()
        left.result()
        raise ClientGone
    finally:
        running.cancel()
        left.cancel()
        await asyncio.gather(running, left, return_exceptions=True)


class ClientGone(Exception):
    """Nobody waits for the answer any more."""


def gone() -> Response:
    """A response that nobody receives; its status stands in logs, as proxies write it."""
    return Response(status_code=499)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _served(function: Callable[..., Answer]) -> Callable[..., Coroutine[Any, Any, Response]]:
    """The endpoint of a function: it takes the same parameters and the request."""

    async def serve(request: Request, **arguments: Any) -> Response:
        return await answered(request, Computation(function, arguments))

    signature = inspect.signature(function, eval_str=True)
    own = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)
    serve.__name__, serve.__doc__ = function.__name__, function.__doc__
    serve.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [own, *signature.parameters.values()], return_annotation=Response
    )
    return serve
