"""Who: the reporting persons, their addresses and relationships, and the issuer (boxes 1, 2 and 5 of Form 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Unpack

from form4_author.checks.fault import value_fault
from form4_author.findings import path_from_text
from form4_author.model.conformed_signature import is_entity_name
from form4_author.model.interview import DoubtInHand
from form4_author.model.label import field_at
from form4_author.model.party import NO_ISSUER, Owner
from form4_author.timing.legal_data import exempt_by_order
from form4_author.wizard.draft import row_change
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.pasted_address import address_parts
from form4_author.wizard.place import COUNTRY, STATE
from form4_author.wizard.screen import (
    Answer,
    AnswerKind,
    Prompt,
    PromptFacts,
    Proposal,
    Screen,
    Step,
    View,
    filled,
)
from form4_author.wizard.typed_path import file_typed
from form4_author.wizard.wording import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.model.field import Field
    from form4_author.wizard.place import Listed

__all__ = ["ISSUER", "JOINT", "PERSONS", "RELATIONSHIPS", "form_field"]

RELATIONSHIPS: Final = {
    "is_director": "Director",
    "is_officer": "Officer (title follows)",
    "is_ten_percent_owner": "10% Owner",
    "is_other": "Other (words follow)",
}
"""The boxes of box 5 and what they say."""

_TITLE_LIMIT: Final = 30
_STREET_LIMIT: Final = 40
_SEE_REMARKS: Final = "See Remarks"
_TITLE_SENTENCE: Final = "interview.titles[{i}].told"
"""The sentence of Remarks that has a person's title whole; it goes when the title is changed."""


def form_field(template: str) -> Field | None:
    """The form's field that ``owners[{i}].cik`` sets."""
    return field_at(path_from_text(template.replace("[{i}]", "")))


def _owner(name: str, message: str, about: str, **facts: Unpack[PromptFacts]) -> Prompt:
    id = f"owners[{{i}}].{name}"
    return Prompt(id=id, message=message, help=about, field=form_field(id), **facts)


def _non_us(view: View) -> bool:
    return view.flag("owners[{i}].address.non_us")


def _us(view: View) -> bool:
    return not _non_us(view)


def _same_as_before(name: str) -> Callable[[View], Proposal | None]:
    """Joint filers often share an address: the one above is proposed, else the business address of others there."""

    def propose(view: View) -> Proposal | None:
        above = f"owners[{(view.index or 0) - 1}].address.{name}"
        found = view.text(above) if view.index else ""
        return Proposal(found, "as above") if found else _of_others(view, name)

    return propose


def _of_others(view: View, name: str) -> Proposal | None:
    """A part of the address that others at the issuer give; after the street only where that was accepted."""
    address = view.shelf.address
    if address is None or bool(address.non_us) != _non_us(view):
        return None
    if name != "street1" and view.text("owners[{i}].address.street1") != address.street1:
        return None
    found = getattr(address, name)
    return Proposal(found, "as others at this issuer") if found else None


def _outside(view: View) -> Proposal:
    """Whether the address of others at the issuer is outside the United States; else it is taken for a US one."""
    address = view.shelf.address
    return Proposal("yes" if address is not None and address.non_us else "no")


# ---- relationship


def _ticked(view: View) -> Proposal | None:
    ticked = [name for name in RELATIONSHIPS if view.flag(f"owners[{{i}}].{name}")]
    return Proposal(",".join(ticked)) if ticked else None


def _tick(view: View, answer: Answer) -> Step:
    for name in RELATIONSHIPS:
        view = view.with_text(f"owners[{{i}}].{name}", True if name in answer else None)
    if "is_officer" not in answer:
        view = view.with_text("owners[{i}].officer_title", None)
    if "is_other" not in answer:
        view = view.with_text("owners[{i}].other_text", None)
    return Step(draft=view.draft)


def _set_title(view: View, answer: Answer) -> Step:
    """A title over 30 characters goes to Remarks, and the box says so."""
    title = str(answer)
    remarks, before = view.text("remarks"), view.text(_TITLE_SENTENCE)
    if before:
        remarks = remarks.replace(before, "").strip()
    if len(title) <= _TITLE_LIMIT:
        short = view.with_text("remarks", remarks or None).with_text(_TITLE_SENTENCE, None)
        return Step(draft=short.with_text("owners[{i}].officer_title", title).draft)
    person = view.text("owners[{i}].name")
    sentence = f"Officer title{f' of {person}' if person and view.count('owners') > 1 else ''}: {title}."
    view = view.with_text("owners[{i}].officer_title", _SEE_REMARKS).with_text(_TITLE_SENTENCE, sentence)
    if sentence not in remarks:
        remarks = f"{remarks}\n{sentence}".strip()
    message = f'The title is longer than 30 characters: the box says "{_SEE_REMARKS}", Remarks has it whole.'
    return Step(draft=view.with_text("remarks", remarks).draft, words=(message,))


