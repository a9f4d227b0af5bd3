"""``form4 doctor``: what this installation has, what is missing, and the command that mends it."""

from __future__ import annotations

import io
import json
import platform
import sys
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author import __version__, codes
from form4_author.cli.bug import reports
from form4_author.cli.options import FINDINGS, READY, CommandParser
from form4_author.desk.clock import moment, now, today
from form4_author.desk.deletion import FOLDER, expired, kept, purge
from form4_author.desk.packet_place import packets_home
from form4_author.desk.register import register_at
from form4_author.desk.settings import load
from form4_author.desk.token_record import token_records
from form4_author.errors import Form4Error
from form4_author.files import disk, draft_file
from form4_author.files.output import write_bytes
from form4_author.resources import resource
from form4_author.text import visible
from form4_author.timing.legal_data import us_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Diagnosis", "command_parser", "examinations", "run", "write_report"]

_LIBRARIES = (
    "lxml",
    "jinja2",
    "jsonschema",
    "questionary",
    "PyYAML",
    "holidays",
    "networkx",
    "pyHanko",
    "cryptography",
    "pypdf",
    "keyring",
    "platformdirs",
    "SQLAlchemy",
    "alembic",
    "icalendar",
)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at."""

    name: str
    good: bool
    told: str
    """What was found, or what to do."""


def run(word: str, arguments: Sequence[str]) -> int:
    """Look at everything; exit code 1 when something is missing."""
    options = command_parser(word).parse_args(arguments)
    if options.purge:
        removed = purge(draft_file.default_folder())
        sys.stdout.write(
            f"{len(removed)} deleted draft{'' if len(removed) == 1 else 's'} removed for good.\n"
        )
        return READY
    diagnoses = list(examinations())
    if options.report:
        file = Path(options.report)
        included = write_report(file, diagnoses)
        sys.stdout.write(
            f"Written to {visible(str(file))}: {', '.join(included)}. It holds no personal data.\n"
        )
        return READY
    if options.json:
        sys.stdout.write(json.dumps([asdict(f) for f in diagnoses], indent=2) + "\n")
    else:
        for finding in diagnoses:
            sys.stdout.write(f"{'ok' if finding.good else 'MISSING':8} {finding.name:12} {finding.told}\n")
    return READY if all(f.good for f in diagnoses) else FINDINGS


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Show versions, libraries, fonts, drafts, register and schema editions.",
        "form4 doctor\n  form4 doctor --report\n  form4 doctor --purge",
    )
    parser.add_argument(
        "--purge",
        action="store_true",
        help="permanently remove the deleted drafts, which are stored for five years",
    )
    parser.add_argument(
        "--report",
        metavar="FILE",
        nargs="?",
        const="form4-report.zip",
        help="write a file for a bug report: versions and where the bugs are, with no name, number, path or draft "
        "(default: form4-report.zip)",
    )
    parser.add_argument("--json", action="store_true", help="write JSON")
    return parser


_SAID_IN_FULL: Final = frozenset({"form4", "python", "tokens", "weasyprint", "fonts", "schemas", *_LIBRARIES})
"""Examinations that say versions only; the others name folders, registers and drafts."""


def write_report(file: Path, diagnoses: Iterable[Diagnosis]) -> tuple[str, ...]:
    """A bundle without personal data: what was examined, and the reports of bugs; the names of what is in it."""
    examined = [
        {"name": d.name, "good": d.good, "told": d.told if d.name in _SAID_IN_FULL and d.good else ""}
        for d in diagnoses
    ]
    parts = {"doctor.json": (json.dumps(examined, indent=2) + "\n").encode("ascii")}
    parts |= {report.name: disk.read(report) for report in reports()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in parts.items():
            bundle.writestr(zipfile.ZipInfo(name), content)
    write_bytes(file, packed.getvalue())
    return tuple(parts)


def examinations() -> Iterator[Diagnosis]:
    """Every examination, in the order a reader wants them."""
    yield Diagnosis("form4", good=True, told=__version__)
    yield Diagnosis("python", good=True, told=f"{platform.python_version()} on {platform.system()}")
    for name in _LIBRARIES:
        yield _library(name)
    yield _tokens()
    yield _examined("weasyprint", _weasyprint)
    yield _examined(
        "fonts", lambda: ", ".join(sorted(f.stem for f in resource("templates", "fonts").glob("*.ttf")))
    )
    yield _examined("schemas", _schemas)
    yield _examined(
        "drafts",
        lambda: f"{len(draft_file.drafts(draft_file.default_folder()))} in {draft_file.default_folder()}",
    )
    yield _examined("deleted", _deleted)
    yield _examined("register", _register)
    yield _edgar()
    yield _examined("settings", _settings)
    yield _examined("leftovers", _leftovers)


def _library(name: str) -> Diagnosis:
    from importlib import metadata

    try:
        return Diagnosis(name, good=True, told=metadata.version(name))
    except metadata.PackageNotFoundError:
        return Diagnosis(name, good=False, told="pip install --force-reinstall form4-author")


def _tokens() -> Diagnosis:
    """The library for smart cards, without which everything else works."""
    library = _library("python-pkcs11")
    text = (
        library.told
        if library.good
        else "not installed; needed only for tokens: pip install 'form4-author[token]'"
    )
    return Diagnosis("tokens", good=True, told=text)


def _examined(name: str, look: Callable[[], str]) -> Diagnosis:
    try:
        return Diagnosis(name, good=True, told=look())
    except (Form4Error, OSError) as error:
        return Diagnosis(name, good=False, told=str(error))


def _weasyprint() -> str:
    from form4_author.page.pdf import weasyprint_version

    return weasyprint_version()


def _register() -> str:
    """Where the register is and its shape; nothing is made. Raises Form4Error where it can't be used."""
    place = register_at(None)
    if not place.is_there:
        return f"none yet; it would be {place}"
    from form4_author.register.database import HEAD, Register

    shape = Register(place).shape()
    if shape is None:
        return f"empty: {place}"
    if shape == HEAD:
        return f"shape {shape}: {place}"
    first = "after form4 register backup FILE " if place.file is None else ""
    return f"shape {shape}: {place}; {first}the next command on it makes that {HEAD}"


