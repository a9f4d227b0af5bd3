"""`form4 status`: what EDGAR says of a submission, how gently it is asked, and what the register then has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from form4_author.desk.filing_state import state_of
from form4_author.desk.obstacle import Obstacles
from form4_author.edgar.demo.filing_api import NOT_YET, error_reply, suspended
from form4_author.edgar.demo.reply import Reply
from form4_author.files import draft_file
from tests.edgar.filer import WANTED, Filer, filer_at
from tests.edgar.local import CONTACT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from form4_author.edgar.demo.filing_api import FilingApi
    from form4_author.edgar.demo.reply import Request

PERIOD_LINE = 6
"""The line of the example's form that has the period of report."""
HEAD = "Form 4, Thakar Sumedh S, QUALYS, INC.:\n"
RECORDED = (
    "Recorded as filed; the ledger is updated and seed.form4.json is closed.\n"
    "Keep the signed authentication documents for five years (Regulation S-T, Rule 302(b)).\n"
    "QUALYS, INC. posts the form on its website, if it has one, by the end of the next business day (Rule 16a-3(k)).\n"
)


@pytest.fixture
def filer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Filer]:
    with filer_at(tmp_path, monkeypatch, capsys) as made:
        yield made
        assert made.secrets_found() == []


def api(filer: Filer) -> FilingApi:
    return filer.run.edgar.filing_api


def script(filer: Filer, *statuses: dict[str, Any]) -> None:
    """The statuses of the next submissions."""
    api(filer).script = lambda _taken: statuses


def stage(filer: Filer) -> str:
    """The state that the desk shows."""
    draft = draft_file.load(filer.file).draft
    return state_of(filer.file, draft, lambda _draft: Obstacles(0, 0)).words


def lost(filer: Filer) -> None:
    """Submit LIVE; EDGAR takes it and the answer is lost."""
    taken = api(filer).answer

    def answered(request: Request) -> Reply | None:
        if request.method != "POST":
            return None
        api(filer).fault = None
        taken(request)
        api(filer).bodies.pop()
        return Reply(202, is_silent=True)

    api(filer).fault = answered
    filer.submit("--live", typed=[WANTED])


def test_suspended_corrected_accepted_and_the_register_moved(filer: Filer) -> None:
    script(
        filer, NOT_YET, {"status": "PROCESSING"}, suspended("Value is missing or invalid", line=PERIOD_LINE)
    )
    assert stage(filer) == "packet made"
    filer.submit("--live", typed=[WANTED])
    assert stage(filer) == "sent"
    code, out, err = filer.status(str(filer.file), "--watch")

    assert (code, err) == (1, "")
    assert out == (
        "Still processing at EDGAR as 0000999001-24-000001 (received).\n"
        "Still processing at EDGAR as 0000999001-24-000001 (processing).\n"
        f"{HEAD}"
        "  LIVE, 11/04/2024 18:00:00 Eastern, 0 minutes ago: suspended by EDGAR as 0000999001-24-000001; nothing is"
        " filed.\n"
        "  Correct the form, make its packet again, then send it with form4 submit.\n"
        "SUSPENSE EDGAR, error 442 box 3, Date of Earliest Transaction\n"
        "    Value is missing or invalid.\n"
    )
    assert filer.run.time.slept == [2.0, 4.0]
    assert stage(filer) == "suspended"

    filer.change(remarks="Corrected.")
    assert stage(filer) == "packet made"
    script(filer, {"status": "ACCEPTED", "final": True})
    filer.at("2024-11-04T18:40")
    assert filer.submit("--live", typed=[WANTED])[0] == 0
    code, out, _err = filer.status()
    assert (code, out) == (
        0,
        (
            f"{HEAD}  LIVE, 11/04/2024 18:40:00 Eastern, 0 minutes ago: accepted by EDGAR as 0000999001-24-000002;"
            f" filing date 11/04/2024.\n{RECORDED}"
        ),
    )
    assert (filer.bodies, filer.held(), stage(filer)) == (2, 232_595, "filed 11/04")
    filed = draft_file.load(filer.file).draft.interview.filed
    assert filed is not None
    assert (filed.accession_numbers, filed.at) == (("0000999001-24-000002",), "2024-11-04T18:40:00-05:00")
    assert filer.status()[1] == "No submission is open.\n"
    assert filer.status(str(filer.file))[0] == 0


