"""The loop: keys at every prompt, coming back from a jump, the review's numbers, reasons for errors, saving."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from form4_author import __version__
from form4_author.errors import UnreadableInput
from form4_author.files import draft_file
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard import question, session
from form4_author.wizard.answers_file import AnswersRefused, Given, Script
from form4_author.wizard.draft import opening
from tests.wizard.data import flat
from tests.wizard.replay import NOW, Watched, desk, filing, play, replay

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from form4_author.wizard.prompter import Key
    from form4_author.wizard.screen import Ask

PERSON: list[tuple[str, str | tuple[str, ...]]] = [
    ("owners[0].cik", "1"),
    ("owners[0].name", "Roe Richard"),
    ("issuer.cik", "2"),
    ("issuer.name", "Example Co"),
    ("issuer.trading_symbol", "EXCO"),
    ("foreign_issuer", "no"),
    ("owners[0].relationship", ("is_officer",)),
]


@pytest.fixture
def seed(tmp_path: Path) -> dict[str, Any]:
    """The seed's draft as it stands at the review."""
    data = draft_data(replay(tmp_path / "seed.form4.json", "seed")[0].draft)
    return {**data, "interview": {**data["interview"], "at": "review"}}


def with_row(data: dict[str, Any], **cells: object) -> dict[str, Any]:
    return {**data, "non_derivative": [{**data["non_derivative"][0], **cells}]}


def last(script: Any) -> str:
    return "\n".join(script.pages[-1])


# ---- saving


class Looking(Script):
    """A script that looks at the draft on disk at every question."""

    path: Path
    seen: list[dict[str, Any]]

    def text(self, ask: Ask) -> str | Key:
        self.seen.append(draft_file.load(self.path).data if self.path.exists() else {})
        return Script.text(self, ask)


def test_every_answer_is_on_disk_before_the_next_question(tmp_path: Path) -> None:
    script = Looking(
        [
            Given("owners[0].cik", "1"),
            Given("owners[0].name", "Roe Richard"),
            Given("issuer.cik", "q"),
        ]
    )
    script.path, script.seen = tmp_path / "draft.form4.json", []
    session.Session(script.path, opening.fresh(), script, desk()).run()

    known = {"cik": "0000000001", "name": "Roe Richard"}
    assert [seen.get("owners") for seen in script.seen] == [None, [{"cik": "0000000001"}], [known]]
    assert [seen and seen["interview"]["at"] for seen in script.seen] == [
        {},
        "owners[0].name",
        "issuer.cik",
    ]


def test_the_draft_lists_its_keys_in_the_order_of_the_form(tmp_path: Path) -> None:
    replay(tmp_path / "draft.form4.json", "seed")
    data = json.loads((tmp_path / "draft.form4.json").read_text(encoding="utf-8"))

    assert list(data) == [
        "$schema", "format", "form", "period_of_report", "not_subject_to_section16", "issuer", "owners", "aff10b5_one",
        "non_derivative", "footnotes", "signatures", "interview",
    ]  # fmt: skip
    assert list(data["non_derivative"][0]) == [
        "kind", "security_title", "transaction_date", "transaction_form_type", "transaction_code", "equity_swap",
        "amount", "price", "acquired_disposed", "amount_owned_following", "ownership_form",
    ]  # fmt: skip


# ---- an answer that form4 itself cannot take


def broken(*_: object, **_words: object) -> NoReturn:
    raise ZeroDivisionError("SECRET-CCC")


BROKEN = (
    f"form4 cannot use this answer because of a bug in form4 {__version__} (ZeroDivisionError). Everything entered "
    "before it is saved. Change the answer, and report the bug"
)


