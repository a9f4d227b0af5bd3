"""All events of the interview's list: from answers to rows to verdict, through the questions as they are put."""

from __future__ import annotations

import os
import textwrap
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks.run import check_draft
from form4_author.codes import transaction_codes
from form4_author.findings import Severity
from form4_author.timing.calendar import sec_calendar
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wizard.recipes import RECIPES
from tests.wizard.data import flat, rows
from tests.wizard.pilot import interview
from tests.wizard.replay import TODAY, play

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.wizard.pilot import Pilot

HELD = {"date": "11/1", "before_1": "5000"}
SHARES = {**HELD, "quantity": "1000"}
PRICED = {**SHARES, "price": "10.50"}
UNITS = {"style": "table2", **HELD, "vested": "1000", "quantity": "400", "price": "10", "before_2": "3000",
         "exercisable": "The units vest in four equal annual installments beginning November 1, 2024."}  # fmt: skip
SWAP = {**PRICED, "swap": "Cash-settled swap with a bank; ends on March 3, 2027."}
OPTION = {**HELD, "strike": "12.50", "exercisable": "1/1/2020", "expiration": "1/1/2030", "before_2": "1000"}
GRANT = {
    **OPTION,
    "quantity": "1000",
    "exercisable": "Vests in four equal annual installments.",
    "before_1": "0",
}
COLLAR = {
    **SHARES,
    "strike": "55",
    "put_strike": "40",
    "exercisable": "11/1/2025",
    "expiration": "11/1/2025",
    "before_2": "1000",
}
FORWARD = {
    **SHARES,
    "expiration": "3/15/2027",
    "floor": "40",
    "cap": "55",
    "prepayment": "36000",
    "cash_choice": "no",
}
FILLS = "Date\tSide\tQty\tPrice\n11/01/2024\tSell\t100\t10.10\n11/01/2024\tSell\t300\t10.50\n11/01/2024\tSell\t600\t11.60"