def test_the_packet_that_was_sent_stays(filer: Filer) -> None:
    filer.submit()
    before = filer.packet
    filer.change(remarks="Corrected.")
    assert [folder.name for folder in sorted(before.parent.iterdir())] == [before.name, f"{before.name} v2"]
    assert filer.submit()[0] == 0
    assert sorted(file.name for file in filer.packet.glob("receipt*")) == ["receipt-2.json"]


def test_a_test_submission_that_is_accepted_files_nothing(filer: Filer) -> None:
    filer.submit()
    code, out, _err = filer.status("--watch")
    assert code == 0
    assert out.endswith(
        f"{HEAD}  TEST, 11/04/2024 18:00:00 Eastern, 0 minutes ago: accepted by EDGAR as 0000999001-24-000001; nothing"
        " is filed.\n  EDGAR would accept it. form4 submit --live files it.\n"
    )
    assert stage(filer) == "packet made"
    assert filer.receipts()[0]["result"] == "accepted"


def test_it_is_asked_gently_and_never_called_failed(filer: Filer) -> None:
    script(filer, {"status": "PROCESSING"})
    filer.submit("--live", typed=[WANTED])
    code, out, _err = filer.status("--watch")

    assert code == 0
    assert filer.run.time.slept == [2.0, 4.0, 8.0, 15.0, 30.0, *[60.0] * 60]
    assert (
        out
        == (
            "Still processing at EDGAR as 0000999001-24-000001 (received).\n"
            "Still processing at EDGAR as 0000999001-24-000001 (processing).\n"
            f"{HEAD}  LIVE, 11/04/2024 18:00:00 Eastern, 60 minutes ago: still processing at EDGAR as"
            " 0000999001-24-000001 (processing).\n"
        ).replace("(received).\nStill", "(received).\nStill")
        or "failed" not in out
    )
    assert len(filer.receipts()[0]["answers"]) == 2


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ({"status": "BLOCKED"}, "(blocked).\n  EDGAR holds it until the SEC's staff acts on it (BLOCKED).\n"),
        ({"status": "NO_STATUS"}, "(no status).\n"),
        ({"status": "ACCEPTED"}, "(accepted).\n"),
        ({"status": "RECEIVED", "final": "false"}, "(received).\n"),
    ],
)
def test_only_final_ends_it(filer: Filer, status: dict[str, Any], words: str) -> None:
    script(filer, status)
    filer.submit("--live", typed=[WANTED])
    code, out, _err = filer.status()
    assert (code, out) == (
        0,
        (
            f"{HEAD}  LIVE, 11/04/2024 18:00:00 Eastern, 0 minutes ago: still processing at EDGAR as 0000999001-24-000001"
            f" {words}"
        ),
    )
    assert filer.receipts()[0]["is_final"] is False


def test_names_of_fields_may_differ(filer: Filer) -> None:
    del filer.run.edgar.requests[:]
    filer.submit("--live", typed=[WANTED])
    drift = {
        "submissionProcessingStatus": "DONE", "final": "true", "type": "LIVE", "submissionType": "4",
        "acceptedDate": "2024-11-04T23:00:05Z", "filingDate": "2024-11-04T00:00:00-05:00",
        "messages": [{"type": "WARNING", "message": "The CIK 0001626115 needs annual confirmation in 18 days"}],
    }  # fmt: skip
    api(filer).fault = lambda _request: Reply(200, json.dumps(drift).encode())
    code, out, _err = filer.status()
    assert (code, out) == (
        0,
        (
            f"{HEAD}  LIVE, 11/04/2024 18:00:00 Eastern, 0 minutes ago: accepted by EDGAR as 0000999001-24-000001; filing"
            " date 11/04/2024.\n"
            "WARNING  EDGAR, warning Whole filing\n"
            "    The CIK 0001626115 needs annual confirmation in 18 days.\n"
            f"{RECORDED}"
        ),
    )
    filed = draft_file.load(filer.file).draft.interview.filed
    assert filed is not None
    assert filed.at == "2024-11-04T18:00:05-05:00"