def _edgar() -> Diagnosis:
    """EDGAR's tokens in the keyring, as far as they were recorded there; one that ended is wrong."""
    found = token_records()
    words = [
        f"{each.words}: {'expired' if each.until < today() else 'until'} {us_date(each.until)}"
        for each in found
    ]
    good = all(each.until >= today() for each in found)
    return Diagnosis("edgar", good, "; ".join(words) or "no token is stored")


def _deleted() -> str:
    """How many deleted drafts there are, and how many were kept for five years."""
    folder = draft_file.default_folder()
    there, old = kept(folder), expired(folder, now())
    if not there:
        return "no drafts"
    return f"{len(there)} in {folder / FOLDER}, {len(old)} older than five years; form4 doctor --purge removes all"


def _settings() -> str:
    """Where the settings are. Raises UnreadableInput for what is wrong in them."""
    settings = load()
    return (
        f"{len(settings.stated)} set in {settings.file}"
        if settings.stated
        else f"none set in {settings.file}"
    )


def _leftovers() -> str:
    """Removes temporary and lock files of runs that were interrupted."""
    from form4_author.files.leftover import remove_leftovers

    removed = remove_leftovers((draft_file.default_folder(), packets_home()), moment().timestamp())
    return f"removed {', '.join(path.name for path in removed)}" if removed else "none"


def _schemas() -> str:
    from form4_author.checks.schema import compiled_schemas

    current = (e.edition for e in codes.editions().values() if e.current)
    from form4_author.files.sec_schema import stored_schemas

    official = (
        ", ".join(package.schema.generation for package in stored_schemas()) or "none, see form4 schema"
    )
    return f"{', '.join(compiled_schemas())}; current: {', '.join(current)}; the SEC's own: {official}"
