"""Who signs for a reporting person: the rows to choose from, each with the words that will be filed.

A row that shows the whole signature confirms it. What cannot apply to an individual, or to an entity, is not offered.
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
from form4_author.wizard.draft.answer import mark
from form4_author.wizard.option import Option
from form4_author.wizard.screen import Answer, Proposal, Step, View, filled
from form4_author.wizard.screens.authority import (
    AGENT,
    CAPACITY,
    OPEN,
    POWER,
    authorities,
    chosen_power,
    earlier_answer,
)

__all__ = [
    "CHAIN",
    "FIDUCIARIES",
    "NAME",
    "OFFICE",
    "WORDING",
    "agent_before",
    "capacity_fault",
    "capacity_formerly",
    "capacity_options",
    "capacity_present",
    "capacity_proposed",
    "conformed",
    "fiduciary_options",
    "first_wording",
    "goes_through_others",
    "is_confirmed_by_row",
    "is_settled_by_record",
    "office_before",
    "owner_name",
    "power_options",
    "power_proposed",
    "set_capacity",
    "set_fiduciary",
    "sign_by",
    "who_signs",
    "wordings",
]

NAME: Final = "signatures[{i}].name"
OFFICE: Final = "interview.signing[{i}].office"
CHAIN: Final = "interview.signing[{i}].chain"
WORDING: Final = "interview.signing[{i}].wording"
FIDUCIARIES: Final = ("guardian", "executor", "conservator")
_FIDUCIARY: Final = "fiduciary"
"""The row for all of them; which one is asked next."""
_UNDER_POWER: Final = ("power", "attorney")
_ROW: Final = 70
"""Characters of a row that are on the screen."""
_NO_PARTNER: Final = re.compile(r"\b(?:trust|fund)\b(?!.*\b(?:gp|general partner)\b)", re.IGNORECASE)
"""Entities that act for no other as its partner."""
_MOST_PARTNERS: Final = 3
_TRUST: Final = re.compile(r"\btrust\b", re.IGNORECASE)
_FUND: Final = re.compile(r"\bfund\b|\bl\.?\s?p\b", re.IGNORECASE)
_PARTNERSHIP: Final = re.compile(r"\bl\.?\s?l?\.?\s?l?\.?\s?p\b|\bpartners(?:hip)?\b|\bfund\b", re.IGNORECASE)
_THROUGH: Final = re.compile(
    r"\b(?:l\.?l?\.?p|l\.?l\.?c|fund|partners|partnership|holdings)\b\.?", re.IGNORECASE
)
"""Entities that another entity may act for."""


def owner_name(view: View) -> str:
    """The reporting person, as one says the name."""
    return natural_name(view.text("owners[{i}].name"))


def _person(view: View) -> str:
    return owner_name(view) or "the reporting person"


def _is_entity(view: View) -> bool:
    return is_entity_name(owner_name(view))


def _is_trust(view: View) -> bool:
    return _TRUST.search(owner_name(view)) is not None


def goes_through_others(view: View) -> bool:
    """Whether other entities may act for this one."""
    return _THROUGH.search(owner_name(view)) is not None


def who_signs(view: View) -> str:
    """The question, in the words for a fund or for anybody else."""
    return "Who signs for the fund?" if _FUND.search(owner_name(view)) else "Who signs?"


# ---- the words


def wordings(view: View) -> tuple[str, ...]:
    """The accepted wordings for what was answered, the issuer's own first, then the recommended."""
    capacity = view.text(CAPACITY)
    own = view.style("signature") if capacity in _UNDER_POWER and view.text(AGENT) else ""
    own = own.replace(SIGNER, view.text(AGENT)).replace(PERSON, owner_name(view))
    usual = conformed_signatures(
        Signing(
            person=owner_name(view),
            capacity=Capacity(capacity) if capacity in set(Capacity) else Capacity.SELF,
            signer=view.text(AGENT),
            office=view.text(OFFICE) if capacity == "officer" else "",
            chain=tuple(part.strip() for part in view.text(CHAIN).split(";") if part.strip()),
            alone=view.count("owners") < 2,
        )
    )
    return tuple(dict.fromkeys((own, *usual))) if 0 < len(own) <= LONGEST else usual


def first_wording(view: View) -> Proposal | None:
    """The issuer's own; else that of the last form signed under the power; else the recommended."""
    words = wordings(view)
    chosen = chosen_power(view)
    if chosen is not None and chosen.wording in words and not view.style("signature"):
        return Proposal(chosen.wording)
    return Proposal(words[0]) if words else None


def conformed(view: View) -> Proposal | None:
    """The wording chosen, while it is one of those for the answers as they are; else the recommended one."""
    chosen = view.text(WORDING)
    return Proposal(chosen) if chosen in wordings(view) else first_wording(view)