def _set_name(view: View, answer: Answer) -> Step:
    """The name, and what is taken from it: whether somebody has to sign for the person."""
    draft = view.with_text("owners[{i}].name", str(answer)).draft
    if not is_entity_name(str(answer)):
        return Step(draft=draft, words=("Taken for an individual, by the name; who signs is asked later.",))
    message = (
        "Taken for an entity, by the name: it signs through somebody, who is asked later (Instruction 7(b))."
    )
    return Step(draft=draft, words=(message,))


_IDENTITY: Final = (
    _owner(
        "cik",
        "CIK of Reporting Person",
        "Box 1. The person's own Central Index Key, up to 10 digits: EDGAR finds the filer by it. It is on earlier "
        "filings and in the EDGAR search by name. It is not the issuer's CIK, and not the CCC, which is "
        "never asked here.",
        entry=EntryKind.CIK,
        suggests=lambda view: view.shelf.persons,
    ),
    _owner(
        "name",
        "Name of Reporting Person, as EDGAR has it (Last First Middle)",
        "Box 1. As EDGAR's record of this CIK spells it, last name first and without commas: Thakar Sumedh S. "
        "EDGAR fills in the name itself; ours is for the page.",
        act=_set_name,
    ),
)


def _is_first(view: View) -> bool:
    """Whether nothing is known yet: neither a person nor the issuer."""
    return (view.index or 0) == 0 and not view.draft.filing.owners and view.draft.filing.issuer == NO_ISSUER


def _set_who(view: View, answer: Answer) -> Step:
    """A CIK, a name in its place, or everything from a past filing."""
    text = str(answer)
    if text.isdecimal():
        return Step(draft=view.with_text("owners[{i}].cik", text).draft)
    if (file := file_typed(text)) is not None:
        return Step(draft=view.draft, fills=file)
    step = _set_name(view, text)
    return replace(step, words=(*step.words, "The CIK is asked at the end."))


_WHO: Final = replace(
    _IDENTITY[0],
    message="Whose filing is it? A CIK, a name, or the path of any past filing",
    help="Box 1. The CIK (Central Index Key) is EDGAR's number for the reporting person, up to 10 digits. It is on "
    "earlier filings; to find it, type the name at www.sec.gov/edgar/search. A new filer gets a CIK by Form ID at "
    "www.sec.gov/submit-filings. The CCC, which goes with the CIK and is needed only to file, is shown in EDGAR's "
    "Filer Management to those who may manage the account; it is never asked here.",
    entry=EntryKind.WHO,
    path="owners[{i}].cik",
    act=_set_who,
)
"""The first question, while nothing is known."""
_NEEDED: Final = (
    (
        "You need now: the CIK (EDGAR number) of the reporting person and of the company, and the brokerage or plan "
        "statement. To find a CIK, type the name at www.sec.gov/edgar/search. To file, later: a Login.gov account "
        "that may file for the person, and the person's CCC."
    ),
    "A past filing answers most of the next questions. After a name, the CIK is asked at the end.",
)


def _persons_intro(view: View) -> tuple[str, ...]:
    return _NEEDED if _is_first(view) else ()


def _person_prompts(view: View) -> tuple[Prompt, ...]:
    who = _WHO if _is_first(view) else _IDENTITY[0]
    return (who, *_IDENTITY[1:], *_RELATIONSHIP, *_ADDRESS)


_RELATIONSHIP: Final = (
    Prompt(
        id="owners[{i}].relationship",
        message="Relationship of Reporting Person to Issuer",
        help="Box 5, check all applicable (General Instruction 1(a)): director, officer as Rule "
        "16a-1(f) means it, holder "
        "of more than 10% of a class of registered equity, or other.",
        kind=AnswerKind.MULTI,
        sets=tuple(f"owners[{{i}}].{name}" for name in RELATIONSHIPS),
        options=lambda _view: tuple(Option(name, label) for name, label in RELATIONSHIPS.items()),
        propose=_ticked,
        act=_tick,
    ),
    _owner(
        "officer_title",
        "Officer title",
        "Box 5. The officer's title at the issuer, up to 30 characters. Type a longer one in full: the box will say "
        '"See Remarks", and Remarks will hold it.',
        when=lambda view: view.flag("owners[{i}].is_officer"),
        act=_set_title,
        longest=_TITLE_LIMIT,
        over=f'the box will say "{_SEE_REMARKS}", and Remarks will hold it',
        fault=lambda _view, text: (
            "Officer title may have at most 200 characters" if len(text) > 200 else None
        ),
    ),
    _owner(
        "other_text",
        "Other (specify)",
        "Box 5. What the relationship is, up to 30 characters, such as Member of 10% owner group.",
        when=lambda view: view.flag("owners[{i}].is_other"),
    ),
)


