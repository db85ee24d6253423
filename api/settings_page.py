"""The page docs/settings.md, made from the declaration: every key with its variable, default and purpose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.http.limits import Limits
from api.settings import PREFIXES, Settings
from api.text.output import write_out
from graph.model.page import markdown_table

HEAD = """# Settings

Settings stand in one TOML file: the one of `--settings FILE`, which every command takes, else of the variable
`SWAYMAP_SETTINGS`, else `settings.toml` in your config folder (on Linux `~/.config/swaymap/settings.toml`). Each key
can also be set as an environment variable, which overrides the file; an option of a command overrides both.

```toml
store = "neo4j://graph.example:7687"
user = "Wang Lei"
lang = "zh"
neo4j_user = "swaymap"
neo4j_password_file = "neo4j.secret"

[limits]
connections = 400

[caps]
rows = 500_000
```

An unknown key in the file is refused, with the nearest one that there is; so is a value that does not fit. Unknown
variables that begin with `SWAYMAP_` are ignored, and an empty variable counts as not set. Secrets never stand in the
file: it names a file that only its owner can read (mode 0600), or the secret is set as a variable. All settings hold
for the whole program or server, not for single users of it."""

FOOT = """The keys of the table `caps` are in [importing.md](importing.md#what-a-file-may-not-do), with their defaults.
The variable of `rows` is `SWAYMAP_CAP_ROWS`, and so on.

This page is made by `make docs` from `api/settings.py`; change it there."""


def settings_page() -> str:
    """The page as it stands in docs/settings.md."""
    own = {name: field for name, field in Settings.model_fields.items() if name not in PREFIXES}
    parts = [
        HEAD,
        _table(own, "SWAYMAP_"),
        "## The table `limits`\n\nWhat a request meets beyond each of them is in [http.md](http.md).",
        _table(Limits.model_fields, PREFIXES["limits"]),
        "## The table `caps`",
        FOOT,
    ]
    return "\n\n".join(parts) + "\n"


def _table(fields: dict[str, Any], prefix: str) -> str:
    return markdown_table(("key", "variable", "default", "what it is"), _rows(fields, prefix))


def _rows(fields: dict[str, Any], prefix: str) -> Iterator[tuple[str, ...]]:
    for name, field in fields.items():
        description = " ".join((field.description or "").split())
        yield f"`{name}`", f"`{prefix}{name.upper()}`", _written(field.default), description


def _written(default: Any) -> str:
    if default is None:
        return ""
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return f"{default:,}" if isinstance(default, (int, float)) else f"`{default}`"


if __name__ == "__main__":
    write_out(settings_page(), None)
