"""The state of a filing in progress, worked out from what is on disk each time."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from form4_author.findings import path_text

if TYPE_CHECKING:
    from form4_author.desk.intake import Intake
    from form4_author.findings import Override
    from form4_author.model.submission import Attachment

__all__ = ["filing_hash"]


def filing_hash(intake: Intake) -> str:
    """The SHA-256 of what is filed and what was accepted: the submission XML, the attachments, the overrides.

    The XML is without CCCs. An attachment counts by its type, description and content, a graphic by its name as well:
    the names of the others follow from the command. An override counts by its rule, place and reason, not by its time.
    """
    from form4_author.wire.write import (
        write_document,
    )  # the desk asks only for drafts with a packet or a release

    draft, document = intake.draft, intake.document
    submission = document.submission if document is not None else None
    attached = submission.attachments if submission is not None else intake.attached
    overrides = draft.interview.overrides if draft is not None else ()
    listed = {
        "xml": hashlib.sha256(write_document(intake.filing)).hexdigest(),
        "attachments": [_attachment(each) for each in attached],
        "overrides": sorted(_override(each) for each in overrides),
    }
    return hashlib.sha256(json.dumps(listed, sort_keys=True).encode()).hexdigest()


def _attachment(attachment: Attachment) -> list[str]:
    kind = attachment.type or ""
    name = attachment.name or "" if kind.partition(".")[0] == "GRAPHIC" else ""
    return [kind, attachment.description or "", name, hashlib.sha256(attachment.content).hexdigest()]


def _override(override: Override) -> list[str]:
    return [override.id, path_text(override.path), override.reason]
