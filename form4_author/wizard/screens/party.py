"""Who: the reporting persons, their addresses and relationships, and the issuer (boxes 1, 2 and 5 of Form 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Unpack

from form4_author.model.conformed_signature import is_entity_name
from form4_author.model.interview import ReturnPlace
from form4_author.model.party import NO_ISSUER, Owner
from form4_author.timing.legal_data import exempt_by_order
from form4_author.wizard.draft import row_change
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.screen import (
    Answer,
    AnswerKind,
    Prompt,
    PromptFacts,
    Proposal,
    Screen,
    Step,
    View,
)
from form4_author.wizard.screens.address import ADDRESS
from form4_author.wizard.screens.form_prompt import form_field, owner_prompt
from form4_author.wizard.typed_path import file_typed

__all__ = ["FIRST", "ISSUER", "JOINT", "PERSONS", "RELATIONSHIPS", "form_field"]

RELATIONSHIPS: Final = {
    "is_director": "Director",
    "is_officer": "Officer (title follows)",
    "is_ten_percent_owner": "10% Owner",
    "is_other": "Other (words follow)",
}
"""The boxes of box 5 and what they say."""

_PERSON: Final = "Reporting person"
_TITLE_LIMIT: Final = 30
_SEE_REMARKS: Final = "See Remarks"
_TITLE_SENTENCE: Final = "interview.titles[{i}].told"
"""The sentence of Remarks that has a person's title whole; it goes when the title is changed."""


# ---- relationship


def _checked_values(view: View) -> Proposal | None:
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
    message = (
        f'The title is longer than 30 characters: the box shows "{_SEE_REMARKS}", Remarks has the full title.'
    )
    return Step(draft=view.with_text("remarks", remarks).draft, words=(message,))


def _set_name(view: View, answer: Answer) -> Step:
    """The name, and what is taken from it: whether someone has to sign for the person."""
    draft = view.with_text("owners[{i}].name", str(answer)).draft
    if not is_entity_name(str(answer)):
        return Step(
            draft=draft, words=("Treated as an individual, based on the name. Who signs is asked later.",)
        )
    message = "Treated as an entity, based on the name. The person who signs for it is asked later (Instruction 7(b))."
    return Step(draft=draft, words=(message,))


_IDENTITY: Final = (
    owner_prompt(
        "cik",
        "CIK of Reporting Person",
        "Box 1. The person's own Central Index Key, up to 10 digits: EDGAR finds the filer by it. It is on earlier "
        "filings and in the EDGAR search by name. It is not the issuer's CIK, and not the CCC, which is "
        "never asked here.",
        entry=EntryKind.CIK,
        suggests=lambda view: view.shelf.persons,
    ),
    owner_prompt(
        "name",
        "Name of Reporting Person, as EDGAR has it (Last First Middle)",
        "Box 1. As EDGAR's record of this CIK spells it, last name first and without commas: Thakar Sumedh S. "
        "EDGAR fills in the name itself; this one is for the printed page.",
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


def _first_prompts(view: View) -> tuple[Prompt, ...]:
    return (_WHO if _is_first(view) else _IDENTITY[0], *_IDENTITY[1:])


def _person_prompts(view: View) -> tuple[Prompt, ...]:
    """Of the first person without CIK and name, which come before the issuer."""
    return (*(_IDENTITY if view.index else ()), *_RELATIONSHIP, *ADDRESS)


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
        propose=_checked_values,
        act=_tick,
    ),
    owner_prompt(
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
    owner_prompt(
        "other_text",
        "Other (specify)",
        "Box 5. What the relationship is, up to 30 characters, such as Member of 10% owner group.",
        when=lambda view: view.flag("owners[{i}].is_other"),
    ),
)


def _person_title(view: View) -> str:
    return "Reporting person" if view.count("owners") <= 1 else f"Reporting person {(view.index or 0) + 1}"


FIRST: Final = Screen(
    id="first",
    section=_PERSON,
    title=_person_title,
    intro=_persons_intro,
    prompts=_first_prompts,
    count=lambda _draft: 1,
)
"""CIK and name of the first person; then comes the issuer, so that an address at the issuer can be proposed."""


PERSONS: Final = Screen(
    id="owners",
    section=_PERSON,
    title=_person_title,
    prompts=_person_prompts,
    count=lambda draft: max(1, len(draft.filing.owners)),
)


# ---- joint filers


def _joint_options(view: View) -> tuple[Option, ...]:
    count = view.count("owners")
    found = [Option("done", "No more reporting persons" if count > 1 else "Only one reporting person")]
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
        back = ReturnPlace(to="joint", until="section", section=_PERSON)
        draft = view.draft.with_interview(back_to=(*view.interview.back_to, back))
        return Step(draft=draft, goto=f"owners[{int(number) - 1}].cik")
    if verb == "remove":
        gone = int(number) - 1
        order = {i: (None if i == gone else i - (i > gone)) for i in range(count)}
        draft = row_change.reordered(view.draft.with_(("owners", gone), None), "owners", order)
        return Step(draft=draft, goto="joint", words=(f"Reporting person {number} is removed.",))
    return Step(draft=view.draft)


JOINT: Final = Screen(
    id="joint",
    section=_PERSON,
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


def _past(view: View) -> bool:
    """Whether the issuer is not asked: the section of the persons is gone through, between whose questions it is."""
    return view.is_visited(_PERSON)


def _issuer(name: str, message: str, about: str, **facts: Unpack[PromptFacts]) -> Prompt:
    id = f"issuer.{name}"
    facts["passed"] = _past
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
    return (f"Classes known: {'; '.join(titles)}.",) if titles else ()


def _listed(text: str) -> Proposal | None:
    """What the SEC's list of companies has, as it is proposed."""
    return Proposal(text, "from the SEC's list of companies") if text else None


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
            propose=lambda view: _listed(view.shelf.company[0]),
        ),
        _issuer(
            "trading_symbol",
            "Ticker or Trading Symbol",
            "Box 2. As the exchange lists it, in capitals, up to 10 characters; NONE where there is none.",
            entry=EntryKind.SYMBOL,
            propose=lambda view: _listed(view.shelf.company[1]),
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
            passed=_past,
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
