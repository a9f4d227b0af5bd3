"""Files of answers that were recorded for an earlier interview: what is skipped, what is proposed, and where it stops."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.cli import main
from form4_author.timing.legal_data import basis
from form4_author.wizard import replay as replayed
from tests.wizard.replay import filing

if TYPE_CHECKING:
    from collections.abc import Sequence

RECORDED = (
    (Path(__file__).parents[1] / "wizard" / "answers" / "seed.yaml").read_text(encoding="utf-8").splitlines()
)
SEED = (*RECORDED[:-1], '- review: "q"')
"""The recorded answers, which end without a packet."""
SIGNED = "2024-11-04"
DRAFT = "d.form4.json"
STREET = "- owners[0].address.street2: 919 E. HILLSDALE BLVD."
READY = f"{DRAFT}: ready (Form 4, X0609): no findings\n{basis()}\nSaved. Go on with: form4 resume {DRAFT}\n"
QUANTITY = "- events[0].quantity: 7,007"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def replay(lines: Sequence[str], *words: str, to: str = DRAFT) -> int:
    """`form4 new` with these lines as ``answers.yaml``; its exit code."""
    Path("answers.yaml").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return main(["new", "--answers", "answers.yaml", "--as-of", SIGNED, "-o", to, *words])


def saved(name: str = DRAFT) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(name).read_text(encoding="utf-8"))
    return found


def without(*ids: str) -> list[str]:
    """The recorded answers without those to these questions."""
    kept = [line for line in SEED if not line.startswith(tuple(f"- {id}:" for id in ids))]
    assert len(kept) == len(SEED) - len(ids)
    return kept


def with_line(line: str, *, before: str) -> list[str]:
    """The recorded answers with a line more, and which line of the file it becomes depends on where."""
    place = next(n for n, each in enumerate(SEED) if each.startswith(before))
    return [*SEED[:place], line, *SEED[place:]]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The draft that the recorded answers make, replayed strictly."""
    folder = tmp_path_factory.mktemp("expected")
    (folder / "a.yaml").write_text("\n".join(SEED), encoding="utf-8")
    path = folder / DRAFT
    assert (
        main(["new", "--strict", "--answers", str(folder / "a.yaml"), "--as-of", SIGNED, "-o", str(path)])
        == 0
    )
    return saved(str(path))


# ---- answers whose question is not asked


