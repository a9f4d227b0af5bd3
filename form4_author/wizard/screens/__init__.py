"""All screens, in the order of the interview. Adding one: write it in the module of its section and list it here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from form4_author.wizard.screens.box import BOXES
from form4_author.wizard.screens.carried_note import CARRIED_NOTES
from form4_author.wizard.screens.event import BECAME, CARDS, HAPPENED, LINES, PERIOD, SEVERAL
from form4_author.wizard.screens.exhibit import NOTE
from form4_author.wizard.screens.explanation import FOOTNOTE, NOTES, REMARKS
from form4_author.wizard.screens.filer import WHOM
from form4_author.wizard.screens.party import FIRST, ISSUER, JOINT, PERSONS
from form4_author.wizard.screens.row import ROWS
from form4_author.wizard.screens.sheet_rows import SHEET
from form4_author.wizard.screens.signature import OVERRIDE, REVIEW, SIGNATURES
from form4_author.wizard.screens.start import START

if TYPE_CHECKING:
    from form4_author.wizard.screen import Screen

__all__ = ["SCREENS"]

SCREENS: Final[tuple[Screen, ...]] = (
    WHOM,
    FIRST,
    ISSUER,
    PERSONS,
    JOINT,
    START,
    BECAME,
    HAPPENED,
    SEVERAL,
    CARDS,
    LINES,
    *ROWS,
    SHEET,
    PERIOD,
    BOXES,
    CARRIED_NOTES,
    NOTES,
    NOTE,
    FOOTNOTE,
    REMARKS,
    SIGNATURES,
    REVIEW,
    OVERRIDE,
)
"""The main line, with each detour after the hub it hangs on."""