@pytest.mark.parametrize("part", ["_taken", "value_fault", "_echo"])
def test_a_check_that_fails_is_a_sentence(part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The prompt that asks keeps the line: it shows what is wrong with it like any other fault."""
    if part == "_echo":
        monkeypatch.setattr(question, "_echo", lambda *_: broken)
    else:
        monkeypatch.setattr(question, part, broken)
    _, script = play(tmp_path / "draft.form4.json", [("owners[0].cik", "q")])

    assert script.asks[0].check("1") == (None if part == "_echo" else BROKEN)
    assert script.asks[0].echo("1") == ""


@pytest.mark.parametrize(
    ("module", "part"), [(question, "_written"), (session, "settled")], ids=["answer", "what follows"]
)
def test_an_answer_that_cannot_be_taken_is_asked_for_again(
    module: object, part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stubborn(Watched):
        """Answers the same question twice: the fault is gone the second time."""

        def text(self, ask: Ask) -> str | Key:
            if ask.id == "owners[0].name":
                with_fault.setattr(module, part, broken)
                self.asks.append(replace(ask, refused=""))
                if not ask.refused:
                    return "Roe Richard"
                with_fault.undo()
                assert ask.refused == BROKEN
                return "Roe Richard B"
            return Watched.text(self, ask)

    script = Stubborn([Given("owners[0].cik", "1"), Given("issuer.cik", "q")])
    with monkeypatch.context() as with_fault:
        outcome = session.Session(tmp_path / "draft.form4.json", opening.fresh(), script, desk()).run()

    assert [ask.id for ask in script.asks].count("owners[0].name") == 2
    assert [" ".join(" ".join(page).split()).count(BROKEN) for page in script.pages] == [0, 0, 1, 0]
    assert draft_file.load(outcome.path).data["owners"] == [{"cik": "0000000001", "name": "Roe Richard B"}]


def test_a_file_of_answers_ends_at_an_answer_that_cannot_be_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question, "_written", broken)

    with pytest.raises(AnswersRefused) as refused:
        play(tmp_path / "draft.form4.json", [("owners[0].cik", "1"), ("owners[0].name", "Roe Richard")])

    assert refused.value.problem == f"Answer 1, owners[0].cik, is not accepted: {BROKEN}"


@pytest.mark.parametrize(
    ("at", "answer", "again"),
    [
        ("aff10b5_one", "no", "no"),
        ("owners[0].relationship", ("is_officer",), ("is_director",)),
        ("signing[0].capacity", "self", "attorney"),
    ],
)
def test_a_choice_that_cannot_be_taken_is_not_taken_twice(
    at: str,
    answer: str | tuple[str, ...],
    again: str | tuple[str, ...],
    seed: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(question, "mark", broken)
    data = {**seed, "interview": {**seed["interview"], "at": at}}

    with pytest.raises(AnswersRefused) as refused:
        play(tmp_path / "draft.form4.json", [(at, answer), (at, again)], data)

    assert refused.value.problem == f"Answer 1, {at}, is not accepted: {BROKEN}"


def test_the_review_takes_an_answer_again_too(
    seed: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("form4_author.wizard.review.step", broken)

    with pytest.raises(AnswersRefused) as refused:
        play(tmp_path / "draft.form4.json", [("review", "f"), ("review", "p")], seed)

    assert refused.value.problem == f"Answer 1, review, is not accepted: {BROKEN}"


# ---- keys


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, EOFError])
def test_an_interruption_leaves_like_q(interruption: type[BaseException], tmp_path: Path) -> None:
    class Interrupted(Script):
        def text(self, ask: Ask) -> str | Key:
            if ask.id == "owners[0].name":
                raise interruption
            return Script.text(self, ask)

    outcome = session.Session(
        tmp_path / "draft.form4.json", opening.fresh(), Interrupted([Given("owners[0].cik", "1")]), desk()
    ).run()

    assert outcome.ending == "left"
    assert draft_file.load(outcome.path).data["interview"]["at"] == "owners[0].name"


def test_back_at_the_first_question_says_so(tmp_path: Path) -> None:
    _, script = play(tmp_path / "draft.form4.json", [("owners[0].cik", "<"), ("owners[0].cik", "q")])

    assert "This is the first question." in last(script)


def test_help_is_shown_once(tmp_path: Path) -> None:
    _, script = play(
        tmp_path / "draft.form4.json",
        [("owners[0].cik", "?"), ("owners[0].cik", "1"), ("owners[0].name", "q")],
    )

    assert ["Help: Box 1." in "\n".join(page) for page in script.pages] == [False, True, False]


def test_help_asked_for_twice_is_closed(tmp_path: Path) -> None:
    _, script = play(
        tmp_path / "draft.form4.json",
        [("owners[0].cik", "?"), ("owners[0].cik", "?"), ("owners[0].cik", "q")],
    )

    assert ["\n".join(page).count("Help: Box 1.") for page in script.pages] == [0, 1, 0]


def test_the_list_of_sections_has_the_lines_of_every_screen(seed: dict[str, Any], tmp_path: Path) -> None:
    """When the form is due, and the findings so far."""
    data = with_row(seed, transaction_code="S", acquired_disposed="A", amount="7007")
    at = {**data, "interview": {**data["interview"], "at": "remarks"}}
    script = Watched([Given("remarks", "/"), Given("sections", "q")])
    due = "Due Tue 11/05/2024 by 10 p.m. Eastern: 1 business day left"
    session.Session(
        tmp_path / "d.form4.json", draft_of(at), script, replace(desk(), due=lambda _data: due)
    ).run()

    status = "QUALYS, INC. · Thakar Sumedh S · Form 4 · 1 finding so far (1 blocks)"
    assert script.pages[-1] == (status, due, "", "Sections", "")


def test_the_form_as_it_will_look_has_them_too(seed: dict[str, Any], tmp_path: Path) -> None:
    class Reading(Watched):
        tops: tuple[tuple[str, ...], ...] = ()

        def read(self, lines: Sequence[str], top: Sequence[str] = ()) -> None:
            self.tops = (*self.tops, tuple(top))
            Watched.read(self, lines, top)

    script = Reading([Given("review", "f"), Given("review", "q")])
    running = session.Session(
        tmp_path / "d.form4.json",
        draft_of(seed),
        script,
        replace(desk(), due=lambda _data: "Due Tue 11/05/2024"),
    )
    running.run()

    assert script.tops == (("QUALYS, INC. · Thakar Sumedh S · Form 4", "Due Tue 11/05/2024"),)


def test_a_jump_walks_the_section_and_comes_back(tmp_path: Path) -> None:
    """`/` at the officer's title, to the issuer, and on from the title."""
    jump: Sequence[tuple[str, str | tuple[str, ...]]] = [
        ("owners[0].officer_title", "/"), ("sections", "2"), ("issuer.cik", "2"), ("issuer.name", "Example Co"),
        ("issuer.trading_symbol", "EXCO"), ("foreign_issuer", "no"), ("owners[0].officer_title", "q"),
    ]  # fmt: skip
    outcome, _ = play(tmp_path / "draft.form4.json", [*PERSON, *jump])

    assert "back_to" not in draft_data(outcome.draft)["interview"]


def test_back_at_the_first_question_of_a_jump_returns(tmp_path: Path) -> None:
    jump = [
        ("owners[0].officer_title", "/"),
        ("sections", "2"),
        ("issuer.cik", "<"),
        ("owners[0].officer_title", "q"),
    ]
    outcome, script = play(tmp_path / "draft.form4.json", [*PERSON, *jump])

    assert [ask.id for ask in script.asks][-3:] == ["sections", "issuer.cik", "owners[0].officer_title"]
    assert draft_data(outcome.draft)["interview"]["at"] == "owners[0].officer_title"
    assert "back_to" not in draft_data(outcome.draft)["interview"]


def test_a_key_in_the_list_of_sections_returns(tmp_path: Path) -> None:
    jump = [("owners[0].cik", "/"), ("sections", "<"), ("owners[0].cik", "/"), ("sections", "q")]
    outcome, _ = play(tmp_path / "draft.form4.json", jump)

    assert outcome.ending == "left"


def test_an_event_just_begun_is_dropped_by_going_back(seed: dict[str, Any], tmp_path: Path) -> None:
    at = {**seed, "interview": {**seed["interview"], "at": "happened"}}
    outcome, _ = play(
        tmp_path / "draft.form4.json", [("happened", "sold"), ("events[1].date", "<"), ("happened", "q")], at
    )

    assert len(draft_data(outcome.draft)["interview"]["events"]) == 1


def test_a_line_just_begun_is_dropped_by_going_back(seed: dict[str, Any], tmp_path: Path) -> None:
    at = {**seed, "interview": {**seed["interview"], "at": "happened"}}
    answers = [
        ("happened", "non_derivative holding"),
        ("non_derivative[1].security_title", "<"),
        ("happened", "q"),
    ]
    outcome, _ = play(tmp_path / "draft.form4.json", answers, at)

    assert len(draft_data(outcome.draft)["non_derivative"]) == 1


def test_an_event_with_an_answer_is_kept_by_going_back(seed: dict[str, Any], tmp_path: Path) -> None:
    at = {**seed, "interview": {**seed["interview"], "at": "happened"}}
    answers = [
        ("happened", "sold"),
        ("events[1].date", "11/1"),
        ("events[1].security", "<"),
        ("events[1].date", "<"),
        ("happened", "q"),
    ]
    outcome, _ = play(tmp_path / "draft.form4.json", answers, at)

    assert [event["answers"] for event in draft_data(outcome.draft)["interview"]["events"][1:]] == [
        {"date": "2024-11-01"}
    ]


def test_a_line_with_an_answer_is_kept_by_going_back(seed: dict[str, Any], tmp_path: Path) -> None:
    at = {**seed, "interview": {**seed["interview"], "at": "happened"}}
    answers = [
        ("happened", "non_derivative holding"),
        ("non_derivative[1].security_title", "Class B Common Stock"),
        ("non_derivative[1].ownership_form", "<"),
        ("non_derivative[1].security_title", "<"),
        ("happened", "q"),
    ]
    outcome, _ = play(tmp_path / "draft.form4.json", answers, at)

    assert [flat(row) for row in draft_data(outcome.draft)["non_derivative"][1:]] == [
        {"kind": "holding", "security_title": "Class B Common Stock"}
    ]


def test_an_event_left_half_answered_is_kept_and_named_at_the_review(
    seed: dict[str, Any], tmp_path: Path
) -> None:
    at = {**seed, "interview": {**seed["interview"], "at": "happened"}}
    answers = [
        ("happened", "sold"),
        ("events[1].date", "t"),
        ("events[1].security", "/"),
        ("sections", "7"),
        ("review", "q"),
    ]
    _, script = play(tmp_path / "draft.form4.json", answers, at)

    rows = [option.label for option in script.asks[-1].options]
    assert "To answer  Sold on the market or privately, How many were sold? Or …" in rows
    assert "p     make the packet" not in last(script)


def test_going_back_returns_to_the_question_just_seen_and_the_row_just_used(
    seed: dict[str, Any], tmp_path: Path
) -> None:
    """It went over the whole event, to the issuer's last question or to the lines."""
    at = {**seed, "interview": {**seed["interview"], "at": "lines"}}
    answers = [
        ("lines", "more"), ("happened", "non_derivative holding"),
        ("non_derivative[1].security_title", "<"), ("happened", "<"), ("lines", "done"),
        ("aff10b5_one", "<"), ("lines", "q"),
    ]  # fmt: skip
    _, script = play(tmp_path / "draft.form4.json", answers, at)

    assert [(ask.id, ask.proposal) for ask in (*script.asks[3:5], script.asks[-1])] == [
        ("happened", "non_derivative holding"),
        ("lines", "more"),
        ("lines", "done"),
    ]


def test_the_same_row_again_opens_the_card_that_is_kept(seed: dict[str, Any], tmp_path: Path) -> None:
    """Otherwise going back and on again would make a second sale of one."""
    at = {**seed, "interview": {**seed["interview"], "at": "happened"}}
    answers = [
        ("happened", "sold"), ("events[1].date", "11/1"), ("events[1].security", "<"), ("events[1].date", "<"),
        ("happened", "sold"), ("events[1].date", "<"), ("happened", "bought"), ("events[2].date", "q"),
    ]  # fmt: skip
    outcome, script = play(tmp_path / "draft.form4.json", answers, at)

    assert script.asks[4].proposal == "sold"
    assert [each.recipe for each in outcome.draft.interview.events[1:]] == ["sold", "bought"]


def test_going_back_from_help_closes_it(tmp_path: Path) -> None:
    answers = [
        ("owners[0].cik", "1"),
        ("owners[0].name", "?"),
        ("owners[0].name", "<"),
        ("owners[0].name", "q"),
    ]
    _, script = play(tmp_path / "draft.form4.json", answers)

    assert ["Help: " in "\n".join(page) for page in script.pages] == [False, False, True, False]


def test_help_at_the_list_of_sections_stays_there(tmp_path: Path) -> None:
    answers = [("owners[0].cik", "/"), ("sections", "?"), ("sections", "<"), ("owners[0].cik", "q")]
    _, script = play(tmp_path / "draft.form4.json", answers)

    assert "Help: Choose a section to go through it" in " ".join(" ".join(script.pages[2]).split())
    assert [ask.jumps for ask in script.asks] == [True, False, False, True]


# ---- the status line


def test_a_question_not_reached_yet_is_no_finding(tmp_path: Path) -> None:
    _, script = play(tmp_path / "draft.form4.json", [("owners[0].cik", "q")])

    assert script.pages[0][0] == "New Form 4"


def test_a_finding_about_what_was_answered_is_counted_at_once(seed: dict[str, Any], tmp_path: Path) -> None:
    data = with_row(seed, transaction_code="S", acquired_disposed="A", amount="7007")
    at = {**data, "interview": {**data["interview"], "at": "remarks"}}
    _, script = play(tmp_path / "draft.form4.json", [("remarks", "q")], at)

    assert script.pages[0][0] == "QUALYS, INC. · Thakar Sumedh S · Form 4 · 1 finding so far (1 blocks)"


# ---- the review


def test_a_number_goes_to_the_question_and_comes_back(seed: dict[str, Any], tmp_path: Path) -> None:
    seed["owners"][0].pop("officer_title")
    answers = [("review", "1"), ("owners[0].officer_title", "CEO"), ("review", "q")]
    outcome, script = play(tmp_path / "draft.form4.json", answers, seed)

    assert draft_data(outcome.draft)["owners"][0]["officer_title"] == "CEO"
    assert "No open questions and no findings." in last(script)


def test_what_an_answer_opens_is_asked_before_coming_back(seed: dict[str, Any], tmp_path: Path) -> None:
    """Ticking Other at the review asks for its words at once."""
    for name in ("is_director", "is_officer", "officer_title"):
        seed["owners"][0].pop(name)
    answers: list[tuple[str, str | tuple[str, ...]]] = [
        ("review", "1"), ("owners[0].relationship", ("is_other",)), ("owners[0].other_text", "Former director"),
        ("review", "q"),
    ]  # fmt: skip

    outcome, script = play(tmp_path / "draft.form4.json", answers, seed)

    assert [ask.id for ask in script.asks] == [
        "review",
        "owners[0].relationship",
        "owners[0].other_text",
        "review",
    ]
    owner = draft_data(outcome.draft)["owners"][0]
    assert (owner["is_other"], owner["other_text"]) == (True, "Former director")
    assert "No open questions and no findings." in last(script)


def test_the_most_serious_comes_first(seed: dict[str, Any], tmp_path: Path) -> None:
    """Against the order of the form: the signature's date is missing, a line before it has the wrong direction."""
    data = with_row(seed, transaction_code="S", acquired_disposed="A", amount="7007")
    data["signatures"] = [{"name": "/s/ Sumedh S. Thakar"}]
    _, script = play(tmp_path / "draft.form4.json", [("review", "q")], data)
    kinds = [o.label.split()[0] for o in script.asks[-1].options if o.value.startswith("open")]

    assert kinds == ["Suspense", "Error", "Note"]


def test_an_error_is_accepted_with_a_reason_and_the_reason_withdrawn(
    seed: dict[str, Any], tmp_path: Path
) -> None:
    data = with_row(seed, transaction_code="S", acquired_disposed="A", amount="7007")
    path = tmp_path / "draft.form4.json"
    outcome, script = play(
        path,
        [
            ("review", "open 1"),
            ("review.finding", "a 1"),
            ("override.reason", "Agreed with staff."),
            ("review", "open 1"),
            ("review.finding", "back"),
            ("review", "p"),
        ],
        data,
    )

    assert draft_data(outcome.draft)["overrides"] == [
        {
            "id": "TXN-007",
            "path": "non_derivative[0].acquired_disposed",
            "reason": "Agreed with staff.",
            "at": NOW,
        }
    ]
    assert "Override, with the reason: Agreed with staff." in script.asks[-2].text
    assert [o.label for o in script.asks[-2].options] == ["Go to the question", "Withdraw the reason", "Back"]
    back = {
        **draft_data(outcome.draft),
        "interview": {**draft_data(outcome.draft)["interview"], "at": "review"},
    }
    again, script = play(path, [("review", "w 1"), ("review", "q")], back)
    assert "overrides" not in draft_data(again.draft)
    assert "Review: 1 finding blocks the packet" in last(script)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "a 1",
            "Only an error can be overridden with a reason; correct the others, or leave warnings as they are",
        ),
        ("p", "Correct or override the findings that block the packet, and answer what is open"),
        ("2", '"2" is not one of the numbers and letters above'),
        ("x", '"x" is not one of the numbers and letters above'),
        ("a", '"a" is not one of the numbers and letters above'),
    ],
)
def test_a_suspense_cannot_be_accepted(seed: dict[str, Any], tmp_path: Path, typed: str, said: str) -> None:
    seed["owners"][0].pop("officer_title")
    _, script = play(tmp_path / "draft.form4.json", [("review", "q")], seed)

    assert script.asks[-1].check(typed) == said


