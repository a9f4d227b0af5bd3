"""Signatures and the review: who signs and in which words, what is still wrong, and the packet.

Wording: Form 4, General Instruction 7; Regulation S-T, Rule 302(a) (a typed signature).
"""

from __future__ import annotations

from typing import Final

from form4_author.wizard.draft.answer import mark
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Screen, Step, View, filled
from form4_author.wizard.screens import signer
from form4_author.wizard.screens.authority import (
    AGENT,
    CAPACITY,
    EVIDENCE,
    POWER,
    SUPERSEDED,
    authorities,
)
from form4_author.wizard.screens.party import form_field
from form4_author.wizard.wording import us_dates

__all__ = ["OVERRIDE", "REVIEW", "SIGNATURES"]

_CHANGE: Final = "change"
_ANOTHER: Final = "another"


# ---- signatures


def _signature_intro(view: View) -> tuple[str, ...]:
    """Which of several signatures it is, who may sign by the register, and the words as they are so far."""
    owners = view.count("owners")
    counted = (f"  {(view.index or 0) + 1} of {owners} signatures",) if owners > 1 else ()
    listed = authorities(view)
    lines = tuple(f"  {a.agent}: {a.details}" for a in listed)
    words = "" if signer.is_confirmed_by_row(view) else _signature_words(view)
    return (
        *counted,
        *(("On record:", *lines) if listed else ()),
        *((f"  Signature: {words}",) if words and view.text(CAPACITY) else ()),
    )


def _signature_words(view: View) -> str:
    """The signature as it is, or as it is worked out."""
    proposal = signer.conformed(view)
    return view.text(signer.NAME) or (proposal.text if proposal is not None else "")


def _signs_for(view: View) -> bool:
    """Whether someone other than the reporting person signs."""
    return view.text(CAPACITY) not in ("", "self")


def _signature_title(view: View) -> str:
    person = view.text("owners[{i}].name")
    return f"Signature for {person}" if person else "Signature"


def _wording_options(view: View) -> tuple[Option, ...]:
    return tuple(Option(words, words) for words in signer.wordings(view))


def _name_help(view: View) -> str:
    others = " | ".join(signer.wordings(view)[1:])
    also = f" Also usual: {others}. (/ leads to the choice of wording.)" if others else ""
    return (
        "Regulation S-T, Rule 302(a): a typed signature; up to 255 characters. The signer signs an authentication "
        f"document before or at the time of filing, by hand or electronically; it is kept for five years.{also}"
    )


def _name_message(view: View) -> str:
    """What is asked once the words are known; before, what the form has there."""
    known = view.text(CAPACITY) and _signature_words(view)
    return "Is this the signature?" if known else "Signature as typed on the form"


def _name_options(view: View) -> tuple[Option, ...]:
    words = _signature_words(view)
    return (
        *((Option(words, "Yes"),) if words else ()),
        Option(_CHANGE, "Change the words"),
        Option(_ANOTHER, "Choose another signer"),
    )


def _confirm(view: View, answer: Answer) -> Step:
    """The signature, or the way to other words or another signer."""
    if answer == _CHANGE:
        return Step(draft=view.draft, goto=filled("signing[{i}].words", view.index))
    if answer == _ANOTHER:
        question = "power" if authorities(view) else "capacity"
        return Step(draft=view.draft, goto=filled(f"signing[{{i}}].{question}", view.index))
    return Step(draft=view.with_text(signer.NAME, " ".join(str(answer).split())).draft)


def _set_words(view: View, answer: Answer) -> Step:
    """The words as typed, which no other answer changes any more."""
    draft = view.with_text(signer.NAME, str(answer)).draft
    return Step(draft=mark(draft, filled(signer.NAME, view.index), None))


