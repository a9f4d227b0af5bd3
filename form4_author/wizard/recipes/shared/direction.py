"""Which way the underlying shares go on exercise: read from the option chosen or named, asked where that is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.ledger.right import Right, right_of
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import Worked
from form4_author.wizard.recipes.shared.derivative_term import Of
from form4_author.wizard.recipes.shared.question import asked
from form4_author.wizard.recipes.shared.series import right_of_line, rights_offered, with_series
from form4_author.wizard.recipes.shared.wording import answer_to
from form4_author.wizard.screen import AnswerKind, Prompt, View, always

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from form4_author.wizard.recipes.shared.series import Kinds

__all__ = ["all_but", "exercise_code", "option_named", "shares_exercised", "way", "way_prompt", "ways"]

_TERMS: Final = ("option", "unit_note", "exercisable", "expiration")
_WAYS: Final = (Option("A", "Received shares (A)"), Option("D", "Delivered shares (D)"))


# ---- the rows


def _right(answers: Mapping[str, str]) -> Right:
    title, *notes = (answers.get(name, "") for name in _TERMS)
    return right_of(title, tuple(words for words in notes if words))


def _way(answers: Mapping[str, str]) -> str:
    return _right(answers).letter or answers.get("way", "A")


def exercise_code(code: str) -> Worked:
    """The code of an exercise; X in place of M for what the issuer's plans do not grant: puts and obligations."""

    def code_of(answers: Mapping[str, str]) -> str:
        plain = _way(answers) == "A" and not _right(answers).obliges
        return code if code != "M" or plain else "X"

    return Worked(code_of)


way: Final = Worked(_way)
"""(A) or (D) of the underlying shares."""


# ---- the questions


def option_named(view: View) -> Right | None:
    """What the option chosen or named on the card is; None before one is."""
    answers = with_series(view, {name: answer_to(view, name) for name in ("series", *_TERMS)})
    return _right(answers) if answers["option"] else None


def ways(view: View, kinds: Kinds) -> frozenset[Right]:
    """What the option of the card is, or may be: before one is chosen or named, what is offered."""
    named = option_named(view)
    if named is not None:
        return frozenset({named})
    return rights_offered(view, kinds) or frozenset({Right.BUY})


def shares_exercised(kinds: Kinds) -> Callable[[View], str]:
    """How many shares the exercise moved, in the words of the option."""

    def words(view: View) -> str:
        letters = {right.letter for right in ways(view, kinds)}
        if letters == {""}:
            letters = {answer_to(view, "way")}
        verb = {"A": "bought", "D": "sold"}.get(letters.pop() if len(letters) == 1 else "", "bought or sold")
        return f"How many shares were {verb} by the exercise?"

    return words


def way_prompt(applies: Callable[[View], bool] = always) -> Prompt:
    """Which way the shares went, where neither title nor footnotes of the option say so; nothing is proposed."""
    return asked(
        "way",
        "Did the person receive or deliver shares?",
        "Table I, column 4, Instruction 4(c)(ii). The title does not say whether the option is a right or an "
        "obligation, to buy or to sell. Exercising a call, or being assigned on a written put, brings shares (A); "
        "exercising a put, or being assigned on a written call, delivers them (D).",
        kind=AnswerKind.CHOICE,
        options=lambda _view: _WAYS,
        when=lambda view: applies(view) and option_named(view) is Right.UNKNOWN,
    )


def all_but(*rights: Right, instead: str) -> Of:
    """The options that an event is about: none of these kinds, for which there is another event."""

    def fault(_view: View, typed: str) -> str | None:
        right = right_of(typed)
        if right not in rights:
            return None
        article = "an" if right.obliges else "a"
        return f'"{typed}" is {article} {right.value}. Go back and choose: {instead}'

    return Of(lambda line: right_of_line(line) not in rights, fault)
