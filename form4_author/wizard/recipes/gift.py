"""A gift made (16): how the shares were held before, who received them, and who keeps an interest in them.

Sources: Instruction 8, code G; Release 33-11138 (two business days since 27 February 2023, Rule 16a-3(g)(1)); Rule
16a-13 (a change in the form of beneficial ownership only). That family in the household and trusts may leave an
indirect pecuniary interest (Rules 16a-1(a)(2)(ii), 16a-8) is general knowledge. The filer says what the facts are; the
rule is shown, and nothing is concluded from it but the lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ANSWERS, Recipe, RowRecipe, Take
from form4_author.wizard.recipes.shared.cell import TABLE_1, adjustment, cells_of
from form4_author.wizard.recipes.shared.question import (
    asked,
    holder,
    offered,
    put_since,
    quantity,
    says,
    texts_on_record,
    traded_on,
    with_holder,
)
from form4_author.wizard.recipes.shared.table_choice import in_either, security_of_either, terms_of_either
from form4_author.wizard.screen import Answer, AnswerKind, Proposal, Step, View
from form4_author.wizard.wording import number_words, us_day

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["GAVE"]

_RECEIVED: Final = (
    Option("charity", "A charity, a foundation or a donor-advised fund"),
    Option("outside", "A person outside the household"),
    Option("household", "A spouse, child or relative in the household"),
    Option("trust", "An irrevocable trust"),
    Option("remainder", "A charitable remainder trust"),
    Option("own", "A trust that the person can revoke, or a company the person wholly owns"),
)
_MAY_KEEP: Final = ("household", "trust", "remainder")
"""Who may have received the shares while the giver keeps an interest in them."""
_INDIRECT: Final = (
    "Shares in which a person has an indirect pecuniary interest stay on the person's forms: those of family in the "
    "household (Rule 16a-1(a)(2)(ii)), and of some trusts (Rule 16a-8). By general knowledge; not legal advice."
)
_FORM_ONLY: Final = (
    "Rule 16a-13: a transaction that changes only the form of beneficial ownership, and not the person's pecuniary "
    "interest, is not reported. Then both totals change, with a footnote, and no line of code G is made."
)
_RULES: Final = {**dict.fromkeys(_MAY_KEEP, _INDIRECT), "own": _FORM_ONLY}
"""The rule that is shown before the next question, by who received the shares."""
_NOTED: Final = "Column 4 (Table II: 5), a footnote to the amount, in the Explanation of Responses."
_NOTES: Final = {
    "charity": "Gift to a charity.",
    "household": "Gift to a family member in the reporting person's household.",
    "trust": "Gift to an irrevocable trust.",
    "remainder": "Gift to a charitable remainder trust.",
}
_DISCLAIMER: Final = (
    "The reporting person disclaims beneficial ownership of these securities except to the extent of any pecuniary "
    "interest therein."
)


# ---- what the answers say


def _form_only(answers: Mapping[str, str]) -> bool:
    """Whether the filer says that the person's interest did not change."""
    return answers.get("given_to") == "own" and answers.get("changed") == "no"


def _is_gift(answers: Mapping[str, str]) -> bool:
    return not _form_only(answers)


def _keeps(answers: Mapping[str, str]) -> bool:
    """Whether the filer says that an interest in what was given is kept, so that it is on a line of who received it."""
    given_to = answers.get("given_to", "")
    return (given_to in _MAY_KEEP and answers.get("interest") == "yes") or _kept_by_own(answers)


def _kept_by_own(answers: Mapping[str, str]) -> bool:
    return answers.get("given_to") == "own" and answers.get("changed") == "yes"


def _given(view: View) -> dict[str, str]:
    names = ("given_to", "interest", "changed")
    return {name: view.text(ANSWERS + name) for name in names}


def _goes_on_a_line(view: View) -> bool:
    return _keeps(_given(view)) or _form_only(_given(view))


# ---- questions


def _receive(view: View, answer: Answer) -> Step:
    """Who received the shares; the rule that may matter is shown above the next question."""
    rule = _RULES.get(str(answer))
    return Step(draft=view.with_text(f"{ANSWERS}given_to", answer).draft, words=(rule,) if rule else ())


def _donee(view: View) -> Proposal | None:
    words = _NOTES.get(view.text(f"{ANSWERS}given_to"))
    return Proposal(words) if words else None


