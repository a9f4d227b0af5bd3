"""What each column means, with the instruction, as `?` shows it. Source: Form 4, General Instructions 3 to 8."""

from __future__ import annotations

from typing import Final

__all__ = ["HELP"]

HELP: Final[dict[str, str]] = {
    "security_title": "Instruction 3(b). The class, even if the issuer has only one: Common Stock, "
    "Class A Common Stock, "
    "Stock Option (Right to Buy), Restricted Stock Units. Spell it as in earlier filings. Up to 60 characters.",
    "transaction_date": "Instruction 4. The day of the trade, not of settlement. 11/18, Nov 18, "
    "2026-11-18, t for today, "
    "-1 for yesterday, -1b for the business day before.",
    "deemed_execution_date": "Rule 16a-3(g)(2), (3). Only for a Rule 10b5-1 plan or a discretionary "
    "transaction whose date "
    "the filer did not choose: the day the broker's notice came, at most the third business day after the trade.",
    "transaction_code": "Instruction 8. One letter: P and S on the market or privately, A grant, D to "
    "the issuer, F shares "
    "withheld for price or tax, M exercise or vesting under a plan, C conversion, X exercise otherwise, "
    "G gift, J other. "
    "Type the letter or a word of its definition.",
    "transaction_form_type": "Instruction 8. 4 for what must be reported within two business days; 5 "
    "for what may wait for "
    "Form 5 and is reported early: the form then prints V.",
    "equity_swap": "Instruction 8, code K. Yes for an equity swap or an instrument with similar "
    "characteristics; the form "
    "then prints /K after the code. A swap is reported in Table II and does not change the total of the shares "
    "(Rule 16a-1(c)).",
    "timeliness": "Specification 4.3.8. Left empty on a Form 4 whose item is due in two business days.",
    "amount": "Instruction 4(a). Shares or units in this transaction, gross: shares withheld or sold to "
    "pay for an exercise "
    "go on a line of their own. 1,200 or 1.2k or 300+150. Several lines of Table I: paste them from a sheet, "
    "or name its file, @lines.csv; their columns are shown and confirmed.",
    "price": "Instruction 5. US dollars for one share or unit, without commission; 0 where nothing is "
    "paid. Words become a "
    "footnote in place of a price.",
    "acquired_disposed": "Instruction 4. A when the reporting person has more of this security "
    "afterwards, D when less.",
    "amount_owned_following": "Instruction 4(a)(i). What this line holds after the transaction: the "
    "same class, held in the "
    "same way. A sum may be typed: 239,602-7,007.",
    "value_owned_following": "Instruction 3(c). Face amount, for debt securities only.",
    "ownership_form": "Instruction 4(b). Direct for what is held in the person's own name, also through "
    "a broker or jointly "
    "with a spouse; indirect for what a trust, partnership or family member holds.",
    "nature_of_ownership": "Instruction 4(b)(iii). As specifically as possible: By Spouse, By ABC "
    "Family Trust. A line for "
    "each holder. Up to 100 characters.",
    "exercise_price": "Instruction 4(c). US dollars for one share on exercise or conversion. Units that "
    "need no payment have "
    "none: type words, which become a footnote, such as: Each unit is the right to receive one share of Common Stock.",
    "date_exercisable": "Instruction 4(c). The first day it can be exercised; words become a footnote, for a vesting "
    "schedule.",
    "expiration_date": "Instruction 4(c). The last day it can be exercised; words become a footnote, "
    "where there is none.",
    "underlying_title": "Instruction 4(c). The class that exercise or conversion gives: Common Stock.",
    "underlying_amount": "Instruction 4(c). How many of them this transaction's units stand for.",
    "total_value": "Instruction 3(c). Face amount, for debt securities only.",
    "underlying_value": "Instruction 3(c). Face amount, for debt securities only.",
    "held_before": "What this line held after the last report: it gives the new total, with the sum "
    "shown. Enter alone to "
    "type the new total yourself.",
}