def _drop_other_branch(view: View, answer: Answer) -> Step:
    """A US address has no country, another has no state: what stood in the other branch goes."""
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
        help="What was typed is a code or a name in EDGAR's list of states and another in its list of countries. "
        "No asks for it again.",
        kind=AnswerKind.CONFIRM,
        when=lambda view: bool(view.doubted(place)),
        act=settle,
    )


def _set_street(view: View, answer: Answer) -> Step:
    """The street; an address pasted whole fills all its parts, which are shown at the next question."""
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
    if field is None or (_us(view) and address_parts(text)):
        return None
    hit = value_fault(field, text)
    return hit.message if hit else None


_ADDRESS: Final = (
    _owner(
        "address.non_us",
        "Is the address outside the United States?",
        "Box 1, new with the edition of March 2026: US addresses have a state, others a country.",
        kind=AnswerKind.CONFIRM,
        propose=_outside,
        act=_drop_other_branch,
    ),
    _owner(
        "address.street1",
        "Street",
        "Box 1. May be the business address: C/O QUALYS, INC. The filing is public; a home address need not be given. "
        "Up to 40 characters. A whole address may be pasted, with city, state and Zip Code at its end.",
        propose=_same_as_before("street1"),
        act=_set_street,
        longest=_STREET_LIMIT,
        over="a whole address ends in city, state and Zip Code",
        fault=_street_fault,
    ),
    _owner(
        "address.street2",
        "Street, second line",
        "Box 1. Up to 40 characters.",
        required=False,
        propose=_same_as_before("street2"),
    ),
    _owner("address.city", "City", "Box 1. Up to 30 characters.", propose=_same_as_before("city")),
    _owner(
        "address.state",
        "State",
        "Box 1. A US state or territory: type its two letters or at least four letters of its name.",
        when=_us,
        names=STATE.names,
        aliases=STATE.aliases,
        elsewhere=STATE.elsewhere,
        settled_by="owners[{i}].address.state_meant",
        propose=_same_as_before("state"),
    ),
    _meant("state", STATE),
    _owner(
        "address.non_us_state_territory",
        "State, province or territory",
        "Box 1. Up to 30 characters, for countries that have them.",
        when=_non_us,
        required=False,
        propose=_same_as_before("non_us_state_territory"),
    ),
    _owner(
        "address.country",
        "Country",
        "Box 1. Type the name or four letters of it, EDGAR's code or the ISO code: United Kingdom, X0 or GB. Canadian "
        "provinces are in EDGAR's list of countries. Codes that EDGAR no longer takes are not offered.",
        when=_non_us,
        names=COUNTRY.names,
        aliases=COUNTRY.aliases,
        elsewhere=COUNTRY.elsewhere,
        settled_by="owners[{i}].address.country_meant",
        propose=_same_as_before("country"),
    ),
    _meant("country", COUNTRY),
    _owner(
        "address.zip",
        "Zip Code",
        "Box 1. Letters, digits, blanks, # and -; up to 10 characters.",
        when=_us,
        propose=_same_as_before("zip"),
    ),
    _owner(
        "address.zip",
        "Postal Code",
        "Box 1. Letters, digits, blanks, # and -; up to 10 characters.",
        when=_non_us,
        required=False,
        propose=_same_as_before("zip"),
    ),
)


def _person_title(view: View) -> str:
    return "Reporting person" if view.count("owners") <= 1 else f"Reporting person {(view.index or 0) + 1}"


PERSONS: Final = Screen(
    id="owners",
    section="Reporting person",
    title=_person_title,
    intro=_persons_intro,
    prompts=_person_prompts,
    count=lambda draft: max(1, len(draft.filing.owners)),
)


# ---- joint filers


