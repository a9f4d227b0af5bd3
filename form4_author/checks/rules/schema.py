"""Rules that the reader and the schema layer enforce, declared so that they can be explained and counted.

Sources: EDGAR Ownership XML Technical Specification 5.5 and the schema files published with it.
"""

from __future__ import annotations

from form4_author.checks import cite
from form4_author.checks.base import Rule, stated
from form4_author.findings import Severity

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    stated(
        "AMD-001",
        "Date of the original filing missing or misplaced",
        Severity.SUSPENSE,
        cite.SPEC_3_5,
        cite.SCHEMA,
        text="""An amendment does not say when the original was filed, or an original filing does.
        Why: The element is mandatory on /A and not part of an original.
        Fix: Give the date the original was filed, or remove it.
        Silent: Never.""",
    ),
    stated(
        "DOC-001",
        "Form type not one of the six",
        Severity.SUSPENSE,
        cite.SPEC_3_6_7,
        text="""The form type is missing or is not 3, 3/A, 4, 4/A, 5 or 5/A.
        Why: EDGAR chooses the schema by it and suspends anything else; it must equal the submission
        type.
        Fix: Write the form type exactly, with a capital A after the slash.
        Silent: Never.""",
    ),
    stated(
        "DOC-002",
        "Element unknown or out of order",
        Severity.SUSPENSE,
        cite.SPEC_5,
        text="""Something stands in the document that no field claims, or elements stand in another order than
        EDGAR's.
        Why: EDGAR suspends unknown elements, processing instructions and elements out of order.
        Fix: Remove it, or move the element to its place; form4 writes the order by itself.
        Silent: A comment is only noted: see DOC-028.""",
    ),
    stated(
        "DOC-005",
        "Empty date, number or check box",
        Severity.SUSPENSE,
        cite.SPEC_3_2,
        text="""An element that takes a date, a number or a check box is there but empty.
        Why: EDGAR suspends an empty typed element; an optional one must be left out.
        Fix: Give the value or leave the element out.
        Silent: A draft: what is not answered is left out of the XML.""",
    ),
    stated(
        "DOC-006",
        "Number not in EDGAR's form",
        Severity.SUSPENSE,
        cite.SPEC_3_2,
        text="""A number has a comma, sign, currency mark or other character, more than four decimals, or is too
        large.
        Why: EDGAR takes digits and one decimal point only, at most 999999999999.9999.
        Fix: Write plain digits: 1000, 120.34.
        Silent: Zeros beyond the fourth decimal are accepted.""",
    ),
    stated(
        "DOC-007",
        "Date not in EDGAR's form",
        Severity.SUSPENSE,
        cite.SPEC_3_2,
        text="""A date is not written YYYY-MM-DD or does not exist.
        Why: EDGAR suspends another spelling.
        Fix: Write year, month and day with hyphens: 2024-11-01.
        Silent: A time zone after the date is only a warning: see DOC-021.""",
    ),
    stated(
        "DOC-008",
        "Text too long",
        Severity.SUSPENSE,
        cite.SPEC_3_5,
        text="""A text has more characters than EDGAR takes in its field.
        Why: EDGAR suspends a value over its length.
        Fix: Shorten it; a longer title or explanation goes into a footnote or the remarks.
        Silent: Footnotes have their own rule: FTN-006.""",
    ),
    stated(
        "DOC-009",
        "Too many rows",
        Severity.SUSPENSE,
        cite.SPEC_3_3,
        text="""A table has more than 30 rows.
        Why: EDGAR takes 30 rows a table and 60 in all.
        Fix: Let form4 render or form4 pack make several forms of it, which name one another in their remarks.
        Silent: Never.""",
    ),
    stated(
        "DOC-016",
        "Raw markup character in text",
        Severity.SUSPENSE,
        cite.SPEC_3_2,
        cite.SPEC_5,
        text="""A bare &, < or > stands in a text.
        Why: The file is then not XML and EDGAR suspends it.
        Fix: Write &amp;amp;, &amp;lt; or &amp;gt;. form4 escapes by itself.
        Silent: Never.""",
    ),
    stated(
        "DOC-018",
        "Blanks around a coded value",
        Severity.SUSPENSE,
        cite.SPEC_4_1,
        text="""A CIK, code, number, date or check box has blanks or a line break beside its value.
        Why: EDGAR counts them as part of the value.
        Fix: Keep tag, value and end tag on one line without blanks.
        Silent: Texts such as titles: blanks at their ends are dropped.""",
    ),
    stated(
        "DOC-019",
        "Something before the XML declaration",
        Severity.SUSPENSE,
        cite.SPEC_4_1,
        text="""White space or text stands before <?xml, or the version is not 1.0.
        Why: EDGAR suspends a file whose first characters are not the declaration or the document.
        Fix: Remove everything before <?xml and write version 1.0.
        Silent: A file without a declaration is fine.""",
    ),
    stated(
        "DOC-021",
        "Time zone on a date",
        Severity.WARNING,
        cite.SPEC_3_2,
        text="""A date carries a time zone, as in 2023-06-29-05:00.
        Why: The specification has no zone; EDGAR has accepted filings with one.
        Fix: Write the date alone.
        Silent: Never.""",
    ),
    stated(
        "DOC-022",
        "File cannot be opened",
        Severity.SUSPENSE,
        cite.SPEC_4_1,
        text="""The file is not there, is a folder, or may not be read.
        Why: Nothing can be checked; what was not checked must not be filed.
        Fix: Check the name and the permission.
        Silent: Never.""",
    ),
    stated(
        "DOC-023",
        "Not well-formed XML",
        Severity.SUSPENSE,
        cite.SPEC_5,
        text="""Tags do not match or the file is cut off.
        Why: EDGAR suspends what is not well-formed.
        Fix: Mend the tags at the place named, or fetch the whole file again.
        Silent: Never.""",
    ),
    stated(
        "DOC-024",
        "Bytes that are not text",
        Severity.SUSPENSE,
        cite.SPEC_3_2,
        text="""The file's encoding is wrong or it holds NUL or control characters.
        Why: Ownership documents are ASCII XML.
        Fix: Save the file again as plain ASCII or UTF-8.
        Silent: Never.""",
    ),
    stated(
        "DOC-025",
        "Not an ownership document",
        Severity.SUSPENSE,
        cite.SPEC_4_1,
        text="""The file is empty, a web page, a PDF, or another kind of XML.
        Why: Only an ownershipDocument, an edgarSubmission or EDGAR's full submission text holds a form.
        Fix: Give the .xml of the filing; on sec.gov it is the file whose name ends in .xml.
        Silent: Never.""",
    ),
    stated(
        "DOC-026",
        "DOCTYPE in the file",
        Severity.SUSPENSE,
        cite.SPEC_5,
        text="""The file declares a DOCTYPE.
        Why: Ownership documents have none; entities could hide or import text, so they are not read.
        Fix: Remove the declaration.
        Silent: Never.""",
    ),
    stated(
        "DOC-027",
        "File too large or too deep",
        Severity.SUSPENSE,
        cite.SPEC_3_3,
        text="""The file is far larger or deeper than any ownership document can be.
        Why: It cannot be an ownership document; reading it could exhaust the machine.
        Fix: Give the primary document or the envelope alone.
        Silent: Never.""",
    ),
    stated(
        "DOC-028",
        "Comment in the document",
        Severity.NOTE,
        cite.SPEC_4_1,
        text="""An XML comment stands in the document.
        Why: EDGAR does not keep it; what it says is not filed.
        Fix: Move what must be said into a footnote or the remarks.
        Silent: Never.""",
    ),
    stated(
        "DOC-029",
        "Unknown key in a draft",
        Severity.ERROR,
        cite.SPEC_3_5,
        text="""A draft has a key that no field claims.
        Why: It would not reach the form; a misspelt key loses its answer.
        Fix: Correct the key to the closest one named, or remove it.
        Silent: Never.""",
    ),
    stated(
        "DOC-030",
        "Wrong kind of value in a draft",
        Severity.SUSPENSE,
        cite.SPEC_3_2,
        text="""A value in a draft is of the wrong kind: a number without quotes, a list in place of a text.
        Why: Amounts are read from text so that no digit is lost; a value of another kind is not read.
        Fix: Put amounts and dates in quotes; follow the draft's JSON Schema.
        Silent: Never.""",
    ),
    stated(
        "DOC-031",
        "A check could not run",
        Severity.SUSPENSE,
        cite.SPEC_5,
        text="""A rule or a schema failed inside form4.
        Why: What was not checked must not be filed.
        Fix: Report the bug with the draft's shape; never file on this verdict.
        Silent: Never.""",
    ),
    stated(
        "DOC-032",
        "Required box empty",
        Severity.SUSPENSE,
        cite.SPEC_3_5,
        text="""A box that the form requires has no answer.
        Why: EDGAR suspends a missing mandatory element.
        Fix: Fill the box.
        Silent: Boxes with a rule of their own report under that id.""",
    ),
    stated(
        "DOC-033",
        "Check box with another value",
        Severity.SUSPENSE,
        cite.SPEC_3_2,
        text="""A check box is neither 1, 0, true nor false.
        Why: EDGAR reads these four spellings only.
        Fix: Write 1 for ticked, 0 for not.
        Silent: Never.""",
    ),
    stated(
        "DOC-034",
        "Unknown edition",
        Severity.WARNING,
        cite.SPEC_4_3,
        text="""schemaVersion is not an edition this version of form4 knows for the form.
        Why: The document is judged by the current edition instead, which may be wrong for it.
        Fix: Update form4, or correct schemaVersion.
        Silent: A document without schemaVersion.""",
    ),
    stated(
        "DOC-041",
        "Field not used on this form",
        Severity.SUSPENSE,
        cite.SPEC_3_5,
        text="""A field is given that the form does not have.
        Why: EDGAR suspends an element that is not in the form's schema.
        Fix: Remove it, or choose the form that has it.
        Silent: Fields with a rule of their own report under that id.""",
    ),
    stated(
        "DOC-042",
        "Envelope malformed",
        Severity.SUSPENSE,
        cite.SPEC_3_6_3,
        cite.SPEC_4_2,
        text="""The envelope breaks its schema, holds no primary document, or a document in it is not base64.
        Why: EDGAR suspends the submission before it reads the form.
        Fix: Pack the submission again.
        Silent: Files that are not envelopes.""",
    ),
    stated(
        "DOC-044",
        "Refused by the SEC's schema, and not by ours",
        Severity.SUSPENSE,
        cite.SCHEMA,
        text="""The SEC's own schema file, kept by form4 schema add, refuses the document, and form4's does not.
        Why: EDGAR suspends what its schema refuses. That ours differs is a defect of form4.
        Fix: Do not send it; report it with the version of form4.
        Silent: Without the SEC's files, and for documents of another edition than they describe.""",
    ),
    stated(
        "DOC-045",
        "Refused by our schema, and not by the SEC's",
        Severity.NOTE,
        cite.SCHEMA,
        text="""The SEC's own schema file, kept by form4 schema add, accepts the document, and form4's does not.
        Why: The findings that block may then be wrong; that ours differs is a defect of form4.
        Fix: Look at what blocks, and report it with the version of form4.
        Silent: Without the SEC's files, and for documents of another edition than they describe.""",
    ),
    stated(
        "DRV-001",
        "Exercise price missing",
        Severity.SUSPENSE,
        cite.SPEC_3_5,
        cite.SCHEMA,
        text="""A row of Table II has neither a conversion or exercise price nor a footnote in its place.
        Why: EDGAR requires one of the two.
        Fix: Give the price, or a footnote such as one that says each unit is one share.
        Silent: Never.""",
    ),
    stated(
        "DRV-002",
        "Date exercisable missing",
        Severity.SUSPENSE,
        cite.SPEC_3_5,
        cite.SCHEMA,
        text="""A row of Table II has neither a date exercisable nor a footnote in its place.
        Why: EDGAR requires one of the two.
        Fix: Give the date, or a footnote with the vesting terms.
        Silent: Never.""",
    ),
    stated(
        "DRV-003",
        "Expiration date missing",
        Severity.SUSPENSE,
        cite.SPEC_3_5,
        cite.SCHEMA,
        text="""A row of Table II has neither an expiration date nor a footnote in its place.
        Why: EDGAR requires one of the two.
        Fix: Give the date, or a footnote that says there is none.
        Silent: Never.""",
    ),
    stated(
        "DRV-005",
        "Number of derivative securities missing or double",
        Severity.SUSPENSE,
        cite.SPEC_3_5,
        cite.SCHEMA,
        text="""A Table II transaction does not have exactly one of number and total value.
        Why: EDGAR requires exactly one.
        Fix: Give the number of securities, or the total dollar value.
        Silent: Never.""",
    ),
    stated(
        "DRV-027",
        "Footnote on (A) or (D) in Table II",
        Severity.SUSPENSE,
        cite.SCHEMA,
        text="""A footnote is attached to the acquired/disposed code of a Table II row.
        Why: The schema has no place for it there, unlike in Table I.
        Fix: Attach the footnote to the number beside it.
        Silent: Table I.""",
    ),
    stated(
        "F3-001",
        "Transaction on Form 3",
        Severity.SUSPENSE,
        cite.SCHEMA,
        text="""A Form 3 reports a transaction.
        Why: Form 3 shows holdings only.
        Fix: Report the transaction on Form 4 and the holding here.
        Silent: Forms 4 and 5.""",
    ),
    stated(
        "F3-002",
        "Amount owned in Table II of Form 3",
        Severity.SUSPENSE,
        cite.SCHEMA,
        text="""A Table II row of Form 3 gives an amount owned.
        Why: Form 3 has no such column there; the underlying amount is the amount.
        Fix: Remove it and put the amount in the underlying shares.
        Silent: Table I, and Forms 4 and 5.""",
    ),
    stated(
        "F3-003",
        "Exit box on Form 3",
        Severity.SUSPENSE,
        cite.SCHEMA,
        text="""A Form 3 ticks the box for persons no longer subject to Section 16.
        Why: Form 3 has no such box.
        Fix: Remove it; the box is ticked on the last Form 4 or 5.
        Silent: Forms 4 and 5.""",
    ),
    stated(
        "F5-011",
        "Form type of a holding not 3",
        Severity.SUSPENSE,
        cite.SCHEMA,
        text="""A Form 5 holding carries a form type other than 3.
        Why: 3 marks a holding that Form 3 should have shown; nothing else fits.
        Fix: Write 3 or leave it out.
        Silent: Transactions.""",
    ),
    stated(
        "FTN-001",
        "Footnote number malformed",
        Severity.SUSPENSE,
        cite.SPEC_4_3_5,
        cite.SCHEMA,
        text="""A footnote's id is not F1 to F99.
        Why: EDGAR suspends another id, also F01.
        Fix: Number the footnotes F1, F2 and so on.
        Silent: Never.""",
    ),
    stated(
        "FTN-002",
        "Footnote defined twice",
        Severity.SUSPENSE,
        cite.SPEC_5,
        text="""Two footnotes have the same id.
        Why: EDGAR suspends the filing.
        Fix: Give each its own number.
        Silent: Never.""",
    ),
    stated(
        "FTN-006",
        "Footnote too long, or too many",
        Severity.SUSPENSE,
        cite.SPEC_3_5,
        cite.SPEC_5,
        text="""A footnote has more than 1,000 characters, or there are more than 99.
        Why: EDGAR takes 99 footnotes of 1,000 characters.
        Fix: Continue in the next footnote and attach both, or use an exhibit.
        Silent: Never.""",
    ),
    stated(
        "FTN-012",
        "Footnote where a value is needed",
        Severity.SUSPENSE,
        cite.SCHEMA,
        cite.SPEC_3_5,
        text="""A title, transaction date, number of shares or amount owned is missing or has a footnote only.
        Why: EDGAR requires the value there; the footnote may stand beside it.
        Fix: Give the value and keep the footnote.
        Silent: Prices, exercise prices and the dates of Table II, where a footnote alone is enough.""",
    ),
    stated(
        "HLD-001",
        "Amount owned missing or double",
        Severity.SUSPENSE,
        cite.SPEC_3_5,
        cite.SCHEMA,
        text="""A row does not have exactly one of amount owned and value owned following the transaction.
        Why: EDGAR requires exactly one; a footnote cannot stand for it.
        Fix: Give the number of shares, or the dollar value for debt.
        Silent: Table II of Form 3, which has no such column.""",
    ),
    stated(
        "HLD-005",
        "Ownership form not D or I",
        Severity.SUSPENSE,
        cite.SCHEMA,
        text="""The ownership form is neither D (direct) nor I (indirect).
        Why: EDGAR suspends another value.
        Fix: Write D or I.
        Silent: Never.""",
    ),
    stated(
        "ISS-001",
        "Issuer CIK malformed",
        Severity.SUSPENSE,
        cite.SPEC_4_3,
        cite.SCHEMA,
        text="""The issuer's CIK is missing or is not 1 to 10 digits.
        Why: EDGAR finds the issuer by it and suspends an invalid one.
        Fix: Write the digits only, as sec.gov shows them.
        Silent: Whether the CIK exists only EDGAR can tell.""",
    ),
    stated(
        "ISS-002",
        "Trading symbol missing",
        Severity.SUSPENSE,
        cite.SPEC_4_3,
        cite.SCHEMA,
        text="""The ticker or trading symbol is empty.
        Why: The element is mandatory and cannot be empty.
        Fix: Give the symbol; filers whose issuer has none write NONE.
        Silent: Never.""",
    ),
    stated(
        "OWN-001",
        "No reporting person, or more than ten",
        Severity.SUSPENSE,
        cite.SPEC_3_3,
        cite.SPEC_5,
        text="""The filing has no reporting person or more than ten.
        Why: EDGAR takes one to ten on a filing.
        Fix: Add the person, or put the others on a second filing that refers to this one.
        Silent: Never.""",
    ),
    stated(
        "OWN-018",
        "Zip code malformed",
        Severity.SUSPENSE,
        cite.SCHEMA,
        text="""The zip or postal code has a character that EDGAR does not take there.
        Why: EDGAR takes letters, digits, blanks, # and -, at most ten.
        Fix: Remove other characters.
        Silent: An empty code.""",
    ),
    stated(
        "OWN-003",
        "CCC missing from a packed submission",
        Severity.SUSPENSE,
        cite.SPEC_4_3_2,
        text="""A reporting person in an envelope has no CCC, or one that is not 8 characters long.
        Why: EDGAR takes nothing in a person's name without the person's CCC.
        Fix: Pack the submission again with form4 pack, which asks for it; ask the filer for a lost one.
        Silent: A document without an envelope. Whether the CCC is right only EDGAR can tell.""",
    ),
    stated(
        "OWN-025",
        "CCC stored in a file",
        Severity.WARNING,
        cite.SPEC_4_3_2,
        text="""The file holds a reporting person's CCC.
        Why: Whoever has the CCC can file in that person's name; EDGAR removes it before publication.
        Fix: Remove it from every stored or shared copy; it is asked for when the submission is packed.
        Silent: An envelope made for sending, which needs it.""",
    ),
    stated(
        "OWN-026",
        "Reporting person's CIK malformed",
        Severity.SUSPENSE,
        cite.SPEC_4_3_2,
        cite.SCHEMA,
        text="""A reporting person's CIK is missing or is not 1 to 10 digits.
        Why: EDGAR finds the person by it and suspends an invalid one.
        Fix: Write the digits only; a new filer gets a CIK by Form ID.
        Silent: Whether the CIK exists only EDGAR can tell.""",
    ),
    stated(
        "PLN-001",
        "Rule 10b5-1 box missing",
        Severity.SUSPENSE,
        cite.SCHEMA,
        cite.FORM4_INSTR_10,
        text="""A Form 4 or 5 does not say whether a transaction was made under a Rule 10b5-1(c) plan.
        Why: The box is mandatory data since edition X0407.
        Fix: Answer yes or no.
        Silent: Form 3, and editions before X0407.""",
    ),
    stated(
        "SIG-001",
        "Signature missing",
        Severity.SUSPENSE,
        cite.SPEC_3_5,
        cite.SCHEMA,
        text="""The filing has no signature or more than ten, or a signature lacks its name or date.
        Why: EDGAR takes one to ten, each with name and date.
        Fix: Add the conformed signature and its date.
        Silent: Never.""",
    ),
    stated(
        "TXN-001",
        "Transaction code not one of the 18",
        Severity.SUSPENSE,
        cite.SPEC_3_6_10,
        cite.FORM4_INSTR_8,
        text="""The transaction code is missing or is not one of the 18 letters.
        Why: EDGAR suspends another value; V and K are printed by EDGAR and never sent.
        Fix: Choose the code by what happened; see form4 explain CODE.
        Silent: Never.""",
    ),
    stated(
        "TXN-002",
        "Form type of a row not 4 or 5",
        Severity.SUSPENSE,
        cite.SPEC_4_3_8,
        text="""A transaction does not say whether it is due on Form 4 or Form 5.
        Why: EDGAR derives the V and the late marks from it.
        Fix: Write 4, or 5 for what may wait for Form 5.
        Silent: Never.""",
    ),
    stated(
        "TXN-004",
        "Equity swap box missing",
        Severity.SUSPENSE,
        cite.SCHEMA,
        text="""A transaction does not say whether an equity swap was involved.
        Why: The element is mandatory within the transaction code.
        Fix: Write false unless the transaction was an equity swap.
        Silent: A row without any code: see TXN-003.""",
    ),
    stated(
        "TXN-005",
        "Equity swap spelled true",
        Severity.NOTE,
        cite.VIEW,
        text="""The equity swap flag of a document for EDGAR says true, not 1.
        Why: EDGAR takes both, but the page that the SEC shows prints /K behind the code for 1 only.
        Fix: Write 1; form4 render does.
        Silent: A draft, which form4 writes as 1; a public document.""",
    ),
    stated(
        "TXN-011",
        "Price missing",
        Severity.SUSPENSE,
        cite.SPEC_3_5,
        cite.SCHEMA,
        text="""A transaction has neither a price nor a footnote in its place.
        Why: EDGAR requires one of the two.
        Fix: Give the price per share, 0 where nothing was paid, or a footnote that explains.
        Silent: Never.""",
    ),
    stated(
        "TXN-045",
        "(A) or (D) missing or another letter",
        Severity.SUSPENSE,
        cite.SCHEMA,
        text="""The acquired/disposed code is neither A nor D.
        Why: EDGAR suspends another value.
        Fix: Write A for an acquisition, D for a disposition.
        Silent: Never.""",
    ),
)