def test_the_wrong_kind_of_envelope_leads_to_the_web_page(filer: Filer) -> None:
    script(filer, suspended("The submission type is not known.", number=386, document=0))
    filer.submit()
    code, out, _err = filer.status()
    assert code == 1
    assert out.endswith(
        "  EDGAR does not accept this kind of submission here: make the file with form4 pack and upload\n"
        "  it at www.onlineforms.edgarfiling.sec.gov.\n"
        "SUSPENSE EDGAR, error 386 Whole filing\n"
        "    The submission type is not known.\n"
    )


@pytest.mark.parametrize("status", [401, 403])
def test_a_token_that_is_not_accepted_is_named(filer: Filer, status: int) -> None:
    filer.submit("--live", typed=[WANTED])
    api(filer).fault = lambda _request: error_reply(
        status, "token 1 of type FILER_API is expired or has been revoked"
    )
    code, out, err = filer.status()
    assert code == 0
    assert err == (
        f"form4: EDGAR does not accept the token ({status}): token 1 of type FILER_API is expired or has been revoked."
        " Make a new one at EDGAR Filer Management.\n"
    )
    assert "still processing at EDGAR" in out


def test_faults_of_edgar_are_asked_again_three_times(filer: Filer) -> None:
    filer.submit("--live", typed=[WANTED])
    del filer.run.edgar.requests[:]
    replies = [Reply(500), error_reply(429, "Too Many Requests", {"Retry-After": "7"}), Reply(503, b"[]")]
    left = list(replies)
    api(filer).fault = lambda _request: left.pop(0)
    code, out, err = filer.status()
    assert (code, len(filer.run.edgar.requests), filer.run.time.slept) == (0, 3, [2.0, 7.0])
    assert err == ("form4: EDGAR answers with status 503. Check the network and give the command again.\n")
    assert "still processing at EDGAR" in out

    left = [Reply(200, is_silent=True), *replies[:1]]
    api(filer).fault = lambda _request: left.pop(0) if left else None
    for _ in range(3):
        assert filer.status()[0] == 0
    assert filer.receipts()[0]["status"] == "ACCEPTED"


# ---- the public list


def test_without_tokens_the_public_list_says_it(filer: Filer) -> None:
    script(filer, {"status": "ACCEPTED", "final": True})
    filer.submit("--live", typed=[WANTED])
    code, out, err = filer.status(token=False)
    assert (code, "still processing" in out, stage(filer)) == (0, True, "sent")
    assert err == (f'form4: Reading {filer.run.base} and {filer.run.base} as "{CONTACT}".\n')

    api(filer).answer(_status_request(filer))  # it becomes public when EDGAR is done with it
    code, out, _err = filer.status(token=False)
    assert (code, out) == (
        0,
        (
            f"{HEAD}  LIVE, 11/04/2024 18:00:00 Eastern, 0 minutes ago: accepted by EDGAR as 0000999001-24-000001; filing"
            f" date 11/04/2024.\n{RECORDED}"
        ),
    )
    assert filer.held() == 232_595


def _status_request(filer: Filer) -> Request:
    from form4_author.edgar.demo.reply import Request
    from form4_author.edgar.demo.token import DEMO_TOKENS

    headers = {"authorization": f"Bearer {DEMO_TOKENS[0]}", "user-agent": "form4-author/1"}
    (number,) = api(filer).taken
    return Request(filer.run.time.now, f"/submission/{number}/status", headers)


