"""What a draft holds beside the form: where the interview stands, what happened, what was carried over.

Immutable records; a record with its defaults says that nothing was answered there. Amounts and days are text as the
filer's answer was taken (``1300``, ``2026-11-23``), because words may be in their place. Rows are named as in a
path: ``non_derivative[0]``.
"""

from __future__ import annotations

from collections.abc import Mapping  # the draft's reader asks for the fields' types
from dataclasses import dataclass, field
from typing import Final

from form4_author.findings import Override, Path  # noqa: TC001  # as above
from form4_author.model.filing import Filing  # noqa: TC001  # as above

__all__ = [
    "EMPTY_INTERVIEW",
    "AmendmentAnswers",
    "CarriedLine",
    "DoubtInHand",
    "FiledNotice",
    "InsiderEvent",
    "Interview",
    "MadeRow",
    "NoteInHand",
    "OtherHolder",
    "OverrideInHand",
    "PlanAnswers",
    "RecordedAction",
    "ReturnPlace",
    "SheetInHand",
    "SigningAnswers",
    "StartingBalances",
    "Texts",
    "TitleSentence",
    "TotalNote",
    "TradingPlan",
    "UnexplainedTotal",
    "UnreadValue",
]

Texts = Mapping[str, str]
"""Texts by name; never changed in place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPlace:
    """Where a jump comes back to."""

    to: str = ""
    """The id of a question."""
    until: str = ""
    """``answer`` or ``section``: what ends it."""
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeRow:
    """A row as the answers of an event made it; what differs from it was changed by hand."""

    table: str = ""
    kind: str = "transaction"
    cells: Texts = field(default_factory=dict)
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The words of footnotes, by column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalNote:
    """A footnote at the total of a row that an event adjusts."""

    row: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InsiderEvent:
    """Something that happened, by its card in the interview."""

    recipe: str | None = None
    answers: Texts = field(default_factory=dict)
    rows: tuple[str, ...] | None = None
    """Its rows on the form; None before any was made."""
    made: tuple[MadeRow, ...] = ()
    adjusts: Texts = field(default_factory=dict)
    """What it adds to lines without a row, by line."""
    boxes: str | None = None
    """``set`` once the boxes of the form that follow from it were checked."""
    noted: tuple[TotalNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TradingPlan:
    """A Rule 10b5-1 plan and the rows under it."""

    rows: tuple[str, ...] | None = None
    """None before it was asked."""
    adopted: str | None = None
    note: str | None = None
    chooser: str | None = None
    notice: str | None = None
    another: str | None = None
    deemed: Texts = field(default_factory=dict)
    """The deemed execution dates that followed, by row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAnswers:
    """What is asked once about plans."""

    any: str | None = None
    box: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedAction:
    """An action on a class that a carried line already includes."""

    kind: str = ""
    new: str = ""
    old: str = ""
    day: str = ""
    words: str = ""
    stated: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherHolder:
    """A holding that differs from its line only in the footnotes to its nature of ownership."""

    amount_owned_following: str = ""
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedLine:
    """A line of the last filing."""

    table: str = ""
    cells: Texts = field(default_factory=dict)
    """Its cells by column, ``amount_owned_following`` among them; ``exercise_price_words`` in place of a price,
    ``each`` how many underlying shares one has."""
    source: str | None = None
    """Where it is known from, as the filer reads it."""
    running: str | None = None
    """``yes`` where its total goes over awards of several terms."""
    dormant: str | None = None
    """``yes`` where nothing was held for long."""
    twin: str | None = None
    """``yes`` for one of several holders that differ only in footnotes."""
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Its footnotes by column."""
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Footnotes that are kept only where the filer says so, by column."""
    beside: tuple[OtherHolder, ...] = ()
    actions: tuple[RecordedAction, ...] = ()
    answers: Texts = field(default_factory=dict)
    """``keep`` or ``leave`` for each footnote asked about: ``note_1``."""

    def text(self, column: str) -> str:
        """The text in a column; empty where there is none."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningAnswers:
    """Who signs for a reporting person."""

    power: str | None = None
    capacity: str | None = None
    agent: str | None = None
    evidence: str | None = None
    accession_number: str | None = None
    exhibit: str | None = None
    office: str | None = None
    chain: str | None = None
    wording: str | None = None
    signed_last: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteInHand:
    """A footnote that is being attached, until it is confirmed."""

    row: str | None = None
    column: str | None = None
    which: str | None = None
    back: str | None = None
    text: str | None = None
    slot_1: str | None = None
    slot_2: str | None = None
    slot_3: str | None = None
    slot_4: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtInHand:
    """An answer that needs another question before it can be taken: a country by its ISO code, a price in pounds."""

    question: str | None = None
    """The id of the question that it answers."""
    typed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetInHand:
    """Lines that were pasted and are not confirmed yet."""

    row: str | None = None
    text: str | None = None
    columns: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideInHand:
    """A finding that is being accepted."""

    id: str | None = None
    path: str | None = None
    message: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnexplainedTotal:
    """A total that was typed and is not what is worked out."""

    total: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleSentence:
    """An officer's title too long for its box, as a sentence of the remarks."""

    told: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentAnswers:
    """What an amendment says of itself."""

    reason: str | None = None
    lines: str | None = None
    """``picked`` where the filer chose which lines to repeat, so that none is offered to be dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartingBalances:
    """Where the balances of a draft begin, where another draft of the same persons was open."""

    choice: str | None = None
    """``record``: the last filing; ``from 1``: the first of the drafts that were open."""
    file: str | None = None
    """The name of that draft."""
    what: str | None = None
    """What it reports."""
    held: Texts = field(default_factory=dict)
    """What it left each line at when it was chosen, by line."""
    before: tuple[CarriedLine, ...] = ()
    """The lines of the last filing, which those of that draft stand for."""
    opened: str | None = None
    """The filing that the draft began from before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledNotice:
    """That the draft was filed."""

    accession_numbers: tuple[str, ...] = ()
    accession_number: str | None = None
    """As drafts of earlier versions have it."""
    at: str | None = None


