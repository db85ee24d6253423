"""The application: routes, error handlers and request checks, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from api.http import account_routes, health_routes, index_page, portfolio_routes, strategy_routes
from api.http.answers import Answers, KeptFirst
from api.http.computing.computation import Computing, InThisProcess
from api.http.guard import LocalHostsOnly
from api.http.head import HeadAsGet
from api.http.limits import Limits
from api.http.problems import install_problems
from api.http.request_limits import RequestLimits
from api.http.urls import API
from graph.model.calibration import Calibration
from graph.store.protocol import GraphStore


def create_app(
    store: GraphStore, calibration: Calibration, limits: Limits | None = None, computing: Computing | None = None
) -> FastAPI:
    """The web explorer and HTTP API on a store. The app closes the store when it shuts down.

    Answers are computed by `computing`; without it in threads of this process, which no limit of time can stop.
    """
    computing, limits = computing or InThisProcess(), limits or Limits()
    answers = Answers(store, calibration, limits)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await computing.start()
        yield
        await computing.close()
        store.close()

    app = FastAPI(
        title="swaymap",
        version=version("swaymap"),
        summary="Who decides, who sways them, who on the team can reach them.",
        openapi_url=f"{API}/openapi.json",
        docs_url=None,  # its page would load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.store = store
    app.state.calibration = calibration
    app.state.computing = computing
    app.state.answers = answers
    install_problems(app)
    app.include_router(account_routes.router)
    app.include_router(strategy_routes.router)
    app.include_router(portfolio_routes.router)
    app.include_router(health_routes.router)
    app.include_router(index_page.router)
    app.add_middleware(KeptFirst, answers=answers)
    app.add_middleware(HeadAsGet)
    app.add_middleware(LocalHostsOnly)
    app.add_middleware(RequestLimits, limits=limits)
    return app
