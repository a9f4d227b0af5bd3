"""Totals that change without a row: shares moved to an own trust (18), or held no longer by status or order (46).

Sources: Rule 16a-13 (a change in the form of beneficial ownership only); Rules 16a-12 and 16b-3(c), whose application
here is general knowledge, as is what a grantor retained annuity trust is. The filer says who holds the shares now; what
is no change of form only becomes a gift, whose questions are put instead.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from form4_author.wizard.draft import row_change
from form4_author.wizard.draft.answer import with_event
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import ANSWERS, Recipe, Take, Worked
from form4_author.wizard.recipes.shared.cell import adjustment
from form4_author.wizard.recipes.shared.instead import LATE
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    put_since,
    quantity,
    required_note,
    says,
    with_holder,
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
    from collections.abc import Callable, Mapping

    from form4_author.wizard.screen import Prompt

__all__ = ["OWN_TRUST", "STATUS_CHANGED"]

# ---- 18: own trust

_HOLDERS: Final = (
    Option("own_trust", "A trust that the person can revoke, such as a living trust"),
    Option("company", "A company or partnership that the person wholly owns"),
    Option("household", "A spouse or relative in the person's household"),
    Option("self", "The person, directly or in the person's own account, such as an IRA"),
    Option("annuity", "A grantor retained annuity trust (GRAT) that pays the person"),
    Option("irrevocable", "Any other irrevocable trust, such as one for children"),
    Option("other", "Someone else"),
)
_DONEES: Final = {"irrevocable": "trust", "other": ""}
"""Who received a gift, by who holds the shares now; the others hold them in another form of the same interest."""
_GIFT: Final = (
    "That changes the person's interest, so Rule 16a-13 does not apply: it is reported as a gift, code G, due in two "
    "business days. Its questions come next. If the person received something for the shares, it is a sale instead."
)
_ANNUITY: Final = (
    "By general knowledge: shares moved to or from a GRAT are treated as a change in form only (Rule 16a-13) while the "
    "person is its sole annuitant and reports its shares. What passes to others at its end is a gift. Not legal advice."
)
_ABOUT: Final = (
    "Column 7, Rule 16a-13. A change in the form of beneficial ownership only, which leaves the person's pecuniary "
    "interest as it was, is not reported. Shares given to an irrevocable trust, to children, to a foundation or to a "
    "former spouse are a gift, and are reported."
)


def _from_own_name(view: View) -> bool:
    return answer_to(view, "ownership") == "D"


def _receiver(answers: Mapping[str, str]) -> str:
    """By whom the shares are held from now on; empty: directly."""
    return answers.get("to_nature") or answers.get("to_other", "")


def _as_gift(view: View, donee: str) -> Step:
    """The same shares as a gift: what was answered is kept."""
    answers = {name: text for name, text in view.event.answers.items() if name in _KEPT}
    event = replace(view.event, recipe="gave", answers={**answers, **({"given_to": donee} if donee else {})})
    draft = with_event(view.draft, view.index or 0, event)
    return Step(draft=draft, goto=f"events[{view.index}].date", words=(_GIFT,))


_KEPT: Final = (
    "security", "table", "quantity", "series", "underlying", "unit_note", "strike", "exercisable", "expiration",
    "covered", "ownership", "nature", *LATE,
)  # fmt: skip
"""The answers that both events ask for."""


def _hold(view: View, answer: Answer) -> Step:
    if answer in _DONEES:
        return _as_gift(view, _DONEES[str(answer)])
    words = (_ANNUITY,) if answer == "annuity" else ()
    return Step(draft=view.with_text(f"{ANSWERS}held_now", answer).draft, words=words)


def _live(view: View, answer: Answer) -> Step:
    if answer == "no":
        return _as_gift(view, "outside")
    return Step(draft=view.with_text(f"{ANSWERS}same_household", answer).draft)


def _day(view: View, name: str) -> str:
    """`` on 11/01/2024``; empty while no day was given."""
    day = answer_to(view, name)
    return f" on {us_day(day)}" if day else ""


def _holder_words(view: View) -> str:
    """By whom the line is held that was asked about."""
    answers = with_holder({name: answer_to(view, name) for name in ("ownership", "nature")})
    return answers["nature"] if answers["ownership"] == "I" else "direct ownership"


def _counted(view: View) -> str:
    """``1,000 shares``; of an option or unit ``1,000 derivative securities``."""
    what = "derivative securities" if in_table_2(view) else "shares"
    return f"{number_words(answer_to(view, 'quantity'))} {what}"


def _moved(view: View) -> Proposal:
    after = _receiver({name: answer_to(view, name) for name in ("to_nature", "to_other")})
    trust = " (a grantor retained annuity trust)" if says("held_now", "annuity")(view) else ""
    return Proposal(
        f"Reflects a transfer of {_counted(view)}{_day(view, 'moved_on')} from {_holder_words(view)} to "
        f"{after or 'direct ownership'}{trust}, a change in the form of beneficial ownership (Rule 16a-13)."
    )


def _day_asked(name: str, message: str) -> Prompt:
    return asked(
        name,
        message,
        "Column 5 (Table II: 9), for the footnote at the total: 11/18/26. Enter alone: the footnote gives no day.",
        "transaction_date",
        entry=EntryKind.DATE,
        required=False,
    )


OWN_TRUST: Final = Recipe(
    id="own_trust",
    number=18,
    label="Moved shares to own trust or spouse (no line; totals change)",
    also="stock transfer transfers transferred transferring move moves contribute contributed contribution "
    "wife husband living revocable irrevocable grantor GRAT annuity family partnership LLC LP wholly "
    "owned entity IRA joint account custodial retitle retitled direct indirect change form of "
    "ownership estate planning",
    rule="No transaction line where only the form of ownership changes and the pecuniary interest stays (Rule 16a-13; "
    "Instruction 4). Both lines' totals change, with a footnote, an option's in Table II. Alone it needs no form. A "
    "transfer to an irrevocable trust, to children or to someone else is a gift: code G, due in two business days.",
    prompts=(
        asked(
            "held_now",
            "Who holds the shares now?",
            _ABOUT,
            kind=AnswerKind.CHOICE,
            options=lambda _view: _HOLDERS,
            act=_hold,
            when=put_since("held_now"),
        ),
        asked(
            "same_household",
            "Does that person live in the same household now?",
            f"{_ABOUT} Family in the same household: Rule 16a-1(a)(2)(ii). No: it is reported as a gift.",
            kind=AnswerKind.CONFIRM,
            act=_live,
            when=says("held_now", "household"),
        ),
        *security_of_either(),
        quantity(
            "How many shares were moved?",
            "Column 5 (Table II: 9), Instruction 4(a)(i): they leave the total of one line and come to that of the "
            "other.",
        ),
        *terms_of_either(),
        *holder("Out of which line?"),
        asked(
            "to_nature",
            "To whom? As column 7 has it",
            "Column 7, Instruction 4(b)(iii): By Doe Family Trust, By Spouse.",
            "nature_of_ownership",
            when=_from_own_name,
        ),
        asked(
            "to_other",
            "To whom? As column 7 has it; Enter alone: own name",
            "Column 7, Instruction 4(b)(iii): By Doe Family Trust, By Spouse. Enter alone: held directly from now on.",
            "nature_of_ownership",
            required=False,
            when=lambda view: not _from_own_name(view),
        ),
        _day_asked("moved_on", "On which day were they moved?"),
        replace(
            required_note(
                "moved",
                "Footnote at both totals",
                "Column 5, Rule 16a-13. It says why the totals differ from the last form without a transaction.",
            ),
            propose=_moved,
            derived=True,
        ),
    ),
    rows=(
        *in_either(adjustment("D", "moved")),
        *in_either(
            adjustment(
                "A",
                "moved",
                when=lambda answers: bool(_receiver(answers)),
                ownership_form="I",
                nature_of_ownership=Worked(_receiver),
            )
        ),
        *in_either(
            adjustment(
                "A",
                "moved",
                when=lambda answers: not _receiver(answers),
                ownership_form="D",
                nature_of_ownership="",
            )
        ),
    ),
)

# ---- 46: no longer held, or now held

_REASONS: Final = (
    Option("order", "A domestic relations order, as in a divorce"),
    Option("plan", "A distribution or forfeiture in a tax-qualified plan"),
    Option("household", "A family member left or joined the household"),
    Option("role", "A role as trustee, manager or adviser ended or began"),
    Option("error", "An earlier total was wrong"),
)
_WAYS: Final = (Option("D", "It decreased"), Option("A", "It increased"))
_NO_ORDER: Final = (
    "Without a court's order or decree the transfer is reported as what it is: a sale, a gift, or something else with "
    "a description (code J). Choose that event."
)


def _order(view: View, answer: Answer) -> Step:
    """No order, no event: what happened is chosen again."""
    if answer == "no":
        draft = row_change.without_event(view.draft, view.index or 0)
        return Step(draft=draft, goto="happened", words=(_NO_ORDER,))
    return Step(draft=view.with_text(f"{ANSWERS}decree", answer).draft)


def _status_words(view: View) -> Proposal | None:
    number, day = _counted(view), _day(view, "changed_on")
    less = says("direction", "D")(view)
    includes = "No longer includes" if less else "Includes"
    by = _holder_words(view)
    held = "held directly" if by == "direct ownership" else f"({by})"
    words: Mapping[str, Callable[[], str]] = {
        "order": lambda: (
            f"Reflects the transfer of {number}{day} under a domestic relations order (Rule 16a-12)"
            + ("; the reporting person no longer reports the transferred securities." if less else ".")
        ),
        "plan": lambda: (
            f"Reflects {'a distribution' if less else 'an increase'} of {number}{day} under a tax-qualified plan."
        ),
        "household": lambda: (
            f"{includes} {number} {held}, after a change in the reporting person's household{day}."
        ),
        "role": lambda: f"{includes} {number} {held}, after a change in the reporting person's role{day}.",
        "error": lambda: f"The total corrects an earlier one by {number}.",
    }
    reason = words.get(answer_to(view, "reason"))
    return Proposal(reason()) if reason else None


STATUS_CHANGED: Final = Recipe(
    id="status_changed",
    number=46,
    label="No longer held, or now held, without a trade (no line; total changes)",
    also="divorce divorced domestic relations order DRO QDRO ex-spouse former spouse court order decree settlement "
    "401(k) RMD minimum distribution withdrawal plan forfeiture moved out child left joined household trustee "
    "manager adviser resigned ethical wall attribution beneficial ownership ended correction wrong total error",
    rule="No line: the total changes, with a footnote, an option's in Table II. Alone it needs no form "
    "(Instruction 4(a)(i); Rules 16a-12, 16b-3(c); by general knowledge, not legal advice). Shares sold, given "
    "or received are reported as such.",
    prompts=(
        asked(
            "reason",
            "Why did the number change?",
            "Column 5 (Table II: 9), Instruction 4(a)(i). A transfer to another person is reported unless a court "
            "ordered it; a change of status, such as leaving the household, is not reported. Whether an "
            "earlier error needs an "
            "amendment is a judgment to make first.",
            kind=AnswerKind.CHOICE,
            options=lambda _view: _REASONS,
        ),
        asked(
            "decree",
            "Is there a court order or decree, not only an agreement or a sale?",
            "Rule 16a-12, by general knowledge: a transfer under a domestic relations order. No: choose the event that "
            "the transfer is.",
            kind=AnswerKind.CONFIRM,
            act=_order,
            when=says("reason", "order"),
        ),
        chosen(
            "direction",
            "Did the total increase or decrease?",
            "Column 5 (Table II: 9), Instruction 4(a)(i).",
            _WAYS,
        ),
        *security_of_either(),
        quantity("By how many?", "Column 5 (Table II: 9), Instruction 4(a)(i)."),
        *terms_of_either(),
        *holder("Which line changed?", in_plan=says("reason", "plan")),
        asked(
            "delivered",
            "Were the shares delivered to the person?",
            "Column 5, Instruction 4(a)(i). Yes: the direct line increases by the same number.",
            kind=AnswerKind.CONFIRM,
            when=lambda view: says("reason", "plan")(view) and says("direction", "D")(view),
        ),
        _day_asked("changed_on", "On which day did it change?"),
        replace(
            required_note(
                "status",
                "Footnote at the total",
                "Column 5 (Table II: 9). It says why the total differs from the last form without a transaction.",
            ),
            propose=_status_words,
            derived=True,
        ),
    ),
    rows=(
        *in_either(adjustment(Take("direction"), "status")),
        *in_either(
            adjustment(
                "A",
                "status",
                when=lambda answers: answers.get("delivered") == "yes",
                ownership_form="D",
                nature_of_ownership="",
            )
        ),
    ),
)
