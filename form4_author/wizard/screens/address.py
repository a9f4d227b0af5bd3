"""The address of a reporting person (box 1): one shared with others is proposed whole, one pasted whole is split."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.checks.fault import value_fault
from form4_author.model.interview import DoubtInHand
from form4_author.wizard.pasted_address import address_parts
from form4_author.wizard.place import COUNTRY, STATE
from form4_author.wizard.screen import Answer, AnswerKind, Prompt, Proposal, Step, View, filled
from form4_author.wizard.screens.form_prompt import form_field, owner_prompt

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.model.party import Address
    from form4_author.wizard.place import Listed

__all__ = ["ADDRESS"]

_STREET_LIMIT: Final = 40


def _non_us(view: View) -> bool:
    return view.flag("owners[{i}].address.non_us")


def _us(view: View) -> bool:
    return not _non_us(view)


def _shared(view: View) -> tuple[Address, str] | None:
    """The address that is likely to be this one too, and whose it is.

    Joint filers often share an address: the one above; else the business address of others at the issuer.
    """
    owners, index = view.draft.filing.owners, view.index or 0
    if 0 < index <= len(owners) and owners[index - 1].address.street1:
        return owners[index - 1].address, "as above"
    address = view.shelf.address
    return (address, "as others at this issuer") if address is not None and address.street1 else None


def _part(name: str) -> Callable[[View], Proposal | None]:
    """The same part of the shared address, where its street was accepted alone."""

    def propose(view: View) -> Proposal | None:
        shared = _shared(view)
        if shared is None or view.text("owners[{i}].address.street1") != shared[0].street1:
            return None
        found = getattr(shared[0], name) if bool(shared[0].non_us) == _non_us(view) else None
        return Proposal(found, shared[1]) if found else None

    return propose


_PARTS: Final = ("non_us", "street1", "street2", "city", "non_us_state_territory", "state", "country", "zip")


def _is_shared(view: View) -> bool:
    """Whether the address is the shared one in every part: accepted with its street, and not asked part by part."""
    shared, owners, index = _shared(view), view.draft.filing.owners, view.index or 0
    if shared is None or index >= len(owners):
        return False
    own = owners[index].address
    return all((getattr(own, name) or None) == (getattr(shared[0], name) or None) for name in _PARTS)


def _whole(address: Address) -> str:
    """``C/O QUALYS, INC., 919 E. HILLSDALE BLVD., FOSTER CITY, CA 94404``."""
    if address.non_us:
        parts = (address.street1, address.street2, address.city, address.non_us_state_territory, address.zip)
        country = COUNTRY.in_words(address.country) if address.country else ""
        return ", ".join(part for part in (*parts, country) if part)
    end = " ".join(part for part in (address.state, address.zip) if part)
    return ", ".join(part for part in (address.street1, address.street2, address.city, end) if part)


def _street(view: View) -> Proposal | None:
    """The whole shared address; without one, in care of the issuer."""
    shared = _shared(view)
    if shared is not None:
        return Proposal(_whole(shared[0]), shared[1]) if bool(shared[0].non_us) == _non_us(view) else None
    name = view.text("issuer.name")
    care_of = f"C/O {name}"
    return Proposal(care_of, "the issuer") if name and len(care_of) <= _STREET_LIMIT else None


def _outside(view: View) -> Proposal:
    """Whether the shared address is outside the United States; else it is treated as a US one."""
    shared = _shared(view)
    return Proposal("yes" if shared is not None and shared[0].non_us else "no")


def _drop_other_branch(view: View, answer: Answer) -> Step:
    """A US address has no country and a foreign one no state: what the other kind had is removed."""
    outside = answer == "yes"
    view = view.with_text("owners[{i}].address.non_us", outside)
    for name in ("state",) if outside else ("country", "non_us_state_territory"):
        view = view.with_text(f"owners[{{i}}].address.{name}", None)
    return Step(draft=view.draft)


def _meant(of: str, listed: Listed) -> Prompt:
    """Whether a text that means one thing in this list and another in the other was meant as this list has it.

    Nothing is proposed: a wrong country or state would be filed unnoticed.
    """
    place = f"owners[{{i}}].address.{of}"

    def message(view: View) -> str:
        typed = view.doubted(place)
        code = listed.meant(typed)
        iso = f" (ISO code {typed.upper()})" if listed.is_iso(typed) else ""
        return f'"{typed}" is not an EDGAR {of} code. Did you mean {code}, {listed.in_words(code)}{iso}?'

    def settle(view: View, answer: Answer) -> Step:
        settled = view.of(view.draft.with_interview(doubt=DoubtInHand()))
        if answer == "no":
            return Step(draft=settled.draft, goto=filled(place, view.index))
        return Step(draft=settled.with_text(place, listed.meant(view.doubted(place))).draft)

    return Prompt(
        id=f"{place}_meant",
        path="interview.doubt.meant",
        message=message,
        help="The entry appears in EDGAR's list of states and, with a different meaning, in its list of countries. "
        "No asks for it again.",
        kind=AnswerKind.CONFIRM,
        when=lambda view: bool(view.doubted(place)),
        act=settle,
    )


def _set_street(view: View, answer: Answer) -> Step:
    """The street; a whole address, accepted or pasted, fills all its parts, which are shown at the next question."""
    shared = _shared(view)
    if shared is not None and answer == _whole(shared[0]):
        for name in _PARTS:
            view = view.with_text(f"owners[{{i}}].address.{name}", getattr(shared[0], name))
        return Step(draft=view.draft)
    parts = None if _non_us(view) else address_parts(str(answer))
    if parts is None:
        return Step(draft=view.with_text("owners[{i}].address.street1", answer).draft)
    for name, text in parts._asdict().items():
        view = view.with_text(f"owners[{{i}}].address.{name}", text or None)
    second = f"; second line: {parts.street2}" if parts.street2 else ""
    words = (
        f"Street: {parts.street1}{second}; city: {parts.city}; state: {parts.state}; Zip Code: {parts.zip}."
    )
    return Step(draft=view.draft, goto="joint", words=(f"The address was split. {words}",))


def _street_fault(view: View, text: str) -> str | None:
    """What the checks say of the street; nothing of an address that is split."""
    field = form_field("owners[{i}].address.street1")
    shared = _shared(view)
    if field is None or (_us(view) and address_parts(text)) or (shared and text == _whole(shared[0])):
        return None
    hit = value_fault(field, text)
    return hit.message if hit else None


ADDRESS: Final = (
    owner_prompt(
        "address.non_us",
        "Is the address outside the United States?",
        "Box 1, new with the edition of March 2026: US addresses have a state, others a country.",
        kind=AnswerKind.CONFIRM,
        propose=_outside,
        act=_drop_other_branch,
    ),
    owner_prompt(
        "address.street1",
        "Street",
        "Box 1. May be the business address: C/O QUALYS, INC. The filing is public; a home address need not be given. "
        "Up to 40 characters. A whole address may be pasted, with city, state and Zip Code at its end.",
        propose=_street,
        act=_set_street,
        longest=_STREET_LIMIT,
        over="a whole address ends in city, state and Zip Code",
        fault=_street_fault,
    ),
    owner_prompt(
        "address.street2",
        "Street, second line",
        "Box 1. Up to 40 characters.",
        required=False,
        propose=_part("street2"),
        passed=_is_shared,
    ),
    owner_prompt(
        "address.city", "City", "Box 1. Up to 30 characters.", propose=_part("city"), passed=_is_shared
    ),
    owner_prompt(
        "address.state",
        "State",
        "Box 1. A US state or territory: type its two letters or at least four letters of its name.",
        when=_us,
        names=STATE.names,
        aliases=STATE.aliases,
        elsewhere=STATE.elsewhere,
        settled_by="owners[{i}].address.state_meant",
        propose=_part("state"),
        passed=_is_shared,
    ),
    _meant("state", STATE),
    owner_prompt(
        "address.non_us_state_territory",
        "State, province or territory",
        "Box 1. Up to 30 characters, for countries that have them.",
        when=_non_us,
        required=False,
        propose=_part("non_us_state_territory"),
        passed=_is_shared,
    ),
    owner_prompt(
        "address.country",
        "Country",
        "Box 1. Type the name or four letters of it, EDGAR's code or the ISO code: United Kingdom, X0 or GB. Canadian "
        "provinces are in EDGAR's list of countries. Codes that EDGAR no longer accepts are not offered.",
        when=_non_us,
        names=COUNTRY.names,
        aliases=COUNTRY.aliases,
        elsewhere=COUNTRY.elsewhere,
        settled_by="owners[{i}].address.country_meant",
        propose=_part("country"),
        passed=_is_shared,
    ),
    _meant("country", COUNTRY),
    owner_prompt(
        "address.zip",
        "Zip Code",
        "Box 1. Letters, digits, spaces, # and -; up to 10 characters.",
        when=_us,
        propose=_part("zip"),
        passed=_is_shared,
    ),
    owner_prompt(
        "address.zip",
        "Postal Code",
        "Box 1. Letters, digits, spaces, # and -; up to 10 characters.",
        when=_non_us,
        required=False,
        propose=_part("zip"),
        passed=_is_shared,
    ),
)
