"""A grantor retained annuity trust (GRAT): funded, annuity paid, ended, or shares exchanged for other assets (45).

Sources: Rule 16a-13 (a change in the form of beneficial ownership only), whose application to such a trust is general
knowledge; Release 33-11138 and Rule 16a-3(g)(1) (a gift is due in two business days). Most filings show what a trust
pays the person in the totals, some as a pair of lines of code G: the filer chooses.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ANSWERS, Recipe, RowRecipe, Source, Take, Worked
from form4_author.wizard.recipes.shared.cell import TABLE_1, adjustment, cells_of
from form4_author.wizard.recipes.shared.instead import instead
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    offered,
    quantity,
    required_note,
    says,
    texts_on_record,
    traded_on,
)
from form4_author.wizard.recipes.shared.table_choice import (
    in_either,
    in_table_2,
    security_of_either,
    terms_of_either,
)
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import Answer, AnswerKind, Proposal, Step, View
from form4_author.wizard.wording import number_words, us_day

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ANNUITY_TRUST"]

_WHAT: Final = (
    Option("funded", "Shares were moved into the trust"),
    Option("annuity", "The trust paid an annuity in shares"),
    Option("ended", "The term ended and the rest passed on"),
    Option("exchanged", "Shares were exchanged for other assets (swap power)"),
)
_SHOWN: Final = (
    Option("totals", "In the totals of both lines, with a footnote, as most filings do"),
    Option("pair", "As two lines of code G, one out of the trust and one to the person"),
)
_REMAINDER: Final = (
    Option("outside", "Persons outside the household, or a trust that benefits none in it"),
    Option("household", "A household member, or a trust that benefits one"),
)
_GIFT: Final = (
    "If the person is not the sole annuitant, or no longer reports the trust's shares, the person's interest changes, "
    "so Rule 16a-13 does not apply: it is reported as a gift, code G, due in two business days. Its questions "
    "come next."
)
_FORM_ONLY: Final = (
    "By general knowledge: while the person is the sole annuitant and reports the trust's shares, shares moved to or "
    "from the trust are treated as a change in form only (Rule 16a-13). Not legal advice."
)
_EXCHANGED: Final = (
    "Whether an exchange for cash or other assets of the person is a purchase or sale under Section 16(b) is not "
    "judged here. Confirm with counsel that the values were equal and that Rule 16a-13 applies."
)
_AMENDED: Final = "2023-02-27"
"""Since this day a gift that is made is due in two business days (Release 33-11138)."""
_KEPT: Final = ("security", "table", "quantity", "date", "ownership", "nature")
"""The answers that a gift asks for, too."""


# ---- what the answers say


def _ended(answers: Mapping[str, str]) -> bool:
    return answers.get("what") == "ended"


def _in_totals(answers: Mapping[str, str]) -> bool:
    return not _ended(answers) and answers.get("shown") != "pair"


def _as_pair(answers: Mapping[str, str]) -> bool:
    return not _ended(answers) and answers.get("shown") == "pair"


def _to_household(answers: Mapping[str, str]) -> bool:
    return _ended(answers) and answers.get("remainder") == "household"


_is_end = says("what", "ended")


def _is_paid(view: View) -> bool:
    """Whether the trust paid the person, which is shown in either way."""
    return says("what", "annuity")(view)


def _is_on_totals(view: View) -> bool:
    return not _is_end(view) and not says("shown", "pair")(view)


def _goes_on_a_line(view: View) -> bool:
    return not _is_end(view) or says("remainder", "household")(view)


def _type(answers: Mapping[str, str]) -> str:
    """A gift that is made is due in two business days since the rule was amended; before, it could wait for Form 5."""
    return "4" if answers.get("date", "") >= _AMENDED else "5"


def _form(answers: Mapping[str, str]) -> str:
    return "I" if answers.get("to_nature") else "D"


# ---- questions


def _happen(view: View, answer: Answer) -> Step:
    words = {"annuity": _FORM_ONLY, "exchanged": _EXCHANGED}.get(str(answer))
    return Step(draft=view.with_text(f"{ANSWERS}what", answer).draft, words=(words,) if words else ())


def _fund(view: View, answer: Answer) -> Step:
    if answer == "no":
        kept = {name: text for name, text in view.event.answers.items() if name in _KEPT}
        return instead(view, "gave", "date", _GIFT, {**kept, "given_to": "trust"})
    return Step(draft=view.with_text(f"{ANSWERS}sole", answer).draft, words=(_FORM_ONLY,))


def _moved(view: View) -> Proposal:
    """The footnote at both totals."""
    what = "derivative securities" if in_table_2(view) else "shares"
    number, day = number_words(answer_to(view, "quantity")), us_day(answer_to(view, "date"))
    paid = says("what", "annuity")(view)
    way = "from" if paid or not answer_to(view, "to_nature") else "to"
    why = " in payment of an annuity" if paid else ""
    for_assets = " in exchange for other assets of equal value" if says("what", "exchanged")(view) else ""
    return Proposal(
        f"Reflects the transfer of {number} {what} on {day} {way} a grantor retained annuity trust{why}{for_assets} "
        "(Rule 16a-13)."
    )


def _paid(_view: View) -> Proposal:
    return Proposal(
        "Distributed to the reporting person by a grantor retained annuity trust under its terms."
    )


def _passed(view: View) -> Proposal:
    who = (
        "a member of the household" if says("remainder", "household")(view) else "its remainder beneficiaries"
    )
    return Proposal(f"Distribution of the remaining shares to {who} at the end of the trust's term.")


# ---- rows

_TO: Final[Mapping[str, Source]] = {
    "ownership_form": Worked(_form),
    "nature_of_ownership": Take("to_nature"),
}


def _gift(direction: str, note: str, form_type: Source, **cells: Source) -> RowRecipe:
    made = cells_of("G", direction, price="0", transaction_form_type=form_type, **cells)
    return RowRecipe(table=TABLE_1, cells=made, notes={"amount": note})


ANNUITY_TRUST: Final = Recipe(
    id="annuity_trust",
    number=45,
    label="Grantor retained annuity trust (GRAT): funded, paid or ended",
    also="GRATs annuity trust grantor retained annuity payment estate planning remainder rolling zeroed-out trust for "
    "children swap power substitution substituted term ended",
    rule="While the person is the sole annuitant: no line, both totals change with a footnote (Rule 16a-13; "
    "Instruction 4), and alone it needs no form. What passes to others at the end of the term is a gift, code G (D), "
    "due in two business days (Rule 16a-3(g)(1)).",
    prompts=(
        asked(
            "what",
            "What happened?",
            "Column 5 (Table II: 9), Rule 16a-13. An annuity or a substitution changes both totals; the remainder is a "
            "gift by the trust.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: _WHAT,
            act=_happen,
        ),
        asked(
            "sole",
            "Is the person the sole annuitant, and does the person still report the trust's shares?",
            "Rule 16a-13; its application to such trusts is general knowledge. No: it is reported as a gift.",
            kind=AnswerKind.CONFIRM,
            act=_fund,
            when=says("what", "funded"),
        ),
        asked(
            "remainder",
            "Who took the remainder?",
            "Column 7, Rule 16a-1(a)(2)(ii). What a household member has stays on the person's form, on a separate "
            "line.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: _REMAINDER,
            when=_is_end,
        ),
        replace(
            chosen(
                "shown",
                "How is the annuity shown?",
                "Column 5, Rule 16a-13, by general knowledge: no line is required. Of filings read, most change the "
                "totals with a footnote; some show a pair of lines, code G, the first due in two business days.",
                _SHOWN,
            ),
            when=_is_paid,
        ),
        traded_on("Date of the transfer", "Column 2 (Table II: 3); in the footnote where no line is made."),
        *security_of_either(),
        quantity("How many shares?", "Column 4 (Table II: 5), or column 5 (9) where only totals change."),
        *terms_of_either(),
        *holder("Out of which line?"),
        asked(
            "to_nature",
            "To whom? As column 7 has it; Enter alone: own name",
            "Column 7, Instruction 4(b)(iii): By 2026 GRAT, By Spouse. Enter alone: held directly from now on.",
            "nature_of_ownership",
            required=False,
            when=lambda view: _goes_on_a_line(view) and not _is_end(view),
            suggests=texts_on_record("nature_of_ownership", "By GRAT"),
        ),
        asked(
            "heir_nature",
            "By whom is the remainder held? As column 7 has it",
            "Column 7, Instruction 4(b)(iii): By Spouse, By Trust for Daughter.",
            "nature_of_ownership",
            when=says("remainder", "household"),
            suggests=texts_on_record("nature_of_ownership", "By Spouse", "By Trust"),
        ),
        replace(
            required_note(
                "moved",
                "Footnote at both totals",
                "Column 5, Rule 16a-13. It says why the totals differ from the last form without a transaction.",
            ),
            propose=_moved,
            derived=True,
            when=_is_on_totals,
        ),
        offered(
            "annuity",
            "Footnote on the annuity",
            "Column 4 (Table II: 5), a footnote to the amount of both lines.",
            _paid,
            when=lambda view: not _is_end(view) and says("shown", "pair")(view),
        ),
        offered(
            "passed",
            "Footnote on the remainder",
            "Column 4 (Table II: 5), a footnote to the amount. Names need not be given.",
            _passed,
            when=_is_end,
        ),
    ),
    rows=(
        *in_either(adjustment("D", "moved", when=_in_totals)),
        *in_either(adjustment("A", "moved", when=_in_totals, **_TO)),
        *in_either(replace(_gift("D", "annuity", Worked(_type)), when=_as_pair)),
        *in_either(replace(_gift("A", "annuity", "5", **_TO), when=_as_pair)),
        *in_either(replace(_gift("D", "passed", "4"), when=_ended)),
        *in_either(
            replace(
                _gift("A", "passed", "5", ownership_form="I", nature_of_ownership=Take("heir_nature")),
                when=_to_household,
            )
        ),
    ),
)
