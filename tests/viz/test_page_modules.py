"""The joiner of the page's modules: order, scopes, and what it refuses."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.resources import files

import pytest

from viz.page.scripts import ENTRY, ScriptError, joined, page_script

FOLDER = files("viz.page").joinpath("script")

GOOD = {
    "start.js": 'import * as b from "./b.js";\nimport "./effects.js";\nimport { twice as double } from "./a.js";\n\n'
    "const own = double(b.three());\nconsole.log(own, seen());\n\nfunction seen() {\n  return globalThis.seen;\n}\n",
    "b.js": '// Three.\n\nimport { twice } from "./a.js";\n\nconst own = 1.5;\n/** @returns {number} */\n'
    "export const three = () => twice(own);\n",
    "a.js": "const own = 2;\n\nexport function twice(x) {\n  return own * x;\n}\nexport class Unused {}\n",
    "effects.js": "globalThis.seen = true;\n",
}

BAD = {
    "a cycle": (
        {"start.js": 'import * as a from "./a.js";', "a.js": 'import "./b.js";', "b.js": 'import "./a.js";'},
        "modules import each other: a.js → b.js → a.js",
    ),
    "itself": ({"start.js": 'import "./start.js";'}, "modules import each other: start.js → start.js"),
    "an unknown module": ({"start.js": 'import "./a.js";'}, "start.js: there is no module a.js"),
    "an unknown name": (
        {"start.js": 'import { b } from "./a.js";', "a.js": "const b = 1;"},
        "start.js: a.js exports no b",
    ),
    "a name imported twice": (
        {"start.js": 'import { b } from "./a.js";\nimport * as b from "./a.js";', "a.js": "export const b = 1;"},
        "start.js: b is imported and named a second time",
    ),
    "a name imported and declared": (
        {"start.js": 'import { b } from "./a.js";\nfunction b() {}', "a.js": "export const b = 1;"},
        "start.js: b is imported and named a second time",
    ),
    "an import after code": (
        {"start.js": 'a();\nimport "./a.js";', "a.js": ""},
        'start.js: an import after code: import "./a.js";',
    ),
    "a default import": ({"start.js": 'import a from "./a.js";', "a.js": ""}, "unknown form of import"),
    "an address": ({"start.js": 'import "https://example.org/a.js";'}, "unknown form of import"),
    "a default export": ({"start.js": "export default 1;"}, "unknown form of export"),
    "a list of exports": ({"start.js": "const a = 1;\nexport { a };"}, "unknown form of export"),
    "a variable that may change": ({"start.js": "export let a = 1;"}, "unknown form of export"),
    "a module that nobody imports": ({"start.js": "", "a.js": ""}, "a.js: no module that start.js imports imports it"),
    "no entry": ({"a.js": ""}, "there is no module start.js"),
}


@pytest.mark.parametrize("case", BAD)
def test_it_refuses(case: str) -> None:
    sources, words = BAD[case]
    with pytest.raises(ScriptError, match=re.escape(words)):
        joined(sources, "start.js")


def test_dependencies_come_first_and_equal_names_do_not_meet() -> None:
    script = joined(GOOD, "start.js")
    assert script.index("const $a =") < script.index("const $b =") < script.index("const own = double")
    assert script.count("const own =") == 3
    assert "//" not in script
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)


@pytest.mark.skipif(shutil.which("node") is None, reason="no Node.js on this machine")
def test_the_joined_script_does_what_the_modules_do() -> None:
    done = subprocess.run(["node", "-e", joined(GOOD, "start.js")], capture_output=True, text=True, check=True)
    assert done.stdout == "6 true\n"


def test_every_script_of_the_folder_is_in_the_page_once() -> None:
    names = [path.name.removesuffix(".js") for path in FOLDER.iterdir() if path.name.endswith(".js")]
    scopes = re.findall(r"^const \$(\w+) = \(\(\) => \{$", page_script(), re.MULTILINE)
    assert sorted([*scopes, ENTRY.removesuffix(".js")]) == sorted(names)


def test_painters_know_neither_the_window_nor_the_choices() -> None:
    """They get the scene and the look; only these two say what is drawn."""
    for name in ("bars", "curves", "discs", "ground", "labels", "sides"):
        source = FOLDER.joinpath(f"{name}.js").read_text(encoding="utf-8")
        imported = set(re.findall(r'from "\./(\w+)\.js";$', source, re.MULTILINE))
        assert not imported & {"view", "state", "theme", "picture", "look"}, name
