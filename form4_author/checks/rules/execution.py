"""Whether an attached power of attorney is signed, as far as its text shows.

Sources: Form 4 General Instruction 7(a), by which the authority to sign is confirmed in writing; Regulation S-T, Rule
302(a), by which required signatures are in typed form. That it is typed as "/s/" and a name is practice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from form4_author.checks import cite
from form4_author.checks.base import Context, Rule, When, rule
from form4_author.checks.rules.signature import is_name_of, names_person, quoted
from form4_author.findings import Hit, Severity
from form4_author.model.power_of_attorney import plain_text, power_reading
from form4_author.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from form4_author.findings import Path
    from form4_author.model.filing import Filing
    from form4_author.model.submission import Attachment

__all__ = ["RULES"]

_LOOK: Final = re.IGNORECASE | re.MULTILINE
_MARK: Final = Pattern(
    r"[/\\|]\s{0,3}e?s\s{0,3}[/\\|]{1,2}(?:\s*_*[^\S\n]*|[^\S\n]*(?:[:\"“*-]|[(\[](?!(?:name|signature)\b)){1,2}[^\S\n]*)[^\W_]"
    r"|(?:^|\s)(?:s/[^\S\n]?|/s[^\S\n])[^\W_]|[(\[/]\s?(?:signed|sgd\.?)\s?[)\]/]|^[^\S\n]*sgd\.?:?[^\S\n]+[^\W_]"
    r"|\b(?:docusigned|e-?signed|originally signed|original signed|(?:electronically|digitally) signed"
    r"|signed (?:electronically|digitally)) by\b",
    _LOOK,
)
"""A conformed signature: ``/s/`` and a name, and other words for it."""
_RUN: Final = r"(?:_(?:[^\S\n]?_){2,}|\.{6,}|-{6,})"
_BLANK: Final = Pattern(
    rf"\b(?:signature|signed|sign here|signatory|in witness whereof)\b[^\n_]{{0,200}}?{_RUN}"
    rf"|\bby[^\S\n]*:[^\S\n]*{_RUN}|(?:^|\s)x[^\S\n]?{_RUN}",
    _LOOK,
)
"""A line to sign on, with what it is for."""
_EMPTY: Final = Pattern(
    r"^[^\S\n]*(?:signature|signed|by)[^\S\n]*:\s*(?:\(?(?:print|name|title|date)\b|\Z)", _LOOK
)
"""A label with nothing after it but the next label."""
_LINE: Final = Pattern(r"^[^\S\n]*_{5,}[^\S\n_]*(?:_{5,}[^\S\n]*)?\n\s*(?P<under>[^\n]{1,80})", _LOOK)
"""A line to sign on, with what is below it."""
_LABEL: Final = Pattern(r"\(?\s*(?:signature|signed|name|print|title|date)\b", re.IGNORECASE)
_NO_DATE: Final = Pattern(rf"^[^\S\n]*dated?[^\S\n]*:?[^\S\n]*{_RUN}", _LOOK)
_TYPED: Final = Pattern(
    r"^[^\S\n]*(?:(?:[\w'’-]+[^\S\n]){0,4}signature(?: of [^:\n]{1,40})?|sign|(?:signed|executed)(?: by)?|by)[^\S\n]*:"
    r"[^\S\n]*[/\"“*]?"
    r"(?!(?:to be|tbd|pending|none|not|unsigned|omitted|n/a|insert|your|see (?:attached|above|below|next))\b"
    r"|blank[^\S\n]*$|(?:january|february|march|april|may|june|july|august|september|october|november|december) \d)"
    r"[^\W\d_][^\n]*[^\W\d_]",
    _LOOK,
)
"""A name typed where the signature belongs."""
_CAPTION: Final = Pattern(
    r"(?:(?:signature|sign)\b[^:]{0,60}?[:–-]?|(?:signed|executed)\b[^:]{0,60}?(?::|\bby\b)|by)\s+(?P<name>.{1,80})",
    re.IGNORECASE,
)
"""A line that begins with a caption for a signature, and what follows in it."""
_CAPTION_ALONE: Final = Pattern(r"\(?signature(?: of [^:]{1,40})?\)?(?P<before>:?)", re.IGNORECASE)
"""A caption for a signature in a line of its own; with a colon, it is for what follows."""
_PICTURE: Final = Pattern(r"<\s*img\b", re.IGNORECASE)
_BARS: Final = Pattern(r"_[_ ]{3,}")


def _texts(context: Context) -> Iterator[tuple[Path, Attachment, str]]:
    """The powers of attorney attached to the form as text, each with its text."""
    attachments = context.submission.attachments if context.submission is not None else ()
    for index, attachment in enumerate(attachments):
        text = plain_text(attachment.content, attachment.name or "")
        if text is not None and (attachment.type or "").upper().startswith("EX-24"):
            yield ("attachments", index), attachment, text


def _givers(filing: Filing, attachment: Attachment) -> list[str]:
    """Who may have given the power of attorney: the reporting persons, and whom its text names as principal."""
    reading = power_reading(attachment.content, attachment.name or "")
    named = [owner.name for owner in filing.owners] + [reading.principal if reading is not None else None]
    return [name for name in named if name]


def _typed(filing: Filing, attachment: Attachment, text: str) -> bool:
    """Whether a name is typed where the signature belongs: beside, below or above a caption for it."""
    if _TYPED.search(text):
        return True
    givers = _givers(filing, attachment)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for above, line, below in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        beside, alone = _CAPTION.fullmatch(line), _CAPTION_ALONE.fullmatch(line)
        places = [beside["name"]] if beside is not None else []
        if alone is not None:
            places += [below] if alone["before"] else [below, above]
        if any(is_name_of(place, giver) for place in places for giver in givers):
            return True
    return False


def _blank(filing: Filing, attachment: Attachment, text: str) -> str:
    """The words at which a signature is missing; empty where there is one, or no blank line for it."""
    if _MARK.search(text):
        return ""
    found = _BLANK.search(text) or _EMPTY.search(text)
    if found is not None:
        return found[0]
    givers = _givers(filing, attachment)
    for line in _LINE.finditer(text):
        if _LABEL.match(line["under"]) or any(names_person(line["under"], giver) for giver in givers):
            return line[0]
    dated = None if _typed(filing, attachment, text) else _NO_DATE.search(text)
    return dated[0] if dated is not None else ""


@rule(
    "SIG-016",
    "Unsigned power of attorney",
    Severity.ERROR,
    cite.FORM4_INSTR_7A,
    when=When(
        has=(
            "to_send",
            "attachments",
        )
    ),
)
def power_unsigned(filing: Filing, context: Context) -> Iterator[Hit]:
    """An attached power of attorney has a blank signature line and no signature.

    Why: The power of attorney confirms to the Commission that the attorney-in-fact may sign for the reporting person.
    An unsigned one gives no authority, and the exhibit is public.
    Fix: Have it signed, and attach the text as signed: "/s/" and the name in place of the blank line. form4 poa new
    writes that text with --signed.
    Silent: When it has a conformed signature anywhere, even if a second line is blank; for pictures; without an
    envelope or attachments; on published filings.
    """
    for path, attachment, text in _texts(context):
        words = _blank(filing, attachment, text)
        if words:
            place = quoted(_BARS.sub("____", words))
            yield Hit(
                path,
                f'The power of attorney is not signed: "{place}" is blank, and its text has no conformed signature '
                "(/s/ and the name). Attach the text as signed",
            )


@rule(
    "SIG-017",
    "Power of attorney without a conformed signature",
    Severity.ERROR,
    cite.FORM4_INSTR_7A,
    cite.REGULATION_ST_302,
    when=When(
        has=(
            "to_send",
            "attachments",
        )
    ),
)
def power_without_mark(filing: Filing, context: Context) -> Iterator[Hit]:
    """An attached power of attorney has no conformed signature, and no blank line for one.

    Why: It confirms in writing that the attorney-in-fact may sign, and a required signature in an electronic filing
    is typed (Rule 302(a)). Without one a reader cannot see that the document was signed. That it is typed as "/s/"
    and the name is general practice.
    Fix: If it is signed, type "/s/" and the name where the signature is. If it is not, have it signed first. Override
    it where the text shows the signature in a different way.
    Silent: For a name typed after "Signature:", "Signed:", "Executed by:" or "By:"; for the reporting person's name in
    the line below "Signature" or above "(Signature)"; for a page with a picture, which may be the signature; when
    SIG-016 reports it; for pictures; without an envelope or attachments; on published filings.
    """
    for path, attachment, text in _texts(context):
        signed = _MARK.search(text) or _typed(filing, attachment, text)
        if signed or _PICTURE.search(attachment.content.decode("ascii", "replace")):
            continue
        if not _blank(filing, attachment, text):
            yield Hit(
                path,
                "The text of the power of attorney has no conformed signature (/s/ and the name). If it is signed, "
                "type the signature in; if not, have it signed before it is attached",
            )


RULES: Final[tuple[Rule, ...]] = (
    power_unsigned,
    power_without_mark,
)
