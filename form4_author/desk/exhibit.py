"""What a draft says of powers of attorney: the exhibits that go with it, and those that are on file.

A draft may come from someone else, and what is filed is public for good: of the files that a draft names, those in its
own folder and below are sent. For one from elsewhere the filer names it: in the interview, or by ``--attach``.
"""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from form4_author.desk.attachment import attachments_of, named_for_edgar, printable
from form4_author.errors import Form4Error, UnreadableInput
from form4_author.files.input import read_bytes
from form4_author.files.output import write_bytes
from form4_author.model.facts import Facts, PowerOfAttorney
from form4_author.model.submission import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from form4_author.findings import Path as Place
    from form4_author.model.draft import Draft
    from form4_author.model.interview import SigningAnswers
    from form4_author.model.party import Owner
    from form4_author.model.submission import Attachment


__all__ = [
    "Exhibits",
    "brought",
    "exhibits_of",
    "folder_of",
    "outside_error",
    "powers_go_along",
    "unattached",
    "with_stated_powers",
]


class Exhibits(NamedTuple):
    """The files that a draft names as powers of attorney."""

    attached: tuple[Attachment, ...] = ()
    """Those of the draft's folder, under names EDGAR takes."""
    outside: tuple[str, ...] = ()
    """Those elsewhere, which are not read, with the links on the way followed."""
    missing: tuple[str, ...] = ()
    """What is not a file, as the draft names it."""


def folder_of(draft: str | Path) -> Path:
    """The folder that a draft is in, links followed."""
    return Path(os.path.realpath(draft)).parent


def exhibits_of(draft: Draft, folder: Path, named: frozenset[str] = frozenset()) -> Exhibits:
    """The powers of attorney that the draft attaches; ``folder``: the draft's own, from which relative names count.

    ``named``: files that the filer attaches, links followed; the draft adds nothing to them.
    """
    attachments: list[Attachment] = []
    elsewhere = []
    missing = [each.json for each in draft.interview.unread if each.path[3:] == ("exhibit",)]
    for text in dict.fromkeys(answer.exhibit for _owner, answer in _signing(draft) if answer.exhibit):
        file = _file(folder, text)
        if file is None:  # SIG-006 then says that none is attached
            missing.append(text)
        elif str(file) not in named and not file.is_relative_to(folder):
            elsewhere.append(str(file))
        elif str(file) not in named:
            try:
                read = attachments_of([(str(file), "EX-24")])
            except UnreadableInput:
                missing.append(text)
                continue
            attachments += [replace(each, name=Path(text).name) for each in read]
    return Exhibits(named_for_edgar(attachments), tuple(elsewhere), tuple(missing))


def _file(folder: Path, text: str) -> Path | None:
    """The file that a draft names, links followed; None for what is not one, such as a pipe."""
    try:
        file = Path(os.path.realpath(folder / text))
        return file if file.is_file() else None
    except (OSError, RuntimeError, ValueError):  # a name too long, links in a circle, a NUL
        return None


def unattached(draft: str, outside: Sequence[str], missing: Sequence[str]) -> tuple[str, ...]:
    """What the draft names as an exhibit and is not attached, a sentence each with what to do."""
    return (
        *(str(outside_error(file, draft)) for file in outside),
        *(
            f"{printable(file)[:200]}, which the draft names as an exhibit, is not a file that can be read; nothing is "
            "attached for it."
            for file in missing
        ),
    )


def brought(
    draft: Draft, path: Place, folder: Path, within: Path | None = None
) -> tuple[Draft, tuple[str, ...]]:
    """The draft with the file at this path in its folder: copied there where it is elsewhere; and words on that.

    The answer is kept where it can't be copied. ``within``: a file from outside this folder is refused, where the
    answer comes from a sheet; raises Form4Error, which names the file.
    """
    text = str(draft.value(path))
    home = Path(os.path.realpath(folder))
    file = _file(home, text)
    if file is None or file.is_relative_to(home):
        return draft, ()
    if within is not None and not file.is_relative_to(os.path.realpath(within)):
        raise Form4Error(
            f"The exhibit {printable(text)} is outside the folder of the sheet",
            remedy="Copy it there, and name the copy",
        )
    try:
        target = _copied(file, home, Path(text).name)
    except (OSError, UnreadableInput) as error:
        reason = error.problem if isinstance(error, UnreadableInput) else error.strerror or str(error)
        refused = (
            f"{printable(text)} could not be copied to {printable(str(home))}: {reason[:1].lower()}{reason[1:]}. "
            "Copy it there and answer the question again. Until then it is not attached."
        )
        return draft, (refused,)
    return draft.with_(path, str(target)), (
        f"Copied to {printable(str(target))}: exhibits are sent from the draft's folder only.",
    )


def _copied(file: Path, folder: Path, name: str) -> Path:
    """A copy of the file in the folder, under its name or the next one that is free; one that is there serves again."""
    content = read_bytes(str(file))
    if len(content) > LARGEST_FILE:
        raise UnreadableInput("The file is too large for an exhibit", remedy="Attach a shorter one")
    stem, suffix = Path(name).stem, Path(name).suffix
    for number in count(1):
        target = folder / (f"{stem}-{number}{suffix}" if number > 1 else name)
        if not os.path.lexists(target):
            write_bytes(target, content)
            return target
        if target.is_file() and not target.is_symlink() and read_bytes(str(target)) == content:
            return target
    raise AssertionError("the numbers do not end")  # pragma: no cover


def powers_go_along(draft: Draft) -> bool:
    """Whether every power under which the form is signed is attached to it."""
    asked = [answer.exhibit for _owner, answer in _signing(draft)]
    return bool(asked) and all(asked)


def with_stated_powers(draft: Draft, facts: Facts) -> Facts:
    """The facts with what the filer was asked of the powers under which the form is signed."""
    asked = [(owner, answer) for owner, answer in _signing(draft) if answer.evidence]
    if not asked:
        return facts
    stated = [
        PowerOfAttorney(
            principal=owner.name or "",
            agents=(answer.agent,),
            accession_number=answer.accession_number,
            principal_cik=owner.cik,
        )
        for owner, answer in asked
        if answer.accession_number and answer.agent
    ]
    return replace(facts, powers=(*(facts.powers or ()), *stated))


def _signing(draft: Draft) -> Iterator[tuple[Owner, SigningAnswers]]:
    """Each reporting person whom an attorney-in-fact signs for, with what was answered on it."""
    for owner, answer in zip(draft.filing.owners, draft.interview.signing, strict=False):
        if answer.capacity in ("attorney", "power"):
            yield owner, answer


def outside_error(file: str, draft: str) -> Form4Error:
    """Why a file that a draft names is not sent, and what to do."""
    name, folder = printable(file), printable(str(folder_of(draft)))
    return Form4Error(
        f"The draft names the exhibit {name}, which is outside the draft's folder, {folder}. form4 sends no file from "
        "elsewhere because a draft names it",
        remedy=f"To send it, name it yourself: --attach {name}=EX-24; or answer the question about the file "
        f"again in form4 edit {printable(draft)}, which copies it",
    )
