"""The sources that rules cite: statute, rules, form instructions, EDGAR's specification, releases, staff letters.

Named after the text itself. One that was not re-read in the primary text says ``general_knowledge=True``; a rule that
rests on nothing else is at most a warning.
"""

from __future__ import annotations

from typing import Final

from form4_author.checks.base import Cite
from form4_author.timing.legal_data import AS_OF

_SPEC: Final = "https://www.sec.gov/submit-filings/technical-specifications"
_FORM3: Final = "https://www.sec.gov/files/form3.pdf"
_FORM4: Final = "https://www.sec.gov/files/form4.pdf"
_FORM5: Final = "https://www.sec.gov/files/form5.pdf"
_SECTION_16: Final = "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title15-section78p"
_RULE: Final = "https://www.ecfr.gov/current/title-17/section-"
_CODES: Final = "https://www.sec.gov/edgar/searchedgar/ownershipformcodes.html"

# ---- EDGAR Ownership XML Technical Specification 5.5

SPEC_3_2: Final = Cite("EDGAR Ownership XML spec 5.5, 3.2", _SPEC)
SPEC_3_3: Final = Cite("EDGAR Ownership XML spec 5.5, 3.3", _SPEC)
SPEC_3_5: Final = Cite("EDGAR Ownership XML spec 5.5, 3.5", _SPEC)
SPEC_3_6_3: Final = Cite("EDGAR Ownership XML spec 5.5, 3.6.3", _SPEC)
SPEC_3_6_6: Final = Cite("EDGAR Ownership XML spec 5.5, 3.6.6", _SPEC)
SPEC_3_6_7: Final = Cite("EDGAR Ownership XML spec 5.5, 3.6.7", _SPEC)
SPEC_3_6_10: Final = Cite("EDGAR Ownership XML spec 5.5, 3.6.10", _SPEC)
SPEC_4_1: Final = Cite("EDGAR Ownership XML spec 5.5, 4.1", _SPEC)
SPEC_4_2: Final = Cite("EDGAR Ownership XML spec 5.5, 4.2", _SPEC)
SPEC_4_3: Final = Cite("EDGAR Ownership XML spec 5.5, 4.3", _SPEC)
SPEC_4_3_2: Final = Cite("EDGAR Ownership XML spec 5.5, 4.3.2", _SPEC)
SPEC_4_3_3: Final = Cite("EDGAR Ownership XML spec 5.5, 4.3.3", _SPEC)
SPEC_4_3_5: Final = Cite("EDGAR Ownership XML spec 5.5, 4.3.5", _SPEC)
SPEC_4_3_6: Final = Cite("EDGAR Ownership XML spec 5.5, 4.3.6", _SPEC)
SPEC_4_3_7: Final = Cite("EDGAR Ownership XML spec 5.5, 4.3.7", _SPEC)
SPEC_4_3_8: Final = Cite("EDGAR Ownership XML spec 5.5, 4.3.8", _SPEC)
SPEC_5: Final = Cite("EDGAR Ownership XML spec 5.5, 5", _SPEC)
SCHEMA: Final = Cite("EDGAR ownership schema files of spec 5.5", _SPEC)
VIEW: Final = Cite("EDGAR ownership stylesheets of spec 5.5", _SPEC)

FILER_MANUAL: Final = Cite(
    "EDGAR Filer Manual, Volume II",
    "https://www.sec.gov/submit-filings/edgar-filer-manual",
    general_knowledge=True,
)

# ---- the forms and their instructions

