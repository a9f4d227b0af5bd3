"""Powers of attorney (Form 4, Instruction 7(a)): written as an exhibit, read back, and read in others' words."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from form4_author.checks.rules.exhibit import RULES
from form4_author.errors import MalformedValue
from form4_author.model.power_of_attorney import Grant, PowerReading, power_page, power_reading, power_text
from tests.builders import make_context, make_filing

_GOLDEN = Path(__file__).parents[1] / "golden" / "papers"
_WHOLE = Grant(
    principal="Sumedh S. Thakar",
    agents=("Bruce Posey", "Ann Q. Poe, Jr."),
    issuer="Qualys, Inc.",
    issuer_cik="0001107843",
    signed=date(2024, 1, 15),
    until=date(2026, 12, 31),
    title="Chief Executive Officer",
    form_144=True,
    schedules_13=True,
    substitution=True,
    ratification=True,
    reliance=True,
)
_BARE = Grant(
    principal="Harbor Ridge Fund I, L.P.", agents=("Sam Roe",), signer="Maja Lindqvist", edgar_access=False
)
_TO_SIGN = Grant(principal="Jane Doe", agents=("Sam Roe",), notary=True)


@pytest.mark.parametrize(
    ("name", "grant"), [("power-whole", _WHOLE), ("power-bare", _BARE), ("power-to-sign", _TO_SIGN)]
)
def test_the_exhibit_reads_as_kept(name: str, grant: Grant) -> None:
    """Each was read through, the page in a browser, before it was kept."""
    assert power_text(grant).decode("ascii") == (_GOLDEN / f"{name}.txt").read_text(encoding="ascii")
    assert power_page(grant).decode("ascii") == (_GOLDEN / f"{name}.htm").read_text(encoding="ascii")
    assert max(len(line) for line in power_text(grant).splitlines()) <= 78


_LETTERS = string.ascii_letters + "éÅßøñ中'"
_WORDS = st.text(_LETTERS, min_size=1, max_size=14)
_NAMES = st.lists(_WORDS, min_size=1, max_size=6).map(" ".join)
_PLAIN_WORDS = st.text(string.ascii_letters + ".,'-&()", min_size=1, max_size=30).filter(
    lambda word: any(letter.isalpha() for letter in word)
)
_PLAIN_NAMES = st.lists(_PLAIN_WORDS, min_size=1, max_size=4).map(" ".join)
_DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))


def _grants(names: st.SearchStrategy[str]) -> st.SearchStrategy[Grant]:
    return st.builds(
        lambda days, **others: Grant(signed=days[0], until=days[1], **others),
        days=st.lists(_DAYS, min_size=2, max_size=2).map(sorted),
        principal=names,
        agents=st.lists(names, min_size=1, max_size=12).map(tuple),
        issuer=st.one_of(st.just(""), names),
        issuer_cik=st.one_of(st.just(""), st.from_regex(r"[1-9][0-9]{0,8}", fullmatch=True)),
        title=st.one_of(st.just(""), names),
        edgar_access=st.booleans(),
        form_144=st.booleans(),
        schedules_13=st.booleans(),
        substitution=st.booleans(),
        ratification=st.booleans(),
        reliance=st.booleans(),
    )


def _agrees(reading: PowerReading | None, grant: Grant) -> None:
    assert reading is not None
    assert reading[1:] == (
        grant.principal,
        grant.agents,
        grant.issuer_cik or None,
        grant.signed,
        grant.until,
    )


@settings(max_examples=150, deadline=None)
@given(_grants(_PLAIN_NAMES))
def test_a_text_reads_back_as_it_was_written(grant: Grant) -> None:
    _agrees(power_reading(power_text(grant), "poa.txt"), grant)


@settings(max_examples=150, deadline=None)
@given(_grants(_NAMES))
def test_a_page_reads_back_as_it_was_written(grant: Grant) -> None:
    assert power_page(grant).isascii()
    _agrees(power_reading(power_page(grant), "POA.HTM"), grant)


def test_several_attorneys_in_fact_are_each_meant_throughout() -> None:
    """Where there is one, it is "the" attorney-in-fact; the entity that an officer signs for is named to the notary."""
    terms = " ".join(power_text(_WHOLE).decode().split()).partition("to: (1)")[2]
    assert terms.lower().count("each attorney-in-fact") == 5
    assert "the attorney-in-fact" not in terms.lower()
    entity = replace(_BARE, notary=True)
    assert (
        "On ____________________, Maja Lindqvist, on behalf of Harbor Ridge Fund I, L.P., appeared before me"
        in " ".join(power_text(entity).decode().split())
    )


def test_the_lines_for_a_notary_are_not_for_the_text_of_a_signed_one() -> None:
    with pytest.raises(MalformedValue) as raised:
        replace(_TO_SIGN, signed=date(2026, 1, 15))
    assert str(raised.value) == (
        "The lines for a notary are filled by hand, and the text of a signed power of attorney has no lines left to fill in. "
        "Leave out the notary, and copy what the notary wrote into the exhibit."
    )


def test_what_is_left_open_reads_back_as_open() -> None:
    reading = power_reading(power_text(_BARE), "poa.txt")
    assert reading is not None
    assert reading[1:] == ("Harbor Ridge Fund I, L.P.", ("Sam Roe",), None, None, None)


@pytest.mark.parametrize("write", [power_text, power_page])
def test_the_checks_find_nothing_in_it(write: object) -> None:
    content = {power_text: power_text(_WHOLE), power_page: power_page(_WHOLE)}[write]  # type: ignore[index]  # a function
    name = "poa.txt" if write is power_text else "poa.htm"
    attached = {"name": name, "type": "EX-24", "content": content.decode()}
    filing = make_filing("seed", ["remarks = Exhibit List: EX-24 - Power of Attorney"])
    context = make_context(filing, profile="submission", submission={"attachments": [attached]})
    assert [hit for rule in RULES for hit in rule.hits(filing, context)] == []


_FORCE = "shall remain in full force and effect until the undersigned is no longer required to file."


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            (
                "the undersigned hereby constitutes and appoints each of Lee Scott and Jane Doe, signing singly, the"
                f" undersigned's true and lawful attorney-in-fact to: sign. This Power {_FORCE} IN WITNESS WHEREOF this"
                " Power was executed as of this 15th day of March, 2023. /s/ Al Roe"
            ),
            (None, ("Lee Scott", "Jane Doe"), None, date(2023, 3, 15), None),
        ),
        (
            (
                "I, Jane Doe, hereby appoint Larry D. Thompson and Thomas H. Tamoney, Jr., and each of them severally, as"
                " my attorney. It expires on December 31, 2025. Dated: January 3, 2024"
            ),
            (
                "Jane Doe",
                ("Larry D. Thompson", "Thomas H. Tamoney, Jr."),
                None,
                date(2024, 1, 3),
                date(2025, 12, 31),
            ),
        ),
        (
            "The undersigned, Jane Doe, appoints Sam Roe as attorney until 12/31/2025. Date: 2024-01-03",
            ("Jane Doe", ("Sam Roe",), None, date(2024, 1, 3), date(2025, 12, 31)),
        ),
        ("appoints the General Counsel of the Company, as attorney", (None, (), None, None, None)),
        ("appoints Sam Roe of Boston to do it", (None, (), None, None, None)),
        ("It ends on January 1, 2025, or, if later, until January 1, 2026.", (None, (), None, None, None)),
        ("Dated: February 30, 2024", (None, (), None, None, None)),
        ("executed on 1/2/2024; filed. Signed: 1/3/2024", (None, (), None, date(2024, 1, 3), None)),
        ("I agree.", (None, (), None, None, None)),
    ],
)
def test_others_words_are_read_where_they_are_plain(text: str, read: tuple[object, ...]) -> None:
    reading = power_reading(text.encode(), "x.txt")
    assert reading is not None
    assert (reading.text, reading[1:]) == (text, read)
    page = power_reading(f"<html><p>{text}</p></html>".encode(), "x.htm")
    assert page is not None
    assert page[1:] == read


def test_a_label_that_comes_again_changes_nothing() -> None:
    text = b"Principal: Jane Doe\nPrincipal: Sam Roe\n    of Boston\n"

    reading = power_reading(text, "poa.txt")
    assert reading is not None
    assert reading.principal == "Jane Doe"


def test_a_picture_is_not_read() -> None:
    assert power_reading(b"\xff\xd8\xff", "poa.jpg") is None


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"agents": ()}, "A power of attorney names at least one attorney-in-fact"),
        ({"principal": ""}, 'The name of the principal must be one line without spaces around it; found ""'),
        (
            {"agents": ("Sam\nRoe",)},
            'The name of the agent must be one line without spaces around it; found "Sam\nRoe"',
        ),
        ({"issuer": "x" * 151}, "The name of the issuer has 151 characters; at most 150 fit"),
        ({"principal": "/s/ Jane Doe"}, '"/s/ Jane Doe" is not a name of the principal'),
        ({"title": "Title: x"}, '"Title: x" is not a name of the title'),
        ({"principal": "--"}, '"--" is not a name of the principal'),
        ({"signer": "Jane\x07Doe"}, '"Jane\x07Doe" is not a name of the signer'),
        ({"issuer_cik": "QLYS"}, '"QLYS" is not a CIK of up to 10 digits'),
        (
            {"signed": date(2024, 1, 2), "until": date(2024, 1, 1)},
            "The last day, 2024-01-01, is before the signature of 2024-01-02",
        ),
    ],
)
def test_what_no_power_can_say(said: dict[str, object], problem: str) -> None:
    with pytest.raises(MalformedValue) as caught:
        Grant(**{"principal": "Jane Doe", "agents": ("Sam Roe",), **said})  # type: ignore[arg-type]  # of each kind
    assert caught.value.problem == problem


def test_other_letters_need_a_page() -> None:
    grant = Grant(principal="Zoë Åström & Söhne", agents=("Sam Roe",))
    with pytest.raises(MalformedValue) as caught:
        power_text(grant)
    assert str(caught.value) == (
        'A .txt is plain ASCII, and "Principal: Zoë Åström & Söhne" is not. '
        "Write a .htm, or spell the name with the letters A to Z."
    )
    assert b"<p>Principal: Zo&#235; &#197;str&#246;m &amp; S&#246;hne</p>" in power_page(grant)
