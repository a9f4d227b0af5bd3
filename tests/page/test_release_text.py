"""A release in a packet's files: ``release.txt``, a line in the report, an entry in report.json and the manifest."""

from __future__ import annotations

import json

import pytest

from form4_author.page.packet import PacketRequest, packet
from form4_author.page.release import RELEASE_TEXT, Release, released_files, when
from tests.builders import make_filing
from tests.page.test_packet import packet_report

MORNING = Release(by="Dana Cho", at="2026-11-30T09:31:00-05:00", sha256="3f9a" * 16, note="Checked.")


def _files(*parts: str) -> dict[str, bytes]:
    return dict(packet(make_filing(), packet_report(), PacketRequest(parts=frozenset(parts))).files)


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        ("2026-11-30T00:05:00-05:00", "Mon 11/30/2026, 12:05 a.m. Eastern"),
        ("2026-11-30T09:31:00-05:00", "Mon 11/30/2026, 9:31 a.m. Eastern"),
        ("2026-11-30T12:00:00-05:00", "Mon 11/30/2026, 12:00 p.m. Eastern"),
        ("2026-11-30T23:59:00-05:00", "Mon 11/30/2026, 11:59 p.m. Eastern"),
    ],
)
def test_the_time_is_written_as_the_screens_write_it(at: str, shown: str) -> None:
    assert when(Release(by="x", at=at, sha256="")) == shown


def test_release_txt_says_who_when_which_bytes_and_what_a_name_is() -> None:
    text = released_files(_files("xml"), MORNING)[RELEASE_TEXT].decode()

    assert MORNING.day == "11/30/2026"
    assert text == (
        "Release\n"
        "Reviewed by  Dana Cho\n"
        "Recorded     Mon 11/30/2026, 9:31 a.m. Eastern\n"
        f"SHA-256      {MORNING.sha256}\n"
        "Note         Checked.\n"
        "\n"
        "This records that the filing was reviewed. The name is a statement, not an\n"
        "identity: form4 does not check who gave it.\n"
        "The hash is over the submission XML without the CCC, the attachments and the\n"
        "overrides. Any change of these ends the release.\n"
    )


def test_reports_and_manifest_carry_it_and_a_later_one_replaces_it() -> None:
    later = Release(by="Ana Roe", at="2026-12-01T16:00:00-05:00", sha256="b2" * 32)
    once = released_files(_files("xml", "report"), MORNING)
    twice = released_files(once, later)

    assert (
        once["report.txt"]
        .decode()
        .endswith("\n\nRELEASE  Dana Cho, Mon 11/30/2026, 9:31 a.m. Eastern; Checked.\n")
    )
    assert "Dana Cho" not in twice["report.txt"].decode()
    assert json.loads(twice["report.json"])["release"]["by"] == "Ana Roe"
    manifest = json.loads(twice["manifest.json"])
    assert manifest["release"]["sha256"] == "b2" * 32
    assert RELEASE_TEXT in manifest["files"]


def test_without_a_report_only_the_manifest_names_it() -> None:
    files = released_files(_files("xml"), MORNING)

    assert sorted(files) == ["form4.xml", "manifest.json", "release.txt"]