def test_a_reason_for_one_line_covers_no_other(seed: dict[str, Any], tmp_path: Path) -> None:
    """Two lines with the same error: the second still blocks."""
    data = with_row(seed, transaction_code="S", acquired_disposed="A", amount="7007")
    data["non_derivative"].append(dict(data["non_derivative"][0], amount_owned_following="246609"))
    answers = [("review", "a 1"), ("override.reason", "Agreed with staff."), ("review", "q")]
    outcome, script = play(tmp_path / "draft.form4.json", answers, data)

    assert [each["path"] for each in draft_data(outcome.draft)["overrides"]] == [
        "non_derivative[0].acquired_disposed"
    ]
    rows = [o for o in script.asks[-1].options if o.value.startswith("open")]
    assert sorted(o.label.split()[0] for o in rows) == ["Accepted", "Error", "Warning"]
    assert "Review: 1 finding blocks the packet, 2 do not" in last(script)
    assert next(o.barred for o in script.asks[-1].options if o.value == "p") != ""


def test_the_form_is_shown_on_arriving_and_on_asking(tmp_path: Path) -> None:
    _, script = replay(tmp_path / "draft.form4.json", "by_hand")
    shown = [page for page in script.pages if page and page[0].startswith("FORM 4  STATEMENT OF CHANGES")]

    assert len(shown) == 2


