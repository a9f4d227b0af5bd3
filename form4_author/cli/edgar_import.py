"""``form4 import --ticker``, ``--cik``, ``--person``, ``--accession``: filings on EDGAR enter the register."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Final

from form4_author.cli.options import (
    READY,
    UNREADABLE,
    CommandParser,
    add_tickers,
    answer_at_terminal,
    as_of_date,
    own_stderr,
    write_notices,
    written_json,
)
from form4_author.errors import MalformedValue
from form4_author.ident.accession import accession_number
from form4_author.ident.cik import bare_cik, cik_typed
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from form4_author.desk.edgar_import import EdgarImport, ListedFilings, Wish
    from form4_author.desk.import_filing import Done
    from form4_author.edgar.filer import Entry
    from form4_author.edgar.source import Source

__all__ = ["add_edgar", "asked_contact", "from_edgar", "import_person", "run_edgar", "said"]

_OF_EDGAR: Final = ("ticker", "cik", "person", "accession")
_ASKED: Final = (
    "EDGAR asks every program for a name and an email address, sent with each request.\n"
    "They are stored in the settings.\nName and email address, such as Dana Cho dana.cho@example.com: "
)


def add_edgar(parser: CommandParser) -> None:
    """The options that read EDGAR."""
    group = parser.add_argument_group("from EDGAR")
    group.add_argument("--ticker", metavar="T", help="Forms 3, 4 and 5 about the issuer with this symbol")
    group.add_argument("--cik", type=_cik, metavar="N", help="about the issuer with this CIK")
    group.add_argument("--person", type=_cik, metavar="N", help="of the reporting person with this CIK")
    group.add_argument(
        "--accession", type=_accession, metavar="N", help="one filing; with --cik or --person it is found"
    )
    group.add_argument("--since", type=as_of_date, metavar="DATE", help="only those filed on DATE or later")
    group.add_argument("--dry-run", action="store_true", help="only say what would be fetched")
    add_tickers(group)


def _cik(text: str) -> str:
    try:
        return bare_cik(cik_typed(text))
    except MalformedValue as error:
        raise argparse.ArgumentTypeError(error.problem) from None


def _accession(text: str) -> str:
    try:
        return accession_number(text)
    except MalformedValue as error:
        raise argparse.ArgumentTypeError(error.problem) from None


def from_edgar(parser: CommandParser, options: argparse.Namespace) -> bool:
    """Whether the command reads EDGAR; a mixture of both ways ends it with exit code 2."""
    if not any(getattr(options, name) for name in _OF_EDGAR):
        if options.since or options.dry_run or options.tickers:
            parser.error("--since, --dry-run and --tickers go with --ticker, --cik, --person or --accession")
        return False
    if options.files or options.output:
        parser.error("give FILE and -o, or the options that read EDGAR, not both")
    if options.ticker and options.cik:
        parser.error("give --ticker or --cik, not both")
    return True


def asked_contact() -> Callable[[], str] | None:
    """Asks for the contact at the terminal; None where there is none."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return lambda: answer_at_terminal(_ASKED)


def run_edgar(options: argparse.Namespace) -> int:
    """Import from EDGAR; exit code 2 when a filing could not be read or entered."""
    from form4_author.desk.edgar import source_of
    from form4_author.desk.edgar_import import listed_by

    with closing(source_of(asked_contact(), lambda line: write_notices([line]))) as source:
        wish = _wish(options, source)
        listed = listed_by(source, wish)
        if options.dry_run:
            return _dry(source, listed, as_json=options.json)
        return _imported(source, wish, listed, options)


def import_person(cik: str, register: str | None) -> int:
    """Import a person's filings from EDGAR, as ``form4 import --person`` does."""
    from argparse import Namespace

    return run_edgar(
        Namespace(
            ticker=None, cik=None, person=cik, accession=None, since=None, tickers=None, dry_run=False,
            json=False, register=register,
        )
    )  # fmt: skip


def _wish(options: argparse.Namespace, source: Source) -> Wish:
    from form4_author.desk.edgar import company_meant, kept_tickers
    from form4_author.desk.edgar_import import Wish

    issuer = options.cik or ""
    if options.ticker:
        tickers = (kept_tickers(options.tickers) if options.tickers else None) or source.tickers()
        issuer = company_meant(tickers, options.ticker)
        write_notices([f"{options.ticker.upper()} is {tickers.names[issuer]} (CIK {issuer})."])
    return Wish(issuer, options.person or "", options.accession or "", options.since)


