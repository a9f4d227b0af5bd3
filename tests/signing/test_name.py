"""Names of certificates and signatories: which are one person's, which only look like it."""

from __future__ import annotations

import pytest

from form4_author.signing.name import misleading_characters, same_person


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bruce Posey", "Bruce Posey", True),
        ("POSEY.BRUCE.A.1234567890", "Bruce Posey", True),
        ("Bruce A. Posey", "Bruce Posey", True),
        ("Bruce Allen Posey, Jr.", "Bruce Posey", True),
        ("Jos\N{LATIN SMALL LETTER E WITH ACUTE} O'Neil", "Jose ONeil", True),
        ("Posey Bruce", "Bruce Posey", True),
        ("Bruce Posey Jane Doe", "Bruce Posey", False),
        ("Posey", "Bruce Posey", False),
        ("Jane Posey", "Bruce Posey", False),
        ("Mallory Janitor", "Bruce Posey", False),
        ("Bruce P\N{CYRILLIC SMALL LETTER O}sey", "Bruce Posey", False),
        ("", "", False),
        ("John Smith, Jr.", "John Smith, Sr.", False),
        ("John Smith, Jr.", "John Smith", True),
        ("John A. Smith", "John B. Smith", False),
        ("John Adam Smith", "John B. Smith", False),
        ("John Adam Smith", "John A. Smith", True),
        ("J. Robert Smith", "Robert Smith", True),
    ],
)
def test_one_person(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Bruce Posey", ()),
        ("Jos\N{LATIN SMALL LETTER E WITH ACUTE} O'Neil-Garc\N{LATIN SMALL LETTER I WITH ACUTE}a", ()),
        ("\N{CYRILLIC CAPITAL LETTER O}\N{CYRILLIC SMALL LETTER ER}", ()),
        ("P\N{CYRILLIC SMALL LETTER O}sey", ("U+043E CYRILLIC SMALL LETTER O",)),
        ("Bruce\N{ZERO WIDTH SPACE} Posey", ("U+200B ZERO WIDTH SPACE",)),
        ("\N{RIGHT-TO-LEFT OVERRIDE}yesoP", ("U+202E RIGHT-TO-LEFT OVERRIDE",)),
        ("Bruce Pos\N{COMBINING GRAPHEME JOINER}ey", ("U+034F COMBINING GRAPHEME JOINER",)),
        ("Jose\N{COMBINING ACUTE ACCENT} O'Neil", ()),
        ("Bruce\N{BRAILLE PATTERN BLANK}Posey", ("U+2800 BRAILLE PATTERN BLANK",)),
        ("\N{MATHEMATICAL BOLD CAPITAL B}", ("U+1D401 MATHEMATICAL BOLD CAPITAL B",)),
        ("Bruce \N{FULLWIDTH LATIN CAPITAL LETTER P}osey", ("U+FF30 FULLWIDTH LATIN CAPITAL LETTER P",)),
    ],
)
def test_characters_that_mislead(name: str, found: tuple[str, ...]) -> None:
    assert misleading_characters(name) == found
