"""What is found out about a signed file, one remark each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["Remark", "RemarkVerdict", "note", "ok", "problem"]


class RemarkVerdict(Enum):
    """What a remark means for the record."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing found out."""

    verdict: RemarkVerdict
    subject: str
    """``signature``, ``time``, ``trust``, ``name``, ``file``, ``xml``, ``checks``, ``page``."""
    text: str


def ok(subject: str, text: str) -> Remark:
    """What is as it should be."""
    return Remark(RemarkVerdict.OK, subject, text)


def note(subject: str, text: str) -> Remark:
    """What the reader should know."""
    return Remark(RemarkVerdict.NOTE, subject, text)


def problem(subject: str, text: str) -> Remark:
    """What makes the file unsound."""
    return Remark(RemarkVerdict.PROBLEM, subject, text)