def _dry(source: Source, listed: ListedFilings, *, as_json: bool) -> int:
    """What would be fetched, without fetching it."""
    missing = [e for e in listed.entries if source.cache.filing(e.accession) is None]
    forms = Counter(entry.form for entry in listed.entries if entry.form)
    if as_json:
        written_json(
            [
                {"accession_number": e.accession, "form": e.form, "filed": str(e.filed or "")}
                for e in listed.entries
            ]
        )
        return READY
    by_form = ", ".join(f"{count} of Form {form}" for form, count in sorted(forms.items()))
    sys.stdout.write(
        f"{said(listed)}Would read {len(listed.entries)} filings{f' ({by_form})' if by_form else ''},"
        f" {len(missing)} of them over the network in about {_time(len(missing) / 5)}. Nothing was changed.\n"
    )
    return READY


def said(listed: ListedFilings) -> str:
    """Whose list it is, as the beginning of a line."""
    return visible(f"{listed.filer.name} (CIK {listed.filer.cik}): ") if listed.filer is not None else ""


def _time(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 90 else f"{seconds:.0f} seconds"


def _imported(source: Source, wish: Wish, listed: ListedFilings, options: argparse.Namespace) -> int:
    from form4_author.desk.edgar_import import EdgarImport
    from form4_author.desk.register import register_of

    if listed.filer is not None:
        write_notices([f"{said(listed)}{len(listed.entries)} filings are listed."])
    running = EdgarImport(source, register_of(options.register, create=True), wish)
    try:
        for _entry in _counted(running.run(listed), len(listed.entries), shown=not options.json):
            pass
    finally:
        _report(running, listed, as_json=options.json)
    return UNREADABLE if any(d.what == "refused" for d in running.done) else READY


def _counted(entries: Iterator[Entry], count: int, *, shown: bool) -> Iterable[Entry]:
    """The entries with rate and time left: a bar on a terminal, else a line now and then."""
    if not shown or count < 10:
        return entries
    from tqdm import tqdm

    seldom = 0.1 if sys.stderr.isatty() else 30.0
    return tqdm(
        entries,
        desc="EDGAR",
        total=count,
        unit=" filings",
        file=own_stderr(),
        mininterval=seldom,
        maxinterval=max(seldom, 10.0),
    )


def _report(running: EdgarImport, listed: ListedFilings, *, as_json: bool) -> None:
    """What became of each filing, what changed, and the counts."""
    from form4_author.desk.import_filing import correction_messages

    if as_json:
        written_json([{k: v for k, v in d._asdict().items() if v} for d in running.done])
        return
    for each in running.done:
        if each.what == "refused":
            sys.stderr.write(f"form4: {visible(f'{each.file}: {each.told}')}\n")
            continue
        for line in (*([each.told] if each.told else []), *correction_messages(each.corrected)):
            sys.stdout.write(visible(f"{each.file}: {line}") + "\n")
    changes, new = running.outcome()
    sys.stdout.writelines(f"Changed: {visible(line)}.\n" for line in changes)
    if any(new.values()):
        sys.stdout.write(f"New: {_numbered(new)}.\n")
    sys.stdout.write(f"{_counts(running, listed)}.\n")


def _numbered(new: Mapping[str, int]) -> str:
    """``1 issuer, 2 reporting persons``."""
    found = ((count, name if count > 1 else name.removesuffix("s")) for name, count in new.items() if count)
    return ", ".join(f"{count:,} {name}" for count, name in found)


def _counts(running: EdgarImport, listed: ListedFilings) -> str:
    done: list[Done] = running.done
    counts = {what: sum(d.what == what for d in done) for what in ("added", "known", "refused")}
    whom = "of another person or issuer" if running.wish.person else "about other issuers"
    words = [
        f"{counts['added']} added, {counts['known']} known already, {counts['refused']} refused",
        f"{running.other} {whom} left out" if running.other else "",
        f"{listed.without_xml + running.without_xml} without XML (before 2003) left out"
        if listed.without_xml + running.without_xml
        else "",
        f"{running.source.fetched} fetched from EDGAR",
    ]
    return "; ".join(filter(None, words))
