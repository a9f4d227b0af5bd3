"""Signatures and the review: who signs and in which words, what is still wrong, and the packet.

Wording: Form 4, General Instruction 7; Regulation S-T, Rule 302(a) (a typed signature).
"""

from __future__ import annotations

import re
from typing import Final

from form4_author.model.conformed_signature import (
    LONGEST,
    Capacity,
    Signing,
    conformed_signatures,
    is_entity_name,
    natural_name,
)
from form4_author.register.style import PERSON, SIGNER
from form4_author.text import folded
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Screen, Step, View
from form4_author.wizard.screens.authority import (
    AGENT,
    CAPACITY,
    EVIDENCE,
    POWER,
    SUPERSEDED,
    authorities,
    chosen_power,
    earlier_answer,
)
from form4_author.wizard.screens.party import form_field
from form4_author.wizard.wording import fold

__all__ = ["OVERRIDE", "REVIEW", "SIGNATURES"]

_OFFICE: Final = "interview.signing[{i}].office"
_CHAIN: Final = "interview.signing[{i}].chain"
_WORDING: Final = "interview.signing[{i}].wording"
_TRUST: Final = re.compile(r"\btrust\b", re.IGNORECASE)
_THROUGH: Final = re.compile(
    r"\b(?:l\.?l?\.?p|l\.?l\.?c|fund|partners|partnership|holdings)\b\.?", re.IGNORECASE
)
"""Entities that another entity may act for."""


# ---- signatures


def _owner_name(view: View) -> str:
    return natural_name(view.text("owners[{i}].name"))


# who signs under a power of attorney on record


def _settled_by_record(view: View) -> bool:
    """Whether the question on powers of attorney says who signs, and in which capacity."""
    return bool(authorities(view)) and (view.text(POWER) == "self" or chosen_power(view) is not None)


def _power_options(view: View) -> tuple[Option, ...]:
    ways = {"attorney": "Attorney-in-Fact", "power": "by power of attorney"}
    person = _owner_name(view) or "the reporting person"
    return (
        *(
            Option(a.key, f"{a.agent}, {ways[a.capacity]}{f' ({a.warning})' if a.warning else ''}"[:66])
            for a in authorities(view)
        ),
        Option("self", f"{person} signs"),
        Option("other", "Somebody else, or in another capacity"),
    )


def _power_proposed(view: View) -> Proposal | None:
    """Who signed last; the person, where the last form was not signed under a power."""
    listed = authorities(view)
    agent = view.text(AGENT) or (earlier_answer(view, AGENT))
    same = next((a for a in listed if folded(a.agent) == folded(agent)), None)
    if same is not None:
        return Proposal(same.key)
    if view.text("interview.opened") or not listed:
        return Proposal("other" if is_entity_name(_owner_name(view)) else "self")
    return Proposal(listed[0].key)


def _sign_by(view: View, answer: Answer) -> Step:
    view = view.with_text(POWER, str(answer))
    chosen = chosen_power(view)
    view = view.with_text(_WORDING, None)
    if chosen is None:
        return Step(draft=view.with_text(CAPACITY, "self" if answer == "self" else None).draft)
    view = view.with_text(CAPACITY, chosen.capacity).with_text(AGENT, chosen.agent)
    return Step(
        draft=view.draft, words=(f"The power of attorney {chosen.warning}.",) if chosen.warning else ()
    )


def _signature_intro(view: View) -> tuple[str, ...]:
    listed = authorities(view)
    lines = [part for a in listed for part in fold(f"  {a.agent}: {a.details}", "    ")]
    return ("On record:", *lines) if listed else ()


def _capacity_options(view: View) -> tuple[Option, ...]:
    person = _owner_name(view) or "the reporting person"
    return (
        Option("self", f"{person} signs"),
        Option("power", f"Someone else, by power of attorney for {person}"),
        Option("attorney", f"Someone else, as Attorney-in-Fact for {person}"),
        Option("officer", f"An officer, partner or member, on behalf of {person} (an entity)"),
        Option("trustee", f"A trustee of {person} (a trust)"),
        Option("executor", f"The executor of the estate of {person}"),
        Option("guardian", f"The guardian of {person}"),
    )


def _capacity_before(view: View) -> Proposal | None:
    before = earlier_answer(view, CAPACITY)
    if before:
        return Proposal(before, "as above")
    person = _owner_name(view)
    if not is_entity_name(person):
        return Proposal("self")
    return Proposal("trustee" if _TRUST.search(person) else "officer", "an entity")


def _agent_before(view: View) -> Proposal | None:
    before = earlier_answer(view, AGENT)
    return Proposal(before, "as above") if before else None


def _wordings(view: View) -> tuple[str, ...]:
    """The accepted wordings for what was answered, the issuer's own first, then the recommended."""
    capacity = view.text(CAPACITY)
    own = view.style("signature") if capacity in ("attorney", "power") and view.text(AGENT) else ""
    own = own.replace(SIGNER, view.text(AGENT)).replace(PERSON, _owner_name(view))
    usual = conformed_signatures(
        Signing(
            person=_owner_name(view),
            capacity=Capacity(capacity) if capacity in set(Capacity) else Capacity.SELF,
            signer=view.text(AGENT),
            office=view.text(_OFFICE) if capacity == "officer" else "",
            chain=tuple(part.strip() for part in view.text(_CHAIN).split(";") if part.strip()),
            alone=view.count("owners") < 2,
        )
    )
    return tuple(dict.fromkeys((own, *usual))) if 0 < len(own) <= LONGEST else usual


