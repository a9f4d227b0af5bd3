"""``form4 render``: the packet, written to a folder."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author.cli.meant import draft_meant
from form4_author.cli.options import (
    FINDINGS,
    READY,
    UNREADABLE,
    CommandParser,
    add_asked_register,
    add_attach,
    as_of_date,
    eastern_moment,
    register_asked,
    write_notices,
)
from form4_author.desk.attachment import FormSent, attachments_of, listed
from form4_author.desk.clock import today
from form4_author.desk.facts import FactsSource
from form4_author.desk.intake import (
    Intake,
    divided,
    opened,
    refuse_outside,
    report_of_intake,
    unattached_messages,
    with_attachments,
)
from form4_author.desk.packet import (
    carrying_release,
    clear_undivided,
    public_request,
    submission_request,
    whole_request,
    write_packet,
)
from form4_author.desk.packet_place import packet_place, write_whole
from form4_author.desk.release import release_state
from form4_author.files.folder import packet_folder
from form4_author.files.output import close_folder
from form4_author.model.label import label
from form4_author.page.html import PAPERS
from form4_author.page.packet import PARTS, packet
from form4_author.page.report import report_text, verdict_line
from form4_author.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from form4_author.findings import Report
    from form4_author.page.packet import Packet, PacketRequest
    from form4_author.revision.division import Companion

__all__ = ["command_parser", "run"]


def run(word: str, arguments: Sequence[str]) -> int:
    """Make the packet; exit code 1 and the findings when they block."""
    options = command_parser(word).parse_args(register_asked(arguments))
    attached = attachments_of(options.attach)
    options.file = draft_meant(options.file)
    whole = with_attachments(opened(options.file), attached)
    refuse_outside(whole)
    write_notices(unattached_messages(whole))
    parts = divided(whole)
    if len(parts) > 1:
        sys.stdout.write(
            f"The filing is too large for one form and makes {len(parts)}, each in a separate folder.\n"
        )
    if not options.output and whole.draft is not None and options.profile == "submission":
        return _in_place(packet_place(Path(options.file), whole.draft), parts, options)
    folder = Path(options.output) if options.output else packet_folder(Path(options.file))
    clear_undivided(folder, whole=len(parts) == 1)
    codes = []
    for part, intake in parts:
        contents, report = _made(intake, options)
        closed = write_packet(folder / part.name, contents)
        _tell(folder / part.name, contents, report)
        for each in closed:
            sys.stderr.write(f"form4 render: Other accounts could open {each}; now only you can.\n")
        codes.append(FINDINGS if report.is_blocked else READY)
    return max(codes)


def _in_place(folder: Path, parts: Sequence[tuple[Companion, Intake]], options: argparse.Namespace) -> int:
    """Make the packet in the place for packets: all of its forms, then one rename."""
    made = [(part.name, *_made(intake, options)) for part, intake in parts]
    if folder.exists() and close_folder(folder):
        sys.stderr.write(f"form4 render: Other accounts could open {folder}; now only you can.\n")
    write_whole(folder, [(name, contents) for name, contents, _report in made])
    for name, contents, report in made:
        _tell(folder / name, contents, report)
    return max(FINDINGS if report.is_blocked else READY for _name, _contents, report in made)


def _form(contents: Packet, intake: Intake) -> FormSent | None:
    """The packet's form; None where its XML was not asked for."""
    for name, content in contents.files.items():
        if name.startswith("form") and name.endswith(".xml"):
            return FormSent(name, intake.filing.form or "", len(content), hashlib.sha256(content).hexdigest())
    return None


def _made(intake: Intake, options: argparse.Namespace) -> tuple[Packet, Report]:
    """The packet of one form and its report; says what is found and what will be sent."""
    source = FactsSource(register=options.register)
    report = report_of_intake(intake, options.as_of, today, source.of(intake.filing))
    request = _request(options, intake)
    if request.public is None and not intake.is_public:
        request = whole_request(request, intake)
    contents = packet(intake.filing, report, request)
    if request.public is None:
        contents = carrying_release(contents, intake)
        write_notices(filter(None, [release_state(intake).line]))
    sys.stdout.write(report_text(report) if report.is_blocked else verdict_line(report) + "\n")
    if any(each.name in contents.files for each in request.attached):
        sys.stdout.write(
            "Documents to be sent:\n" + listed(intake.file, _form(contents, intake), request.attached)
        )
    return contents, report


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Make the packet: XML to file, proof, printable PDF, report, manifest, and\n"
        "for each signatory an authentication document (Rule 302(b)) to sign before\n"
        "filing. A blocked draft has no XML and no such document.",
        "form4 render thakar.form4.json -o packet --attach poa.txt\n"
        "  form4 render filed.xml -o view --profile public --edition X0508",
    )
    parser.add_argument("file", metavar="FILE", help="draft, XML, envelope or EDGAR .txt")
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        help="the folder to write to (default: a folder named after the filing, in the place that the setting "
        "packets.folder gives, else in Documents/form4; for filed XML, beside FILE)",
    )
    parser.add_argument(
        "--only",
        type=_parts,
        default=frozenset(PARTS),
        metavar="PARTS",
        help=f"only these, separated by commas: {', '.join(PARTS)}",
    )
    parser.add_argument(
        "--profile",
        choices=("submission", "public"),
        default="submission",
        help="submission: as sent (default); public: as EDGAR shows it",
    )
    parser.add_argument(
        "--edition", metavar="E", help="edition of the public profile (default: the file's own)"
    )
    add_attach(parser)
    add_asked_register(parser)
    parser.add_argument(
        "--filed",
        type=eastern_moment,
        metavar="WHEN",
        help="when it was or will be sent: 2026-11-23T21:40, Eastern time",
    )
    parser.add_argument(
        "--paper", choices=tuple(PAPERS), default="letter", help="paper size of the PDF (default: letter)"
    )
    parser.add_argument(
        "--as-of", type=as_of_date, metavar="DATE", help="judge as of this date (default: as form4 check)"
    )
    return parser


def _parts(text: str) -> frozenset[str]:
    parts = frozenset(part.strip() for part in text.split(","))
    unknown = sorted(parts - set(PARTS))
    if unknown:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: choose from {', '.join(PARTS)}")
    return parts


def _request(options: argparse.Namespace, intake: Intake) -> PacketRequest:
    if options.profile == "public":
        return public_request(intake, options.only, PAPERS[options.paper], options.edition)
    if options.edition is not None:
        sys.stderr.write(
            "form4 render: --edition goes with --profile public; what is sent carries no edition.\n"
        )
        raise SystemExit(UNREADABLE)
    filed = options.filed.date() if options.filed is not None else None
    return submission_request(intake, options.only, PAPERS[options.paper], filed)


_RESUME: Final = "with form4 resume"


def _tell(folder: Path, contents: Packet, report: Report) -> None:
    base = report.form[:1] if report.form else None
    for path in contents.omitted:
        sys.stdout.write(f"Left out because this edition has no field for it: {visible(label(path, base))}\n")
    if contents.xml_withheld:
        why = "the findings above block" if report.blocking else f"answer the open questions first, {_RESUME}"
        sys.stdout.write(f"No XML was made: {why}. The page and the PDF are marked DRAFT.\n")
    sys.stdout.write(f"Written to {visible(str(folder))}: {visible(', '.join(contents.files))}\n")
