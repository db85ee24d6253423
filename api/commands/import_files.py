"""`swaymap import`: check files, then store all or nothing; a receipt, or everything that is wrong in one go."""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.opening import opened_store
from api.options import (
    DEFAULT_LANG,
    CalibrationOption,
    Format,
    FormatOption,
    Lang,
    LangOption,
    StoreOption,
    day_of,
    screen_text,
)
from api.progress import stages_shown
from api.settings import load_settings
from api.terminal import DataText, say, say_aside
from api.text.output import write_out
from api.text.receipts import count_of, receipt_in
from graph.model.words import text
from loaders.asked import Asked
from swaymap.importing import import_paths, suggested
from swaymap.store import calibration_of, today

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.store.protocol import GraphStore, Receipt, Target
    from loaders.findings import Finding

SHOWN = 100
"""How many findings of a kind are printed; the total is always said."""


def import_files(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help=screen_text("import.paths"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=screen_text("import.dry_run"))] = False,
    strict: Annotated[bool, typer.Option("--strict", help=screen_text("import.strict"))] = False,
    encoding: Annotated[str | None, typer.Option("--encoding", help=screen_text("import.encoding"))] = None,
    mapping: Annotated[Path | None, typer.Option("--map", metavar="FILE", help=screen_text("import.map"))] = None,
    as_kind: Annotated[str | None, typer.Option("--as", metavar="KIND", help=screen_text("import.as"))] = None,
    sync: Annotated[str | None, typer.Option("--sync", metavar="ACCOUNT", help=screen_text("import.sync"))] = None,
    yes: Annotated[bool, typer.Option("--yes", help=screen_text("import.yes"))] = False,
    suggest: Annotated[bool, typer.Option("--suggest", help=screen_text("import.suggest"))] = False,
    account: Annotated[
        str | None, typer.Option("--account", metavar="ID[=NAME]", help=screen_text("import.account"))
    ] = None,
    member: Annotated[str | None, typer.Option("--member", metavar="ID", help=screen_text("import.member"))] = None,
    our_domain: Annotated[
        list[str] | None, typer.Option("--our-domain", metavar="DOMAIN", help=screen_text("import.our_domain"))
    ] = None,
    until: Annotated[
        datetime.date | None,
        typer.Option("--until", metavar="DATE", parser=day_of("--until"), help=screen_text("import.until")),
    ] = None,
    add_unknown: Annotated[bool, typer.Option("--add-unknown", help=screen_text("import.add_unknown"))] = False,
    count_influence: Annotated[
        bool, typer.Option("--count-influence", help=screen_text("import.count_influence"))
    ] = False,
    review: Annotated[Path, typer.Option("--review", metavar="FILE", help=screen_text("import.review"))] = Path(
        "review.csv"
    ),
    empty_means_empty: Annotated[
        bool, typer.Option("--empty-means-empty", help=screen_text("import.empty_means_empty"))
    ] = False,
    derive: Annotated[bool, typer.Option("--derive/--no-derive", help=screen_text("import.derive"))] = True,
    store: StoreOption = None,
    lang: LangOption = DEFAULT_LANG,
    format_: FormatOption = Format.table,
    calibration: CalibrationOption = None,
) -> None:
    if suggest:
        write_out(DataText(suggested(paths, encoding)), None)
        return
    numbers, settings = calibration_of(calibration), load_settings()
    name, equals, full = (account or "").partition("=")
    asked = Asked(
        today=today(),
        encoding=encoding,
        strict=strict,
        caps=settings.file_caps(),
        as_kind=as_kind,
        mapping=mapping,
        account=name.strip() or None,
        account_name=full.strip() if equals else None,
        member=member,
        our_domains=frozenset(domain.strip().lower().removeprefix("@") for domain in our_domain or ()),
        add_unknown=add_unknown,
        count_influence=count_influence,
        until=until,
        empty_means_empty=empty_means_empty,
    )
    with opened_store(store) as opened:
        only_said = dry_run or (sync is not None and not yes)
        with _stopped_halfway(opened.graph_store, lang), stages_shown(lang) as stages:
            done = import_paths(
                opened.graph_store,
                paths,
                asked,
                sync=sync,
                new_names=yes,
                dry_run=only_said,
                review=review,
                stages=stages,
                calibration=numbers,
                recorded_by=settings.user,
            )
        _say_findings(done.findings.notices, lang)
        if done.receipt is None:
            _say_findings(done.findings.errors, lang)
            errors = len(done.findings.errors)
            say_aside(text("cli.import.refused.one" if errors == 1 else "cli.import.refused", lang, errors=errors))
            raise typer.Exit(2)
        if format_ is Format.table and dry_run:
            from api.text.import_preview import preview

            write_out(preview(done.batch, lang), None)
        beside = format_ is not Format.table
        _say_gone(done.gone, lang, beside)
        for path in done.written:
            (say_aside if beside else say)(text("cli.import.wrote", lang, path=path))
        write_out(receipt_in(format_, done.receipt, lang), None)
        if done.refused is not None:
            say_aside(done.refused.message.render(lang))
            raise typer.Exit(2)
        if format_ is Format.table:
            _say_outcome(done.receipt, opened.url, lang)
        if done.gone and only_said and not dry_run:
            (say_aside if beside else say)(text("cli.import.say_yes", lang))
        if derive and done.receipt.import_id is not None:
            opened.derive_where_shown(done.receipt.accounts, today(), numbers)
        if done.unwritten is not None:
            say_aside(done.unwritten.message.render(lang))
            raise typer.Exit(2)


@contextmanager
def _stopped_halfway(store: GraphStore, lang: Lang) -> Iterator[None]:
    """On an interrupt, say so where the import had been stored already; otherwise nothing of it was."""
    before = store.last_change()
    try:
        yield
    except KeyboardInterrupt:
        if store.last_change() == before:
            raise
        say_aside(text("cli.import.stopped_after", lang))
        raise typer.Exit(130) from None


def _say_outcome(receipt: Receipt, url: str, lang: Lang) -> None:
    """Print the outcome in a line after the receipt."""
    counts = {
        what: sum(getattr(count, what) for count in receipt.counts.values())
        for what in ("added", "changed", "unchanged")
    }
    if receipt.dry_run:
        say(text("cli.import.dry", lang, **counts))
        replaced = count_of(receipt, "name_replaced")
        if replaced:
            say(text("receipt.needs_yes", lang, count=replaced))
    elif receipt.import_id is None:
        say(text("cli.import.nothing", lang, **counts))
    else:
        say(text("cli.import.done", lang, id=receipt.import_id, store=url, **counts))
        if receipt.accounts:
            say(text("cli.import.accounts", lang, account=receipt.accounts[0]))


def _say_gone(gone: Sequence[Target], lang: Lang, beside: bool) -> None:
    """List the records that a sync removes, before anything else; on stderr where stdout is for a program."""
    tell = say_aside if beside else say
    if gone:
        tell(text("cli.import.gone", lang, count=len(gone)))
    for sheet, key in gone[:SHOWN]:
        tell(f"  {sheet}: {' / '.join(key)}")
    if len(gone) > SHOWN:
        tell(text("cli.import.more", lang, more=len(gone) - SHOWN))


def _say_findings(findings: Sequence[Finding], lang: Lang) -> None:
    for finding in findings[:SHOWN]:
        say_aside(f"{text(f'cli.import.{finding.severity}', lang)} {finding.place()}: {finding.text(lang)}")
    if len(findings) > SHOWN:
        say_aside(text("cli.import.more", lang, more=len(findings) - SHOWN))
