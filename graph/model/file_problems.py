"""Errors of files that are to be written, and of the choices for what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph.model.echo import cut
from graph.model.problem import InputError
from graph.model.words import message


def cannot_write(path: Path, wrong: OSError) -> InputError:
    """A file that cannot be written."""
    return InputError("cannot_write", message("problem.cannot_write", path=str(path), why=wrong.strerror or str(wrong)))


def unknown_ending(path: Path | str, known: str) -> InputError:
    """A file, or an ending alone, that says nothing about what to write."""
    name = Path(path).name or str(path)
    return InputError("unknown_ending", message("problem.unknown_ending", path=name, known=known))


def unknown_choice(name: str, value: object, known: Sequence[str]) -> InputError:
    """An argument that is none of the values it may have."""
    explanation = message("problem.unknown_choice", name=name, value=cut(str(value)), known=", ".join(known))
    return InputError("unknown_choice", explanation)


def template_without_deck(path: Path) -> InputError:
    """A template for slides, where no slides are asked for."""
    return InputError("template_without_deck", message("problem.template_without_deck", path=path.name))


def needs_file(form: str) -> InputError:
    """A form that is no text, asked for on the screen."""
    return InputError("needs_file", message("problem.needs_file", form=form))


def file_is_there(path: Path) -> InputError:
    """A file that would be overwritten though it may hold a person's work."""
    return InputError("file_is_there", message("problem.file_is_there", path=str(path)))
