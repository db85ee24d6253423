"""What the doors themselves can find wrong: files that cannot be written, views that do not exist."""

from __future__ import annotations

from pathlib import Path

from graph.model.problem import Problem
from graph.model.words import message


def cannot_write(path: Path, wrong: OSError) -> Problem:
    """A file that cannot be written."""
    return Problem("cannot_write", message("problem.cannot_write", path=str(path), why=wrong.strerror or str(wrong)))


def unknown_ending(path: Path, known: str) -> Problem:
    """A file whose name's ending says nothing about what to write."""
    return Problem("unknown_ending", message("problem.unknown_ending", path=path.name, known=known))


def template_without_deck(path: Path) -> Problem:
    """A template for slides, where no slides are asked for."""
    return Problem("template_without_deck", message("problem.template_without_deck", path=path.name))


def needs_file(form: str) -> Problem:
    """A form that is no text, asked for on the screen."""
    return Problem("needs_file", message("problem.needs_file", form=form))


def file_is_there(path: Path) -> Problem:
    """A file that would be overwritten though it may hold a person's work."""
    return Problem("file_is_there", message("problem.file_is_there", path=str(path)))


def port_taken(port: int) -> Problem:
    """A port on which something else listens."""
    return Problem("port_taken", message("problem.port_taken", port=port))
