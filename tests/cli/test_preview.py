"""The preview as its user has it: the real command beside a real browser, and what it answers to whoever asks."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.checks.example import draft
from form4_author.cli import main
from form4_author.cli.preview import Preview, preview_server
from tests.browser import browser, faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

__all__ = ["browser"]

_SIGNED = date(2024, 11, 4)
_PATIENCE = 30_000
"""Milliseconds until a test gives up; what it waits for takes a second."""


def _saved(file: Path, **changes: Any) -> Path:
    file.write_text(json.dumps({**draft("seed"), **changes}), encoding="utf-8")
    return file


@contextmanager
def _served(file: Path) -> Iterator[tuple[Preview, int]]:
    """The server of a preview, serving while the block runs."""
    preview = Preview(str(file), _SIGNED)
    with preview_server(preview) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield preview, server.server_port
        finally:
            server.shutdown()
            thread.join()


def _asked(port: int, path: str, host: str = "") -> tuple[int, dict[str, str], str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page()
    made.set_default_timeout(_PATIENCE)
    yield made
    made.close()


@pytest.mark.long
def test_a_saved_draft_is_shown_without_being_asked_for(page: Page, tmp_path: Path) -> None:
    file = _saved(tmp_path / "d.form4.json")
    with _served(file) as (preview, port):
        page.goto(f"http://127.0.0.1:{port}/{preview.token}/")
        proof = page.frame_locator("#proof")
        proof.get_by_text("QUALYS, INC.", exact=True).wait_for()
        assert page.locator("#report").inner_text() == "ready (Form 4, X0609): no findings"
        assert faults(page) == []

        _saved(file, issuer={**draft("seed")["issuer"], "name": "OTHER CORP"}, remarks="Filed late.")
        proof.get_by_text("OTHER CORP", exact=True).wait_for()
        assert proof.get_by_text("Filed late.").count() == 1

        _saved(file, period_of_report="2024-11-05")
        page.get_by_text("Findings: ").wait_for()
        assert page.locator("#report li").first.inner_text().startswith("ERROR")
        assert page.locator("#report details").get_attribute("open") == ""
        proof.get_by_text("DRAFT", exact=True).wait_for()
        assert faults(page) == []


@pytest.mark.long
def test_a_broken_draft_is_told_and_the_next_good_one_shown(page: Page, tmp_path: Path) -> None:
    file = _saved(tmp_path / "d.form4.json")
    with _served(file) as (preview, port):
        page.goto(f"http://127.0.0.1:{port}/{preview.token}/")
        proof = page.frame_locator("#proof")
        proof.get_by_text("QUALYS, INC.", exact=True).wait_for()

        file.write_text('{"form": "4",\n', encoding="utf-8")
        alert = page.get_by_role("alert")
        alert.wait_for()
        assert alert.inner_text().startswith("This file cannot be shown. ")
        assert page.title() == f"Can't be read - {file} - form4 preview"
        assert proof.get_by_text("QUALYS, INC.", exact=True).count() == 1
        assert faults(page) == []

        file.unlink()
        page.get_by_text("There is no file of this name").wait_for()
        _saved(file, remarks="Mended.")
        proof.get_by_text("Mended.").wait_for()
        alert.wait_for(state="detached")
        assert alert.count() == 0


@pytest.mark.long
def test_the_page_keeps_its_place_and_says_when_nobody_serves_it_any_more(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 900, "height": 500})
    file = _saved(tmp_path / "d.form4.json")
    with _served(file) as (preview, port):
        page.goto(f"http://127.0.0.1:{port}/{preview.token}/")
        page.frame_locator("#proof").get_by_text("QUALYS, INC.", exact=True).wait_for()
        scrolled = "document.getElementById('proof').contentWindow.scrollY"
        page.evaluate("document.getElementById('proof').contentWindow.scrollTo(0, 150)")
        _saved(file, remarks="Filed late.")
        page.frame_locator("#proof").get_by_text("Filed late.").wait_for()
        page.wait_for_function(f"{scrolled} === 150")
        gone = page.locator("#gone")
        before = gone.inner_text()
    page.get_by_text("form4 preview has ended").wait_for()

    assert (before, gone.inner_text()) == (
        "",
        "form4 preview has ended: this page no longer follows the file.",
    )
    assert page.evaluate(scrolled) == 150


def test_the_proof_is_the_packets_page_and_has_no_script(tmp_path: Path) -> None:
    file = _saved(tmp_path / "d.form4.json")
    main(["render", str(file), "-o", str(tmp_path / "p"), "--only", "html", "--as-of", str(_SIGNED)])
    with _served(file) as (preview, port):
        status, headers, body = _asked(port, f"/{preview.token}/proof")
        _, frame, shell = _asked(port, f"/{preview.token}/")
    assert (status, body) == (200, (tmp_path / "p" / "form4.html").read_text("utf-8"))
    assert "script-src" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "script-src 'nonce-" in frame["Content-Security-Policy"]
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "<script>" not in shell


@pytest.mark.parametrize(
    "path", ["/", "/proof", "/x/", "/{token}", "/{token}/../proof", "/{token}/etc", "/%2e/"]
)
def test_nothing_is_told_to_who_does_not_know_the_path(tmp_path: Path, path: str) -> None:
    with _served(_saved(tmp_path / "d.form4.json")) as (preview, port):
        wrong = path.replace("{token}", preview.token)
        status, _, body = _asked(port, wrong if wrong != f"/{preview.token}" else f"/{preview.token[:-1]}/")
    assert status == 404
    assert "QUALYS" not in body
    assert preview.token not in body


def test_another_name_for_this_machine_is_not_answered(tmp_path: Path) -> None:
    """A page elsewhere could give its own name this address; its requests come with that name."""
    with _served(_saved(tmp_path / "d.form4.json")) as (preview, port):
        path = f"/{preview.token}/version"
        answers = [
            _asked(port, path, host)[0] for host in (f"localhost:{port}", f"evil.example:{port}", "127.0.0.1")
        ]
    assert answers == [200, 404, 404]


def test_two_previews_have_different_paths_and_listen_to_this_machine_only(tmp_path: Path) -> None:
    file = str(_saved(tmp_path / "d.form4.json"))
    first, second = Preview(file), Preview(file)
    assert first.token != second.token
    assert min(len(first.token), len(second.token)) >= 32
    with preview_server(first) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_a_public_document_is_shown_in_its_own_edition(tmp_path: Path) -> None:
    file = _saved(tmp_path / "d.form4.json")
    words = [
        "render",
        str(file),
        "-o",
        str(tmp_path),
        "--only",
        "xml",
        "--profile",
        "public",
        "--edition",
        "X0306",
    ]
    main([*words, "--as-of", str(_SIGNED)])
    proof = Preview(str(tmp_path / "form4.xml")).proof()
    assert "4. If Amendment, Date of Original Filed" in proof
    assert "10b5-1" not in proof


def test_a_filing_for_several_forms_says_so(tmp_path: Path) -> None:
    rows = draft("seed")["non_derivative"] * 31
    file = _saved(tmp_path / "d.form4.json", non_derivative=rows)
    assert "The filing is too large for one form: form4 render makes 2." in Preview(str(file), _SIGNED).frame(
        "n"
    )


def test_ctrl_c_ends_it_well(tmp_path: Path) -> None:
    file = _saved(tmp_path / "d.form4.json")
    command = [
        sys.executable,
        "-m",
        "form4_author",
        "preview",
        str(file),
        "--no-browser",
        "--as-of",
        str(_SIGNED),
    ]
    # Where the tests run in the background, the signal is ignored, and the program would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, before)
    try:
        assert running.stdout is not None
        first = running.stdout.readline()
        assert first.startswith(f"Preview of {file}: http://127.0.0.1:")
        port, token = first.strip().removesuffix("/").rsplit(":", 1)[1].split("/")
        assert running.stdout.readline() == "The page follows each save of the file. Ctrl-C stops it.\n"
        assert _asked(int(port), f"/{token}/proof")[0] == 200
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    finally:
        running.kill()
    assert (running.returncode, out, err) == (0, "\nPreview ended.\n", "")


def test_a_file_that_is_not_there_is_told_before_anything_is_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "none.json")
    assert main(["preview", missing, "--no-browser"]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err) == (
        "",
        f"form4: {missing}: There is no file of this name. Check the name and the folder.\n",
    )


@pytest.mark.parametrize("port", ["x", "-1", "65536"])
def test_a_port_that_is_none_is_wrong_usage(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["preview", "d.json", "--port", port]) == 2
    assert "is not a port from 0 to 65535" in capsys.readouterr().err


def test_a_port_in_use_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = _saved(tmp_path / "d.form4.json")
    with _served(file) as (_, port):
        assert main(["preview", str(file), "--no-browser", "--port", str(port)]) == 2
    assert "Address already in use" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("carried", "said"),
    [
        (
            [
                {"table": "non_derivative", "cells": {"security_title": "Common Stock", "ownership_form": "D", "amount_owned_following": "5000"}},
                {"table": "non_derivative", "cells": {"security_title": "Preferred", "ownership_form": "D", "amount_owned_following": "0"}},
            ],
            "<p>Classes on record before this form: Common Stock: 5,000 direct. Preferred: none held.</p>",
        ),
        ([{"table": "non_derivative"}], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_the_classes_on_record_are_above_the_proof(
    carried: list[dict[str, Any]], said: str, tmp_path: Path
) -> None:
    file = tmp_path / "d.form4.json"
    file.write_text(json.dumps({**draft("exercise"), "interview": {"carried": carried}}), encoding="utf-8")

    shown = Preview(str(file), _SIGNED).frame("n")

    assert ("Classes on record" in shown) == bool(said)
    assert said in shown
