"""Mappings that were used are kept by the header that they fit, and used again for a table with the same header."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_config_path

from graph.private_files import make_folder, write_file

if TYPE_CHECKING:
    from loaders.mapping import TableMap


def mappings_folder() -> Path:
    """Where mappings are kept: a folder of the user's."""
    return user_config_path("swaymap") / "mappings"


def keep(used: Iterable[tuple[TableMap, Sequence[str]]], folder: Path) -> list[Path]:
    """Keep mappings, each with the header that it fitted; the files that are new or different."""
    import yaml

    from loaders.mapping import fingerprint

    written = []
    for table, header in used:
        path = folder / f"{fingerprint(header)}.yaml"
        document = {"source": table.name, "tables": [table.model_dump(mode="json", exclude_defaults=True)]}
        text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            make_folder(folder)
            write_file(path, text)
            written.append(path)
    return written


def kept(folder: Path, header: Sequence[str]) -> TableMap | None:
    """The mapping that was kept for a header. Raises Unreadable for one that somebody has broken since."""
    from loaders.mapping import fingerprint, load_mapping

    path = folder / f"{fingerprint(header)}.yaml"
    return load_mapping(path).tables[0] if path.exists() else None
