"""Passed on without a price: gifts received, wills, funds, voting trusts, else (17, 19, 32 to 34)."""

from __future__ import annotations

from typing import Final

from form4_author import codes
from form4_author.wizard.entry import EntryKind
from form4_author.wizard.option import Option
from form4_author.wizard.recipe import Recipe, RowRecipe, Source, Take
from form4_author.wizard.recipes.shared.cell import TABLE_1, answered, cells_of
from form4_author.wizard.recipes.shared.question import (
    asked,
    chosen,
    holder,
    offered,
    quantity,
    required_note,
    says,
    security,
    traded_on,
)
from form4_author.wizard.recipes.shared.table_choice import in_either, security_of_either, terms_of_either
from form4_author.wizard.screen import Proposal

__all__ = ["DISTRIBUTED", "ELSE", "GIFT_RECEIVED", "INHERITED", "VOTING_TRUST"]

_NOTED: Final = "Column 4 (Table II: 5), a footnote to the amount, in the Explanation of Responses."

# ---- 17: gift received

GIFT_RECEIVED: Final = Recipe(
    id="gift_received",
    number=17,
    label="Received a gift of shares",
    also="stock receive receives given gifted gifts donated donation donee recipient bona fide parent family",
    rule="One line, code G (A) at 0, in Table I, or in Table II for an option or unit; type 5: it may wait "
    "for Form 5, and prints V on a Form 4 "
    "(Rules 16a-3(f), 16b-5; Instruction 8).",
    prompts=(
        traded_on("Date of the gift", "Column 2. The day the gift was complete."),
        *security_of_either(),
        quantity("How many shares were received?", "Column 4 (Table II: 5)."),
        *terms_of_either(),
        *holder(),
        offered("donor", "From whom, as a footnote", f"{_NOTED} By custom: Gift from a family member."),
    ),
    rows=in_either(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("G", "A", price="0", transaction_form_type="5"),
            notes={"amount": "donor"},
        )
    ),
)

# ---- 19: will, estate

_BY_WILL: Final = (
    Option("A", "Shares came to the person (inherited)"),
    Option("D", "Shares left the person (estate distributed)"),
)

INHERITED: Final = Recipe(
    id="inherited",
    number=19,
    label="Inherited, or an estate was distributed",
    also="shares stock inherit inherits inheriting inheritance will bequest bequeathed devise legacy death "
    "died dies deceased decedent descent executor executrix administrator probate intestate "
    "distribution heir beneficiary transmission",
    rule="One line, code W at 0, in Table I, or in Table II for an option or unit; type 5: it may wait for Form 5, and "
    "prints V on a Form 4 (Rules 16a-3(f), "
    "16b-5; Instruction 8).",
    prompts=(
        chosen(
            "direction",
            "Which way?",
            "Column 4 (Table II: 5), Instruction 8: A when the reporting person has more afterwards, D when less.",
            _BY_WILL,
        ),
        traded_on("Date of the transfer", "Column 2."),
        *security_of_either(),
        quantity("How many shares?", "Column 4 (Table II: 5)."),
        *terms_of_either(),
        *holder(),
        offered(
            "estate",
            "Footnote on the estate",
            f"{_NOTED} By custom: Received by bequest from the estate of a parent.",
        ),
    ),
    rows=in_either(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("W", Take("direction"), price="0", transaction_form_type="5"),
            notes={"amount": "estate"},
        )
    ),
)

# ---- 32: distribution in kind

_SIDES: Final = (
    Option("both", "The fund is on this form, and so is who received"),
    Option("D", "The fund's line only"),
    Option("A", "The line of the person who received only"),
    Option("both_indirect", "The fund's line, and an indirect line of who received"),
    Option("A_indirect", "The indirect line of who received only"),
)
_FUND: Final = ("D", "both", "both_indirect")
_RECEIVERS: Final = ("A", "both", "A_indirect", "both_indirect")
_INDIRECT: Final = ("A_indirect", "both_indirect")


def _of_fund(direction: str, sides: tuple[str, ...], **cells: Source) -> tuple[RowRecipe, RowRecipe]:
    """A row of the distribution, in the table of what was distributed."""
    return in_either(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of("J", direction, price="0", **cells),
            notes={"transaction_code": "in_kind"},
            when=answered("side", *sides),
        )
    )


