"""``form4 status``: what became of submissions, from EDGAR's API or, without tokens, from the public list."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author.cli.edgar_import import asked_contact
from form4_author.cli.options import (
    FINDINGS,
    READY,
    UNREADABLE,
    CommandParser,
    hidden_answer,
    write_notices,
)
from form4_author.cli.submit import attempt_words, clock, outcome_words
from form4_author.desk.edgar_secret import tokens_for
from form4_author.desk.receipt import all_receipts, receipts_of
from form4_author.desk.secret import SecretSource
from form4_author.desk.submission import packet_draft
from form4_author.desk.submission_status import (
    asked,
    findings_of,
    is_wrong_kind,
    is_young,
    looked_up,
    mark_filed,
    waits,
)
from form4_author.edgar.address import filing_address_in
from form4_author.edgar.refusal import EdgarError
from form4_author.errors import Form4Error
from form4_author.ident.accession import accession_in
from form4_author.page.report import finding_text
from form4_author.text import visible

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from form4_author.desk.receipt import Receipt
    from form4_author.edgar.sender import Sender
    from form4_author.edgar.source import Source

__all__ = ["command_parser", "run"]

_AFTER: Final = (
    "Keep the signed authentication documents for five years (Regulation S-T, Rule 302(b)).",
    "{issuer} posts the form on its website, if it has one, by the end of the next business day (Rule 16a-3(k)).",
)
_WITHOUT: Final = "watches the public list instead"
_HELD: Final = "EDGAR holds it until the SEC's staff acts on it (BLOCKED)."


def run(word: str, arguments: Sequence[str]) -> int:
    """Say what became of submissions; exit code 1 when one was suspended, 2 when one is not known."""
    options = command_parser(word).parse_args(arguments)
    receipts = _meant(options.what)
    if not receipts:
        sys.stdout.write("No submission is open.\n" if options.what is None else "Nothing was sent.\n")
        return READY
    with ExitStack() as held:
        watch = _Watch(options, _sender(options, receipts, held))
        receipts = watch.run(receipts)
    for receipt in receipts:
        _written(receipt)
    _mark(receipts, options)
    return _code(receipts)


def _meant(what: str | None) -> list[Receipt]:
    """The receipts meant: those of a draft, packet or envelope, of a number, or all on which EDGAR may say more."""
    if what is None:
        every = all_receipts()
        accepted = {(r.draft_path, r.part, r.mode) for r in every if r.result == "accepted"}
        is_over = [r.outcome == "unknown" and (r.draft_path, r.part, r.mode) in accepted for r in every]
        return [
            r for r, over in zip(every, is_over, strict=True) if (r.is_open and not over) or _is_unrecorded(r)
        ]
    path = Path(what)
    if not path.exists() and accession_in(what) is not None:
        number = accession_in(what)
        found = [receipt for receipt in all_receipts() if receipt.accession_number == number]
        if not found:
            raise Form4Error(f"No receipt has the number {number}", remedy="Give the draft or the packet")
        return found
    receipts = receipts_of(packet_draft(path) if path.is_dir() else path)
    live = [receipt for receipt in receipts if receipt.mode == "LIVE"]
    last = (live or receipts)[-1:]
    return [r for r in receipts if r.is_open or r in last or (last and r.begun == last[0].begun)]


def _is_unrecorded(receipt: Receipt) -> bool:
    """Whether it was accepted and its draft is not marked as filed."""
    return receipt.mode == "LIVE" and receipt.result == "accepted" and not _is_filed(receipt)


def _is_filed(receipt: Receipt) -> bool:
    from form4_author.files import draft_file

    try:
        return draft_file.load(Path(receipt.draft_path)).draft.interview.filed is not None
    except Form4Error:  # an envelope, or a draft that is no longer there: there is nothing to mark
        return True


def _sender(options: argparse.Namespace, receipts: Sequence[Receipt], held: ExitStack) -> Sender | None:
    """The API, where a status is to be asked for and the filer has a token."""
    if not any(receipt.is_open and receipt.accession_number for receipt in receipts):
        return None
    is_asked = options.token_fd is not None or options.keyring or sys.stdin.isatty()
    source = SecretSource(hidden_answer, options.token_fd, keyring=options.keyring)
    tokens = tokens_for(source, both=False, without=_WITHOUT) if is_asked else None
    if tokens is None or not tokens.filer:
        return None
    from form4_author.desk import edgar
    from form4_author.edgar.sender import Sender

    return held.enter_context(Sender(filing_address_in(os.environ), tokens, edgar.time))


class _Watch:
    """Asks until EDGAR is done with each, or once."""

    def __init__(self, options: argparse.Namespace, sender: Sender | None) -> None:
        self._options = options
        self._sender = sender
        self._shown: dict[tuple[str, int], str] = {}

    def run(self, receipts: Sequence[Receipt]) -> list[Receipt]:
        """The receipts as they are in the end."""
        from form4_author.desk import edgar

        found = [self._asked(receipt) for receipt in receipts]
        for seconds in waits() if self._options.watch else ():
            if not any(receipt.is_open for receipt in found):
                break
            for receipt in found:
                self._progress(receipt)
            edgar.time.sleep(seconds)
            found = [self._asked(receipt) for receipt in found]
        return found

    def _progress(self, receipt: Receipt) -> None:
        """A line where something changed."""
        words, key = outcome_words(receipt), (receipt.draft_path, receipt.number)
        if receipt.is_open and self._shown.get(key) != words:
            self._shown[key] = words
            sys.stdout.write(f"{visible(words)[:1].upper()}{visible(words)[1:]}.\n")
            sys.stdout.flush()

    def _asked(self, receipt: Receipt) -> Receipt:
        """The receipt with what EDGAR says now, by the API or the public list."""
        if not receipt.is_open:
            return receipt
        try:
            known = self._by_api(receipt)
            if known.is_final or receipt.mode != "LIVE":
                return known
            last = known.answers[-1] if known.answers else {}
            is_known = last.get("http_status") == 200 or is_young(known, clock())
            if self._sender is not None and known.accession_number and is_known:
                return known
            return self._by_list(known)
        except EdgarError as error:
            write_notices([str(error)])
            return receipt

    def _by_api(self, receipt: Receipt) -> Receipt:
        if self._sender is None or not receipt.accession_number:
            return receipt
        known = asked(receipt, self._sender, clock())
        last = known.answers[-1] if known.answers else {}
        if last.get("http_status") in (401, 403):
            said = " ".join(message["text"] for message in last["messages"])
            raise EdgarError(
                f"EDGAR does not accept the token ({last['http_status']}): {said.rstrip('.')}",
                remedy="Make a new one at EDGAR Filer Management",
            )
        return known

    def _by_list(self, receipt: Receipt) -> Receipt:
        from form4_author.desk.edgar import source_of

        notice: Callable[[str], None] = lambda line: write_notices([line])  # noqa: E731
        with closing(source_of(asked_contact(), notice)) as source:
            return _listed(receipt, source)


def _listed(receipt: Receipt, source: Source) -> Receipt:
    found = looked_up(receipt, source)
    if found.similar and not found.receipt.is_final:
        numbers = ", ".join(found.similar)
        write_notices(
            [f"On the public list since then: {numbers}. Compare with the form; one of them may be it."]
        )
    return found.receipt


# ---- what is said


def _written(receipt: Receipt) -> None:
    """What became of one submission."""
    lines = [
        f"Form {receipt.form}, {', '.join(filter(None, receipt.persons)) or receipt.draft}, {receipt.issuer}:"
    ]
    lines.append(f"  {attempt_words(receipt, clock())}.")
    if receipt.status == "BLOCKED":
        lines.append(f"  {_HELD}")
    if receipt.outcome == "unknown":
        lines.append(
            "  It was not found on EDGAR so far. EDGAR may have it: look at EDGAR's e-mail too before you"
        )
        lines.append("  send it with form4 submit --again or upload it by hand.")
    if receipt.mode == "TEST" and receipt.result == "accepted":
        lines.append("  EDGAR would accept it. form4 submit --live files it.")
    if receipt.result == "suspended" and is_wrong_kind(receipt):
        lines.append(
            "  EDGAR does not accept this kind of submission here: make the file with form4 pack and upload"
        )
        lines.append("  it at www.onlineforms.edgarfiling.sec.gov.")
    elif receipt.result == "suspended":
        lines.append("  Correct the form, make its packet again, then send it with form4 submit.")
    sys.stdout.write("".join(f"{visible(line)}\n" for line in lines))
    for finding in findings_of(receipt):
        sys.stdout.write(f"{visible(finding_text(finding, receipt.form[:1]), chr(10))}\n")


def _mark(receipts: Sequence[Receipt], options: argparse.Namespace) -> None:
    """Mark the drafts as filed whose forms were all accepted."""
    by_draft: defaultdict[str, list[Receipt]] = defaultdict(list)
    for receipt in receipts:
        if receipt.mode == "LIVE" and receipt.result == "accepted":
            by_draft[receipt.draft_path].append(receipt)
    for path, accepted in by_draft.items():
        whole = _forms_of(path, accepted[-1])
        if len(whole) < accepted[-1].parts or _is_filed(accepted[-1]):
            continue
        problem = mark_filed(whole, options.by, options.register)
        if problem:
            sys.stdout.write(f"{visible(problem)}.\n")
            continue
        sys.stdout.write(
            f"Recorded as filed; the ledger is updated and {visible(whole[0].draft)} is closed.\n"
        )
        for line in _AFTER:
            sys.stdout.write(f"{visible(line.format(issuer=whole[0].issuer or 'The issuer'))}\n")


def _forms_of(path: str, last: Receipt) -> list[Receipt]:
    """The accepted LIVE forms of a draft, in their order."""
    found = {
        receipt.part: receipt
        for receipt in receipts_of(Path(path))
        if receipt.mode == "LIVE"
        and receipt.result == "accepted"
        and receipt.filing_sha256 == last.filing_sha256
    }
    return [found[part] for part in sorted(found)]


def _code(receipts: Sequence[Receipt]) -> int:
    if any(receipt.outcome == "unknown" for receipt in receipts):
        return UNREADABLE
    return FINDINGS if any(r.result == "suspended" or r.outcome == "refused" for r in receipts) else READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Show what became of submissions: EDGAR's status and messages. An accepted draft is marked as filed.",
        "form4 status okafor.form4.json --watch",
    )
    parser.add_argument(
        "what",
        nargs="?",
        metavar="PACKET",
        help="packet, draft, envelope or accession number (default: every open submission)",
    )
    parser.add_argument("--watch", action="store_true", help="ask until EDGAR is done, for about an hour")
    parser.add_argument(
        "--token-fd",
        type=int,
        metavar="N",
        help="read the filer API token from file descriptor N; without one the public list is read",
    )
    parser.add_argument(
        "--keyring", action="store_true", help="take the token from the system's keyring, if stored there"
    )
    parser.add_argument(
        "--by", default="", metavar="NAME", help="who filed it, for the release record; a statement"
    )
    parser.add_argument(
        "--register",
        metavar="URL",
        help="the register: a file or an SQLAlchemy URL (default: FORM4_REGISTER, else the data folder)",
    )
    return parser