FORM3_INSTR_5: Final = Cite("Form 3, Instr. 5", _FORM3)
FORM4_BOX_3: Final = Cite("Form 4, box 3", _FORM4)
FORM4_BOX_5: Final = Cite("Form 4, box 5", _FORM4)
FORM4_COLUMN_5: Final = Cite("Form 4, Table I, column 5", _FORM4)
FORM4_COLUMN_6: Final = Cite("Form 4, Table II, column 6", _FORM4)
FORM4_INSTR_1A: Final = Cite("Form 4, Instr. 1(a)", _FORM4)
FORM4_INSTR_1B: Final = Cite("Form 4, Instr. 1(b)", _FORM4)
FORM4_INSTR_1C: Final = Cite("Form 4, Instr. 1(c)", _FORM4)
FORM4_INSTR_1D: Final = Cite("Form 4, Instr. 1(d)", _FORM4)
FORM4_INSTR_3A: Final = Cite("Form 4, Instr. 3(a)", _FORM4)
FORM4_INSTR_3B: Final = Cite("Form 4, Instr. 3(b)", _FORM4)
FORM4_INSTR_3C: Final = Cite("Form 4, Instr. 3(c)", _FORM4)
FORM4_INSTR_4A_I: Final = Cite("Form 4, Instr. 4(a)(i)", _FORM4)
FORM4_INSTR_4A_II: Final = Cite("Form 4, Instr. 4(a)(ii)", _FORM4)
FORM4_INSTR_4B_I: Final = Cite("Form 4, Instr. 4(b)(i)", _FORM4)
FORM4_INSTR_4B_II: Final = Cite("Form 4, Instr. 4(b)(ii)", _FORM4)
FORM4_INSTR_4B_III: Final = Cite("Form 4, Instr. 4(b)(iii)", _FORM4)
FORM4_INSTR_4B_IV: Final = Cite("Form 4, Instr. 4(b)(iv)", _FORM4)
FORM4_INSTR_4B_V: Final = Cite("Form 4, Instr. 4(b)(v)", _FORM4)
FORM4_INSTR_4C_I: Final = Cite("Form 4, Instr. 4(c)(i)", _FORM4)
FORM4_INSTR_4C_II: Final = Cite("Form 4, Instr. 4(c)(ii)", _FORM4)
FORM4_INSTR_4C_III: Final = Cite("Form 4, Instr. 4(c)(iii)", _FORM4)
FORM4_INSTR_4C_IV: Final = Cite("Form 4, Instr. 4(c)(iv)", _FORM4)
FORM4_INSTR_5A: Final = Cite("Form 4, Instr. 5(a)", _FORM4)
FORM4_INSTR_5B: Final = Cite("Form 4, Instr. 5(b)", _FORM4)
FORM4_INSTR_6A: Final = Cite("Form 4, Instr. 6(a)", _FORM4)
FORM4_INSTR_6C: Final = Cite("Form 4, Instr. 6(c)", _FORM4)
FORM4_INSTR_7A: Final = Cite("Form 4, Instr. 7(a)", _FORM4)
FORM4_INSTR_7B: Final = Cite("Form 4, Instr. 7(b)", _FORM4)
FORM4_INSTR_8: Final = Cite("Form 4, Instr. 8", _FORM4)
FORM4_INSTR_9: Final = Cite("Form 4, Instr. 9", _FORM4)
FORM4_INSTR_10: Final = Cite("Form 4, Instr. 10", _FORM4)
FORM3_INSTR_1C: Final = Cite("Form 3, Instr. 1(c)", _FORM3, general_knowledge=True)
FORM3_EVENT_DATE: Final = Cite("Form 3, box 2", _FORM3, general_knowledge=True)
FORM4_INSTR_9A: Final = Cite("Form 4, Instr. 9(a)", _FORM4)
FORM4_INSTR_9B: Final = Cite("Form 4, Instr. 9(b)", _FORM4)
FORM4_INSTR_3A_I: Final = Cite("Form 4, Instr. 3(a)(i)", _FORM4)
FORM4_INSTR_3A_III: Final = Cite("Form 4, Instr. 3(a)(iii)", _FORM4)
FORM4_INSTR_4A: Final = Cite("Form 4, Instr. 4(a)", _FORM4)
FORM4_TABLE_1_REMINDER: Final = Cite("Form 4, reminder below Table I", _FORM4)
FORM5_BOX_3: Final = Cite("Form 5, box 3", _FORM5)
FORM5_COLUMN_5: Final = Cite("Form 5, Table I, column 5", _FORM5)
FORM5_INSTR_1A: Final = Cite("Form 5, Instr. 1(a)", _FORM5)
FORM5_INSTR_8: Final = Cite("Form 5, Instr. 8", _FORM5, general_knowledge=True)
FORM_CODES: Final = Cite("SEC, Ownership Form Codes", _CODES)

# ---- statute and rules