DISTRIBUTED: Final = Recipe(
    id="distributed",
    number=32,
    label="A fund distributed shares in kind to its partners",
    also="distribute distributes distributing distribution distributions in-kind pro rata partnership "
    "limited general partner LP GP LLC members venture capital private equity carried interest "
    "liquidating liquidation dissolution dissolved wind-up",
    rule="One line, code J at 0, for the fund (D) and one for the person who received (A), in Table I, or in Table II "
    "for an option or unit, with a footnote that describes it (Instruction 8).",
    prompts=(
        traded_on("Date of the distribution", "Column 2."),
        *security_of_either(),
        chosen(
            "side",
            "Whose lines are on this form?",
            "Columns 5 to 7, Instruction 4(b): each holder has a separate line.",
            _SIDES,
        ),
        asked(
            "nature",
            "Who distributed? As column 7 has it",
            "Column 7: By ABC Fund I, L.P.",
            "nature_of_ownership",
            when=says("side", *_FUND),
        ),
        quantity(
            "How many shares did the fund distribute?",
            "Column 4 (Table II: 5), of the fund's line.",
            when=says("side", *_FUND),
        ),
        asked(
            "received",
            "How many shares did the person receive?",
            "Column 4 (Table II: 5), of the line of the person who received.",
            "amount",
            entry=EntryKind.NUMBER,
            when=says("side", *_RECEIVERS),
        ),
        asked(
            "receiver",
            "Who received? As column 7 has it",
            "Column 7, Instruction 4(b)(iii): By Doe Family Trust, By ABC GP, LLC.",
            "nature_of_ownership",
            when=says("side", *_INDIRECT),
        ),
        *terms_of_either(),
        required_note(
            "in_kind",
            "Footnote on the distribution",
            "Instruction 8: code J is described. Whether pro rata, to which partners, and that nothing was paid.",
            "Represents a distribution in kind by the fund to its partners for no consideration.",
        ),
    ),
    rows=(
        *_of_fund("D", _FUND, ownership_form="I"),
        *_of_fund("A", ("A", "both"), amount=Take("received"), ownership_form="D"),
        *_of_fund(
            "A",
            _INDIRECT,
            amount=Take("received"),
            ownership_form="I",
            nature_of_ownership=Take("receiver"),
        ),
    ),
)

# ---- 33: voting trust


def _voting(way: str, direction: Source, **cells: Source) -> RowRecipe:
    return RowRecipe(
        table=TABLE_1,
        cells=cells_of("Z", direction, price="0", transaction_form_type="5", **cells),
        notes={"transaction_code": "trust"},
        when=answered("way", way),
    )


VOTING_TRUST: Final = Recipe(
    id="voting_trust",
    number=33,
    label="Deposited into or withdrew from a voting trust",
    also="deposit deposits withdraw withdraws withdrawal certificates agreement",
    rule="Two lines of Table I, code Z at 0, type 5: the stock one way, the trust's certificates the other "
    "(Rules 16a-3(f), 16b-8; Instruction 8).",
    prompts=(
        chosen(
            "way",
            "Which way?",
            "Column 4, Instruction 8, code Z: a deposit gives certificates for stock; a withdrawal stock for "
            "certificates.",
            (Option("in", "Deposited into the trust"), Option("out", "Withdrew from the trust")),
        ),
        traded_on("Date", "Column 2."),
        security(),
        asked(
            "certificates",
            "Title of the trust's certificates",
            "Column 1.",
            "security_title",
            propose=lambda _view: Proposal("Voting Trust Certificates"),
        ),
        quantity("How many shares?", "Column 4."),
        required_note(
            "trust",
            "Footnote that names the trust",
            "Column 3, Instruction 8, code Z, a footnote to the code: Deposited into the ABC Voting Trust.",
        ),
    ),
    rows=(
        _voting("in", "D"),
        _voting("in", "A", security_title=Take("certificates")),
        _voting("out", "A"),
        _voting("out", "D", security_title=Take("certificates")),
    ),
)

# ---- 34: something else

ELSE: Final = Recipe(
    id="something_else",
    number=34,
    label="Something else (code J, with a description)",
    rule="One line, code J, in Table I, or in Table II for an option or unit, with a footnote that describes it "
    "(Instruction 8).",
    prompts=(
        required_note(
            "described",
            "What happened? It becomes a footnote",
            "Instruction 8: code J requires a description of the transaction.",
        ),
        asked(
            "code",
            "Transaction code",
            "Column 3 (Table II: 4), Instruction 8. J is for what has no other code. Type another letter where "
            "one fits.",
            "transaction_code",
            names={c.code: c.name for c in codes.transaction_codes().values()},
            propose=lambda _view: Proposal("J", "for what no other code fits"),
            required=False,
        ),
        traded_on("Date", "Column 2."),
        *security_of_either(),
        chosen(
            "direction",
            "Which way?",
            "Column 4 (Table II: 5), Instruction 8.",
            (Option("A", "Acquired"), Option("D", "Disposed of")),
        ),
        quantity("How many?", "Column 4 (Table II: 5)."),
        *terms_of_either(),
        asked(
            "price",
            "Price per share, US dollars; words for a footnote, 0 if nothing was paid",
            "Column 4 (Table II: 8), Instruction 5. The value in dollars where paid otherwise than in cash.",
            "price",
            entry=EntryKind.NUMBER_OR_WORDS,
        ),
        chosen(
            "type",
            "When was it to be reported?",
            "By the exemption relied on: what is not exempt under Section 16(b) is due in two business days "
            "(Instruction 4(a)(i)).",
            (Option("4", "Within two business days"), Option("5", "It may wait for Form 5 (prints V)")),
        ),
        *holder(),
    ),
    rows=in_either(
        RowRecipe(
            table=TABLE_1,
            cells=cells_of(
                Take("code", "J"),
                Take("direction"),
                price=Take("price"),
                transaction_form_type=Take("type", "4"),
            ),
            notes={"transaction_code": "described"},
        )
    ),
)
