"""Errors of the command line: the exit code of each class, and the error of a port."""

from __future__ import annotations

from graph.model.problem import InputError, SwaymapError
from graph.model.words import message

EXIT_CODES: dict[type[BaseException], int] = {
    SwaymapError: 2,
    KeyboardInterrupt: 130,
    BrokenPipeError: 0,  # The reader of the output went away (`swaymap people … | head`): nothing is wrong.
    BaseException: 1,
}
"""The exit code of each class of errors, and of its subclasses that are not named here."""


def exit_code_of(error: BaseException) -> int:
    """The exit code of an error: that of its class, else of the nearest base class that has one."""
    return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)


def port_taken(port: int) -> InputError:
    """A port on which something else listens."""
    return InputError("port_taken", message("problem.port_taken", port=port))