CASES: list[tuple[str, str, Mapping[str, str], list[str]]] = [
    ("1", "bought", PRICED, ["I P A 4 1000 @10.50 → 6000 D"]),
    ("2", "sold", PRICED, ["I S D 4 1000 @10.50 → 4000 D"]),
    ("3 bought", "bought", {**HELD, "quantity": "100@10; 300@11"}, ["I P A 4 400 @10.75 → 5400 D"]),
    ("3 sold", "sold", {**HELD, "quantity": FILLS}, ["I S D 4 400 @10.4 → 4600 D", "I S D 4 600 @11.60 → 4000 D"]),
    ("4", "granted_stock", {**SHARES, "vesting": "Vests on November 1, 2027."}, ["I A A 4 1000 @0 → 6000 D"]),
    ("5 Table I", "granted_units", {**SHARES, "style": "table1", "vesting": "Vests in 2027."},
     ["I A A 4 1000 @0 → 6000 D"]),
    ("5 Table II", "granted_units", {**UNITS, "quantity": "1000"}, ["II A A 4 1000 @0 → 6000 D"]),
    ("5 price", "granted_units", {**UNITS, "style": "price", "quantity": "3000", "before_1": "0",
     "exercisable": "1,000 units vest at each of $40, $50 and $60.", "expiration": "1/12/2030"},
     ["II A A 4 3000 @0 → 3000 D"]),
    ("6 Table I", "rsu_withheld", {**PRICED, "style": "table1"}, ["I F D 4 1000 @10.50 → 4000 D"]),
    ("6 Table II", "rsu_withheld", UNITS,
     ["I M A 4 1000 @0 → 6000 D", "I F D 4 400 @10 → 5600 D", "II M D 4 1000 @0 → 2000 D"]),
    ("6 Table II none", "rsu_withheld", {**UNITS, "quantity": "0"},
     ["I M A 4 1000 @0 → 6000 D", "II M D 4 1000 @0 → 2000 D"]),
    ("7 Table I", "rsu_sold", {**PRICED, "style": "table1"}, ["I S D 4 1000 @10.50 → 4000 D"]),
    ("7 Table II", "rsu_sold", UNITS,
     ["I M A 4 1000 @0 → 6000 D", "I S D 4 400 @10 → 5600 D", "II M D 4 1000 @0 → 2000 D"]),
    ("7 Table II later", "rsu_sold", {**UNITS, "vested_on": "10/31"},
     ["I M A 4 1000 @0 → 6000 D", "I S D 4 400 @10 → 5600 D", "II M D 4 1000 @0 → 2000 D"]),
    ("8", "stock_withheld", PRICED, ["I F D 4 1000 @10.50 → 4000 D"]),
    ("9 Table I", "forfeited", {**SHARES, "style": "table1"}, ["I D D 4 1000 @0 → 4000 D"]),
    ("9 Table II", "forfeited", {**UNITS, "quantity": "1000", "voluntary": "yes"}, ["II D D 4 1000 @0 → 4000 D"]),
    ("9 as stock", "forfeited", {**SHARES, "style": "as_stock", "voluntary": "yes"}, ["I D D 4 1000 @0 → 4000 D"]),
    ("10", "granted_option", GRANT, ["II A A 4 1000 @0 → 1000 D"]),
    ("11", "option_kept", {**OPTION, "quantity": "1000"}, ["I M A 4 1000 @12.50 → 6000 D", "II M D 4 1000 @0 → 0 D"]),
    ("12", "option_sold", {**OPTION, "exercised": "1000", "quantity": "900", "price": "20"},
     ["I M A 4 1000 @12.50 → 6000 D", "I S D 4 900 @20 → 5100 D", "II M D 4 1000 @0 → 0 D"]),
    ("13", "option_net", {**OPTION, "exercised": "1000", "quantity": "625+150", "price": "20"},
     ["I M A 4 1000 @12.50 → 6000 D", "I F D 4 775 @20 → 5225 D", "II M D 4 1000 @0 → 0 D"]),
    ("14 X", "warrant", {**OPTION, "quantity": "1000"}, ["I X A 4 1000 @12.50 → 6000 D", "II X D 4 1000 @0 → 0 D"]),
    ("14 O", "warrant", {**OPTION, "quantity": "1000", "money": "O", "market": "The closing price was $11.20."},
     ["I O A 4 1000 @12.50 → 6000 D", "II O D 4 1000 @0 → 0 D"]),
    ("15", "converted", {**HELD, "converted": "1000", "quantity": "2500", "security": "Class A Common Stock",
     "before_2": "1000"}, ["I C A 4 2500 @0 → 7500 D", "II C D 4 1000 @0 → 0 D"]),
    ("15 note", "converted", {**HELD, "option": "5% Convertible Notes", "converted": "20000", "quantity": "1000",
     "open": "no", "ratio": "Convertible since March 1, 2024, at $20.00 per share, until they mature in 2029.",
     "before_2": "20000"}, ["I C A 4 1000 @0 → 6000 D", "II C D 4 20000 @0 → 0 D"]),
    ("16", "gave", {**SHARES, "donee": "Gift to a charitable foundation."}, ["I G D 4 1000 @0 → 4000 D"]),
    ("16 Table II", "gave", {**OPTION, "security": "Stock Option (Right to Buy)", "quantity": "400"},
     ["II G D 4 400 @0 → 4600 D"]),
    ("17", "gift_received", {**SHARES, "donor": "Gift from a parent."}, ["I G A 5 1000 @0 → 6000 D"]),
    ("17 Table II", "gift_received", {**OPTION, "security": "Warrant (Right to Buy)", "quantity": "400",
     "covered": "800", "before_1": "0"}, ["II G A 5 400 @0 → 400 D"]),
    ("19 A", "inherited", {**SHARES, "direction": "A", "estate": "Received by bequest."}, ["I W A 5 1000 @0 → 6000 D"]),
    ("19 D", "inherited", {**SHARES, "direction": "D", "estate": "The estate closed."}, ["I W D 5 1000 @0 → 4000 D"]),
    ("19 Table II", "inherited", {**OPTION, "direction": "A", "security": "Stock Option (Right to Buy)",
     "quantity": "400"}, ["II W A 5 400 @0 → 5400 D"]),
    ("20", "deferred", {**SHARES, "quantity": "12.3456", "value": "40.50",
     "exercisable": "Payable in shares when service as a director ends."}, ["II A A 4 12.3456 @40.50 → 5012.3456 D"]),
    ("21 Table I", "dividend_equivalents", {**SHARES, "how": "table1"}, ["I A A 4 1000 @0 → 6000 D"]),
    ("21 Table II", "dividend_equivalents", {**UNITS, "how": "table2"}, ["II A A 4 400 @0 → 5400 D"]),
    ("22 line", "plan_purchases", {**PRICED, "how": "line", "plan": "drip"}, ["I J A 5 1000 @10.50 → 6000 D"]),
    ("22 Table II", "plan_purchases", {**UNITS, "how": "line", "security": "Phantom Stock Units"},
     ["II J A 5 400 @10 → 5400 D"]),
    ("23 A", "fund_switch", {**PRICED, "direction": "A", "deemed": "11/4", "switch": "Intra-plan transfer."},
     ["I I A 4 1000 @10.50 → 6000 By 401(k) Plan"]),
    ("23 D", "fund_switch", {**PRICED, "direction": "D"}, ["I I D 4 1000 @10.50 → 4000 By 401(k) Plan"]),
    ("23 Table II", "fund_switch", {**UNITS, "direction": "A", "security": "Phantom Stock Units", "price": "10.50"},
     ["II I A 4 400 @10.50 → 5400 D"]),
    ("24", "small_purchase", {**PRICED, "quantity": "900"}, ["I L A 5 900 @10.50 → 5900 D"]),
    ("25", "tendered", {**PRICED, "quantity": "5000"}, ["I U D 4 5000 @10.50 → 0 D"]),
    ("26 both", "merged", {**OPTION, "quantity": "5000", "price": "30", "optioned": "1000", "spread": "17.50"},
     ["I D D 4 5000 @30 → 0 D", "II D D 4 1000 @17.50 → 0 D"]),
    ("26 units", "merged", {**UNITS, "price": "30", "optioned": "3000", "spread": "30", "ownership": "I",
     "nature": "By Spouse", "option": "Performance Stock Units"},
     ["I D D 4 400 @30 → 4600 By Spouse", "II D D 4 3000 @30 → 0 D"]),
    ("26 shares", "merged", {**PRICED, "what": "shares"}, ["I D D 4 1000 @10.50 → 4000 D"]),
    ("26 option", "merged", {**OPTION, "what": "options", "optioned": "1000", "spread": "17.50"},
     ["II D D 4 1000 @17.50 → 4000 D"]),
    ("27", "sold_to_issuer", {**PRICED, "repurchase": "Bought back by agreement."}, ["I D D 4 1000 @10.50 → 4000 D"]),
    ("27 not approved", "sold_to_issuer", {**PRICED, "approved": "no"}, ["I S D 4 1000 @10.50 → 4000 D"]),
    ("27 surrendered", "sold_to_issuer", {**SHARES, "initiated": "returned", "approved": "yes"},
     ["I D D 4 1000 @0 → 4000 D"]),
    ("28 bought", "exchange_option", {**OPTION, "quantity": "1000", "premium": "2.35"}, ["II P A 4 1000 @2.35 → 6000 D"]),
    ("28 sold", "exchange_option", {**OPTION, "quantity": "1000", "premium": "2.35", "side": "S"},
     ["II S D 4 1000 @2.35 → 6000 D"]),
    ("29 soon", "written_expired", {**OPTION, "quantity": "1000", "expiration": "11/1/2024"},
     ["II E D 4 1000 @0 → 4000 D"]),
    ("29 late", "written_expired", {**OPTION, "quantity": "1000", "type": "5", "expiration": "11/1/2024"},
     ["II E D 5 1000 @0 → 4000 D"]),
    ("30 value", "long_ended", {**OPTION, "quantity": "1000", "paid": "1.20", "ended": "Paid by the bank.",
     "by": "counterparty"}, ["II H D 4 1000 @1.20 → 4000 D"]),
    ("30 issuer", "long_ended", {**OPTION, "quantity": "1000", "paid": "2", "ended": "Canceled for cash by the issuer.",
     "by": "issuer", "before_1": "1000"}, ["II D D 4 1000 @2 → 0 D"]),
    ("30 exchanged", "long_ended", {**OPTION, "quantity": "1000", "paid": "0", "by": "exchanged", "before_1": "1000",
     "ended": "Exchanged for a new option at a lower exercise price."}, ["II D D 4 1000 @0 → 0 D"]),
    ("31 A", "equity_swap", {**SWAP, "before_1": "0"}, ["II P A 4 1000 @10.50 → 1000 D"]),
    ("31 D", "equity_swap", {**SWAP, "direction": "D", "before_1": "0"}, ["II S D 4 1000 @10.50 → 1000 D"]),
    ("31 more", "equity_swap", {**SWAP, "direction": "long_increased", "strike": "9"},
     ["II P A 4 1000 @10.50 → 6000 D"]),
    ("31 short more", "equity_swap", {**SWAP, "direction": "short_increased", "strike": "9"},
     ["II S D 4 1000 @10.50 → 6000 D"]),
    ("31 long closed", "equity_swap", {**SWAP, "direction": "long_closed", "strike": "9"},
     ["II S D 4 1000 @10.50 → 4000 D"]),
    ("31 short closed", "equity_swap", {**SWAP, "direction": "short_closed", "strike": "12", "before_1": "1000",
     "swap": "Total return swap with a bank, settled in shares on March 3, 2027."}, ["II P A 4 1000 @10.50 → 0 D"]),
    ("32 both", "distributed", {**SHARES, "nature": "By Example Fund I, L.P.", "received": "80", "before_2": "20"},
     ["I J D 4 1000 @0 → 4000 By Example Fund I, L.P.", "I J A 4 80 @0 → 100 D"]),
    ("32 fund", "distributed", {**SHARES, "side": "D", "nature": "By Example Fund I, L.P."},
     ["I J D 4 1000 @0 → 4000 By Example Fund I, L.P."]),
    ("32 person", "distributed", {**HELD, "side": "A", "received": "80"}, ["I J A 4 80 @0 → 5080 D"]),
    ("33 in", "voting_trust", {**SHARES, "trust": "Deposited into the Example Voting Trust.", "before_2": "0"},
     ["I Z D 5 1000 @0 → 4000 D", "I Z A 5 1000 @0 → 1000 D"]),
    ("33 out", "voting_trust", {**SHARES, "way": "out", "trust": "Out of the Example Voting Trust.", "before_2": "1000"},
     ["I Z A 5 1000 @0 → 6000 D", "I Z D 5 1000 @0 → 0 D"]),
    ("34", "something_else", {**PRICED, "described": "Received in settlement of a claim."},
     ["I J A 4 1000 @10.50 → 6000 D"]),
    ("34 Table II", "something_else", {**OPTION, "security": "Stock Option (Right to Buy)", "direction": "D",
     "quantity": "400", "price": "0", "described": "Assigned under a court's order."}, ["II J D 4 400 @0 → 4600 D"]),
    ("34 as stock", "something_else", {**PRICED, "security": "Restricted Stock Units", "table": "I",
     "described": "Received in settlement of a claim."}, ["I J A 4 1000 @10.50 → 6000 D"]),
    ("37", "fees_in_stock", {**SHARES, "quantity": "", "before_1": "4000", "fees": "30,000", "price": "24",
     "fees_for": "the third quarter of 2024"}, ["I A A 4 1250 @24 → 5250 D"]),
    ("37 at 0", "fees_in_stock", {**SHARES, "quantity": "", "before_1": "4000", "fees": "30,010", "price": "24",
     "fees_for": "the third quarter of 2024", "shown": "zero"}, ["I A A 4 1250 @0 → 5250 D"]),
    ("38", "bonus_in_stock", {**SHARES, "before_1": "2000", "withheld": "350", "price": "30"},
     ["I A A 4 1000 @0 → 3000 D", "I F D 4 350 @30 → 2650 D"]),
    ("38 value", "bonus_in_stock", {**SHARES, "before_1": "2000", "withheld": "0", "price": "30", "shown": "value"},
     ["I A A 4 1000 @30 → 3000 D"]),
    ("39", "deferred_paid", {**HELD, "before_1": "900", "settled": "1500.6", "cashed": "0.6", "cash_price": "40",
     "paid_after": "the end of service as a director", "exercisable": "Paid when service ends.", "before_2": "1500.6"},
     ["I M A 4 1500.6 @0 → 2400.6 D", "I D D 4 0.6 @40 → 2400 D", "II M D 4 1500.6 @0 → 0 D"]),
    ("39 withheld", "deferred_paid", {**HELD, "settled": "1000", "withheld": "350", "price": "40",
     "paid_after": "the third anniversary", "exercisable": "Paid when service ends.", "before_2": "3000"},
     ["I M A 4 1000 @0 → 6000 D", "I F D 4 350 @40 → 5650 D", "II M D 4 1000 @0 → 2000 D"]),
    ("39 Table I", "deferred_paid", {**HELD, "style": "table1", "withheld": "350", "price": "40", "cashed": "0.5",
     "paid_after": "the end of service", "approved": "no"},
     ["I F D 4 350 @40 → 4650 D", "I S D 4 0.5 @40 → 4649.5 D"]),
    ("40", "paid_in_cash", {**HELD, "settled": "200", "price": "28", "exercisable": "Vest monthly.", "before_2": "600"},
     ["I M A 4 200 @0 → 5200 D", "I D D 4 200 @28 → 5000 D", "II M D 4 200 @0 → 400 D"]),
    ("40 part", "paid_in_cash", {**HELD, "kind": "chosen", "settled": "200", "cashed": "120", "price": "28",
     "withheld": "30", "exercisable": "Vest monthly.", "before_2": "600", "approved": "yes"},
     ["I M A 4 200 @0 → 5200 D", "I F D 4 30 @28 → 5170 D", "I D D 4 120 @28 → 5050 D", "II M D 4 200 @0 → 400 D"]),
    ("40 SAR", "paid_in_cash", {**OPTION, "kind": "sar", "settled": "1000", "price": "28", "approved": "no"},
     ["I M A 4 1000 @12.50 → 6000 D", "I S D 4 1000 @28 → 5000 D", "II M D 4 1000 @0 → 0 D"]),
    ("41 ended", "assumed", {**UNITS, "company": "ended", "security": "Restricted Stock Units", "quantity": "1000",
     "before_1": "1000"}, ["II D D 4 1000 @0 → 0 D"]),
    ("41 owes", "assumed", {**UNITS, "company": "owes", "insider": "yes", "security": "Restricted Stock Units",
     "old_quantity": "1000", "ratio": "0.82", "quantity": "", "before_1": "0"}, ["II A A 4 820 @0 → 820 D"]),
    ("41 option", "assumed", {**OPTION, "strike": "", "company": "owes", "insider": "yes", "approved": "no",
     "security": "Stock Option (Right to Buy)", "old_quantity": "1000", "ratio": "0.82", "old_strike": "10",
     "before_1": "0"}, ["II J A 4 820 @0 → 820 D"]),
    ("41 Table I", "assumed", {**HELD, "company": "ended", "security": "Common Stock", "quantity": "1000"},
     ["I D D 4 1000 @0 → 4000 D"]),
    ("42", "went_public", {**HELD, "before_1": "0",
     "converting": "Series A Preferred Stock | 10,000 | 1; Series B Preferred Stock | 4,000 | 1.5"},
     ["I C A 4 16000 @0 → 16000 D", "II C D 4 10000 @0 → 0 D", "II C D 4 4000 @0 → 0 D"]),
    ("42 each", "went_public", {**HELD, "before_1": "0", "shape": "each",
     "converting": "Series A Preferred Stock | 10,000 | 1; Series B Preferred Stock | 4,001 | 1.5"},
     ["I C A 4 10000 @0 → 10000 D", "I C A 4 6001 @0 → 16001 D", "II C D 4 10000 @0 → 0 D",
      "II C D 4 4001 @0 → 0 D"]),
    ("42 notes", "went_public", {**HELD, "before_1": "0", "fixed": "no",
     "converting": "Convertible Notes due 2029\t200,000\t@ $8.00\tBy Fund"},
     ["I C A 4 25000 @8.00 → 25000 By Fund", "II C D 4 200000 @0 → 0 By Fund"]),
    ("43", "from_issuer", {**SHARES, "quantity": "5000", "before_1": "10000", "price": "2", "approved": "no",
     "units": "yes", "warrants": "2500", "strike": "3", "exercisable": "11/1/2024", "expiration": "11/1/2029",
     "before_2": "0"}, ["I P A 4 5000 @2 → 15000 D", "II P A 4 2500 @0 → 2500 D"]),
    ("43 approved", "from_issuer", {**SHARES, "price": "2", "approved": "yes"}, ["I A A 4 1000 @2 → 6000 D"]),
    ("43 offering", "from_issuer", {**SHARES, "price": "2", "seller": "underwriters"}, ["I P A 4 1000 @2 → 6000 D"]),
    ("44", "net_warrant", {**OPTION, "before_1": "0", "exercised": "1000", "strike": "11.50", "price": "20"},
     ["I X A 4 1000 @11.50 → 1000 D", "I S D 4 575 @20 → 425 D", "II X D 4 1000 @0 → 0 D"]),
    ("44 J", "net_warrant", {**OPTION, "exercised": "1000", "price": "20", "given_code": "J",
     "delivered_shares": "374", "fraction": "0.6"}, ["I X A 4 1000 @12.50 → 6000 D", "I J D 4 625.4 @20 → 5374.6 D",
     "I J D 4 0.6 @20 → 5374 D", "II X D 4 1000 @0 → 0 D"]),
    ("44 award", "net_warrant", {**OPTION, "exercised": "1000", "price": "20", "award": "yes"},
     ["I M A 4 1000 @12.50 → 6000 D", "I F D 4 625 @20 → 5375 D", "II M D 4 1000 @0 → 0 D"]),
    ("45 ended", "annuity_trust", {**SHARES, "what": "ended", "remainder": "outside", "ownership": "I",
     "nature": "By 2021 GRAT"}, ["I G D 4 1000 @0 → 4000 By 2021 GRAT"]),
    ("45 household", "annuity_trust", {**SHARES, "what": "ended", "remainder": "household", "ownership": "I",
     "nature": "By 2021 GRAT", "heir_nature": "By Trust for Daughter", "before_2": "0"},
     ["I G D 4 1000 @0 → 4000 By 2021 GRAT", "I G A 5 1000 @0 → 1000 By Trust for Daughter"]),
    ("45 pair", "annuity_trust", {**SHARES, "what": "annuity", "shown": "pair", "ownership": "I",
     "nature": "By 2021 GRAT", "before_2": "200"},
     ["I G D 4 1000 @0 → 4000 By 2021 GRAT", "I G A 5 1000 @0 → 1200 D"]),
    ("48", "reclassified", {**HELD, "held": "5000", "new": "1", "old": "2", "new_title": "Class A Common Stock",
     "before_2": "0"}, ["I J D 4 5000 @0 → 0 D", "I J A 4 2500 @0 → 2500 D"]),
    ("48 16b-7", "reclassified", {**HELD, "held": "5000", "new": "1", "plan": "yes", "before_2": "0",
     "new_title": "Class A Common Stock"}, ["I J D 5 5000 @0 → 0 D", "I J A 5 5000 @0 → 5000 D"]),
    ("50", "variable_forward", {**FORWARD, "before_1": "0"}, ["II J A 4 1000 @36 → 1000 D"]),
    ("50 S", "variable_forward", {**FORWARD, "signed_code": "S"}, ["II S D 4 1000 @36 → 1000 D"]),
    ("50 delivered", "variable_forward", {**FORWARD, "forward": "settled", "delivered_shares": "750",
     "before_2": "1000", "unit_note": "Obligation to deliver up to 1,000 shares."},
     ["I J D 4 750 @ → 4250 D", "II J D 4 1000 @0 → 0 D"]),
    ("50 cash", "variable_forward", {**FORWARD, "forward": "early", "paid_in": "cash", "before_1": "1000",
     "unit_note": "Obligation to deliver up to 1,000 shares."}, ["II J D 4 1000 @0 → 0 D"]),
    ("51", "collar", {**COLLAR, "before_1": "0"}, ["II S D 4 1000 @0 → 1000 D", "II P A 4 1000 @0 → 1000 D"]),
    ("51 listed", "collar", {**COLLAR, "contract": "listed", "call_price": "1.20", "put_price": "1.50"},
     ["II S D 4 1000 @1.20 → 1000 D", "II P A 4 1000 @1.50 → 1000 D"]),
    ("51 closed", "collar", {**COLLAR, "collar": "closed", "before_1": "1000", "call_price": "3",
     "put_price": "0.20"}, ["II P D 4 1000 @3 → 0 D", "II S D 4 1000 @0.20 → 0 D"]),
    ("51 amended", "collar", {**COLLAR, "collar": "amended", "closing": "EJ", "before_1": "1000"},
     ["II E D 4 1000 @0 → 0 D", "II J D 4 1000 @0 → 0 D"]),
    ("49 right", "earn_out", {**HELD, "what": "right", "quantity": "2000", "before_1": "0", "expiration": "12/17/2027",
     "goal": "the average price reaches $15.00"}, ["II A A 4 2000 @0 → 2000 D"]),
    ("49 released", "earn_out", {**HELD, "what": "issued", "quantity": "2000", "right_reported": "A", "before_1": "0",
     "before_2": "2000", "expiration": "12/17/2027", "goal": "the average price reaches $15.00"},
     ["I M A 4 2000 @0 → 2000 D", "II M D 4 2000 @0 → 0 D"]),
    ("49 issued", "earn_out", {**HELD, "what": "issued", "quantity": "2000", "before_1": "0", "at_closing": "yes",
     "fixed_on": "12/17/2021"}, ["I J A 4 2000 @0 → 2000 D"]),
    ("52 put", "put_exercised", {**OPTION, "quantity": "1000"}, ["I X D 4 1000 @12.50 → 4000 D", "II X D 4 1000 @0 → 0 D"]),
    ("52 put O", "put_exercised", {**OPTION, "quantity": "1000", "money": "O", "market": "The closing price was $14.20."},
     ["I O D 4 1000 @12.50 → 4000 D", "II O D 4 1000 @0 → 0 D"]),
    ("52 called away", "put_exercised", {**OPTION, "quantity": "1000", "option": "Call Option (Obligation to Sell)"},
     ["I X D 4 1000 @12.50 → 4000 D", "II X D 4 1000 @0 → 0 D"]),
    ("52 put to", "put_exercised", {**OPTION, "quantity": "1000", "option": "Put Option (Obligation to Buy)"},
     ["I X A 4 1000 @12.50 → 6000 D", "II X D 4 1000 @0 → 0 D"]),
    ("52 delivered", "put_exercised", {**OPTION, "quantity": "1000", "option": "Call Option", "way": "D"},
     ["I X D 4 1000 @12.50 → 4000 D", "II X D 4 1000 @0 → 0 D"]),
    ("53 forfeited", "founder_shares", {**HELD, "what": "forfeited", "converted": "12500", "before_1": "100000"},
     ["II D D 4 12500 @0 → 87500 D"]),
    ("53 J", "founder_shares", {**HELD, "what": "forfeited", "converted": "12500", "before_1": "100000",
     "approved": "no"}, ["II J D 4 12500 @0 → 87500 D"]),
    ("53 converted", "founder_shares", {**HELD, "what": "converted", "converted": "87500", "before_1": "0",
     "before_2": "87500"}, ["I C A 4 87500 @0 → 87500 D", "II C D 4 87500 @0 → 0 D"]),
    ("54", "rights_offering", {**OPTION, "what": "exercised", "rights": "10000", "quantity": "1000", "strike": "8",
     "extra": "300", "approved": "no", "distributed_on": "10/1/2024", "exercisable": "10/1/2024",
     "expiration": "11/1/2024", "before_1": "10000", "before_2": "10000"},
     ["I X A 4 1000 @8 → 11000 D", "I P A 4 300 @8 → 11300 D", "II X D 4 10000 @0 → 0 D"]),
    ("54 approved", "rights_offering", {**OPTION, "what": "exercised", "rights": "1000", "quantity": "1000",
     "strike": "8", "extra": "300", "extra_price": "8.50", "approved": "yes", "expiration": "11/1/2024"},
     ["I X A 4 1000 @8 → 6000 D", "I A A 4 300 @8.50 → 6300 D", "II X D 4 1000 @0 → 0 D"]),
    ("54 sold", "rights_offering", {**OPTION, "what": "sold", "rights": "1000", "quantity": "100", "price": "0.40",
     "before_1": "10000", "expiration": "11/15/2024"}, ["II S D 4 1000 @0.40 → 9000 D"]),
    ("55 repriced", "exchanged", {**OPTION, "quantity": "1000", "before_1": "1000", "new_strike": "9", "before_2": "0",
     "new_exercisable": "1/1/2020", "new_expiration": "1/1/2030"},
     ["II D D 4 1000 @0 → 0 D", "II A A 4 1000 @0 → 1000 D"]),
    ("55 units", "exchanged", {**OPTION, "changed": "award", "received": "units", "quantity": "1000", "before_1": "1000",
     "new_quantity": "300", "new_exercisable": "The units vest on 1/1/2026.", "new_expiration": "None.",
     "before_2": "0"}, ["II D D 4 1000 @0 → 0 D", "II A A 4 300 @0 → 300 D"]),
    ("55 stock", "exchanged", {**OPTION, "changed": "award", "received": "stock", "quantity": "1000", "before_1": "5000",
     "new_quantity": "300", "before_2": "1000"}, ["I A A 4 300 @0 → 1300 D", "II D D 4 1000 @0 → 4000 D"]),
    ("58", "lender_sold", {**SHARES, "price": "1.90", "pledged_on": "4/27/2017"}, ["I S D 4 1000 @1.90 → 4000 D"]),
    ("58 taken over", "lender_sold", {**PRICED, "lender": "taken", "cause": "loan default"},
     ["I S D 4 1000 @10.50 → 4000 D"]),
    ("59", "exchange_fund", {**SHARES, "price": "60"}, ["I S D 4 1000 @60 → 4000 D"]),
    ("60", "reversed", {**PRICED, "what": "reversed", "reported": "no", "date": "10/31", "reversed_on": "11/1"},
     ["I P A 4 1000 @10.50 → 6000 D", "I J D 4 1000 @10.50 → 5000 D"]),
    ("60 reported", "reversed", {**PRICED, "what": "agreed", "reported": "yes", "side": "S", "date": "10/31",
     "reversed_on": "11/1"}, ["I J A 4 1000 @10.50 → 6000 D"]),
]  # fmt: skip
"""Number in the interview's list, recipe, answers, rows."""

