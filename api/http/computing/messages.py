"""Messages between server and worker: pickled values, each after its length.

Both ends are swaymap's own processes, joined by private pipes. The store and the calibration are not sent but
named: each process puts its own in their place.
"""

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from graph.model.problem import SwaymapError

LENGTH = struct.Struct(">Q")
"""The length of a message in bytes, which goes before it."""


def dumped(value: Any, own: Mapping[str, object] | None = None) -> bytes:
    """A value as bytes; these objects of the process are named in it."""
    buffer = io.BytesIO()
    _Pickler(buffer, {id(value): name for name, value in (own or {}).items()}).dump(value)
    return buffer.getvalue()


def loaded(content: bytes, by_name: Callable[[str], object] | None = None) -> Any:
    """The value of these bytes; `by_name` gives the objects of the process that are named in it."""
    return _Unpickler(io.BytesIO(content), by_name).load()


def framed(content: bytes) -> bytes:
    """A message as it goes through a pipe."""
    return LENGTH.pack(len(content)) + content


def read_message(pipe: BinaryIO) -> bytes | None:
    """The next message of a pipe, or None where the other end has closed it."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    content = pipe.read(length)
    return content if len(content) == length else None


class _Pickler(pickle.Pickler):
    def __init__(self, file: BinaryIO, named: Mapping[int, str]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._named = named

    def persistent_id(self, value: Any) -> str | None:
        return self._named.get(id(value))

    def reducer_override(self, value: Any) -> Any:
        # A problem is not made again from what it was made from: its classes differ in that.
        if isinstance(value, SwaymapError):
            return _problem, (type(value), value.args, value.__dict__)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: BinaryIO, by_name: Callable[[str], object] | None) -> None:
        super().__init__(file)
        self._by_name = by_name

    def persistent_load(self, name: str) -> Any:
        if self._by_name is None:
            raise pickle.UnpicklingError(name)
        return self._by_name(name)


def _problem(kind: type[SwaymapError], arguments: tuple[Any, ...], state: dict[str, Any]) -> SwaymapError:
    problem = kind.__new__(kind, *arguments)
    problem.__dict__.update(state)
    return problem
