"""How large files may be, where somebody wants it otherwise: `SWAYMAP_CAP_ROWS=500000`, one variable a limit."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from difflib import get_close_matches

from graph.model.problem import InputError
from graph.model.words import message
from loaders.caps import Caps

PREFIX = "SWAYMAP_CAP_"


def caps_asked(environment: Mapping[str, str] = os.environ) -> Caps:
    """The limits of files, as the environment has them. Raises InputError for a name or a number that is none."""
    names = {f"{PREFIX}{field.name.upper()}": field.name for field in fields(Caps)}
    asked: dict[str, int] = {}
    for variable, value in sorted(environment.items()):
        if not variable.startswith(PREFIX):
            continue
        if variable not in names:
            near = get_close_matches(variable, names, n=1, cutoff=0)[0]
            raise InputError("unknown_cap", message("import.unknown_cap", name=variable, near=near))
        if not (value.isascii() and value.isdigit() and int(value) > 0):
            raise InputError("bad_cap", message("import.bad_cap", name=variable, value=value[:40]))
        asked[names[variable]] = int(value)
    return Caps(**asked)
