"""`make bench`: every benchmark, a table, and bench.json. Names after the command run only those."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import (
    imports,
    layout,
    lists,
    maps,
    million,
    network,
    painting,
    people,
    portfolio,
    portfolio_neo4j,
    reading,
    reports,
    serving,
    slides,
    starting,
    strategy,
)
from benchmarks.measuring import Result

BENCHMARKS: dict[str, Callable[[], Result]] = {
    "report_60": reports.report_60,
    "report_60_first": reports.report_60_first,
    "report_60_numpy": reports.report_60_numpy,
    "report_5000": reports.report_5000,
    "report_5000_memory": reports.report_5000_memory,
    "people_20000": people.people_20000,
    "people_20000_from_store": people.people_20000_from_store,
    "people_20000_memory": people.people_20000_memory,
    "plan_60x5x10": strategy.plan_60x5x10,
    "departures_60": strategy.departures_60,
    "account_graph_60": network.account_graph_60,
    "account_graph_5000": network.account_graph_5000,
    "reach": network.reach,
    "portfolio_2000x60": portfolio.portfolio_2000x60,
    "portfolio_first": portfolio.portfolio_first,
    "team_of_200": portfolio.team_of_200,
    "portfolio_two_processes": portfolio.portfolio_two_processes,
    "rows_on_screen": portfolio.rows_on_screen,
    "portfolio_memory": portfolio.portfolio_memory,
    "columns_size": portfolio.columns_size,
    "portfolio_dask": portfolio.portfolio_dask,
    "neo4j_portfolio_200": portfolio_neo4j.neo4j_portfolio_200,
    "list_20000": lists.list_20000,
    "compare_one": lists.compare_one,
    "import_sqlite_csv": imports.import_sqlite_csv,
    "import_neo4j_csv": imports.import_neo4j_csv,
    "import_neo4j_1m": million.import_neo4j_1m,
    "import_sqlite_csv_memory": imports.import_sqlite_csv_memory,
    "read_csv_1m": reading.read_csv_1m,
    "read_csv_1m_memory": reading.read_csv_1m_memory,
    "import_csv_1m": reading.import_csv_1m,
    "read_xlsx_100k": reading.read_xlsx_100k,
    "read_mbox_100k": reading.read_mbox_100k,
    "start_people": starting.start_people,
    "livez": serving.livez,
    "http_coverage": serving.http_coverage,
    "http_304": serving.http_304,
    "http_map": serving.http_map,
    "layout_60": layout.layout_60,
    "layout_500": layout.layout_500,
    "layout_5000": layout.layout_5000,
    "layout_growth": layout.layout_growth,
    "paint_500": painting.paint_500,
    "paint_500_growth": painting.paint_500_growth,
    "paint_5000": painting.paint_5000,
    "pan_5000": painting.pan_5000,
    "page_size_5000": painting.page_size_5000,
    "page_5000": maps.page_5000,
    "deck": slides.deck_of_sample,
}


def main(names: list[str]) -> None:
    """Run the benchmarks asked for, or all, and write what they measured."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"No benchmark is called {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.")
    results: dict[str, Result] = {}
    for name in names or BENCHMARKS:
        sys.stderr.write(f"{name} …\n")
        results[name] = BENCHMARKS[name]()
    path = Path("bench.json")
    path.write_text(json.dumps({"results": {name: asdict(item) for name, item in results.items()}}, indent=2) + "\n")
    _print(results)


def _print(results: dict[str, Result]) -> None:
    table = Table(
        "benchmark", "ours", "peer", "unit", "ratio", title="Medians; a ratio above 1 is better than the peer"
    )
    for name, result in results.items():
        table.add_row(name, f"{result.ours:.4g}", f"{result.peer:.4g}", result.unit, f"{result.ratio:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