def _words_of(view: View) -> str:
    proposal = conformed(view)
    return proposal.text if proposal is not None else ""


def is_confirmed_by_row(view: View) -> bool:
    """Whether the row that was chosen showed the whole signature."""
    if view.text(CAPACITY) != "self" and chosen_power(view) is None:
        return False
    return 0 < len(_words_of(view)) <= _ROW


def _row(words: str, otherwise: str) -> str:
    """The words to be filed, where they fit on a row."""
    return words if 0 < len(words) <= _ROW else otherwise


def _own_row(view: View) -> Option:
    signed = view.with_text(CAPACITY, "self").with_text(WORDING, None).with_text(POWER, "self")
    return Option("self", _row(_words_of(signed), f"{_person(view)} signs"[:_ROW]))


# ---- under a power of attorney on record


def is_settled_by_record(view: View) -> bool:
    """Whether the question on powers of attorney says who signs, and in which capacity."""
    return bool(authorities(view)) and (view.text(POWER) == "self" or chosen_power(view) is not None)


def power_options(view: View) -> tuple[Option, ...]:
    """Those on record, the person, and whoever else; an entity does not sign itself."""
    listed = authorities(view)
    first = (power_proposed(view) or Proposal("")).text
    again = next((a for a in listed if a.key == first), None)
    other = (
        "Another signer"
        if _is_entity(view)
        else "Another attorney-in-fact, or a guardian, executor or conservator"
    )
    return (
        *(_authority_row(view, a.key) for a in listed),
        *(() if _is_entity(view) else (_own_row(view),)),
        Option("other", other),
        *((Option("words", f"A different wording for {again.agent}"[:_ROW]),) if again is not None else ()),
    )


def _authority_row(view: View, key: str) -> Option:
    signed = _signed_under(view, key)
    found = chosen_power(signed)
    assert found is not None  # noqa: S101  # it is one of those listed
    soon = f" ({found.warning})" if found.warning else ""
    words = _words_of(signed)
    fits = 0 < len(words) <= _ROW
    return Option(
        key, f"{words if fits else f'{found.agent}, Attorney-in-Fact'[:_ROW]}{soon}", also=found.agent
    )


def power_proposed(view: View) -> Proposal | None:
    """Who signed last; the person, where the last form was not signed under a power."""
    listed = authorities(view)
    agent = view.text(AGENT) or (earlier_answer(view, AGENT))
    same = next((a for a in listed if folded(a.agent) == folded(agent)), None)
    if same is not None:
        return Proposal(same.key)
    if view.text("interview.opened") or not listed:
        return Proposal("other" if _is_entity(view) else "self")
    return Proposal(listed[0].key)


def _signed_under(view: View, key: str) -> View:
    """The view of the draft in which the one of this key signs."""
    view = view.with_text(POWER, key).with_text(WORDING, None)
    chosen = chosen_power(view)
    if chosen is None:
        return view
    return view.with_text(CAPACITY, chosen.capacity).with_text(AGENT, chosen.agent)


def sign_by(view: View, answer: Answer) -> Step:
    """Who signs by the register; ``words``: the one proposed, and the wording is chosen next."""
    if answer == "words":
        proposed = (power_proposed(view) or Proposal("")).text
        return Step(
            draft=_signed_under(view, proposed).draft, goto=filled("signing[{i}].wording", view.index)
        )
    view = _signed_under(view, str(answer))
    chosen = chosen_power(view)
    if chosen is None:
        return Step(draft=view.with_text(CAPACITY, "self" if answer == "self" else None).draft)
    words = (f"The power of attorney {chosen.warning}.",) if chosen.warning else ()
    return Step(draft=view.draft, words=words if chosen.on_file else (*words, OPEN))


# ---- in which capacity


def capacity_options(view: View) -> tuple[Option, ...]:
    """What may apply to the person, or to the entity."""
    under_power = Option(_under_power(view), "An attorney-in-fact, under a power of attorney")
    if not _is_entity(view):
        fiduciary = view.text(CAPACITY)
        return (
            _own_row(view),
            under_power,
            Option(
                fiduciary if fiduciary in FIDUCIARIES else _FIDUCIARY, "A guardian, executor or conservator"
            ),
        )
    itself = "the fund itself" if _FUND.search(owner_name(view)) else "the entity itself"
    return (
        *((Option("trustee", "A trustee of the trust"),) if _is_trust(view) else ()),
        *_partners(view),
        Option("officer", f"An officer, member or partner of {itself}"),
        under_power,
    )


