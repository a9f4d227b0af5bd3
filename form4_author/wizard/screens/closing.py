"""Signatures and the review: who signs and in which words, what is still wrong, and the packet.

Wording: Form 4, General Instruction 7; Regulation S-T, Rule 302(a) (a typed signature).
"""

from __future__ import annotations

from typing import Final

from form4_author.model.conformed import natural_name
from form4_author.wizard.answer import put
from form4_author.wizard.entry import Entry
from form4_author.wizard.screen import Answer, Kind, Option, Prompt, Proposal, Screen, Step, View
from form4_author.wizard.screens.party import form_field

__all__ = ["OVERRIDE", "REVIEW", "SIGNATURES"]

_CAPACITY: Final = "interview.signing[{i}].capacity"
_AGENT: Final = "interview.signing[{i}].agent"
_OFFICE: Final = "interview.signing[{i}].office"
_AGENTS: Final = ("attorney", "power", "officer")


# ---- signatures


def _owner_name(view: View) -> str:
    return natural_name(view.text("owners[{i}].name"))


def _capacity_options(view: View) -> tuple[Option, ...]:
    person = _owner_name(view) or "the reporting person"
    return (
        Option("self", f"{person} signs"),
        Option("power", f"Someone else, by power of attorney for {person}"),
        Option("attorney", f"Someone else, as Attorney-in-Fact for {person}"),
        Option("officer", f"An officer or trustee, on behalf of {person} (an entity)"),
    )


def _capacity_before(view: View) -> Proposal | None:
    before = View(view.data, (view.index or 0) - 1).text(_CAPACITY) if view.index else ""
    return Proposal(before, "as above") if before else Proposal("self")


def _agent_before(view: View) -> Proposal | None:
    before = View(view.data, (view.index or 0) - 1).text(_AGENT) if view.index else ""
    return Proposal(before, "as above") if before else None


def _conformed(view: View) -> Proposal | None:
    """The typed signature in one of the accepted wordings."""
    person, agent, capacity = _owner_name(view), view.text(_AGENT), view.text(_CAPACITY)
    if not person or (capacity in _AGENTS and not agent):
        return None
    wording = {
        "power": f"/s/ {agent} by power of attorney for {person}",
        "attorney": f"/s/ {agent}, Attorney-in-Fact for {person}",
        "officer": f"/s/ {agent}, {view.text(_OFFICE)}, on behalf of {person}",
    }
    return Proposal(wording.get(capacity, f"/s/ {person}"))


def _signature_title(view: View) -> str:
    person = view.text("owners[{i}].name")
    return f"Signature for {person}" if person else "Signature"


SIGNATURES: Final = Screen(
    id="signatures",
    section="Signature",
    title=_signature_title,
    count=lambda data: max(1, View(data).count("owners"), View(data).count("signatures")),
    prompts=(
        Prompt(
            id="signing[{i}].capacity",
            path=_CAPACITY,
            message="Who signs?",
            help="Instruction 7. The person, or someone authorised: the authority is confirmed in an "
            "attachment (EX-24), or "
            "is still in effect from an earlier filing. An entity is signed for with the signer's capacity.",
            kind=Kind.CHOICE,
            options=_capacity_options,
            propose=_capacity_before,
            supersedes=("signatures[{i}].name",),
        ),
        Prompt(
            id="signing[{i}].agent",
            path=_AGENT,
            message="Name of the one who signs",
            help="Instruction 7(a), (b). As it will stand in the typed signature: Bruce Posey.",
            when=lambda view: view.text(_CAPACITY) in _AGENTS,
            propose=_agent_before,
            supersedes=("signatures[{i}].name",),
        ),
        Prompt(
            id="signing[{i}].office",
            path=_OFFICE,
            message="In which capacity?",
            help="Instruction 7(b). The office held at the entity: Secretary, Managing Member, Trustee.",
            when=lambda view: view.text(_CAPACITY) == "officer",
            supersedes=("signatures[{i}].name",),
        ),
        Prompt(
            id="signatures[{i}].name",
            message="Signature as typed on the form",
            help="Regulation S-T, Rule 302(a): a typed signature; up to 255 characters. The signer "
            "signs an authentication "
            "document before or at the time of filing, by hand or electronically; it is kept for five years.",
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
            entry=Entry.DATE,
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
            help="A number goes to the question behind it and comes back here. suspense: EDGAR would "
            "suspend the filing; it "
            "must be mended. error: contradicts the form's instructions; mend it, or accept it with a written reason. "
            "warning: probably a mistake. note: worth a look.",
            hub=True,
        ),
    ),
)


def _accept(view: View, answer: Answer) -> Step:
    return Step(data=put(view.data, ("interview", "override", "reason"), str(answer)))


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
