"""Where a filing is: draft, to answer, ready, packet made, released, sent, filed and so on. It is not stored."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from form4_author.desk.intake import Intake, with_exhibits
from form4_author.desk.packet_found import FoundPacket, found_packet
from form4_author.desk.receipt import receipts_of
from form4_author.desk.release import release_state
from form4_author.desk.state import filing_hash
from form4_author.errors import UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from form4_author.desk.obstacle import Obstacles
    from form4_author.model.draft import Draft

__all__ = ["FilingState", "Stage", "state_of"]


class Stage(Enum):
    """How far a filing is."""

    DRAFT = "draft"
    OPEN = "open questions"
    READY = "ready"
    PACKET = "packet made"
    RELEASED = "released"
    SENT = "sent"
    SUSPENDED = "suspended"
    ACCEPTED = "accepted"
    CHANGED = "changed after"
    FILED = "filed"
    AMENDED = "amended"
    UNREADABLE = "unreadable"


class FilingState(NamedTuple):
    """A stage, as the list shows it."""

    stage: Stage
    words: str
    packet: FoundPacket | None = None
    released: str = ""
    """``Released by Dana Cho on 11/30/2026``, or what ended that."""


def state_of(path: Path, draft: Draft, judge: Callable[[Draft], Obstacles]) -> FilingState:
    """The state of a draft. ``judge``: what keeps it from its packet, asked for only where nothing else decides."""
    filed = draft.interview.filed
    if filed is not None:
        return FilingState(Stage.FILED, f"filed {_day_words(filed.at)}".strip())
    found = _at_edgar(path, draft) or _made(path, draft)
    if found is not None:
        return found
    if not _review_reached(draft):
        return FilingState(Stage.DRAFT, "draft")
    to_answer, to_correct = judge(draft)
    if to_answer or to_correct:
        return FilingState(Stage.OPEN, f"{to_answer} to answer" if to_answer else f"{to_correct} to correct")
    return FilingState(Stage.READY, "ready")


def _at_edgar(path: Path, draft: Draft) -> FilingState | None:
    """The state that a LIVE submission gives a draft; None where there is none, or the draft was corrected since."""
    try:
        live = [receipt for receipt in receipts_of(path) if receipt.mode == "LIVE"]
    except UnreadableInput:
        return FilingState(Stage.SENT, "not known")
    if not live:
        return None
    last = next((receipt for receipt in reversed(live) if receipt.may_be_at_edgar), live[-1])
    if last.may_be_at_edgar:
        stage = Stage.ACCEPTED if last.result == "accepted" else Stage.SENT
        words = "not known" if last.outcome == "unknown" else stage.value
    elif last.result == "suspended":
        stage, words = Stage.SUSPENDED, Stage.SUSPENDED.value
    else:
        return None
    intake = with_exhibits(Intake(file=str(path), filing=draft.filing, draft=draft))
    if stage is Stage.SUSPENDED and filing_hash(intake) != last.filing_sha256:
        return None
    return FilingState(stage, words, found_packet(intake))


def _made(path: Path, draft: Draft) -> FilingState | None:
    """The state that a packet or a release gives a draft; None where it has neither."""
    intake = with_exhibits(Intake(file=str(path), filing=draft.filing, draft=draft))
    packet, release = found_packet(intake), release_state(intake)
    if release.holds is not None:
        return FilingState(Stage.RELEASED, "released", packet, release.line)
    if release.ended is not None or (packet is not None and not packet.is_current):
        return FilingState(Stage.CHANGED, "changed after", packet, release.line)
    return FilingState(Stage.PACKET, "packet made", packet) if packet is not None else None


def _day_words(at: str | None) -> str:
    try:
        return f"{datetime.fromisoformat(at or ''):%m/%d}"
    except ValueError:
        return ""


def _review_reached(draft: Draft) -> bool:
    """Whether the interview came to the review; a draft without an interview was made whole."""
    interview = draft.interview
    return interview.at in (None, "review") or any(place.to == "review" for place in interview.back_to)