SIGNATURES: Final = Screen(
    id="signatures",
    section="Signature",
    title=_signature_title,
    count=lambda draft: max(1, len(draft.filing.owners), len(draft.filing.signatures)),
    intro=_signature_intro,
    prompts=(
        Prompt(
            id="signing[{i}].power",
            path=POWER,
            message=signer.who_signs,
            help="Instruction 7(a). The powers of attorney that the register has for this person and issuer, and that "
            "have not ended or been revoked (form4 poa list). Attach one that is not yet on file with the "
            "Commission as EX-24.",
            kind=AnswerKind.CHOICE,
            when=lambda view: bool(authorities(view)),
            options=signer.power_options,
            propose=signer.power_proposed,
            act=signer.sign_by,
            supersedes=SUPERSEDED,
        ),
        Prompt(
            id="signing[{i}].capacity",
            path=CAPACITY,
            message=signer.who_signs,
            help="Instruction 7. The person, or someone authorized: the authority is confirmed in an "
            "attachment (EX-24), or "
            "is still in effect from an earlier filing. An entity is signed for with the signer's capacity.",
            kind=AnswerKind.CHOICE,
            when=lambda view: not signer.is_settled_by_record(view),
            options=signer.capacity_options,
            propose=signer.capacity_proposed,
            present=signer.capacity_present,
            formerly=signer.capacity_formerly,
            typed=True,
            fault=signer.capacity_fault,
            act=signer.set_capacity,
            supersedes=SUPERSEDED,
        ),
        Prompt(
            id="signing[{i}].fiduciary",
            path=CAPACITY,
            message="Which of them signs?",
            help="Instruction 7(a). A guardian or conservator signs for the person, an executor for the estate. "
            "Evidence of the authority is filed with the form, unless it is on file with the Commission.",
            kind=AnswerKind.CHOICE,
            silent=True,
            when=lambda view: view.text(CAPACITY) in signer.FIDUCIARIES,
            options=signer.fiduciary_options,
            act=signer.set_fiduciary,
            supersedes=("signatures[{i}].name",),
        ),
        Prompt(
            id="signing[{i}].agent",
            path=AGENT,
            message="Name of the person who signs",
            help="Instruction 7(a), (b). As it will appear in the typed signature: Bruce Posey.",
            when=lambda view: _signs_for(view) and not signer.is_settled_by_record(view),
            propose=signer.agent_before,
            supersedes=SUPERSEDED,
        ),
        *EVIDENCE,
        Prompt(
            id="signing[{i}].office",
            path=signer.OFFICE,
            message="In which capacity?",
            help="Instruction 7(b). The office held at the entity: Secretary, Managing Member, Trustee.",
            when=lambda view: view.text(CAPACITY) == "officer",
            propose=signer.office_before,
            supersedes=("signatures[{i}].name",),
        ),
        Prompt(
            id="signing[{i}].chain",
            path=signer.CHAIN,
            message="Through which other entities? (outermost first, separated by ;; leave empty if there is no other)",
            help="Instruction 7(b). Where one entity acts for another, each with its role: X GP, LLC, its general "
            "partner. The signature then reads: X Fund, L.P., by X GP, LLC, its general partner, by /s/ Jane Doe, "
            "Managing Member.",
            required=False,
            silent=True,
            when=lambda view: view.text(CAPACITY) == "officer" and signer.goes_through_others(view),
            supersedes=("signatures[{i}].name",),
        ),
        Prompt(
            id="signing[{i}].wording",
            path=signer.WORDING,
            message="Wording of the signature",
            help="Regulation S-T, Rule 302(a); Instruction 7. All of these are usual on forms that EDGAR accepted; "
            "the first is the clearest. You can edit it on the next line.",
            kind=AnswerKind.CHOICE,
            silent=True,
            derived=True,
            when=lambda view: len(signer.wordings(view)) > 1,
            options=_wording_options,
            propose=signer.first_wording,
            recalled=False,
            supersedes=("signatures[{i}].name",),
        ),
        Prompt(
            id=signer.NAME,
            message=_name_message,
            help=_name_help,
            kind=AnswerKind.CHOICE,
            field=form_field(signer.NAME),
            typed=True,
            silent=signer.is_confirmed_by_row,
            options=_name_options,
            propose=signer.conformed,
            act=_confirm,
            derived=True,
            recalled=False,
            longest=255,
        ),
        Prompt(
            id="signing[{i}].words",
            path=signer.NAME,
            message="Signature as typed on the form",
            help=_name_help,
            field=form_field(signer.NAME),
            on_demand=True,
            recalled=False,
            prefill=True,
            act=_set_words,
            longest=255,
        ),
        Prompt(
            id="signatures[{i}].date",
            message="Date of signature",
            help="The day it is signed: not before the transaction, not after filing.",
            entry=EntryKind.DATE,
            field=form_field("signatures[{i}].date"),
            propose=lambda _view: Proposal("t", "today"),
        ),
    ),
)


# ---- review: what can be typed depends on the findings, which the session adds (see ``form4_author.wizard.review``)

REVIEW: Final = Screen(
    id="review",
    section="Review",
    title="Review",
    prompts=(
        Prompt(
            id="review",
            message="Make the packet?",
            help="A row opens a finding, with its source and what can be done. Suspense: EDGAR would "
            "suspend the filing; "
            "correct it. Error: contradicts the form's instructions; correct it, or override it with a written reason. "
            "Warning: probably a mistake. Note: worth a look.",
            hub=True,
        ),
    ),
)


def _accept(view: View, answer: Answer) -> Step:
    return Step(draft=view.with_text("interview.override.reason", str(answer)).draft)


OVERRIDE: Final = Screen(
    id="override",
    section="Review",
    title="Override a finding with a reason",
    home="review",
    transient=True,
    when=lambda view: bool(view.text("interview.override.id")),
    intro=lambda view: (us_dates(view.text("interview.override.message")),),
    prompts=(
        Prompt(
            id="override.reason",
            path="interview.override.reason",
            message="Why is it correct as it is?",
            help="The reason is saved in the draft and printed in the report, not filed. Only an error "
            "can be overridden; a suspense finding cannot, because EDGAR would suspend the filing.",
            act=_accept,
            fault=lambda _view, words: (
                None if len(words.split()) > 1 else "Type the reason in words; < goes back"
            ),
        ),
    ),
)
