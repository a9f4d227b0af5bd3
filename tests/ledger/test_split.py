"""What the words of footnotes and remarks say about stock splits: real ones by accession number, and the edges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from form4_author.ledger.split import Split, mentions, ratio_words, split_words


def read(text: str) -> list[tuple[str | None, str | None, bool]]:
    """Ratio, day and whether it is still to come, of each split in the text."""
    return [
        (
            None if m.ratio is None else str(m.ratio),
            None if m.day is None else m.day.isoformat(),
            m.ahead,
        )
        for m in mentions(text)
    ]


REAL = [
    # 0000320193-20-000082
    (
        'Adjusted to reflect Apple\'s 4-for-1 stock split (the "stock split"), effective on August 28, 2020.',
        ("4", "2020-08-28"),
    ),
    # 0000707549-25-000004: the day after the close
    (
        (
            "Adjusted to reflect a ten-for-one forward split of the Issuer's common stock effective after market close"
            " on October 2, 2024."
        ),
        ("10", "2024-10-03"),
    ),
    # 0000865752-23-000041
    (
        (
            'On March 27, 2023, the common stock of the Company split 2-for-1 (the "Stock Split"). As a result, the'
            " reporting person received one additional share for every one share of common stock held prior to the Stock"
            " Split."
        ),
        ("2", "2023-03-27"),
    ),
    # 0000899243-21-044060: the day of the grant comes first
    (
        (
            "Effective August 13, 2012, the reporting person was granted an option to purchase 26,374,505 shares of common"
            " stock, as adjusted to give effect to a five-for-one forward split of the Issuer's common stock in the form of"
            " a stock dividend distributed on August 28, 2020. 1/10 of the total number of shares subject to this option"
            " became and will become vested."
        ),
        ("5", "2020-08-28"),
    ),
    # 0000899243-23-011033
    (
        (
            "All share numbers reported in this Form 4 reflect a 1-for-20 reverse stock split effected by the Issuer on"
            " March 28, 2023, which was exempt from reporting pursuant to Rule 16a-9."
        ),
        ("1/20", "2023-03-28"),
    ),
    # 0000899243-23-012566: no ratio
    (
        (
            "The Company effected a reverse stock split on March 9, 2023. The number of shares reported herein are after"
            " giving effect to the reverse stock split."
        ),
        (None, "2023-03-09"),
    ),
    # 0001104659-23-075337: the larger number first, and yet reverse
    (
        "Amount of securities has been adjusted to reflect the 10:1 reverse stock split that occurred on June 7, 2023.",
        ("1/10", "2023-06-07"),
    ),
    # 0001209191-21-021965: the day is the merger's
    (
        (
            "Received in exchange for 34,129 Preferred B Shares of Chemomab Ltd. in connection with the merger of Chemomab"
            ' Ltd. into Anchiano Therapeutics Ltd. effective on March 16, 2021 (the "Merger"). Reflects a 4:1 reverse stock'
            " split of Ordinary Shares and increase in the number of Ordinary Shares per ADS from 5 to 20 effected by the"
            " Issuer in connection with the closing of the Merger."
        ),
        ("1/4", None),
    ),
    # 0001209191-23-002125
    (
        (
            'Effective December 27, 2022, the Issuer completed a 1-for-22 reverse stock split (the "Reverse Stock Split")'
            " of its outstanding Common Stock. The number of securities reported on this Form 4 has been adjusted to"
            " reflect the Reverse Stock Split."
        ),
        ("1/22", "2022-12-27"),
    ),
    # 0001209191-23-039128
    (
        "Effective on June 15, 2023, the Issuer effected a 1 to 13 reverse stock split of its common stock.",
        ("1/13", "2023-06-15"),
    ),
    # 0001209191-23-042465: an option of years ago
    (
        (
            "This option was previously reported as covering 4,920 shares at an exercise price of $573.91 per share but was"
            " adjusted to reflect a 10-for-1 stock split effective June 16, 2021."
        ),
        ("10", "2021-06-16"),
    ),
    # 0001213900-23-040954
    (
        (
            'On April 24, 2023, the Company effected a reverse stock split (the "Reverse Stock Split") of the Class A Common'
            " Stock pursuant to which every 30 shares of Class A Common Stock were automatically reclassified into one new"
            " share of Class A Common Stock."
        ),
        ("1/30", "2023-04-24"),
    ),
    # 0001225208-23-001709
    ("Amount adjusted to reflect 50% stock dividend on February 7, 2023", ("3/2", "2023-02-07")),
    # 0001273685-23-000085
    (
        (
            "On March 9, 2023, NYMT effected a one-for-four reverse stock split of its common stock. The amount of"
            " securities reported has been adjusted to reflect the reverse stock split."
        ),
        ("1/4", "2023-03-09"),
    ),
    # 0001415889-23-002192: the day of a filing comes first
    (
        (
            "The option was previously reported in a filing on 5/6/2014 as covering 7,500 securities at an exercise price of"
            " $56 and the amounts reported were adjusted to reflect the 2-for-1 stock split on May 22, 2019."
        ),
        ("2", "2019-05-22"),
    ),
    # 0001493152-23-003343: "Inc." ends no sentence
    (
        (
            'On October 28, 2022, Ensysce Biosciences, Inc. (the "Company"), pursuant to an amendment to the Company\'s Third'
            " Amended and Restated Certificate of Incorporation, effectuated a one-for-twenty reverse stock split of the"
            " Company's common stock."
        ),
        ("1/20", "2022-10-28"),
    ),
    # 0001493152-23-006949: the day is of the offering's closing
    (
        (
            "In connection with the IPO closing on September 6, 2022, the 103,682 shares of Series A Convertible Preferred"
            " Stock automatically converted at the then-effective 1 for 7 conversion rate (as adjusted for the Issuer's"
            " 1-for-7 reverse stock split) into 14,811 shares of Common Stock."
        ),
        ("1/7", None),
    ),
    # 0001828105-23-000013
    (
        "Reflects a 1-for-25 reverse stock split effected by the Issuer on September 29, 2022.",
        ("1/25", "2022-09-29"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), REAL, ids=[text[:40] for text, _ in REAL])
def test_splits_of_real_footnotes(text: str, expected: tuple[str | None, str | None]) -> None:
    assert read(text) == [(*expected, False)]


@pytest.mark.parametrize(
    "text",
    [
        # 0001209191-23-026794
        (
            "For avoidance of doubt, all numbers presented above reflect shares issued before giving effect to the 33:1"
            " reverse stock split the Issuer's stockholders approved on April 14, 2023, which was previously announced in"
            " the Current Report on Form 8-K filed by the Issuer on April 17, 2023, and which shall become effective on May"
            " 4, 2023."
        ),
    ],
)
def test_a_split_still_to_come(text: str) -> None:
    assert read(text) == [("1/33", "2023-05-04", True)]


@pytest.mark.parametrize(
    "text",
    [
        # 0000899243-21-044060
        (
            "The Form 4 has been split into two filings to cover all 50 individual transactions that occurred on the same"
            " Transaction Date."
        ),
        # 0000899243-23-008327
        (
            "The Class B ordinary shares would have automatically converted into Class A ordinary shares on a one-for-one"
            " basis, subject to adjustment for share splits, share capitalizations, reorganizations and the like."
        ),
        # 0000899243-23-003770
        (
            "convertible at a conversion rate equal to $10.00 (subject to equitable adjustment in the event of a stock"
            " split, stock consolidation, subdivision or certain other events of a similar nature)"
        ),
        # 0001683168-23-001855
        (
            "The one share of Series A Preferred Stock will vote together with the common stock exclusively with respect to"
            " any proposal to effect a reverse stock split of the Company's common stock."
        ),
        # 0001209191-23-018932
        "granted a multi-year award on March 13, 2023, split into three tranches of 32,909 RSUs each",
        # 0000320193-20-000082: the day is another's, and the ratio stands in another note
        (
            "The number of securities reported reflects the acquisition on January 31, 2020 of 480 shares, as adjusted to"
            " reflect the stock split, of Apple Inc.'s common stock."
        ),
        # 0001062993-23-001378
        (
            "The award accrues quarterly dividend equivalents in the form of additional RSUs representing common stock"
            " dividends as approved by the Board."
        ),
        # 0000899243-23-009127: another issuer's shares
        (
            "On December 30, 2022, the Board declared a stock dividend to all holders of record of its common stock as of"
            " the close of business on January 9, 2023, of 0.1410127 of a share of common stock of the Issuer."
        ),
        "Settled on a 1-for-1 basis. Not adjusted for the stock split of the parent.",
        "Reflects a 0-for-1 stock split.",
        "Each unit is exchanged one for one as adjusted for a share split.",
        "Adjusted in the event of a stock split effective May 1, 2026.",
        "Converts at 10 for 1, subject to adjustment upon a stock split.",
        "",
    ],
)
def test_words_that_are_no_split(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("words", "ratio"),
    [
        ("2-for-1 stock split", "2"),
        ("two-for-one stock split", "2"),
        ("three-for-two split", "3/2"),
        ("two (2) for one (1) forward stock split", "2"),
        ("3:2 stock split", "3/2"),
        ("1:2 forward split", "2"),
        ("1:4 stock split", None),
        ("1-for-20 reverse stock split", "1/20"),
        ("1-for-20 stock split", "1/20"),
        ("one-for-twenty-five reverse split", "1/25"),
        ("one-for-one hundred reverse share split", "1/100"),
        ("1 \u2013 for \u2013 8 reverse split", "1/8"),
        ("stock split of 5 for 1", "5"),
        ("1-for-10 share consolidation", "1/10"),
        ("10% stock dividend", "11/10"),
        ("5 percent stock dividend", "21/20"),
        ("five percent common stock dividend", "21/20"),
        ("stock dividend of 2.5%", "41/40"),
        ("3-for-1 split effected as a stock dividend", "3"),
        ("reverse stock split in which each 12 shares were exchanged for one share", "1/12"),
        ("1.5-for-1 stock split", "3/2"),
    ],
)
def test_ratios(words: str, ratio: str | None) -> None:
    assert read(f"Adjusted for the {words} effective May 1, 2026.") == [(ratio, "2026-05-01", False)]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("effective May 1, 2026", "2026-05-01"),
        ("effected on 5/1/2026", "2026-05-01"),
        ("effected on 5/1/26", "2026-05-01"),
        ("effected on 2026-05-01", "2026-05-01"),
        ("effective Sept. 1st, 2026", "2026-09-01"),
        ("effective Sep. 1st, 2026", "2026-09-01"),
        ("effective as of the close of business on May 1, 2026", "2026-05-02"),
        ("to holders of record on April 20, 2026, distributed on May 1, 2026", "2026-05-01"),
        ("to holders of record on April 20, 2026", None),
        ("effective February 30, 2026", None),
        ("of May 1, 2026", "2026-05-01"),
        ("", None),
    ],
)
def test_days(words: str, day: str | None) -> None:
    assert read(f"Adjusted for the 2-for-1 stock split {words}.") == [("2", day, False)]


def test_ratio_and_day_of_two_sentences_are_one_split() -> None:
    text = "The issuer effected a reverse stock split on May 1, 2026. Amounts reflect the 1-for-10 reverse stock split."
    assert read(text) == [("1/10", "2026-05-01", False)]


def test_two_splits_are_two() -> None:
    text = "Adjusted for the 2-for-1 stock split of May 1, 2024; and the 3-for-1 stock split of June 3, 2026."
    assert read(text) == [("2", "2024-05-01", False), ("3", "2026-06-03", False)]


def test_a_split_named_twice_is_one() -> None:
    text = "A 2-for-1 stock split took effect on May 1, 2026. It was a 2-for-1 stock split effective May 1, 2026."
    assert read(text) == [("2", "2026-05-01", False)]


def test_the_classes_of_the_sentence() -> None:
    (found,) = mentions("Reflects a 1-for-5 reverse stock split of the Class A and Class B Common Stock.")
    assert set(found.classes) == {"class a", "class b"}
    assert found.preferred is False
    (found,) = mentions("Reflects a 1-for-5 reverse stock split of the Series A Preferred Stock.")
    assert set(found.classes) == {"series a"}
    assert found.preferred is True


def test_a_split_in_words() -> None:
    assert Split("", Fraction(2), date(2026, 5, 1)).words == "2-for-1 split of 2026-05-01"
    assert ratio_words(Fraction(1, 10)) == "1-for-10 reverse split"


@pytest.mark.parametrize(
    ("new", "old", "words"),
    [
        ("2", "1", "2-for-1 stock split"),
        ("3", "2", "3-for-2 stock split"),
        ("1", "10", "1-for-10 reverse stock split"),
        ("21", "20", "5% stock dividend"),
        ("5", "4", "25% stock dividend"),
        ("1.5", "1", "1.5-for-1 stock split"),
        ("41", "40", "41-for-40 stock split"),
    ],
)
def test_a_split_in_the_words_of_a_footnote_is_read_again(new: str, old: str, words: str) -> None:
    """Up to 25 % it is a stock dividend, where that is a whole number."""
    assert split_words(Decimal(new), Decimal(old)) == words

    (found,) = mentions(f"Restated for a {words}.")
    assert found.ratio == Fraction(new) / Fraction(old)
