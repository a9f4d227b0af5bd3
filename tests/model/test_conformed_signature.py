"""Conformed signatures: the wordings proposed for each situation of Form 4, Instruction 7, and read back."""

from __future__ import annotations

import pytest

from form4_author.model.conformed_signature import (
    LONGEST,
    Capacity,
    Signer,
    Signing,
    agent_of,
    capacity_of,
    conformed_signatures,
    natural_name,
    signer_of,
)


@pytest.mark.parametrize(
    ("signing", "wordings"),
    [
        (Signing("Jane Doe"), ("/s/ Jane Doe", "Jane Doe")),
        (
            Signing("Timothy D. Cook", Capacity.ATTORNEY, "Sam Whittington"),
            (
                "/s/ Sam Whittington, Attorney-in-Fact for Timothy D. Cook",
                "/s/ Sam Whittington, as Attorney-in-Fact for Timothy D. Cook",
                "/s/ Timothy D. Cook, by Sam Whittington, Attorney-in-Fact",
                "/s/ by Sam Whittington as attorney-in-fact for Timothy D. Cook",
            ),
        ),
        (
            Signing("Jane Doe", Capacity.ATTORNEY, "Sam Roe", office="Executive Chair", alone=True),
            (
                "/s/ Sam Roe, Attorney-in-Fact for Jane Doe, Executive Chair",
                "/s/ Sam Roe, as Attorney-in-Fact for Jane Doe, Executive Chair",
                "/s/ Jane Doe, by Sam Roe, Attorney-in-Fact",
                "/s/ by Sam Roe as attorney-in-fact for Jane Doe, Executive Chair",
                "/s/ Sam Roe, Attorney-in-Fact",
            ),
        ),
        (
            Signing("Jane Doe", Capacity.POWER, "Sam Roe"),
            ("/s/ Sam Roe by power of attorney for Jane Doe",),
        ),
        (
            Signing("Jane Doe", Capacity.POWER, "Sam Roe", alone=True),
            ("/s/ Sam Roe by power of attorney for Jane Doe", "/s/ Sam Roe, By Power of Attorney"),
        ),
        (
            Signing("X Corporation", Capacity.OFFICER, "John Smith", office="Secretary"),
            (
                "/s/ John Smith, Secretary, on behalf of X Corporation",
                "X Corporation, by /s/ John Smith, Secretary",
            ),
        ),
        (
            Signing("X Corporation", Capacity.OFFICER, "John Smith", office="Secretary", alone=True),
            (
                "/s/ John Smith, Secretary, on behalf of X Corporation",
                "X Corporation, by /s/ John Smith, Secretary",
                "/s/ John Smith, Secretary",
            ),
        ),
        (
            Signing(
                "X Fund, L.P.",
                Capacity.OFFICER,
                "Jane Doe",
                office="Managing Member",
                chain=("X GP, LLC, its general partner",),
            ),
            ("X Fund, L.P., by X GP, LLC, its general partner, by /s/ Jane Doe, Managing Member",),
        ),
        (
            Signing("the Doe Family Trust", Capacity.TRUSTEE, "Jane Doe", alone=True),
            (
                "/s/ Jane Doe, Trustee of the Doe Family Trust",
                "/s/ Jane Doe, as Trustee of the Doe Family Trust",
                "The Doe Family Trust, by /s/ Jane Doe, Trustee",
                "/s/ Jane Doe, Trustee",
            ),
        ),
        (
            Signing("John Doe", Capacity.EXECUTOR, "Jane Doe"),
            (
                "/s/ Jane Doe, Executor of the Estate of John Doe",
                "/s/ Jane Doe, as Executor of the Estate of John Doe",
                "The Estate of John Doe, by /s/ Jane Doe, Executor",
            ),
        ),
        (
            Signing("Estate of John Doe", Capacity.EXECUTOR, "Jane Doe"),
            (
                "/s/ Jane Doe, Executor of Estate of John Doe",
                "/s/ Jane Doe, as Executor of Estate of John Doe",
                "Estate of John Doe, by /s/ Jane Doe, Executor",
            ),
        ),
        (
            Signing("Timothy Doe", Capacity.GUARDIAN, "Jane Doe"),
            (
                "/s/ Jane Doe, Guardian of Timothy Doe",
                "/s/ Jane Doe, as Guardian of Timothy Doe",
                "Timothy Doe, by /s/ Jane Doe, Guardian",
            ),
        ),
    ],
)
def test_the_wordings_of_a_situation(signing: Signing, wordings: tuple[str, ...]) -> None:
    assert conformed_signatures(signing) == wordings


@pytest.mark.parametrize(
    "signing",
    [
        Signing(""),
        Signing("Jane Doe", Capacity.ATTORNEY),
        Signing("X Corporation", Capacity.OFFICER, "John Smith"),
        Signing("", Capacity.TRUSTEE, "John Smith"),
    ],
)
def test_nothing_is_proposed_before_every_name_is_known(signing: Signing) -> None:
    assert conformed_signatures(signing) == ()


