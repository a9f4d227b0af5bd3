"""By what authority someone signs for another: the powers of attorney on record, or where the one used is.

Source: Form 4, General Instruction 7(a): the authority is attached, or filed as soon as practicable in an amendment,
unless it is still in effect on file with the Commission.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author.errors import MalformedValue
from form4_author.ident.accession import accession_number
from form4_author.text import folded
from form4_author.wizard.option import Option
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Step, View
from form4_author.wizard.typed_path import path_typed

if TYPE_CHECKING:
    from form4_author.wizard.register_offer import SignerOption

__all__ = [
    "AGENT",
    "CAPACITY",
    "EVIDENCE",
    "OPEN",
    "POWER",
    "SUPERSEDED",
    "authorities",
    "chosen_power",
    "earlier_answer",
]

POWER: Final = "interview.signing[{i}].power"
CAPACITY: Final = "interview.signing[{i}].capacity"
AGENT: Final = "interview.signing[{i}].agent"
_SIGNED_LAST: Final = "interview.signing[{i}].signed_last"
"""The agent who signed the last form: EDGAR took it, and what it was signed under is not doubted."""
_WHERE: Final = "interview.signing[{i}].evidence"
_ACCESSION: Final = "interview.signing[{i}].accession_number"
_EXHIBIT: Final = "interview.signing[{i}].exhibit"
SUPERSEDED: Final = ("signatures[{i}].name", _WHERE, _ACCESSION, _EXHIBIT)
"""What followed from who signs."""
OPEN: Final = (
    "It is not known whether the power of attorney is on file. Attach it as EX-24, or file it as soon as "
    "practicable in an "
    "amendment (Instruction 7(a)). The review says so too."
)


_LISTED: Final = "Exhibit List: EX-24 Power of Attorney"


def authorities(view: View) -> tuple[SignerOption, ...]:
    """Those who may sign for the person by the register."""
    listed = view.shelf.authorities
    index = view.index or 0
    return listed[index] if index < len(listed) else ()


def chosen_power(view: View) -> SignerOption | None:
    """The one of them who was chosen to sign."""
    key = view.text(POWER)
    return next((a for a in authorities(view) if a.key == key), None)


def earlier_answer(view: View, template: str) -> str:
    """What was answered for the person before."""
    return view.of(view.draft, view.index - 1).text(template) if view.index else ""


def _is_open(view: View) -> bool:
    """Whether an attorney-in-fact signs under a power that is not known to be on file.

    Without a register, who signed the last form is not asked about: no one could say what is on record.
    """
    if view.text(CAPACITY) not in ("attorney", "power"):
        return False
    chosen = chosen_power(view)
    if chosen is not None:
        return not chosen.on_file
    if view.shelf.notes is None:
        agent = folded(view.text(AGENT))
        is_settled = agent == folded(view.text(_SIGNED_LAST)) != "" or view.text(POWER) not in (
            "",
            "self",
            "other",
        )
        return bool(view.text(_WHERE)) or not is_settled
    return True


def _where(view: View) -> Proposal:
    before = earlier_answer(view, _WHERE)
    same = before and folded(earlier_answer(view, AGENT)) == folded(view.text(AGENT))
    return Proposal(before, "as above") if same else Proposal("open")


def _exhibits(view: View) -> list[str]:
    """The files attached, of all reporting persons."""
    listed = (view.text(_EXHIBIT.replace("{i}", str(n))) for n in range(view.count("owners")))
    return [file for file in listed if file]


def _set_where(view: View, answer: Answer) -> Step:
    view = view.with_text(_WHERE, str(answer))
    for template, way in ((_ACCESSION, "filed"), (_EXHIBIT, "attached")):
        view = view if answer == way else view.with_text(template, None)
    if answer != "attached" and _LISTED in view.text("remarks") and not _exhibits(view):
        remarks = view.text("remarks").replace(_LISTED, "").strip()
        view = view.with_text("remarks", remarks or None)
    return Step(draft=view.draft, words=(OPEN,) if answer == "open" else ())


def _accession_fault(_view: View, typed: str) -> str | None:
    try:
        accession_number(typed)
    except MalformedValue as error:
        return error.problem
    return None


def _set_accession(view: View, answer: Answer) -> Step:
    number = accession_number(str(answer))
    chosen = chosen_power(view)
    draft = view.with_text(_ACCESSION, number).draft
    return Step(draft=draft, places=(chosen.key, number) if chosen is not None else None)


def _exhibit_fault(_view: View, typed: str) -> str | None:
    file = Path(path_typed(typed))
    if file.suffix.lower() not in (".txt", ".htm"):
        return f'An exhibit is a .txt or .htm file; found "{file.name}"'
    return None if file.is_file() else f"There is no file {file}"


def _set_exhibit(view: View, answer: Answer) -> Step:
    """The file, whatever folder is current later; Remarks lists the exhibit."""
    remarks = view.text("remarks")
    view = view.with_text(_EXHIBIT, str(Path(path_typed(str(answer))).absolute()))
    if "EX-24" in remarks:
        return Step(draft=view.draft, attaches=view.path(_EXHIBIT))
    return Step(
        draft=view.with_text("remarks", f"{remarks}\n{_LISTED}".strip()).draft,
        attaches=view.path(_EXHIBIT),
        words=("Remarks lists the exhibit (Instruction 6(c)).",),
    )


def _as_above(template: str) -> Proposal | None:
    return None if not template else Proposal(template, "as above")


EVIDENCE: Final = (
    Prompt(
        id="signing[{i}].evidence",
        path=_WHERE,
        message="Where is the power of attorney?",
        help="Instruction 7(a). The authority to sign is confirmed in writing in an attachment (EX-24), unless it is "
        "still in effect on file with the Commission: then identify the filing. An attached one goes into the "
        "packet, and "
        "form4 pack sends it along.",
        kind=AnswerKind.CHOICE,
        when=_is_open,
        options=lambda _view: (
            Option("open", "Not known now (the review warns about it)"),
            Option("filed", "On file with an earlier filing (its accession number is asked next)"),
            Option("attached", "Attached to this form as EX-24 (its file is asked next)"),
        ),
        silent=lambda view: chosen_power(view) is not None,
        propose=_where,
        act=_set_where,
    ),
    Prompt(
        id="signing[{i}].accession_number",
        path=_ACCESSION,
        message="Accession number of the filing that has the power of attorney",
        help="Instruction 7(a). As on EDGAR: 0001107843-24-000123. It is stored with the power of attorney in the "
        "register, where "
        "there is one, and is not printed on the form.",
        when=lambda view: _is_open(view) and view.text(_WHERE) == "filed",
        propose=lambda view: _as_above(earlier_answer(view, _ACCESSION)),
        fault=_accession_fault,
        act=_set_accession,
    ),
    Prompt(
        id="signing[{i}].exhibit",
        path=_EXHIBIT,
        message="File of the power of attorney (.txt or .htm)",
        help="Instruction 7(a). The signed power of attorney, as EX-24; form4 poa new writes one to sign. A file "
        "that is not in the "
        "draft's folder is copied into it: exhibits are sent from there only. It is read again whenever the form is "
        "checked or packed.",
        when=lambda view: _is_open(view) and view.text(_WHERE) == "attached",
        propose=lambda view: _as_above(earlier_answer(view, _EXHIBIT)),
        fault=_exhibit_fault,
        act=_set_exhibit,
    ),
)
"""Asked where someone signs under a power of attorney of which the register does not know where it is on file."""
