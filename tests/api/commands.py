"""Every command of the application, as it declares them: for tests that must hold of all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from api.command_line import app


def _each(group: Any, parents: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _each(command, (*parents, name))
        else:
            yield (*parents, name), command


COMMANDS: dict[tuple[str, ...], Any] = dict(_each(get_command(app)))
"""The commands by their words: `("store", "info")`."""