def _wording_options(view: View) -> tuple[Option, ...]:
    return tuple(Option(words, words) for words in _wordings(view))


def _first_wording(view: View) -> Proposal | None:
    """The issuer's own; else that of the last form signed under the power; else the recommended."""
    words = _wordings(view)
    chosen = chosen_power(view)
    if chosen is not None and chosen.wording in words and not view.style("signature"):
        return Proposal(chosen.wording)
    return Proposal(words[0]) if words else None


def _conformed(view: View) -> Proposal | None:
    """The wording chosen, while it is one of those for the answers as they stand; else the recommended one."""
    chosen = view.text(_WORDING)
    return Proposal(chosen) if chosen in _wordings(view) else _first_wording(view)


def _name_help(view: View) -> str:
    others = " | ".join(_wordings(view)[1:])
    also = f" Also usual: {others}. (/ leads to the choice of wording.)" if others else ""
    return (
        "Regulation S-T, Rule 302(a): a typed signature; up to 255 characters. The signer signs an authentication "
        f"document before or at the time of filing, by hand or electronically; it is kept for five years.{also}"
    )


def _signs_for(view: View) -> bool:
    """Whether somebody else than the reporting person signs."""
    return view.text(CAPACITY) not in ("", "self")


def _signature_title(view: View) -> str:
    person = view.text("owners[{i}].name")
    return f"Signature for {person}" if person else "Signature"


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
            message="Who signs?",
            help="Instruction 7(a). The powers of attorney that the register has for this person and issuer, and that "
            "have not ended or been revoked (form4 poa list). One that is not on file with the Commission yet is "
            "attached as EX-24.",
            kind=AnswerKind.CHOICE,
            when=lambda view: bool(authorities(view)),
            options=_power_options,
            propose=_power_proposed,
            act=_sign_by,
            supersedes=SUPERSEDED,
        ),
        Prompt(
            id="signing[{i}].capacity",
            path=CAPACITY,
            message="Who signs?",
            help="Instruction 7. The person, or someone authorised: the authority is confirmed in an "
            "attachment (EX-24), or "
            "is still in effect from an earlier filing. An entity is signed for with the signer's capacity.",
            kind=AnswerKind.CHOICE,
            when=lambda view: not _settled_by_record(view),
            options=_capacity_options,
            propose=_capacity_before,
            supersedes=SUPERSEDED,
        ),
        Prompt(
            id="signing[{i}].agent",
            path=AGENT,
            message="Name of the one who signs",
            help="Instruction 7(a), (b). As it will stand in the typed signature: Bruce Posey.",
            when=lambda view: _signs_for(view) and not _settled_by_record(view),
            propose=_agent_before,
            supersedes=SUPERSEDED,
        ),
        *EVIDENCE,
        Prompt(
            id="signing[{i}].office",
            path=_OFFICE,
            message="In which capacity?",
            help="Instruction 7(b). The office held at the entity: Secretary, Managing Member, Trustee.",
            when=lambda view: view.text(CAPACITY) == "officer",
            supersedes=("signatures[{i}].name",),
        ),
        Prompt(
            id="signing[{i}].chain",
            path=_CHAIN,
            message="Through which other entities? (outermost first, with ; between; blank for none)",
            help="Instruction 7(b). Where one entity acts for another, each with its role: X GP, LLC, its general "
            "partner. The signature then reads: X Fund, L.P., by X GP, LLC, its general partner, by /s/ Jane Doe, "
            "Managing Member.",
            required=False,
            when=lambda view: (
                view.text(CAPACITY) == "officer" and _THROUGH.search(_owner_name(view)) is not None
            ),
            supersedes=("signatures[{i}].name",),
        ),
        Prompt(
            id="signing[{i}].wording",
            path=_WORDING,
            message="Wording of the signature",
            help="Regulation S-T, Rule 302(a); Instruction 7. All of these are usual on forms that EDGAR accepted; "
            "the first is the clearest. It can be changed by hand on the next line.",
            kind=AnswerKind.CHOICE,
            silent=True,
            derived=True,
            when=lambda view: len(_wordings(view)) > 1,
            options=_wording_options,
            propose=_first_wording,
            supersedes=("signatures[{i}].name",),
        ),
        Prompt(
            id="signatures[{i}].name",
            message="Signature as typed on the form",
            help=_name_help,
            field=form_field("signatures[{i}].name"),
            propose=_conformed,
            derived=True,
            prefill=True,
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
            message="What next?",
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
    title="Accept a finding with a reason",
    home="review",
    transient=True,
    when=lambda view: bool(view.text("interview.override.id")),
    intro=lambda view: (view.text("interview.override.message"),),
    prompts=(
        Prompt(
            id="override.reason",
            path="interview.override.reason",
            message="Why is it right as it stands?",
            help="The reason is kept with the draft and printed in the report, not filed. Only an error "
            "can be accepted; a "
            "suspense cannot, because EDGAR would suspend the filing.",
            act=_accept,
            fault=lambda _view, words: (
                None if len(words.split()) > 1 else "A reason in words is needed; < goes back"
            ),
        ),
    ),
)