def test_what_does_not_fit_on_the_form_is_not_proposed() -> None:
    person = "X" * (LONGEST - len("/s/ "))
    assert conformed_signatures(Signing(person)) == (f"/s/ {person}", person)
    assert conformed_signatures(Signing(f"{person}Y")) == (f"{person}Y",)


@pytest.mark.parametrize(
    ("signature", "signer"),
    [
        ("/s/ Jane Doe", Signer("Jane Doe")),
        ("Jane  Doe", Signer("Jane Doe")),
        (
            "/s/ Valentina Margulis, as Attorney-in-Fact for Sergey Brin",
            Signer("Valentina Margulis", "as Attorney-in-Fact for Sergey Brin"),
        ),
        ("Deanna H. Lund, by Eva Yee, Attorney-In-Fact", Signer("Eva Yee", "Attorney-In-Fact")),
        ("/s/ Jennifer L. Gill, By Power of Attorney", Signer("Jennifer L. Gill", "By Power of Attorney")),
        (
            "/s/ by Mark F. Hoffman as attorney-in-fact for Andrew Y. Ng",
            Signer("Mark F. Hoffman", "as attorney-in-fact for Andrew Y. Ng"),
        ),
        (
            "X Fund, L.P., by X GP, LLC, its general partner, by /s/ Jane Doe, Managing Member",
            Signer("Jane Doe", "Managing Member"),
        ),
        ("/s/ John Doe, Jr., by Sam Roe", Signer("Sam Roe")),
        ("By: /s/ Al Poe, M.D. (attorney in fact)", Signer("Al Poe, M.D.", "attorney in fact")),
        ("/s/ Al Poe, President by Sam Roe", Signer("Al Poe", "President by Sam Roe")),
        ("/s/", Signer("/s/")),
    ],
)
def test_who_signed_is_read_from_the_words(signature: str, signer: Signer) -> None:
    assert signer_of(signature) == signer


@pytest.mark.parametrize(
    ("signature", "agent"),
    [
        ("/s/ Sam Roe, attorney-in-fact for Jane Doe", "Sam Roe"),
        ("By: /s/ Jane Doe, by Brett S. Riesenfeld, Attorney-in-Fact", "Brett S. Riesenfeld"),
        ("/s/ Jane Doe by Alex Grieve, Attorney-in-Fact", "Alex Grieve"),
        ("/s/ John Doe, Jr. by Karl J. Grafe, attorney-in-fact", "Karl J. Grafe"),
        ("/s/ Sam Roe, by Power of Attorney", "Sam Roe"),
        ("/s/ Sam Roe as attorney in fact", "Sam Roe"),
        ("/s/ Sam Roe (Attorney-In-Fact)", "Sam Roe"),
        ("/s/ Sam Roe under POA for Jane Doe", "Sam Roe"),
        ("/s/ Sam Roe, pursuant to a power of attorney", "Sam Roe"),
        ("s/ Sam de la Roe III, by P.O.A.", "Sam de la Roe III"),
        ("/s /Sam Roe, Attorney-in-Fact", "Sam Roe"),
        # Nobody signs for another, or who does is not certain.
        ("/s/ Jane Doe", None),
        ("/s/ Sam Roe, Secretary", None),
        ("/s/ Jane Doe, Attorney-in-Fact", None),
        ("/s/ Janie Doe, President, by Sam Roe, attorney-in-fact", None),
        ("By Power of Attorney For: /s/ Jane Doe", None),
        ("Jane Doe / Sam Roe POA", None),
        ("Ann Poe and Sam Roe as attorneys-in-fact", None),
        ("/s/ Roe & Poe LLP with power of attorney", None),
        ("/s/ Doe, Attorney-in-Fact", None),
    ],
)
def test_an_agent_is_read_or_left_open(signature: str, agent: str | None) -> None:
    assert agent_of(signature, "DOE JANE Q") == agent


@pytest.mark.parametrize("capacity", Capacity)
def test_every_wording_tells_who_signs(capacity: Capacity) -> None:
    signing = Signing("Jane Q. Doe", capacity, "Sam Roe", office="Secretary", alone=True)
    wanted = "Jane Q. Doe" if capacity is Capacity.SELF else "Sam Roe"
    assert {signer_of(words).name for words in conformed_signatures(signing)} == {wanted}


@pytest.mark.parametrize(
    ("edgar", "natural"),
    [
        ("Thakar Sumedh S", "Sumedh S. Thakar"),
        ("DOE JOHN Q JR", "John Q. Doe Jr."),
        ("Harbor Ridge Fund I, L.P.", "Harbor Ridge Fund I, L.P."),
        ("Cher", "Cher"),
    ],
)
def test_a_name_as_one_says_it(edgar: str, natural: str) -> None:
    assert natural_name(edgar) == natural


@pytest.mark.parametrize(
    ("wording", "capacity"),
    [
        (None, "attorney"),
        ("Attorney-in-Fact for Jane Doe", "attorney"),
        ("as attorney in fact", "attorney"),
        ("by power of attorney for Jane Doe", "power"),
    ],
)
def test_the_capacity_is_that_of_the_wording_used_last(wording: str | None, capacity: str) -> None:
    assert capacity_of(wording) == capacity