def test_an_override_follows_its_line(seed: dict[str, Any], tmp_path: Path) -> None:
    seed["overrides"] = [{"id": "X", "path": "non_derivative[0].price", "reason": "r", "at": NOW}]
    seed["non_derivative"].append(
        dict(seed["non_derivative"][0], amount_owned_following="225588", amount="7007")
    )
    at = {**seed, "interview": {**seed["interview"], "at": "non_derivative[1].columns"}}
    answers = [("non_derivative[1].columns", "up"), ("non_derivative[0].columns", "q")]
    outcome, _ = play(tmp_path / "draft.form4.json", answers, at)

    assert draft_data(outcome.draft)["overrides"][0]["path"] == "non_derivative[1].price"
    assert draft_data(outcome.draft)["interview"]["events"][0]["rows"] == ["non_derivative[1]"]


def test_an_override_stays_with_its_line_when_one_above_is_removed(
    seed: dict[str, Any], tmp_path: Path
) -> None:
    seed["non_derivative"].append(dict(seed["non_derivative"][0], price="84.60"))
    seed["overrides"] = [
        {"id": "X", "path": f"non_derivative[{n}].price", "reason": f"line {n}", "at": NOW} for n in (0, 1)
    ]
    at = {**seed, "interview": {**seed["interview"], "at": "non_derivative[0].columns"}}
    answers = [("non_derivative[0].columns", "remove"), ("lines", "q")]
    outcome, _ = play(tmp_path / "draft.form4.json", answers, at)

    assert [row["price"] for row in draft_data(outcome.draft)["non_derivative"]] == ["84.60"]
    assert draft_data(outcome.draft)["overrides"] == [
        {"id": "X", "path": "non_derivative[0].price", "reason": "line 1", "at": NOW}
    ]