def _under_power(view: View) -> str:
    """``power`` or ``attorney``: as the last filing was signed, or the person before."""
    said = (view.text(CAPACITY), earlier_answer(view, CAPACITY))
    return next((each for each in said if each in _UNDER_POWER), _UNDER_POWER[0])


def _partners(view: View) -> tuple[Option, ...]:
    """The other entities of the form, through which a fund may sign."""
    if _is_trust(view) or not goes_through_others(view):
        return ()
    names = {n: view.of(view.draft, n).text("owners[{i}].name") for n in range(view.count("owners"))}
    others = [
        Option(f"owners[{n}]", f"Its {_role(view)}, {name}"[: _ROW - 15] + " (on this form)")
        for n, name in names.items()
        if n != view.index and is_entity_name(name) and not _NO_PARTNER.search(name)
        if not _signs_through(view.of(view.draft, n), owner_name(view))
    ]
    return tuple(others[:_MOST_PARTNERS])


def _signs_through(view: View, name: str) -> bool:
    """Whether the entity of this view signs through the one of this name, which it then can't act for."""
    return folded(name) in folded(view.text(CHAIN))


def _role(view: View) -> str:
    return "general partner" if _PARTNERSHIP.search(owner_name(view)) else "managing member"


def _through(view: View, answer: str) -> str:
    """The chain through the entity of a row: ``Example GP, LLC, its general partner``; empty for another row."""
    number = next((n for n in range(view.count("owners")) if answer == f"owners[{n}]"), None)
    if number is None:
        return ""
    return f"{view.of(view.draft, number).text('owners[{i}].name')}, its {_role(view)}"


def capacity_proposed(view: View) -> Proposal | None:
    """The person's own signature; who signs for an entity is chosen."""
    return None if _is_entity(view) else Proposal("self")


def capacity_formerly(view: View) -> str:
    """What was proposed for an entity, for which earlier files of answers stand."""
    return ("trustee" if _is_trust(view) else "officer") if _is_entity(view) else ""


def capacity_fault(view: View, typed: str) -> str | None:
    """What is wrong with an answer that is none of the rows: of a file, or of a sheet."""
    allowed = {o.value for o in capacity_options(view)} | set(_UNDER_POWER)
    allowed |= set() if _is_entity(view) else set(FIDUCIARIES)
    if typed in allowed:
        return None
    return f"choose one of {', '.join(o.value for o in capacity_options(view))}"


def capacity_present(view: View) -> str:
    """The entity of this form through which an earlier answer has it signed; empty where none is."""
    chain = view.text(CHAIN)
    return next((each.value for each in _partners(view) if chain and _through(view, each.value) == chain), "")


def set_capacity(view: View, answer: Answer) -> Step:
    """In which capacity someone signs; through which entity, where a row says so."""
    chosen = str(answer)
    asked, chain_asked = (
        filled("signing[{i}].fiduciary", view.index),
        filled("signing[{i}].chain", view.index),
    )
    through = _through(view, chosen)
    if through:
        view = view if view.text(CHAIN) == through else view.with_text(NAME, None)
        view = view.with_text(CAPACITY, "officer").with_text(CHAIN, through)
        return Step(draft=mark(view.draft, chain_asked, "defaulted"))
    if view.interview.answered.get(chain_asked) == "defaulted":
        view = view.with_text(CHAIN, None).with_text(NAME, None)
        view = view.of(mark(view.draft, chain_asked, None))
    if chosen == _FIDUCIARY:
        return Step(draft=mark(view.with_text(CAPACITY, FIDUCIARIES[0]).draft, asked, None))
    known = mark(
        view.with_text(CAPACITY, chosen).draft, asked, "defaulted" if chosen in FIDUCIARIES else None
    )
    return Step(draft=known)


def fiduciary_options(_view: View) -> tuple[Option, ...]:
    """The guardian, the executor, the conservator."""
    return tuple(Option(each, f"The {each}") for each in FIDUCIARIES)


def set_fiduciary(view: View, answer: Answer) -> Step:
    """Which of them signs."""
    return Step(draft=view.with_text(CAPACITY, str(answer)).draft)


# ---- who, and with which office


def agent_before(view: View) -> Proposal | None:
    """Who signed for the person before."""
    before = earlier_answer(view, AGENT)
    return Proposal(before, "as above") if before else None


def office_before(view: View) -> Proposal | None:
    """The office in this entity, where the same signer just signed for another through it."""
    if not view.index or folded(earlier_answer(view, AGENT)) != folded(view.text(AGENT)):
        return None
    chain = earlier_answer(view, CHAIN).split(";")[-1].strip()
    office = earlier_answer(view, OFFICE)
    through = folded(chain).startswith(f"{folded(owner_name(view))},") and bool(owner_name(view))
    return Proposal(office, "as above") if through and office else None