@pytest.mark.long
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('- events[0].plan_2: "yes"', 'answers.yaml line 18: "events[0].plan_2" is not asked; its answer "yes" is not used\n'),
        ("- events[0].rows: [a, b]", 'answers.yaml line 18: "events[0].rows" is not asked; its answer "a, b" is not used\n'),
        ("- events[0].words: " + "x" * 70, f'answers.yaml line 18: "events[0].words" is not asked; its answer "{"x" * 59}…" is not used\n'),
        ('- events[0].fills: "1\\n\\e[2J"', 'answers.yaml line 18: "events[0].fills" is not asked; its answer "1\\n\\u001b[2J" is not used\n'),
        ('- filer.ccc: "abcd@123"', 'answers.yaml line 18: "filer.ccc" is not asked; its answer is not used\n'),
    ],
    ids=["a text", "a list", "a long text", "what steers a terminal", "a secret"],
)  # fmt: skip
def test_an_answer_to_no_question_is_skipped_and_reported(
    line: str, said: str, expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay(with_line(line, before="- events[0].style")) == 0

    told = capsys.readouterr()
    assert told.err == said
    assert told.out.endswith(READY)
    assert saved() == expected


def test_answers_after_the_end_are_reported(
    expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay([*SEED, '- review: "q"', "- lines: done"]) == 0

    assert capsys.readouterr().err == (
        'answers.yaml line 38: "review" is not asked; its answer "q" is not used\n'
        'answers.yaml line 39: "lines" is not asked; its answer "done" is not used\n'
    )
    assert saved() == expected


def test_answers_of_json_have_their_lines(
    expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    import yaml

    listed = [*yaml.load("\n".join(SEED), yaml.BaseLoader), {"old": ["x,]", "y"]}, {"older": "1"}]  # noqa: S506  # text only
    Path("a.json").write_text(json.dumps(listed, indent=1), encoding="utf-8")
    places = [n for n, line in enumerate(Path("a.json").read_text().splitlines(), 1) if line == " {"]

    assert main(["new", "--answers", "a.json", "--as-of", SIGNED, "-o", DRAFT]) == 0
    assert capsys.readouterr().err == (
        f'a.json line {places[-2]}: "old" is not asked; its answer "x,], y" is not used\n'
        f'a.json line {places[-1]}: "older" is not asked; its answer "1" is not used\n'
    )
    assert saved() == expected


def test_questions_in_another_order_have_their_answers(
    expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay(SEED[:0:-1]) == 0

    assert capsys.readouterr().err == ""
    assert saved() == expected


# ---- questions without an answer


@pytest.mark.long
@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("foreign_issuer", '(Is the issuer a foreign private issuer?): took the proposed "no"'),
        ("lines", '(Is that everything?): took the proposed "done" (Continue)'),
        ("joint", '(Who files this form?): took the proposed "done" (Only one reporting person)'),
        ("notes", '(Are the footnotes right?): took the proposed "done" (Footnotes are right)'),
        ("events[0].after_1", '(Common Stock, direct: how many after it?): took the proposed "232595"'),
    ],
    ids=["confirm", "lines", "joint", "notes", "text"],
)
def test_a_question_without_an_answer_takes_what_is_proposed(
    id: str, said: str, expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay(without(id)) == 0

    assert capsys.readouterr().err == f'answers.yaml has no answer to "{id}" {said}\n'
    assert saved() == expected


@pytest.mark.parametrize("id", ["exit", "remarks"])
def test_what_is_not_asked_in_order_needs_no_answer(
    id: str, expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay(without(id)) == 0

    assert capsys.readouterr().err == ""
    assert filing(saved()) == filing(expected)


@pytest.mark.parametrize(
    ("id", "answer", "key"),
    [("exit", "yes", "not_subject_to_section16"), ("remarks", "See below.", "remarks")],
)
def test_an_answer_to_what_is_not_asked_in_order_is_taken(
    id: str, answer: str, key: str, expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [f'- {id}: "{answer}"' if line.startswith(f"- {id}:") else line for line in SEED]
    assert replay(lines) == 0

    assert capsys.readouterr().err == ""
    assert filing(saved()) == {**filing(expected), key: True if answer == "yes" else answer}


def test_an_optional_question_without_an_answer_is_left_empty(
    expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay([line for line in SEED if line != STREET]) == 0

    said = 'answers.yaml has no answer to "owners[0].address.street2" (Street, second line): left empty\n'
    assert capsys.readouterr().err == said
    assert "street2" not in saved()["owners"][0]["address"]
    assert {**filing(saved()), "owners": expected["owners"]} == filing(expected)


def test_without_an_answer_the_review_makes_no_packet(capsys: pytest.CaptureFixture[str]) -> None:
    assert replay(without("review")) == 0

    told = capsys.readouterr()
    assert (
        told.err
        == 'answers.yaml has no answer to "review" (Make the packet?): the draft is saved, and no packet is made\n'
    )
    assert told.out.endswith(f"Saved. Go on with: form4 resume {DRAFT}\n")
    assert not Path("d-packet").exists()


def test_where_the_answers_end_the_rest_is_proposed_up_to_what_has_to_be_answered(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert replay(SEED[: SEED.index("- lines: done")]) == 2

    told = capsys.readouterr().err.splitlines()
    assert [line.split('"')[1] for line in told] == [
        "lines",
        "aff10b5_one",
        "notes",
        "signing[0].capacity",
        "signatures[0].name",
    ]


def test_a_question_that_needs_an_answer_stops_and_the_same_file_goes_on(
    expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay(without("events[0].quantity")) == 2

    told = capsys.readouterr()
    assert (told.out, told.err) == (
        "",
        (
            'form4: answers.yaml has no answer to "events[0].quantity" (How many shares were withheld?), and nothing is '
            f"proposed. The draft so far is saved in {DRAFT}. Add the answer to answers.yaml before line 21, then continue "
            f"with form4 resume {DRAFT} --answers answers.yaml.\n"
        ),
    )
    assert saved()["interview"]["at"] == "events[0].quantity"

    Path("answers.yaml").write_text("\n".join(SEED), encoding="utf-8")
    assert main(["resume", DRAFT, "--answers", "answers.yaml", "--as-of", SIGNED]) == 0
    told = capsys.readouterr()
    assert told.err == "answers.yaml: 19 answers are not used; the draft was past them already\n"
    assert told.out.endswith(READY)
    assert saved() == expected


def test_a_draft_that_is_resumed_reports_what_is_not_asked_before_it_too(
    expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    whole = with_line('- old: "1"', before="- joint")
    assert replay(whole[: whole.index(QUANTITY)]) == 2
    capsys.readouterr()

    Path("answers.yaml").write_text("\n".join(whole), encoding="utf-8")
    assert main(["resume", DRAFT, "--answers", "answers.yaml", "--as-of", SIGNED]) == 0
    assert capsys.readouterr().err == (
        "answers.yaml: 19 answers are not used; the draft was past them already\n"
        'answers.yaml line 16: "old" is not asked; its answer "1" is not used\n'
    )
    assert saved() == expected


def test_what_is_added_at_the_end_of_the_file_is_found(
    expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    moved = [*without("events[0].quantity"), QUANTITY]
    assert replay(moved) == 0
    assert (capsys.readouterr().err, saved()) == ("", expected)

    assert replay(moved[:-1], to="e.form4.json") == 2
    capsys.readouterr()
    Path("answers.yaml").write_text("\n".join(moved), encoding="utf-8")
    assert main(["resume", "e.form4.json", "--answers", "answers.yaml", "--as-of", SIGNED]) == 0
    assert (
        capsys.readouterr().err == "answers.yaml: 19 answers are not used; the draft was past them already\n"
    )
    assert saved("e.form4.json") == expected


@pytest.mark.parametrize(
    ("id", "said"),
    [
        (
            "owners[0].relationship",
            (
                '(Relationship of Reporting Person to Issuer), and nothing is proposed. Choices: "is_director" (Director), '
                '"is_officer" (Officer (title follows)), "is_ten_percent_owner" (10% Owner), "is_other" (Other (words '
                "follow)). The draft so far is saved in d.form4.json. Add the answer to answers.yaml before line 8, then"
            ),
        ),
        (
            "happened",
            '(What happened?), and nothing is proposed. Choices: "bought" (Bought on the market or privately), ',
        ),
        (
            "signatures[0].name",
            (
                "(Is this the signature?), and a signature is not taken from a proposal, here "
                '"/s/ Bruce Posey by power of attorney for Sumedh S. Thakar" (Yes). Choices: '
                '"/s/ Bruce Posey by power of attorney for Sumedh S. Thakar" (Yes), "change" (Change the words), '
                '"another" (Choose another signer). The draft so far is saved in d.form4.json. Add the answer to '
                "answers.yaml before line 35, then continue with form4 resume d.form4.json --answers answers.yaml.\n"
            ),
        ),
    ],
)
def test_a_question_that_stops_shows_its_choices(
    id: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay(without(id)) == 2

    assert capsys.readouterr().err.startswith(f'form4: answers.yaml has no answer to "{id}" {said}')
    assert saved()["interview"]["at"] == id


@pytest.mark.long
def test_events_are_replayed_in_their_order_when_a_draft_is_resumed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is asked again after each event has an answer for each: those of events in the draft are past."""
    place = SEED.index("- lines: done")
    second = [
        "- lines: more", "- happened: gave", "- events[1].date: 11/01", '- events[1].security: ""',
        "- events[1].quantity: 250", "- events[1].ownership: D", "- events[1].given_to: charity", "- events[1].donee: Gift to a charity.",
        '- events[1].after_1: ""',
    ]  # fmt: skip
    whole = [*SEED[:place], *second, *SEED[place:]]
    assert replay(whole, to="whole.form4.json") == 0
    assert capsys.readouterr().err == ""

    assert replay([line for line in whole if "events[1].quantity" not in line]) == 2
    assert "before line 30, then continue" in capsys.readouterr().err
    Path("answers.yaml").write_text("\n".join(whole), encoding="utf-8")
    assert main(["resume", DRAFT, "--answers", "answers.yaml", "--as-of", SIGNED]) == 0
    assert (
        capsys.readouterr().err == "answers.yaml: 28 answers are not used; the draft was past them already\n"
    )
    assert saved() == saved("whole.form4.json")
    assert len(saved()["interview"]["events"]) == 2


def test_a_file_that_begins_where_the_draft_stopped_may_change_what_came_before(
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = SEED.index("- lines: done")
    assert replay([*SEED[:place], '- lines: "q"']) == 0
    card = [line.replace("7,007", "7,000") for line in SEED if "events[0]" in line]
    Path("answers.yaml").write_text("\n".join(["- lines: event 0", *card, *SEED[place:]]), encoding="utf-8")

    assert main(["resume", DRAFT, "--answers", "answers.yaml", "--as-of", SIGNED]) == 0
    assert capsys.readouterr().err == ""
    assert saved()["non_derivative"][0]["amount"]["value"] == "7000"


# ---- answers that are refused, keys, names


def test_an_answer_that_the_question_refuses_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert replay([line.replace("7,007", "many") for line in SEED]) == 2

    assert capsys.readouterr().err == (
        'form4: Answer 20, events[0].quantity: "many" is not accepted: "many" is not a number; type 1,200 or 1.2k or '
        "$120.34, or a sum such as 300+150. Correct the file of answers, or record it again.\n"
    )


def test_going_back_in_the_file_passes_over_a_new_question(
    expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """Recorded: the exit box, at the notes back to it and changed. What is asked in between now has no answer."""
    place = next(n for n, line in enumerate(SEED) if line.startswith("- owners[0].address.city"))
    lines = [
        *SEED[: place - 2], "- owners[0].address.street1: elsewhere", '- owners[0].address.city: "<"',
        "- owners[0].address.street1: C/O QUALYS, INC.", *SEED[place:],
    ]  # fmt: skip
    assert replay(lines) == 0

    assert capsys.readouterr().err == (
        'answers.yaml has no answer to "owners[0].address.street2" (Street, second line): left empty\n'
    )
    address = {**expected["owners"][0]["address"]}
    del address["street2"]
    assert saved()["owners"][0] == {**expected["owners"][0], "address": address}


@pytest.mark.parametrize("former", ["events[{i}].withheld", "how_many"])
def test_a_former_id_still_names_its_question(
    former: str, expected: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(replayed.RENAMED, "events[{i}].quantity", ("events[{i}].other", former))
    name = former.replace("{i}", "0")

    assert replay([line.replace("events[0].quantity", name) for line in SEED]) == 0
    assert (capsys.readouterr().err, saved()) == ("", expected)


# ---- recording and strictness


def test_a_replay_records_a_file_that_fits(
    expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [line for line in without("foreign_issuer", "joint") if line != STREET] + ["- old: x"]
    assert replay(lines, "--record", "new.yaml", to="first.form4.json") == 0
    assert len(capsys.readouterr().err.splitlines()) == 4

    assert main(["new", "--answers", "new.yaml", "--strict", "--as-of", SIGNED, "-o", DRAFT]) == 0
    assert (capsys.readouterr().err, saved()) == ("", saved("first.form4.json"))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            with_line('- old: "1"', before="- joint"),
            "Answer 15 is for old, but the interview asks joint (Who files this form?)",
        ),
        (
            without("notes"),
            "Answer 28 is for remarks, but the interview asks notes (Are the footnotes right?)",
        ),
        ([*SEED, "- old: x"], "The interview ended before answer 37 of 37, old, was asked for"),
    ],
    ids=["not asked", "not answered", "left over"],
)
def test_strictly_any_difference_is_an_error(
    lines: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay(lines, "--strict") == 2

    assert capsys.readouterr().err == f"form4: {said}. Correct the file of answers, or record it again.\n"


@pytest.mark.parametrize("word", ["new", "resume", "edit"])
def test_strict_without_a_file_is_refused(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([word, "--strict"]) == 2

    assert (
        capsys.readouterr().err == f"form4 {word}: --strict belongs to --answers. See form4 {word} --help.\n"
    )


def test_an_edit_takes_what_fits_too(expected: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    replay(SEED)
    Path("e.yaml").write_text('- old: "1"\n- review: "q"\n', encoding="utf-8")

    assert main(["edit", DRAFT, "--answers", "e.yaml", "--as-of", SIGNED]) == 0
    assert capsys.readouterr().err == 'e.yaml line 1: "old" is not asked; its answer "1" is not used\n'
    assert saved() == expected