def test_a_footnote_stays_when_its_value_is_changed(seed: dict[str, Any], tmp_path: Path) -> None:
    noted = {"value": "120.34", "footnotes": ["F1"]}
    at = {**with_row(seed, price=noted), "interview": {"at": "non_derivative[0].price"}}
    answers = [("non_derivative[0].price", "121"), ("non_derivative[0].ownership_form", "q")]
    outcome, _ = play(tmp_path / "draft.form4.json", answers, at)

    assert draft_data(outcome.draft)["non_derivative"][0]["price"] == {"value": "121", "footnotes": ["F1"]}


def test_removing_the_lines_of_an_event_removes_the_event(seed: dict[str, Any], tmp_path: Path) -> None:
    at = {**seed, "interview": {**seed["interview"], "at": "non_derivative[0].columns"}}
    outcome, script = play(
        tmp_path / "draft.form4.json", [("non_derivative[0].columns", "remove"), ("lines", "q")], at
    )

    assert "events" not in draft_data(outcome.draft)["interview"]
    assert "footnotes" not in draft_data(outcome.draft)
    assert "The line is removed." in last(script)


# ---- new, resume, edit


def test_resume_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "draft.form4.json"
    play(path, [*PERSON, ("owners[0].officer_title", "q")])
    script = Script([Given("owners[0].officer_title", "CEO"), Given("owners[0].address.non_us", "q")])

    outcome = session.Session(path, draft_file.load(path).draft, script, desk()).run()

    assert draft_data(outcome.draft)["owners"][0]["officer_title"] == "CEO"
    assert "Welcome back: this is where you stopped." in script.pages[0]