NOTHING = (
    "annuity_trust",
    "award_adjusted",
    "left",
    "long_ended",
    "own_trust",
    "plan_purchases",
    "split",
    "status_changed",
    "dividend_equivalents",
    "died",
    "late_item",
    "reversed",
)


def brief(data: Mapping[str, Any]) -> list[str]:
    """``I F D 4 7007 @120.34 → 232595 D`` for each row, ``I holding → 5120 D`` for a holding."""
    found = []
    for table, _, row in rows(dict(data)):
        cells = flat(row)
        name = "II" if table == "derivative" else "I"
        held = (
            f"→ {cells['amount_owned_following']} {cells.get('nature_of_ownership', cells['ownership_form'])}"
        )
        moved = (
            "holding"
            if row["kind"] == "holding"
            else f"{cells['transaction_code']} {cells['acquired_disposed']} {cells['transaction_form_type']} "
            f"{cells['amount']} @{cells.get('price', '')}"
        )
        found.append(f"{name} {moved} {held}")
    return found


ROWS = Path(__file__).parent / "events"


def whole(data: Mapping[str, Any]) -> str:
    """Every cell of every row with its footnotes' numbers, then the footnotes: as the files in ``events`` have them."""
    found = []
    for table, index, row in rows(dict(data)):
        cells = ", ".join(f"{name}={_cell(cell)}" for name, cell in row.items() if name != "kind")
        found += textwrap.wrap(
            f"{'II' if table == 'derivative' else 'I'}-{index + 1} {row['kind']}: {cells}",
            110,
            subsequent_indent="  ",
            break_on_hyphens=False,
        )
    for each in data.get("footnotes", []):
        found += textwrap.wrap(
            f"({each['id'][1:]}) {each['text']}", 110, subsequent_indent="  ", break_on_hyphens=False
        )
    return "".join(f"{line}\n" for line in found)


