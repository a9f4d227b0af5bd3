"""The flow is a pure function of the draft: next, previous, missing, and the question behind a finding."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from form4_author.findings import path_from_text
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard import flow
from form4_author.wizard.draft.answer import AnswerState, state
from form4_author.wizard.question import answered, ask
from form4_author.wizard.screen import AnswerKind, Place, Proposal, View
from form4_author.wizard.screens import SCREENS
from form4_author.wizard.screens.signature import SIGNATURES
from tests.wizard.data import drawn, put
from tests.wizard.replay import TODAY, replay

SEED: dict[str, Any] = {"form": "4"}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return draft_data(
        replay(tmp_path_factory.mktemp("flow") / "draft.form4.json", "joint_units_and_gift")[0].draft
    )


def place(data: dict[str, Any], id: str) -> Place:
    found = flow.place(draft_of(data), id)
    assert found is not None, id
    return found


def test_the_main_line_ends_at_the_review(done: dict[str, Any]) -> None:
    at: Place | None = flow.first(draft_of(done))
    walked = []
    while at is not None:
        walked.append(at.id)
        at = flow.next(draft_of(done), at)

    assert walked[0] == "owners[0].cik"
    assert walked[-1] == "review"
    assert len(walked) == len(set(walked))


def test_back_is_the_reverse_of_next(done: dict[str, Any]) -> None:
    forward, at = [], flow.first(draft_of(done))
    while (following := flow.next(draft_of(done), at)) is not None:
        forward.append(at.id)
        at = following
    backward = []
    while (before := flow.previous(draft_of(done), at)) is not None:
        backward.append(before.id)
        at = before

    assert backward == forward[::-1]


@pytest.mark.parametrize(
    ("detour", "home"),
    [("events[0].after_2", "lines"), ("non_derivative[1].columns", "lines"), ("derivative[0].columns", "lines"),
     ("footnotes[0].text", "notes")],
)  # fmt: skip
def test_a_detour_leads_home_to_its_hub(done: dict[str, Any], detour: str, home: str) -> None:
    following = flow.next(draft_of(done), place(done, detour))

    assert following is not None
    assert following.id == home


def test_a_question_that_no_longer_applies_still_has_its_successor(done: dict[str, Any]) -> None:
    at = place(done, "owners[0].officer_title")
    data = put(done, ("owners", 0, "is_officer"), None)

    assert flow.place(draft_of(data), "owners[0].officer_title") is None
    following = flow.next(draft_of(data), at)
    assert following is not None
    assert following.id == "owners[0].other_text"


def test_the_address_branches(done: dict[str, Any]) -> None:
    us = [p.id for p in flow.places(draft_of(done)) if p.id.startswith("owners[0].address")]
    abroad = put(done, ("owners", 0, "address", "non_us"), True)
    other = [p.id for p in flow.places(draft_of(abroad)) if p.id.startswith("owners[0].address")]

    assert [id.rpartition(".")[2] for id in us] == ["non_us", "street1", "street2", "city", "state", "zip"]
    assert [id.rpartition(".")[2] for id in other] == [
        "non_us", "street1", "street2", "city", "non_us_state_territory", "country", "zip",
    ]  # fmt: skip


def test_missing_names_what_must_be_answered() -> None:
    assert [p.id for p in flow.missing(draft_of({"form": "4"}))] == [
        "owners[0].cik", "owners[0].name", "issuer.cik", "issuer.name", "issuer.trading_symbol",
        "owners[0].relationship", "owners[0].address.non_us", "owners[0].address.street1", "owners[0].address.city",
        "owners[0].address.state", "owners[0].address.zip", "period_of_report", "aff10b5_one", "exit",
        "signing[0].capacity", "signatures[0].name", "signatures[0].date",
    ]  # fmt: skip


def test_form_3_has_neither_box_and_an_amendment_its_original_date() -> None:
    form3 = [p.id for p in flow.missing(draft_of({"form": "3"}))]
    amendment = [p.id for p in flow.missing(draft_of({"form": "4/A"}))]

    assert not {"aff10b5_one", "exit"} & set(form3)
    assert "period_of_report" in form3
    assert "date_of_original_submission" in amendment


def test_a_finished_draft_misses_nothing(done: dict[str, Any]) -> None:
    assert flow.missing(draft_of(done)) == ()


@pytest.mark.parametrize(
    ("path", "question"),
    [
        ("owners[1].address.zip", "owners[1].address.zip"),
        ("owners[0].is_officer", "owners[0].relationship"),
        ("owners[0]", "owners[0].cik"),
        ("non_derivative[2].price", "non_derivative[2].price"),
        ("non_derivative[2]", "non_derivative[2].security_title"),
        ("derivative[0].underlying_title", "derivative[0].underlying_title"),
        ("footnotes[1].text", "footnotes[1].text"),
        ("footnotes[1].id", "footnotes[1].text"),
        ("signatures", "signatures[0].name"),
        ("not_subject_to_section16", "exit"),
        ("period_of_report", "period_of_report"),
        ("remarks", "remarks"),
    ],
)
def test_the_question_behind_a_path(done: dict[str, Any], path: str, question: str) -> None:
    found = flow.to_path(draft_of(done), path_from_text(path))

    assert found is not None
    assert found.id == question


@pytest.mark.parametrize(
    ("path", "question"), [("non_derivative", "lines"), ("footnotes", "notes"), ("owners", "owners[0].cik")]
)
def test_an_empty_list_leads_to_the_hub_that_fills_it(path: str, question: str) -> None:
    found = flow.to_path(draft_of(SEED), path_from_text(path))

    assert found is not None
    assert found.id == question


def test_no_question_is_behind_the_whole_form() -> None:
    assert flow.to_path(draft_of(SEED), ()) is None


@pytest.mark.parametrize("screen", SCREENS, ids=lambda s: s.id)
def test_every_prompt_has_words_and_help(screen: Any, done: dict[str, Any]) -> None:
    for found in flow.places(draft_of(done)):
        if found.screen is screen:
            assert found.prompt.asked(View(draft_of(done), found.index))
            assert len(str(found.prompt.help)) > 20


# ---- completeness: every branch of the small sections ends with nothing missing

TYPED = {"owners[0].cik": "1", "issuer.cik": "2", "owners[0].address.state": "CA", "owners[0].address.country": "X0",
         "plan.adopted": "t", "plan.notice": "", "signatures[0].date": "t"}  # fmt: skip


def walked(data: dict[str, Any], section: str, choices: dict[str, Any]) -> dict[str, Any]:
    """The section answered: by ``choices`` where they say, else by the proposal or any text; gone to from the list."""
    visit = {"to": "review", "until": "section", "section": section}
    data = {**data, "interview": {**data.get("interview", {}), "back_to": [visit]}}
    at: Place | None = flow.section_start(draft_of(data), section)
    while at is not None and at.screen.section == section:
        question = ask(draft_of(data), at, TODAY)
        reply = choices.get(at.id, TYPED.get(at.id, question.proposal or question.chosen or "Words"))
        if at.prompt.kind is AnswerKind.MULTI and isinstance(reply, str):
            reply = (reply,)
        assert at.prompt.kind is not AnswerKind.TEXT or question.check(str(reply)) is None, (at.id, reply)
        data = drawn(draft_data(answered(draft_of(data), at, reply, TODAY).draft), TODAY)[0]
        at = flow.next(draft_of(data), at)
    return data


def open_in(data: dict[str, Any], section: str) -> list[str]:
    return [p.id for p in flow.missing(draft_of(data)) if p.screen.section == section]


RELATIONSHIPS = ("is_director", "is_officer", "is_ten_percent_owner", "is_other")
TICKED = [t for n in range(1, 5) for t in itertools.combinations(RELATIONSHIPS, n)]


@pytest.mark.parametrize("ticked", TICKED, ids="+".join)
@pytest.mark.parametrize("abroad", ["yes", "no"])
def test_the_reporting_person_is_complete(ticked: tuple[str, ...], abroad: str) -> None:
    choices = {"owners[0].relationship": ticked, "owners[0].address.non_us": abroad}
    data = walked(SEED, "Reporting person", choices)

    assert open_in(data, "Reporting person") == []
    assert set(data["owners"][0]["address"]) >= {"street1", "city", "country" if abroad == "yes" else "state"}
    assert ("officer_title" in data["owners"][0]) == ("is_officer" in ticked)


@pytest.mark.parametrize("foreign", ["yes", "no"])
def test_the_issuer_is_complete(foreign: str) -> None:
    data = walked(SEED, "Issuer", {"foreign_issuer": foreign})

    assert open_in(data, "Issuer") == []
    assert ("foreign_trading_symbol" in data["issuer"]) == (foreign == "yes")


@pytest.mark.parametrize(("plan", "left"), list(itertools.product(["yes", "no"], repeat=2)))
def test_the_boxes_are_complete(plan: str, left: str, done: dict[str, Any]) -> None:
    data = walked(done, "10b5-1 plan and exit box", {"aff10b5_one": plan, "exit": left})

    assert open_in(data, "10b5-1 plan and exit box") == []
    assert (data["aff10b5_one"], data["not_subject_to_section16"]) == (plan == "yes", left == "yes")


@pytest.mark.parametrize(
    "capacity", ["self", "power", "attorney", "officer", "trustee", "executor", "guardian"]
)
def test_the_signature_is_complete(capacity: str) -> None:
    person = {**SEED, "owners": [{"name": "Thakar Sumedh S"}]}
    data = walked(person, "Signature", {"signing[0].capacity": capacity, "signing[0].agent": "Bruce Posey"})

    assert open_in(data, "Signature") == []
    assert [s["name"] for s in data["signatures"]] == [
        {
            "self": "/s/ Sumedh S. Thakar",
            "power": "/s/ Bruce Posey by power of attorney for Sumedh S. Thakar",
            "attorney": "/s/ Bruce Posey, Attorney-in-Fact for Sumedh S. Thakar",
            "officer": "/s/ Bruce Posey, Words, on behalf of Sumedh S. Thakar",
            "trustee": "/s/ Bruce Posey, Trustee of Sumedh S. Thakar",
            "executor": "/s/ Bruce Posey, Executor of the Estate of Sumedh S. Thakar",
            "guardian": "/s/ Bruce Posey, Guardian of Sumedh S. Thakar",
        }[capacity]
    ]


_FUND = {**SEED, "owners": [{"name": "Harbor Ridge Fund I, L.P."}]}
_SIGNED_FOR = {
    "signing[0].capacity": "officer",
    "signing[0].agent": "Maja Lindqvist",
    "signing[0].office": "Managing Member",
}


@pytest.mark.parametrize(
    ("chain", "name"),
    [
        ("", "/s/ Maja Lindqvist, Managing Member, on behalf of Harbor Ridge Fund I, L.P."),
        (
            "Harbor Ridge GP, LLC, its general partner;",
            (
                "Harbor Ridge Fund I, L.P., by Harbor Ridge GP, LLC, its general partner, by /s/ Maja Lindqvist, "
                "Managing Member"
            ),
        ),
        (
            "Ridge GP LP, its general partner; Ridge Inc., its general partner",
            (
                "Harbor Ridge Fund I, L.P., by Ridge GP LP, its general partner, by Ridge Inc., its general partner, "
                "by /s/ Maja Lindqvist, Managing Member"
            ),
        ),
    ],
)
def test_a_fund_signs_through_its_partners(chain: str, name: str) -> None:
    """Instruction 7(b): the chain down to the individual, with each role."""
    data = walked(_FUND, "Signature", {**_SIGNED_FOR, "signing[0].chain": chain})

    assert open_in(data, "Signature") == []
    assert data["signatures"][0]["name"] == name


@pytest.mark.parametrize(
    ("owner", "proposed", "offered"),
    [
        ("Doe Jane", "self", "self"),
        ("Harbor Ridge Fund I, L.P.", None, "officer"),
        ("DOE FAMILY TRUST", None, "trustee"),
    ],
)
def test_an_entity_does_not_sign_itself(owner: str, proposed: str | None, offered: str) -> None:
    view = View(draft_of({"owners": [{"name": owner}]}), 0)
    prompt = next(p for p in SIGNATURES.listed(view) if p.id.endswith("capacity"))
    proposal = prompt.propose(view)

    assert (proposal and proposal.text) == proposed
    options = {option.value for option in prompt.options(view)}
    assert offered in options
    assert ("self" in options) == (proposed == "self")


def test_a_wording_chosen_is_kept_while_it_fits() -> None:
    person = {**SEED, "owners": [{"name": "Thakar Sumedh S"}]}
    other = "/s/ Sumedh S. Thakar, by Bruce Posey, Attorney-in-Fact"
    signing = {"capacity": "attorney", "agent": "Bruce Posey", "wording": other}
    data = {**person, "interview": {"signing": [signing]}}
    by_id = {prompt.id: prompt for prompt in SIGNATURES.listed(View(draft_of(data), 0))}
    wording, name = by_id["signing[{i}].wording"], by_id["signatures[{i}].name"]
    view = View(draft_of(data), 0)

    assert other in {option.value for option in wording.options(view)}
    assert name.propose(view) == Proposal(other)
    assert f"Also usual: /s/ Bruce Posey, as Attorney-in-Fact for Sumedh S. Thakar | {other} | " in name.help(
        view
    )  # type: ignore[operator]  # words made for the view
    view = View(draft_of({**person, "interview": {"signing": [{**signing, "agent": "Sam Roe"}]}}), 0)
    assert name.propose(view) == Proposal("/s/ Sam Roe, Attorney-in-Fact for Sumedh S. Thakar")


# ---- three states of an answer


def test_an_answer_is_given_defaulted_or_not_given() -> None:
    paths = (path_from_text("remarks"),)
    told = {"interview": {"answered": {"remarks": "none"}}}
    proposed = {"remarks": "x", "interview": {"answered": {"remarks": "defaulted"}}}

    assert state(draft_of({}), "remarks", paths) is AnswerState.NOT_GIVEN
    assert state(draft_of({"remarks": ""}), "remarks", paths) is AnswerState.NOT_GIVEN
    assert state(draft_of({"remarks": "x"}), "remarks", paths) is AnswerState.GIVEN
    assert state(draft_of(told), "remarks", paths) is AnswerState.GIVEN
    assert state(draft_of(proposed), "remarks", paths) is AnswerState.DEFAULTED


def test_a_blank_is_never_stored(done: dict[str, Any]) -> None:
    def blanks(found: object) -> bool:
        if isinstance(found, dict):
            return any(blanks(inner) for inner in found.values())
        if isinstance(found, list):
            return any(blanks(inner) for inner in found)
        return found in (None, "")

    assert not blanks(done)