SECTION_16A_2: Final = Cite("15 U.S.C. 78p(a)(2)", _SECTION_16)
SECTION_16A_2C: Final = Cite("15 U.S.C. 78p(a)(2)(C)", _SECTION_16)
SECTION_16A: Final = Cite("15 U.S.C. 78p(a)(1)", _SECTION_16)
SECTION_16A_2A: Final = Cite("15 U.S.C. 78p(a)(2)(A)", _SECTION_16)
SECTION_16A_2B: Final = Cite("15 U.S.C. 78p(a)(2)(B)", _SECTION_16)
SECTION_16B: Final = Cite("15 U.S.C. 78p(b)", _SECTION_16)
SECTION_16C: Final = Cite("15 U.S.C. 78p(c)", _SECTION_16)
RULE_16A_1: Final = Cite("17 CFR 240.16a-1", f"{_RULE}240.16a-1")
RULE_0_3: Final = Cite("17 CFR 240.0-3", f"{_RULE}240.0-3")
RULE_16A_1C: Final = Cite("17 CFR 240.16a-1(c)", f"{_RULE}240.16a-1")
RULE_16A_1A4: Final = Cite("17 CFR 240.16a-1(a)(4)", f"{_RULE}240.16a-1", general_knowledge=True)
RULE_16A_1F: Final = Cite("17 CFR 240.16a-1(f)", f"{_RULE}240.16a-1", general_knowledge=True)
RULE_16A_2: Final = Cite("17 CFR 240.16a-2", f"{_RULE}240.16a-2", general_knowledge=True)
RULE_16A_2_FOREIGN: Final = Cite("17 CFR 240.16a-2 as amended in 2026", f"{_RULE}240.16a-2")
RULE_3A12_3B: Final = Cite("17 CFR 240.3a12-3(b)", f"{_RULE}240.3a12-3")
RULE_16A_3B: Final = Cite("17 CFR 240.16a-3(b)", f"{_RULE}240.16a-3")
RULE_16A_3F: Final = Cite("17 CFR 240.16a-3(f)", f"{_RULE}240.16a-3", general_knowledge=True)
RULE_16A_3I: Final = Cite("17 CFR 240.16a-3(i)", f"{_RULE}240.16a-3", general_knowledge=True)
RULE_16A_8: Final = Cite("17 CFR 240.16a-8", f"{_RULE}240.16a-8", general_knowledge=True)
RULE_16A_9: Final = Cite("17 CFR 240.16a-9", f"{_RULE}240.16a-9", general_knowledge=True)
RULE_16A_11: Final = Cite("17 CFR 240.16a-11", f"{_RULE}240.16a-11")
RULE_16A_12: Final = Cite("17 CFR 240.16a-12", f"{_RULE}240.16a-12", general_knowledge=True)
RULE_16B_3F: Final = Cite("17 CFR 240.16b-3(f)", f"{_RULE}240.16b-3", general_knowledge=True)
RULE_16C_4: Final = Cite("17 CFR 240.16c-4", f"{_RULE}240.16c-4")
RULE_16A_3: Final = Cite("17 CFR 240.16a-3", f"{_RULE}240.16a-3")
RULE_16A_3G: Final = Cite("17 CFR 240.16a-3(g)", f"{_RULE}240.16a-3")
RULE_16A_4: Final = Cite("17 CFR 240.16a-4", f"{_RULE}240.16a-4", general_knowledge=True)
RULE_16A_6: Final = Cite("17 CFR 240.16a-6", f"{_RULE}240.16a-6")
RULE_16A_13: Final = Cite("17 CFR 240.16a-13", f"{_RULE}240.16a-13")
RULE_16B_3: Final = Cite("17 CFR 240.16b-3", f"{_RULE}240.16b-3")
RULE_16B_5: Final = Cite("17 CFR 240.16b-5", f"{_RULE}240.16b-5", general_knowledge=True)
RULE_16B_6: Final = Cite("17 CFR 240.16b-6", f"{_RULE}240.16b-6")
RULE_10B5_1: Final = Cite("17 CFR 240.10b5-1(c)(1)", f"{_RULE}240.10b5-1")
REGULATION_ST_12: Final = Cite("Regulation S-T, Rule 12 (17 CFR 232.12)", f"{_RULE}232.12")
REGULATION_ST_13: Final = Cite("Regulation S-T, Rule 13(a) (17 CFR 232.13)", f"{_RULE}232.13")
REGULATION_ST_302B: Final = Cite("Regulation S-T, Rule 302(b) (17 CFR 232.302)", f"{_RULE}232.302")
REGULATION_ST_306: Final = Cite(
    "Regulation S-T, Rule 306 (17 CFR 232.306)", f"{_RULE}232.306", general_knowledge=True
)
ITEM_405: Final = Cite("Regulation S-K, Item 405 (17 CFR 229.405)", f"{_RULE}229.405")
REGULATION_ST_302: Final = Cite("Regulation S-T, Rule 302 (17 CFR 232.302)", f"{_RULE}232.302")

# ---- releases, staff positions, practice

RELEASE_33_11138: Final = Cite(
    "Release 33-11138 (Dec. 2022)", "https://www.sec.gov/files/rules/final/2022/33-11138.pdf"
)
RELEASE_34_104903: Final = Cite("Release 34-104903 (27 Feb. 2026), foreign private issuers' insiders")
ORDER_FOREIGN_INSIDERS: Final = Cite("SEC exemptive order of 5 March 2026, foreign private issuers' insiders")
ORDER_FOREIGN_INSIDERS_2: Final = Cite(
    "SEC exemptive order of 20 May 2026, foreign private issuers' insiders"
)
STAFF_FOREIGN_INSIDERS: Final = Cite("SEC staff, Holding Foreign Insiders Accountable Act FAQs (March 2026)")
STAFF_SECTION_403: Final = Cite("SEC staff, Section 403 questions and answers (Nov. 2002)")
STAFF_PLAN_BOX: Final = Cite("SEC staff, Exchange Act Rules C&DI 120.31 (25 Aug 2023)")
STAFF_COOLING_OFF: Final = Cite("SEC staff, Exchange Act Rules C&DI 120.29 (25 Aug 2023)")
CLOSED_DAYS: Final = Cite(f"EDGAR's closed days as read on {AS_OF} (form4 calendar)")
STAFF_WEIGHTED_AVERAGE: Final = Cite("SEC staff no-action letter of June 25, 2008 (weighted average prices)")
PRACTICE: Final = Cite("Practice of filers; no rule text", general_knowledge=True)
