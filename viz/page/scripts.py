"""The page's script: vis-network as pyvis ships it, and our own ES modules joined into one.

The modules are joined here rather than bundled by a tool of Node.js, so that nothing but Python is needed. Each module
becomes a function scope that returns its exports, dependencies first. The joiner reads the lines that begin with
`import` and `export` and knows no other form of them than those in `joined`; it refuses what it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

ENTRY = "start.js"
"""The module that all others are reached from."""

_UNREAD = re.compile(r"^\s*(?:(?:/\*\*.*?\*/|//[^\n]*)[ \t]*\n\s*)*", re.MULTILINE | re.DOTALL)
"""Indents, empty lines, and comments that have lines of their own."""
_IMPORT = re.compile(r'import (?:(?:\* as (?P<space>\w+)|\{ (?P<names>[\w ,]+) \}) from )?"\./(?P<module>[\w-]+\.js)";')
_COMMENT = ("//", "/*", " *")
_NAME = re.compile(r"(\w+)(?: as (\w+))?")
_DECLARED = re.compile(
    r"(?P<exported>export )?(?:(?:async )?function\*?|class|const|(?P<let>let|var)) (?P<name>[\w$]+)"
)


class ScriptError(ValueError):
    """A module that cannot be joined: names the module and the line or name at fault."""


@dataclass(slots=True)
class _Module:
    """A module: its code without import and export, what it imports, what it declares and exports."""

    name: str
    code: str
    imports: list[tuple[str, str, str | None]] = field(default_factory=list)
    """Module, name here, and the name there; None for the namespace. A name here is empty for no name at all."""
    exports: list[str] = field(default_factory=list)

    @property
    def variable(self) -> str:
        """The variable that holds its exports in the joined script."""
        return "$" + re.sub(r"\W", "_", self.name.removesuffix(".js"))


@cache
def vis_network() -> str:
    """vis-network from the installed pyvis, without its source-map comment: a browser would request the map."""
    # The folder is found without importing pyvis, which would load networkx and IPython for the sake of one file.
    spec = find_spec("pyvis")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent.joinpath("templates", "lib", "vis-9.1.2", "vis-network.min.js")
    source = path.read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", source)


@cache
def page_script() -> str:
    """Our modules as one script, without comments and indents: every page carries it."""
    folder = files(__package__).joinpath("script")
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".js"))
    return joined({name: folder.joinpath(name).read_text(encoding="utf-8") for name in names}, ENTRY)


def joined(sources: Mapping[str, str], entry: str) -> str:
    """ES modules as one classic script: each in a function scope, dependencies before those that import them.

    Imports stand one a line before all code: `import * as a from "./a.js";`, `import { b, c as d } from "./a.js";` or
    `import "./a.js";`. Exports are written before a top-level `const`, `function` or `class`.

    Raises ScriptError for other forms, an unknown module or name, a name imported twice or declared as well, modules
    that import each other, and a module that the entry does not reach.

    >>> print(joined({"a.js": "export const one = 1;", "b.js": 'import { one } from "./a.js";\\nalert(one);'}, "b.js"))
    (() => {
    'use strict';
    const $a = (() => {
    const one = 1;
    return { one };
    })();
    const { one } = $a;
    alert(one);
    })();
    <BLANKLINE>
    """
    modules = {name: _read(name, source) for name, source in sources.items()}
    for module in modules.values():
        _check_imports(module, modules)
    order = _ordered(entry, modules)
    unused = sorted(set(modules) - set(order))
    if unused:
        raise ScriptError(f"{unused[0]}: no module that {entry} imports imports it")
    parts = [line for name in order[:-1] for line in _scope(modules[name], modules)]
    parts += _body(modules[entry], modules)
    return "\n".join(["(() => {", "'use strict';", *parts, "})();", ""])


def _read(name: str, source: str) -> _Module:
    """A module taken apart; only lines that are not indented can be imports and declarations of the module."""
    module = _Module(name, "")
    declared: set[str] = set()
    code: list[str] = []
    for line in source.splitlines():
        match = _DECLARED.match(line)
        if re.match(r"import\b", line):
            if any(other.strip() and not other.startswith(_COMMENT) for other in code):
                raise ScriptError(f"{name}: an import after code: {line}")
            module.imports += _imports(name, line)
            continue
        if re.match(r"export\b", line) and (match is None or match["let"]):
            raise ScriptError(f"{name}: unknown form of export: {line}")
        if match is not None:
            declared.add(match["name"])
            module.exports += [match["name"]] if match["exported"] else []
        code.append(line.removeprefix("export "))
    here = [own for _, own, _ in module.imports if own]
    clashes = sorted({own for own in here if here.count(own) > 1 or own in declared})
    if clashes:
        raise ScriptError(f"{name}: {clashes[0]} is imported and named a second time")
    module.code = _UNREAD.sub("", "\n".join(code) + "\n").rstrip("\n")
    return module


def _imports(name: str, line: str) -> Iterator[tuple[str, str, str | None]]:
    match = _IMPORT.fullmatch(line)
    if match is None:
        raise ScriptError(f"{name}: unknown form of import: {line}")
    if match["space"]:
        yield match["module"], match["space"], None
    elif match["names"]:
        for part in match["names"].split(", "):
            pair = _NAME.fullmatch(part)
            if pair is None:
                raise ScriptError(f"{name}: unknown form of import: {line}")
            yield match["module"], pair[2] or pair[1], pair[1]
    else:
        yield match["module"], "", None


def _check_imports(module: _Module, modules: Mapping[str, _Module]) -> None:
    for source, _, name in module.imports:
        if source not in modules:
            raise ScriptError(f"{module.name}: there is no module {source}")
        if name is not None and name not in modules[source].exports:
            raise ScriptError(f"{module.name}: {source} exports no {name}")


def _ordered(entry: str, modules: Mapping[str, _Module]) -> list[str]:
    """Every module that the entry reaches, after those that it imports; the entry last."""
    done: dict[str, None] = {}

    def visit(name: str, path: Sequence[str]) -> None:
        if name in path:
            raise ScriptError("modules import each other: " + " → ".join([*path[path.index(name) :], name]))
        if name in done:
            return
        for source, _, _ in modules[name].imports:
            visit(source, [*path, name])
        done[name] = None

    if entry not in modules:
        raise ScriptError(f"there is no module {entry}")
    visit(entry, [])
    return list(done)


def _scope(module: _Module, modules: Mapping[str, _Module]) -> Iterator[str]:
    yield f"const {module.variable} = (() => {{"
    yield from _body(module, modules)
    yield f"return {{ {', '.join(module.exports)} }};" if module.exports else "return {};"
    yield "})();"


def _body(module: _Module, modules: Mapping[str, _Module]) -> Iterator[str]:
    for source, own, name in module.imports:
        if own and name is None:
            yield f"const {own} = {modules[source].variable};"
        elif own:
            yield f"const {{ {own if own == name else f'{name}: {own}'} }} = {modules[source].variable};"
    yield module.code
