"""The command line: one command a file in `api.commands`; exit code 0 done, 2 wrong input, 1 an internal fault."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from api.commands import (
    accounts,
    brief,
    compare,
    coverage,
    demo,
    import_files,
    imports,
    leads,
    map_file,
    paths,
    people,
    plan,
    serve,
    store,
    team,
    template,
    undo,
    what_if,
)
from api.options import SCREEN_LANG, SettingsOption, screen_text
from api.problems import exit_code_of
from api.settings import FILE_VARIABLE, load_settings, settings_from, split_option
from api.terminal import escaped, guarded_output, say_aside
from graph.model.problem import SwaymapError


class Commands(TyperGroup):
    """Turns what goes wrong in any command into one sentence and an exit code, never a traceback."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run a command with the settings file that it names; everything that it prints goes through `api.terminal`."""
        settings, arguments = split_option(sys.argv[1:] if args is None else args)
        with guarded_output(), settings_from(settings):
            return super().main(arguments, *rest, **options)

    def make_context(self, *args: Any, **options: Any) -> Any:
        """The context of a command. Raises usage errors, each in one line."""
        with _usage_errors_in_one_line():
            return super().make_context(*args, **options)

    def invoke(self, ctx: Any) -> Any:
        """Run a command to its end, its output sent."""
        try:
            with _usage_errors_in_one_line():
                done = super().invoke(ctx)
            sys.stdout.flush()
            return done
        except SwaymapError as problem:
            say_aside(problem.message.render(SCREEN_LANG))
            raise typer.Exit(exit_code_of(problem)) from None
        except KeyboardInterrupt as interrupt:
            say_aside(screen_text("interrupted"))
            raise typer.Exit(exit_code_of(interrupt)) from None
        except BrokenPipeError as closed:
            raise typer.Exit(exit_code_of(closed)) from None
        except Exception as fault:
            if isinstance(fault, (typer.Exit, typer.Abort)) or _is_usage(fault):
                raise
            if os.environ.get("SWAYMAP_DEBUG"):
                traceback.print_exc()
            say_aside(screen_text("fault", what=f"{type(fault).__name__}: {fault}"))
            raise typer.Exit(exit_code_of(fault)) from None


app = typer.Typer(
    cls=Commands,
    name="swaymap",
    help=screen_text("help"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


@app.callback()
def all_commands(settings: SettingsOption = None) -> None:
    """Run before each command: a settings file that is named is read, also by commands that need no setting."""
    # `Commands.main` has taken the option out of the command line, so that it may stand anywhere in it.
    if os.environ.get(FILE_VARIABLE):
        load_settings()


app.command("demo", help=screen_text("demo.help"), epilog="swaymap demo --out my-demo")(demo.demo)
app.command("template", help=screen_text("template.help"), epilog="swaymap template my.xlsx")(template.template)
app.command("import", help=screen_text("import.help"), epilog="swaymap import my.xlsx --dry-run")(
    import_files.import_files
)
app.command("undo", help=screen_text("undo.help"), epilog="swaymap undo 3 --dry-run")(undo.undo)
app.command("imports", help=screen_text("imports.help"), epilog="swaymap imports --limit 20")(imports.imports)
app.command("accounts", help=screen_text("accounts.help"), epilog="swaymap accounts --format json")(accounts.accounts)
app.command("people", help=screen_text("people.help"), epilog="swaymap people qinglan --as-of 2026-11-23")(
    people.people
)
app.command(
    "coverage", help=screen_text("coverage.help"), epilog="swaymap coverage qinglan --format json -o report.json"
)(coverage.coverage)
app.command("paths", help=screen_text("paths.help"), epilog="swaymap paths qinglan --to zhao-mingyuan --k 3")(
    paths.paths
)
app.command(
    "what-if", help=screen_text("what_if.help"), epilog="swaymap what-if qinglan --without wu-tao --stance pan-yi=2"
)(what_if.what_if)
app.command("plan", help=screen_text("plan.help"), epilog="swaymap plan qinglan --days 30")(plan.plan)
app.command(
    "compare", help=screen_text("compare.help"), epilog="swaymap compare qinglan --from 2026-10-01 --to 2026-11-23"
)(compare.compare)
app.command("leads", help=screen_text("leads.help"), epilog="swaymap leads qinglan")(leads.leads)
app.command("team", help=screen_text("team.help"), epilog="swaymap team qinglan")(team.team)
app.command("brief", help=screen_text("brief.help"), epilog="swaymap brief su-wen --member sun-li")(brief.brief)
app.command("map", help=screen_text("map.help"), epilog="swaymap map qinglan -o map.html --lang zh")(map_file.map_file)
app.command("serve", help=screen_text("serve.help"), epilog="swaymap serve --port 8000")(serve.serve)
app.add_typer(store.app, name="store", help=screen_text("store.help"))


def main() -> None:
    """Run the command line."""
    app()


def _is_usage(fault: Exception) -> bool:
    return type(fault).__module__.startswith(("click", "typer"))


@contextmanager
def _usage_errors_in_one_line() -> Iterator[None]:
    """Typer puts what was typed into its messages as it is, line breaks too."""
    try:
        yield
    except Exception as fault:
        if _is_usage(fault) and isinstance(message := getattr(fault, "message", None), str):
            fault.message = escaped(message)  # type: ignore[attr-defined]
        raise
