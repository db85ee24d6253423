"""The decision graph of an account in Python: stores, accounts, maps and data frames.

    import swaymap

    with swaymap.open_store("sqlite:///my.db") as store:
        qinglan = store.account("qinglan")
        qinglan.people              # a pandas DataFrame, one row a person
        qinglan.graph               # a networkx.MultiDiGraph
        qinglan.map().save("map.html")

`docs/python.md` has more. pandas, networkx, scipy and pyvis are imported when they are used. The examples in the
docstrings have `store`, which holds the sample company, and `qinglan`, its account as of 2026-11-23.
"""

import importlib.util
import sys
from pathlib import Path


def _check_packages() -> None:
    """Raise ImportError where another module has the name of one of the packages that swaymap is made of."""
    ours = Path(__file__).resolve().parents[1]
    for name in ("graph", "loaders", "viz", "api"):
        spec = sys.modules[name].__spec__ if name in sys.modules else importlib.util.find_spec(name)
        if spec is None:
            raise ImportError(f"The package {name} of swaymap is not installed: install swaymap again.", name=name)
        places = [Path(place) for place in spec.submodule_search_locations or ()]
        if [place.resolve() for place in places] == [ours / name]:
            continue
        origin = spec.origin or next(map(str, places), "a module without a file")
        raise ImportError(
            f"{origin} hides the package {name} of swaymap ({ours / name}): rename it, or start in another folder.",
            name=name,
            path=origin,
        )


_check_packages()

from graph.analysis.ground.unknown import AmbiguousName
from graph.model.problem import InputError, SwaymapError, UnknownRecord
from graph.store.scope import Scope
from swaymap.account import Account
from swaymap.power_map import PowerMap
from swaymap.store import Store, open_store

__all__ = [
    "Account",
    "AmbiguousName",
    "InputError",
    "PowerMap",
    "Scope",
    "Store",
    "SwaymapError",
    "UnknownRecord",
    "open_store",
]