def _joint_options(view: View) -> tuple[Option, ...]:
    count = view.count("owners")
    found = [Option("done", "That is everyone" if count > 1 else "One reporting person, that is all")]
    if count < 10:  # specification 5.5, section 3.5
        found.append(Option("add", "Add a reporting person (joint or group filing)"))
    for index in range(count):
        name = view.text(f"owners[{index}].name") or f"reporting person {index + 1}"
        found.append(Option(f"change {index + 1}", f"Change {name}"))
        if count > 1:
            found.append(Option(f"remove {index + 1}", f"Remove {name}"))
    return tuple(found)


def _joint_step(view: View, answer: Answer) -> Step:
    verb, _, number = str(answer).partition(" ")
    count = view.count("owners")
    if verb == "add":
        draft = view.draft.with_filing(owners=(*view.draft.filing.owners, Owner()))
        return Step(draft=draft, goto=f"owners[{count}].cik")
    if verb == "change":
        return Step(draft=view.draft, goto=f"owners[{int(number) - 1}].cik")
    if verb == "remove":
        gone = int(number) - 1
        order = {i: (None if i == gone else i - (i > gone)) for i in range(count)}
        draft = row_change.reordered(view.draft.with_(("owners", gone), None), "owners", order)
        return Step(draft=draft, goto="joint", words=(f"Reporting person {number} is removed.",))
    return Step(draft=view.draft)


JOINT: Final = Screen(
    id="joint",
    section="Reporting person",
    title="Individual or joint filing",
    prompts=(
        Prompt(
            id="joint",
            message="Who files this form?",
            help="Box 6, individual or joint/group filing. Up to 10 reporting persons; each is one who must report the "
            "same securities, and each signs (General Instruction 4(b)(v)).",
            kind=AnswerKind.CHOICE,
            options=_joint_options,
            propose=lambda _view: Proposal("done"),
            act=_joint_step,
            hub=True,
        ),
    ),
)


# ---- issuer


def _issuer(name: str, message: str, about: str, **facts: Unpack[PromptFacts]) -> Prompt:
    id = f"issuer.{name}"
    return Prompt(id=id, message=message, help=about, field=form_field(id), **facts)


def _has_foreign_symbol(view: View) -> bool:
    return view.flag("interview.foreign_issuer")


_FOREIGN: Final = (
    "Its directors and officers file; its 10% holders do not, and short-swing profit "
    "(Section 16(b)) does not apply."
)


def _set_foreign(view: View, answer: Answer) -> Step:
    view = view.with_text("interview.foreign_issuer", str(answer))
    if answer == "no":
        return Step(draft=view.with_text("issuer.foreign_trading_symbol", None).draft)
    return Step(draft=view.draft, words=(_FOREIGN, exempt_by_order()))


def _classes(view: View) -> tuple[str, ...]:
    """The issuer's classes that the register or the last filing knows."""
    carried = [line.text("security_title") for line in view.interview.carried]
    titles = dict.fromkeys(title for title in (*view.shelf.classes, *carried) if title)
    return tuple(fold(f"Classes known: {'; '.join(titles)}.")) if titles else ()


ISSUER: Final = Screen(
    id="issuer",
    section="Issuer",
    title="Issuer",
    intro=_classes,
    prompts=(
        _issuer(
            "cik",
            "Issuer CIK",
            "Box 2. The company's Central Index Key, up to 10 digits; it is on every filing of the company.",
            entry=EntryKind.CIK,
            suggests=lambda view: view.shelf.issuers,
        ),
        _issuer(
            "name",
            "Issuer name, as EDGAR has it",
            "Box 2. As EDGAR's record of this CIK spells it: QUALYS, INC. EDGAR fills in the name "
            "itself; ours is for the "
            "page.",
        ),
        _issuer(
            "trading_symbol",
            "Ticker or Trading Symbol",
            "Box 2. As the exchange lists it, in capitals, up to 10 characters; NONE where there is none.",
            entry=EntryKind.SYMBOL,
        ),
        Prompt(
            id="foreign_issuer",
            path="interview.foreign_issuer",
            message="Is the issuer a foreign private issuer?",
            help="Directors and officers of foreign private issuers file since March 18, 2026 (Holding Foreign "
            "Insiders Accountable Act); orders of the SEC exempt those of some countries on conditions. Then box 2a "
            "may hold the symbol on the home market.",
            kind=AnswerKind.CONFIRM,
            propose=lambda view: Proposal("yes" if view.text("issuer.foreign_trading_symbol") else "no"),
            act=_set_foreign,
            required=False,
        ),
        _issuer(
            "foreign_trading_symbol",
            "Foreign Trading Symbol",
            "Box 2a. The symbol on the market outside the United States, up to 14 characters.",
            entry=EntryKind.SYMBOL,
            when=_has_foreign_symbol,
            required=False,
        ),
    ),
)