@dataclass(frozen=True, slots=True)
class UnreadValue:
    """Content of a draft that could not be read: retained, and written back unchanged."""

    path: Path
    json: str
    """The value as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """Where the interview of a draft stands."""

    at: str | None = None
    """The id of the question that comes next."""
    back_to: tuple[ReturnPlace, ...] = ()
    opened: str | None = None
    """The filing that the draft began from."""
    events: tuple[InsiderEvent, ...] = ()
    plan: PlanAnswers = PlanAnswers()  # it is frozen
    plans: tuple[TradingPlan, ...] = ()
    carried: tuple[CarriedLine, ...] = ()
    carried_classes: tuple[str, ...] = ()
    """Classes whose carried lines were added to the form."""
    series: tuple[CarriedLine, ...] = ()
    """Series of the issuer that were chosen, which nothing says that the person holds."""
    answered: Texts = field(default_factory=dict)
    """``defaulted`` or ``none``, by question."""
    held_before: Texts = field(default_factory=dict)
    """What the filer said that a line held before the form, by line."""
    jumps: Mapping[str, UnexplainedTotal] = field(default_factory=dict)
    """By row."""
    noted: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """The footnotes of its line that a row was given, by row and column."""
    signing: tuple[SigningAnswers, ...] = ()
    titles: tuple[TitleSentence, ...] = ()
    phrases: tuple[str, ...] = ()
    """Footnotes of the last filing."""
    styles: Texts = field(default_factory=dict)
    foreign_issuer: str | None = None
    two_bases: str | None = None
    ticking: str | None = None
    owned_title: str | None = None
    """The title proposed for the holding of a Form 3 that was begun last."""
    on_record: str | None = None
    """The SHA-256 of the last form on record when the draft began; ``none`` before the first."""
    start: StartingBalances = StartingBalances()  # as above
    original: Filing | None = None
    """The lines of the form that an amendment amends."""
    amendment: AmendmentAnswers = AmendmentAnswers()  # as above
    note: NoteInHand = NoteInHand()  # as above
    sheet: SheetInHand = SheetInHand()  # as above
    doubt: DoubtInHand = DoubtInHand()  # as above
    override: OverrideInHand = OverrideInHand()  # as above
    filed: FiledNotice | None = None
    overrides: tuple[Override, ...] = ()
    unread: tuple[UnreadValue, ...] = ()


EMPTY_INTERVIEW: Final = Interview()
