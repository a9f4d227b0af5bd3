"""The command line: one command, ``form4``, with one small module for each of its words.

Modules are imported when their word is used, so that ``form4 --help`` loads almost nothing. Exit codes: 0 ready,
1 findings that block, 2 wrong usage or unreadable input, 3 a bug of ours.
"""

from __future__ import annotations

import gc
import sys

from form4_author import __version__

TYPE_CHECKING = False  # importing typing for it would double the time of `form4 --help`
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Final

__all__ = ["COMMANDS", "main", "usage"]

COMMANDS: Final = {
    "new": ("new", "start the interview for a new form"),
    "resume": ("resume", "resume an interview where it stopped"),
    "edit": ("edit", "open a draft at its review screen"),
    "batch": ("batch", "make one draft for each person in a CSV or XLSX sheet"),
    "import": ("import_", "add past filings to the register, from files or from EDGAR"),
    "tickers": ("tickers", "find a company's CIK by its symbol or name"),
    "filed": ("filed", "record a filing: update the ledger and close the draft"),
    "holdings": ("holdings", "show and adjust what a person holds"),
    "due": ("due", "list open drafts and their due dates; write a calendar file"),
    "person": ("person", "list, add, edit, show and remove reporting persons"),
    "issuer": ("issuer", "list, add, edit, show and remove issuers"),
    "footnote": ("footnote", "list, add, edit, show and remove reusable footnotes"),
    "register": ("register", "show, back up and restore the register"),
    "amend": ("amend", "start an amendment from a form that was filed"),
    "diff": ("diff", "compare two filings, by the form's captions"),
    "check": ("check", "check drafts and XML, with one verdict line for each file"),
    "deadline": ("deadline", "show when a form is due and how the days are counted"),
    "calendar": ("calendar", "list the days EDGAR is closed, and add announced ones"),
    "audit": ("audit", "examine an issuer's history: breaks, late reports, short-swing profit"),
    "late": ("late", "list late reports of a fiscal year (Item 405), with a draft paragraph"),
    "reconcile": ("reconcile", "compare EDGAR's list for a person with the register"),
    "shortswing": ("shortswing", "match purchases and sales within six months (Section 16(b))"),
    "render": ("render", "make the packet: XML, proof, PDF and report"),
    "release": ("release", "record who reviewed a draft, and when"),
    "sign": ("sign", "sign the PDF of a packet in its signature block"),
    "verify": ("verify", "verify a PDF: its signatures, embedded XML and pages"),
    "attest": ("attest", "write the attestation to sign by hand first"),
    "poa": ("poa", "list, add, edit, show, remove and write powers of attorney"),
    "preview": ("preview", "show the proof in a browser and update it on each save"),
    "pack": ("pack", "pack a filing for EDGAR with attachments and CCC"),
    "ready": ("ready", "check whether a filing can be sent tonight: EDGAR, tokens, persons"),
    "submit": ("submit", "send a filing to EDGAR: TEST, or LIVE with confirmation"),
    "status": ("status", "show what became of submissions, and record accepted ones"),
    "adjustment-request": ("adjustment", "write the letter asking for another filing date (Rule 13(b))"),
    "events": ("events", "list the events, and how each is reported"),
    "explain": ("explain", "explain a rule or a transaction code"),
    "rules": ("rules", "list the rules"),
    "schema": ("schema", "add the SEC's own schema files as a second check"),
    "demo": ("demo", "serve a local EDGAR with fictitious filings, for a trial"),
    "settings": ("settings", "list, show and change the settings"),
    "mcp": ("mcp", "serve tools for an agent, which never send, sign or delete"),
    "completion": ("completion", "write the script that completes words in bash, zsh or fish"),
    "doctor": ("doctor", "show versions, libraries and fonts, and how to fix what is missing"),
}
"""Word → module of this package, summary."""

_USAGE: Final = """usage: form4 [command] [options]

Prepares SEC Forms 3, 4 and 5 on this computer: asks, checks, and makes the XML to
file and the PDF to keep. Without a command it opens the start menu.

commands:
"""

_AFTER: Final = """
options:
  --help     this help; form4 COMMAND --help shows a command's own
  --version  the version

example:
  form4 new --form 4

What it says is prepared from SEC rules as of a date that each report names; it is
not legal advice. form4 rules --sources lists them.
"""


_FEW_COLLECTIONS: Final = 100_000
"""Objects until the collector looks: while modules load it finds nothing, and takes a fifteenth of the start."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code. Problems are told in a paragraph, never as a traceback."""
    gc.set_threshold(_FEW_COLLECTIONS)
    try:
        from form4_author.cli.boundary import bounded

        return bounded(lambda: _run(list(sys.argv[1:] if arguments is None else arguments)))
    except (KeyboardInterrupt, MemoryError):  # before the boundary was reached
        return 2


def usage() -> str:
    """The help of the whole program."""
    lines = "".join(f"  {word:10} {summary}\n" for word, (_, summary) in COMMANDS.items())
    return _USAGE + lines + _AFTER


def _run(words: list[str]) -> int:
    if any("\0" in word for word in words):
        sys.stderr.write("form4: a word of the command has a NUL byte, which no name or value may have.\n")
        return 2
    word = words[0] if words else ""
    if word in ("--version", "-V"):
        sys.stdout.write(f"form4 {__version__}\n")
        return 0
    if word in ("--help", "-h", "help"):
        sys.stdout.write(usage())
        return 0
    if not words:
        from form4_author.cli.desk import start_menu

        return _prepared([""]) or start_menu(usage)
    if word not in COMMANDS:
        return _unknown(word)
    import importlib

    module = importlib.import_module(f"form4_author.cli.{COMMANDS[word][0]}")
    return _prepared(words) or int(module.run(word, words[1:]))


def _unknown(word: str) -> int:
    """Say which command was meant; exit code 2."""
    import difflib

    from form4_author.text import shortened, visible

    close = difflib.get_close_matches(word, COMMANDS, n=1) if len(word) < 100 else []
    hint = f' Did you mean "form4 {close[0]}"?' if close else ""
    sys.stderr.write(
        f'form4: "{visible(shortened(word, 100))}" is not a command.{hint} "form4 --help" lists them.\n'
    )
    return 2


def _prepared(words: list[str]) -> int:
    """Count with the closed days that were added; what corrects the settings works without them."""
    if words[0] not in _WITHOUT_SETTINGS:
        from form4_author.desk.closed_days import use_calendar

        use_calendar(words)
    return 0


_WITHOUT_SETTINGS: Final = frozenset(
    {
        "settings",
        "doctor",
        "explain",
        "rules",
        "schema",
        "register",
        "person",
        "issuer",
        "footnote",
        "completion",
    }
)
"""The commands that count no days."""
