"""Errors of the settings, each with the file and line or with the variable; and the files that hold a secret."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic_core import ErrorDetails

from api.http.limits import Limits
from graph.model.echo import cut
from graph.model.problem import InputError
from graph.model.words import Message, message

SECRETS = {"neo4j_password": "neo4j_password_file"}
"""The keys that may not stand in the file, each with the key for the path of a file with its value."""

MOST_BYTES = 100_000
"""Bytes of a settings file; a larger one is none."""

LONGEST_SECRET = 10_000


class SettingsFile:
    """A settings file, to say where in it something is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Raise InputError for a file that cannot be read or is not TOML, now or in the block that reads it."""
        try:
            status = self.path.stat()
            if not stat.S_ISREG(status.st_mode):
                # Opening a pipe would wait for its other end.
                raise self._unreadable(message("setting.why.no_file"))
            if status.st_size > MOST_BYTES:
                raise self._unreadable(message("setting.why.too_large", most=MOST_BYTES))
            yield
        except OSError as wrong:
            raise self._unreadable(wrong.strerror or str(wrong)) from None
        except UnicodeDecodeError:
            raise self._unreadable(message("setting.why.no_text")) from None
        except tomllib.TOMLDecodeError as wrong:
            raise self._not_toml(str(wrong)) from None

    def refuse_secrets(self, values: Mapping[str, Any]) -> None:
        """Raise InputError for a secret among the values."""
        for key, instead in SECRETS.items():
            if key in values:
                place = self.place_of((key,))
                raise InputError(
                    "setting_secret", message("setting.secret", name=place, instead=instead, variable=_variable(key))
                )

    def unknown_key(self, place: tuple[str, ...], known: Collection[str]) -> InputError:
        """The error of a key that is not declared, with the nearest one that is."""
        from rapidfuzz import process

        among = [key for key in known if key not in SECRETS]
        near = process.extractOne(place[-1], among)[0]
        explanation = message("setting.unknown", name=self.place_of(place), near=".".join((*place[:-1], near)))
        return InputError("setting_unknown", explanation)

    def place_of(self, place: tuple[str, ...]) -> Message:
        """A key with its line in the file."""
        setting, line = ".".join(map(cut, place)), self._line_of(place)
        return message(
            "setting.place" if line else "setting.place.no_line", setting=setting, file=str(self.path), line=line
        )

    def _line_of(self, place: tuple[str, ...]) -> int | None:
        """The line of a key of the file or of one of its tables; None where it cannot be told from single lines."""
        table, key = ("", place[0]) if len(place) == 1 else (place[0], place[1])
        current, in_table = "", None
        for number, line in enumerate(self.path.read_text(encoding="utf-8").splitlines(), 1):
            if header := re.match(r"\s*\[\s*\"?([^\]\"]+?)\"?\s*\]", line):
                current = header[1]
                if len(place) == 1 and current == key:
                    return number
            elif assigned := re.match(r"\s*\"?([\w-]+)\"?(?:\s*\.\s*\"?([\w-]+)\"?)?\s*=", line):
                names = (current, assigned[1]) if assigned[2] is None else (assigned[1], assigned[2])
                if names == (table, key):
                    return number
                if in_table is None and current == "" and assigned[1] == place[0]:
                    in_table = number
        return in_table

    def _unreadable(self, why: object) -> InputError:
        return InputError("settings_unreadable", message("setting.unreadable", file=str(self.path), why=why))

    def _not_toml(self, why: str) -> InputError:
        at = re.search(r"line (\d+), column (\d+)", why)
        text = self.path.read_text(encoding="utf-8")
        line, column = (int(at[1]), int(at[2])) if at else (len(text.splitlines()), len(text.splitlines()[-1]) + 1)
        return InputError(
            "settings_not_toml", message("setting.not_toml", file=str(self.path), line=line, column=column)
        )


def value_refused(name: object, place: tuple[str, ...], error: ErrorDetails) -> InputError:
    """The error of a value that does not fit its key; `name` is its variable, or its place in the file."""
    value = cut(str(error["input"])) or '""'
    if place[0] == "caps" and len(place) > 1:
        return InputError("bad_cap", message("import.bad_cap", name=name, value=value))
    if place[0] == "limits" and len(place) > 1:
        field = Limits.model_fields[place[1]]
        code = "not_a_limit" if field.annotation is int else "not_a_time"
        least = next(bound.ge for bound in field.metadata if hasattr(bound, "ge"))
        return InputError(f"setting_{code}", message(f"setting.{code}", name=name, value=value, least=least))
    if place[0] == "neo4j_staged_above":
        return InputError("setting_not_a_count", message("setting.not_a_count", name=name, value=value))
    if place[0] == "keep_columns":
        return InputError("setting_not_a_switch", message("setting.not_a_switch", name=name, value=value))
    if place[0] in ("limits", "caps"):
        return InputError("setting_not_a_table", message("setting.not_a_table", name=name, table=place[0]))
    if place[0] == "lang":
        return InputError("setting_not_a_language", message("setting.not_a_language", name=name, value=value))
    if error["type"] == "string_too_long":
        most = error.get("ctx", {})["max_length"]
        return InputError("setting_too_long", message("setting.too_long", name=name, value=value, most=most))
    return InputError("setting_not_a_text", message("setting.not_a_text", name=name, value=value))


def read_secret(path: Path) -> str:
    """The secret in a file, without the end of its line. Raises InputError where others can read the file."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            # Opening a pipe would wait for its other end.
            raise _secret_unreadable(path, message("setting.why.no_file"))
        with path.open("rb") as file:
            if os.name == "posix" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise InputError("secret_shared", message("setting.secret_shared", file=str(path)))
            secret = file.read(LONGEST_SECRET).decode().strip("\r\n")
    except OSError as wrong:
        raise _secret_unreadable(path, wrong.strerror or str(wrong)) from None
    except UnicodeDecodeError:
        raise _secret_unreadable(path, message("setting.why.no_text")) from None
    if not secret:
        raise _secret_unreadable(path, message("setting.why.empty"))
    return secret


def _secret_unreadable(path: Path, why: object) -> InputError:
    return InputError("secret_unreadable", message("setting.secret_unreadable", file=str(path), why=why))


def _variable(key: str) -> str:
    return f"SWAYMAP_{key}".upper()