def test_resume_of_a_draft_without_a_place_begins_at_what_is_missing(
    seed: dict[str, Any], tmp_path: Path
) -> None:
    data = filing(seed)
    data["issuer"].pop("trading_symbol")
    draft_file.save(tmp_path / "draft.form4.json", draft_of(data))
    script = Watched([Given("issuer.trading_symbol", "QLYS"), Given("foreign_issuer", "q")])

    outcome = session.Session(
        tmp_path / "draft.form4.json", draft_file.load(tmp_path / "draft.form4.json").draft, script, desk()
    ).run()

    assert [ask.id for ask in script.asks] == ["issuer.trading_symbol", "foreign_issuer"]
    assert draft_data(outcome.draft)["issuer"]["trading_symbol"] == "QLYS"


def test_edit_opens_at_the_review(seed: dict[str, Any], tmp_path: Path) -> None:
    draft_file.save(tmp_path / "draft.form4.json", draft_of({**seed, "interview": {"at": "issuer.cik"}}))
    script = Script([Given("review", "q")])

    session.Session(
        tmp_path / "draft.form4.json",
        session.at_review(draft_file.load(tmp_path / "draft.form4.json").draft),
        script,
        desk(),
    ).run()

    assert script.pages[0][2].startswith("Review")


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("made", [{"table": "x", "kind": "holding", "cells": {"security_title": "Units"}}], "TypeError"),
        ("rows", ["non_derivative"], "IndexError"),
    ],
)
def test_resume_of_a_draft_changed_by_hand_says_so_and_keeps_the_file(
    tmp_path: Path, seed: dict[str, Any], key: str, value: object, reason: str
) -> None:
    event = {**seed["interview"]["events"][0], key: value}
    path = tmp_path / "changed.form4.json"
    path.write_text(json.dumps({**seed, "interview": {**seed["interview"], "events": [event]}}))
    before = path.read_bytes()

    with pytest.raises(UnreadableInput) as refused:
        session.Session(path, draft_file.load(path).draft, Script([]), desk()).run()

    assert refused.value.problem == (
        f'The interview part of the draft "changed.form4.json" can\'t be used ({reason})'
    )
    assert path.read_bytes() == before


def test_resume_of_what_is_no_draft_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput) as refused:
        session.Session(
            tmp_path / "none.form4.json",
            draft_file.load(tmp_path / "none.form4.json").draft,
            Script([]),
            desk(),
        )

    assert refused.value.id == "DOC-022"