def test_a_lost_answer_is_found_on_the_public_list(filer: Filer) -> None:
    script(filer, {"status": "ACCEPTED", "final": True})
    lost(filer)
    assert (filer.receipts()[0]["outcome"], stage(filer)) == ("unknown", "not known")
    code, out, _err = filer.status()
    assert (code, out) == (
        2,
        (
            f"{HEAD}  LIVE, 11/04/2024 18:00:00 Eastern, 0 minutes ago: not known: EDGAR may have it.\n"
            "  It was not found on EDGAR so far. EDGAR may have it: look at EDGAR's e-mail too before you\n"
            "  send it with form4 submit --again or upload it by hand.\n"
        ),
    )

    api(filer).answer(_status_request(filer))
    code, out, _err = filer.status()
    assert (code, out) == (
        0,
        (
            f"{HEAD}  LIVE, 11/04/2024 18:00:00 Eastern, 0 minutes ago: accepted by EDGAR as 0000999001-24-000001; filing"
            f" date 11/04/2024.\n{RECORDED}"
        ),
    )
    assert (filer.held(), stage(filer)) == (232_595, "filed 11/04")
    assert filer.submit("--live", "--again", typed=[WANTED])[0] == 2
    assert filer.bodies == 1


def test_a_similar_form_on_the_public_list_is_not_taken_for_it(filer: Filer) -> None:
    script(filer, {"status": "ACCEPTED", "final": True})
    lost(filer)
    other = json.loads(json.dumps(filer.receipts()[0]))
    assert other["outcome"] == "unknown"
    api(filer).answer(_status_request(filer))
    folder = filer.home / "data" / "form4-author" / "submissions"
    (file,) = folder.glob("*.json")
    file.write_text(json.dumps({**other, "form_sha256": "0" * 64}))

    code, out, err = filer.status()
    assert (code, "not known: EDGAR may have it" in out, stage(filer)) == (2, True, "not known")
    assert err.endswith(
        "form4: On the public list since then: 0000999001-24-000001. Compare with the form; one of them may be it.\n"
    )


# ---- what is not recorded


def test_a_draft_that_was_changed_meanwhile_is_not_marked(filer: Filer) -> None:
    filer.submit("--live", typed=[WANTED])
    filer.change(remarks="Another.")
    code, out, _err = filer.status("--watch")
    assert code == 0
    assert out.endswith("seed.form4.json was changed after it was sent, so that it is not what was filed.\n")
    assert stage(filer) == "accepted"


def test_a_second_person_is_asked_for_where_the_setting_asks(filer: Filer) -> None:
    settings = filer.home / "settings.toml"
    settings.write_text(f"{settings.read_text()}[release]\nsecond_person = true\n")
    filer.form4("release", str(filer.file), "--by", "Dana Cho")
    filer.submit("--live", typed=[WANTED])
    code, _out, err = filer.status("--watch", "--by", "Dana Cho")
    assert code == 2
    assert "Dana Cho released it, and the setting release.second_person asks for a second person" in err
    assert stage(filer) == "accepted"
    assert filer.status("--by", "Sam Roe")[0] == 0
    assert stage(filer) == "filed 11/04"


def test_a_draft_at_edgar_is_not_deleted(filer: Filer) -> None:
    from form4_author.desk.deletion import why_kept

    filer.submit()
    assert why_kept(filer.file) == ""
    filer.submit("--live", typed=[WANTED])
    assert why_kept(filer.file) == "it was sent to EDGAR"


def test_a_number_and_a_packet_name_a_submission(filer: Filer) -> None:
    filer.submit()
    for what in ("0000999001-24-000001", str(filer.packet), str(filer.file)):
        code, out, _err = filer.status(what)
        assert (code, out.startswith(HEAD)) == (0, True)
    code, _out, err = filer.status("0000999001-24-000077")
    assert (code, err) == (
        2,
        "form4: No receipt has the number 0000999001-24-000077. Give the draft or the packet.\n",
    )
    assert filer.status(str(filer.home / "other.form4.json"))[1] == "Nothing was sent.\n"