def _moved(view: View) -> Proposal:
    """The footnote to both totals, by the answers."""
    answers = with_holder({name: view.text(ANSWERS + name) for name in ("ownership", "nature")})
    number, day = number_words(view.text(f"{ANSWERS}quantity")), us_day(view.text(f"{ANSWERS}date"))
    before = answers["nature"] if answers["ownership"] == "I" else "direct ownership"
    after = view.text(f"{ANSWERS}to_nature")
    return Proposal(
        f"Reflects a transfer of {number} shares on {day} from {before} to {after}, a change in the form of "
        "beneficial ownership (Rule 16a-13)."
    )


GAVE: Final = Recipe(
    id="gave",
    number=16,
    label="Gave shares away as a gift or donation",
    also="stock give gives giving given gifted gifting gifts donate donates donated donating donations "
    "charity charities charitable foundation nonprofit donor-advised fund DAF contribution "
    "contributed church university school child children family trust irrevocable remainder CRT GRAT "
    "UTMA custodial bona fide estate planning",
    rule="One line, code G (D) at 0, in Table I, or in Table II for an option or unit, on Form 4 within two "
    "business days since 27 February 2023 "
    "(Rule 16a-3(g)(1); Release 33-11138).",
    prompts=(
        traded_on("Date of the gift", "Column 2. The day the gift was complete."),
        *security_of_either(),
        quantity(
            "How many shares were given?", "Column 4 (Table II: 5). The number of shares, not their value."
        ),
        *terms_of_either(),
        *holder("How were the shares held before the gift?"),
        asked(
            "given_to",
            "Who received the shares?",
            "Column 7, Instruction 4(b). Whether another line follows depends on it: a charity or a person outside the "
            "household has the shares alone; family in the household and trusts may leave the giver an interest, which "
            "is asked next.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: _RECEIVED,
            act=_receive,
            when=put_since("given_to"),
            formerly="outside",
        ),
        asked(
            "interest",
            "Does the giver, or a relative in the household, benefit from the shares or control the trust's "
            "investments?",
            f"{_INDIRECT} Yes adds a line of who holds them now, code G (A), which may wait for Form 5 (V).",
            kind=AnswerKind.CONFIRM,
            when=says("given_to", *_MAY_KEEP),
        ),
        asked(
            "changed",
            "Did the person's pecuniary interest in the shares change?",
            f"{_FORM_ONLY} No: only the totals change. Yes: a line of code G (D), and one of who holds them now.",
            kind=AnswerKind.CONFIRM,
            when=says("given_to", "own"),
        ),
        asked(
            "to_nature",
            "Who holds them now? As column 7 has it",
            "Column 7, Instruction 4(b)(iii): By Doe Family Trust, By Spouse.",
            "nature_of_ownership",
            when=_goes_on_a_line,
            suggests=texts_on_record("nature_of_ownership", "By Spouse", "By Trust"),
        ),
        offered(
            "donee",
            "To whom, as a footnote",
            f"{_NOTED} By custom: Gift to a charitable foundation. Names need not be given.",
            _donee,
            when=lambda view: not _form_only(_given(view)),
        ),
        offered(
            "disclaimer",
            "Disclaimer of the interest that is kept, as a footnote",
            "Column 7, Rule 16a-1(a)(4). By custom, where someone else holds the shares.",
            _DISCLAIMER,
            when=lambda view: _keeps(_given(view)),
        ),
        asked(
            "moved",
            "Footnote at both totals",
            "Column 5, Rule 16a-13. It says why the totals differ from the last form without a transaction.",
            prefill=True,
            longest=1000,
            propose=_moved,
            when=lambda view: _form_only(_given(view)),
        ),
    ),
    rows=(
        *in_either(
            RowRecipe(
                table=TABLE_1,
                cells=cells_of("G", "D", price="0"),
                notes={"amount": "donee"},
                when=_is_gift,
            )
        ),
        *in_either(
            RowRecipe(
                table=TABLE_1,
                cells=cells_of(
                    "G",
                    "A",
                    price="0",
                    transaction_form_type="5",
                    ownership_form="I",
                    nature_of_ownership=Take("to_nature"),
                ),
                notes={"nature_of_ownership": "disclaimer"},
                when=_keeps,
            )
        ),
        *in_either(adjustment("D", "moved", when=_form_only)),
        *in_either(
            adjustment(
                "A",
                "moved",
                when=_form_only,
                ownership_form="I",
                nature_of_ownership=Take("to_nature"),
            )
        ),
    ),
)