def _cell(cell: object) -> str:
    if not isinstance(cell, dict):
        return {True: "yes", False: "no"}.get(cell, str(cell)) if isinstance(cell, bool) else str(cell)
    return f"{cell.get('value', '')}{''.join(f'({id[1:]})' for id in cell['footnotes'])}"


def as_kept(name: str, data: Mapping[str, Any]) -> str:
    """What the file of a case says; FORM4_UPDATE_SEQUENCES=1 writes it anew, to be read before it is kept."""
    kept = ROWS / f"{name.replace(' ', '_')}.txt"
    if os.environ.get("FORM4_UPDATE_SEQUENCES"):
        kept.write_text(whole(data), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def above_a_note(data: dict[str, Any]) -> list[str]:
    """What the checks find above a note."""
    findings = check_draft(draft_of(data), TODAY, sec_calendar())
    return [f"{f.severity.value} {f.id} {f.message}" for f in findings if f.severity is not Severity.NOTE]


@cache
def played(name: str) -> tuple[dict[str, Any], Pilot]:
    """The interview of a case, which nobody changes."""
    ((recipe, answers),) = (case[1:3] for case in CASES if case[0] == name)
    with TemporaryDirectory() as folder:
        return interview(Path(folder), [(recipe, answers)])


@pytest.mark.parametrize(("name", "made"), [(c[0], c[3]) for c in CASES], ids=[c[0] for c in CASES])
def test_the_rows_of_an_event_and_the_verdict(name: str, made: list[str]) -> None:
    """A reviewer sees every cell and footnote that an event makes in its file in ``events``.

    The form admits the code of each row in its table and direction.
    """
    data, _ = played(name)

    assert brief(data) == made
    assert whole(data) == as_kept(name, data)
    assert above_a_note(data) == []
    for table, _, row in rows(data):
        cells = flat(row)
        known = transaction_codes()[cells["transaction_code"]]
        assert cells["acquired_disposed"] in (known.table_2 if table == "derivative" else known.table_1)


def test_no_file_of_rows_is_left_over() -> None:
    assert {path.stem for path in ROWS.glob("*.txt")} == {case[0].replace(" ", "_") for case in CASES}


def test_every_event_is_tested() -> None:
    assert {c[1] for c in CASES} | set(NOTHING) == {r.id for r in RECIPES}
    assert {r.number for r in RECIPES} | {3} == {*range(1, 61)}


def test_fills_stay_when_their_sum_is_accepted_again(tmp_path: Path) -> None:
    sale = ("sold", {**HELD, "quantity": "100@10.10; 300@10.50"})
    data, _ = interview(tmp_path, [sale])
    at = {**data, "interview": {**data["interview"], "at": "events[0].quantity"}}
    again = [("events[0].quantity", ""), ("events[0].ownership", "q")]
    kept = draft_data(play(tmp_path / "again.form4.json", again, at)[0].draft)
    other = [("events[0].quantity", "401"), ("events[0].price", "10"), ("events[0].ownership", "q")]
    plain = draft_data(play(tmp_path / "other.form4.json", other, at)[0].draft)

    assert brief(kept) == brief(data) == ["I S D 4 400 @10.4 → 4600 D"]
    assert brief(plain) == ["I S D 4 401 @10 → 4599 D"]
    assert "footnotes" not in plain


def test_a_price_shows_what_the_line_comes_to(tmp_path: Path) -> None:
    data, _ = interview(tmp_path, [("sold", {**HELD, "quantity": "400", "price": "10.40"})])
    at = {**data, "interview": {**data["interview"], "at": "events[0].price"}}
    _, script = play(tmp_path / "again.form4.json", [("events[0].price", "q")], at)
    echo = script.asks[0].echo

    assert echo("5504") == "= $5,504.00  400 \u00d7 $5,504.00 = $2,201,600.00"
    assert echo("10.4") == "= $10.40  400 \u00d7 $10.40 = $4,160.00"
    assert echo("see note") == ""


def test_a_price_without_a_number_of_shares_shows_itself(tmp_path: Path) -> None:
    data, _ = interview(tmp_path, [("sold", {**HELD, "quantity": "400", "price": "10.40"})])
    del data["interview"]["events"][0]["answers"]["quantity"]
    at = {**data, "interview": {**data["interview"], "at": "events[0].price"}}
    _, script = play(tmp_path / "again.form4.json", [("events[0].price", "q")], at)

    assert script.asks[0].echo("10.4") == "= $10.40"


# ---- what needs no line

MOVED = {"before_1": "5000", "before_2": "0", "quantity": "1000", "to_nature": "By Roe Family Trust"}
SALE = ("sold", {**PRICED, "before_1": "0"})


def notes_at_totals(data: Mapping[str, Any]) -> list[list[str]]:
    texts = {n["id"]: n["text"] for n in data.get("footnotes", [])}
    cells = [row.get("amount_owned_following") for _, _, row in rows(dict(data))]
    return [[texts[id] for id in c["footnotes"]] if isinstance(c, dict) else [] for c in cells]


ESPP = "Includes shares acquired under the issuer's employee stock purchase plan since the last report."
SPLIT = "Restated for a 2-for-1 stock split. Exempt under Rule 16a-9."


@pytest.mark.parametrize(
    ("number", "event", "made", "notes"),
    [
        (
            22,
            ("plan_purchases", {"quantity": "120", "before_1": "5000"}),
            ["I S D 4 1000 @10.50 → 4120 D"],
            [[ESPP]],
        ),
        (
            36,
            ("split", {"held": "5000", "new": "2", "before_1": "5000"}),
            ["I S D 4 1000 @10.50 → 9000 D"],
            [[SPLIT]],
        ),
        (
            21,
            (
                "dividend_equivalents",
                {"quantity": "12.5", "before_1": "5000", "credited": "Reinvested dividends."},
            ),
            ["I S D 4 1000 @10.50 → 4012.5 D"],
            [["Reinvested dividends."]],
        ),
        (
            18,
            ("own_trust", {**MOVED, "moved": "Exempt under Rule 16a-13."}),
            ["I S D 4 1000 @10.50 → 3000 D", "I holding → 1000 By Roe Family Trust"],
            [["Exempt under Rule 16a-13."]] * 2,
        ),
    ],
    ids=["22", "36", "21", "18"],
)
def test_a_total_is_adjusted_where_a_sale_shows_it(
    number: int, event: tuple[str, Mapping[str, str]], made: list[str], notes: list[list[str]], tmp_path: Path
) -> None:
    """Rules 16a-9, 16a-11, 16a-13, 16b-3(c): no line of its own; the footnote stands at the total that includes it."""
    data, _ = interview(tmp_path, [event, SALE])

    assert brief(data) == made
    assert notes_at_totals(data) == notes
    assert above_a_note(data) == []
    assert [r.number for r in RECIPES if r.id == event[0]] == [number]


def test_the_order_does_not_matter(tmp_path: Path) -> None:
    sale = ("sold", {**PRICED, "before_1": "5000"})
    data, _ = interview(tmp_path, [sale, ("plan_purchases", {"quantity": "120"})])

    assert brief(data) == ["I S D 4 1000 @10.50 → 4120 D"]
    assert notes_at_totals(data) == [[ESPP]]


def test_own_name_gets_what_the_trust_gives_back(tmp_path: Path) -> None:
    back = {**MOVED, "ownership": "I", "nature": "By Roe Family Trust", "to_other": "", "before_1": "1000",
            "before_2": "5000"}  # fmt: skip
    data, _ = interview(tmp_path, [("own_trust", back), SALE])

    assert brief(data) == ["I S D 4 1000 @10.50 → 5000 D", "I holding → 0 By Roe Family Trust"]


def test_a_reverse_split_takes_away(tmp_path: Path) -> None:
    split = {"held": "50000", "new": "1", "old": "10", "before_1": "50000"}
    data, _ = interview(tmp_path, [("split", split), SALE])

    assert brief(data) == ["I S D 4 1000 @10.50 → 4000 D"]


def test_an_adjustment_alone_is_a_holding_and_needs_no_form(tmp_path: Path) -> None:
    event = ("plan_purchases", {"quantity": "120", "before_1": "5000"})
    data, pilot = interview(tmp_path, [event], {"period_of_report": "11/1"})

    assert brief(data) == ["I holding → 5120 D"]
    assert notes_at_totals(data) == [[ESPP]]
    assert any("alone it needs no form" in " ".join(page) for page in pilot.pages)


def test_an_option_gone_for_nothing_is_not_reported(tmp_path: Path) -> None:
    """Rule 16a-4(d)."""
    data, pilot = interview(tmp_path, [("long_ended", {"value": "no"}), ("sold", PRICED)])

    assert brief(data) == ["I S D 4 1000 @10.50 → 4000 D"]
    assert above_a_note(data) == []
    assert any("For no value: nothing to report" in " ".join(page) for page in pilot.pages)


def test_leaving_ticks_the_exit_box_and_makes_no_line(tmp_path: Path) -> None:
    """Instruction 1(b)."""
    data, _ = interview(tmp_path, [("left", {"date": "10/31"})])

    assert brief(data) == []
    assert data["not_subject_to_section16"] is True
    assert data["period_of_report"] == "2024-10-31"
    assert above_a_note(data) == []


def test_a_total_that_no_line_explains_asks_why(tmp_path: Path) -> None:
    sale = {**PRICED, "after_1": "4100", "jump_1": "Includes 100 shares from a reinvestment plan."}
    data, pilot = interview(tmp_path, [("sold", sale)])

    assert brief(data) == ["I S D 4 1000 @10.50 → 4100 D"]
    assert notes_at_totals(data) == [["Includes 100 shares from a reinvestment plan."]]
    assert "4,100 is 100 more than 5,000 − 1,000 = 4,000. Why?" in [a.message for a in pilot.asks]


def test_awards_are_offered_to_directors_and_officers_only(tmp_path: Path) -> None:
    """Rule 16b-3 covers officers and directors."""
    from tests.wizard.pilot import INSIDER

    holder = {**INSIDER["owners"][0], "is_director": False, "is_officer": False, "is_ten_percent_owner": True}
    del holder["officer_title"]
    data, pilot = interview(tmp_path, [("sold", PRICED)], data={**INSIDER, "owners": [holder]})
    offered = {o.value for ask in pilot.asks if ask.id == "happened" for o in ask.options}

    assert {r.id for r in RECIPES if r.insiders} & offered == set()
    assert {r.id for r in RECIPES if not r.insiders} <= offered
    assert above_a_note(data) == []
