"""``form4 explain``: what a rule or a transaction code says, why, its source, an example of each side."""

from __future__ import annotations

import json
import sys
import textwrap
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from form4_author import codes
from form4_author.checks.base import Rule, explanation
from form4_author.checks.case import example
from form4_author.checks.registry import by_id
from form4_author.cli.options import READY, CommandParser
from form4_author.errors import MalformedValue
from form4_author.findings import MEANINGS
from form4_author.page.reference import entry
from form4_author.timing.due_date import waits_for_form_5

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Word",
    "code_data",
    "code_text",
    "command_parser",
    "explained",
    "explanation_data",
    "rule_data",
    "rule_text",
    "run",
]

_WIDTH = 80


class Word(NamedTuple):
    """A word of the reports, such as ``suspense``."""

    name: str
    meaning: str


def run(word: str, arguments: Sequence[str]) -> int:
    """Explain each name given."""
    options = command_parser(word).parse_args(arguments)
    entries = [explained(name) for name in options.names]
    if options.json:
        data = [_data(f) for f in entries]
        sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(_text(f) for f in entries))
    return READY


def command_parser(word: str) -> CommandParser:
    """The options of the command."""
    parser = CommandParser(
        word,
        "Explain a rule (TXN-007), a transaction code (F) or a word of the reports (suspense).",
        "form4 explain HLD-003\n  form4 explain F",
    )
    parser.add_argument("names", nargs="+", metavar="NAME", help="a rule's id, a code's letter or a word")
    parser.add_argument("--json", action="store_true", help="write JSON")
    return parser


def _data(subject: Rule | codes.TransactionCode | codes.PrintedFlag | Word) -> dict[str, Any]:
    if isinstance(subject, Word):
        return subject._asdict()
    return rule_data(subject) if isinstance(subject, Rule) else code_data(subject)


def explanation_data(name: str) -> dict[str, Any]:
    """The explanation of a rule, code or word as data. Raises MalformedValue where there is none of this name."""
    return _data(explained(name))


def _text(subject: Rule | codes.TransactionCode | codes.PrintedFlag | Word) -> str:
    if isinstance(subject, Word):
        return "\n".join((subject.name, "", *_paragraph("", subject.meaning))) + "\n"
    return rule_text(subject) if isinstance(subject, Rule) else code_text(subject)


def explained(name: str) -> Rule | codes.TransactionCode | codes.PrintedFlag | Word:
    """The rule, code or word of this name, in any case.

    Raises MalformedValue with the closest names when there is none.
    """
    import difflib

    wanted = name.strip().upper()
    tables: tuple[dict[str, Any], ...] = (by_id(), codes.transaction_codes(), codes.printed_flags())
    for table in tables:
        if wanted in table:
            subject: Rule | codes.TransactionCode | codes.PrintedFlag = table[wanted]
            return subject
    if name.strip().lower() in MEANINGS:
        return Word(name.strip().lower(), MEANINGS[name.strip().lower()])
    close = difflib.get_close_matches(wanted, by_id(), n=3)
    letters = " ".join(codes.transaction_codes())
    hint = f"Close: {', '.join(close)}" if close else f"Rules: form4 rules. Codes: {letters}"
    raise MalformedValue(f'"{name}" is not a rule or a transaction code', remedy=hint)


def rule_text(rule: Rule) -> str:
    """A rule's explanation for people, ending with a newline."""
    explanation = entry(rule)
    lines = [
        *textwrap.wrap(
            f"{explanation.id}  {explanation.title}  ({explanation.severity})",
            _WIDTH,
            subsequent_indent=" " * (len(explanation.id) + 2),
        ),
        "",
        *_paragraph("", explanation.what),
    ]
    for name, text in explanation.parts:
        lines += _paragraph(name, text)
    for text, url in explanation.sources:
        lines += _paragraph("Source", f"{text} <{url}>" if url else text)
    for name, text in explanation.terms:
        lines += _paragraph(name, text)
    return "\n".join(lines) + "\n"


def code_text(code: codes.TransactionCode | codes.PrintedFlag) -> str:
    """A transaction code's explanation for people, ending with a newline."""
    lines = [f"Code {code.code}", "", *_paragraph("", f"{code.name}.")]
    if isinstance(code, codes.PrintedFlag):
        lines += _paragraph(
            "Sent as", f"{code.sent_as}. It is printed in the code column and is not a transaction code."
        )
        return "\n".join(lines) + "\n"
    lines += _paragraph("Group", code.group)
    for number, letters in (("I", code.table_1), ("II", code.table_2)):
        meaning = " or ".join(f"({letter})" for letter in sorted(letters)) or "does not belong there"
        lines += _paragraph(f"Table {number}", meaning)
    lines += _paragraph("Due", _due_words(code))
    if code.insiders_only:
        lines += _paragraph(
            "Who",
            "Based on Rule 16b-3, which covers dealings between the issuer and its officers or directors.",
        )
    lines += _paragraph("Source", "SEC, Ownership Form Codes; Form 4, Instr. 8")
    return "\n".join(lines) + "\n"


def _due_words(code: codes.TransactionCode) -> str:
    """On which form a transaction of this code is due today; by direction where that decides it."""
    on_form_4, on_form_5 = (
        "Form 4, by the end of the second business day",
        "Form 5; on a Form 4 earlier if the filer wishes (prints V)",
    )
    acquired, disposed = (waits_for_form_5(code.code, direction, date.max) for direction in ("A", "D"))
    if acquired != disposed:
        form_text = {True: on_form_5, False: on_form_4}
        return f"Disposed of: {form_text[disposed]}. Acquired: {form_text[acquired]}"
    return {"4": on_form_4, "5": on_form_5, "either": "Form 4 or Form 5, by the exemption relied on"}[
        code.form_type
    ]


def _paragraph(name: str, text: str) -> list[str]:
    if not text:
        return []
    head = f"{name + ':':10}" if name else ""
    return textwrap.wrap(head + text, _WIDTH, subsequent_indent=" " * len(head), break_long_words=False)


def rule_data(rule: Rule) -> dict[str, Any]:
    """A rule's explanation for machines."""
    parts, shown = explanation(rule.text), example(rule.id)
    return {
        "id": rule.id,
        "title": rule.title,
        "severity": rule.severity.value,
        "since": rule.since,
        "effective": rule.when.effective.isoformat() if rule.when.effective else None,
        "edition": rule.when.edition or None,
        "forms": list(rule.when.forms),
        "enforced_by": rule.enforced_by,
        "needs": list(rule.when.needs),
        "what": parts.what,
        "why": parts.why,
        "fix": parts.fix,
        "silent": parts.silent,
        "rejected": shown.rejected,
        "accepted": shown.accepted,
        "cites": [
            {"text": c.text, "url": c.url, "general_knowledge": c.general_knowledge} for c in rule.cites
        ],
    }


def code_data(code: codes.TransactionCode | codes.PrintedFlag) -> dict[str, Any]:
    """A transaction code's explanation for machines."""
    if isinstance(code, codes.PrintedFlag):
        return {"code": code.code, "name": code.name, "sent_as": code.sent_as}
    return {
        "code": code.code,
        "name": code.name,
        "group": code.group,
        "table_1": sorted(code.table_1),
        "table_2": sorted(code.table_2),
        "form_type": code.form_type,
        "insiders_only": code.insiders_only,
    }
