"""What the report of a file says of the filing in it, beside its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from form4_author.page.report import Checked

if TYPE_CHECKING:
    from form4_author.desk.intake import JudgedFile

__all__ = ["checked_filing"]


def checked_filing(file: JudgedFile) -> Checked | None:
    """What the JSON report says of the filing; of a published one there is no XML to send."""
    if file.filing is None:
        return None
    import hashlib

    from form4_author.page.view import running_head
    from form4_author.wire.write import write_document

    made = not (file.is_public or file.report.is_blocked)
    sha256 = hashlib.sha256(write_document(file.filing)).hexdigest() if made else None
    return Checked(running_head(file.filing), sha256)
