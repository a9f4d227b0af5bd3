"""`form4 submit`: what EDGAR gets, how often, and what is said of it."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest

from form4_author.desk import secret
from form4_author.desk.receipt import receipts_folder
from form4_author.edgar.demo.filing_api import error_reply
from form4_author.edgar.demo.reply import Reply
from form4_author.edgar.demo.token import DEMO_TOKENS
from form4_author.edgar.sender import Sender
from form4_author.files import disk, draft_file
from form4_author.files.lock import sending_lock
from tests.edgar.filer import CCC, CIK, WANTED, Filer, filer_at, open_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from form4_author.edgar.demo.reply import Request

ASKED = (
    "This sends a LIVE submission; once accepted, it is public and cannot be taken back.\n"
    f'To go on, type the form and the person: "{WANTED}"\n> '
)
NOT_AGAIN = "Nothing was sent. Run form4 status first; form4 submit --again sends it once more.\n"
BY_HAND = (
    "EDGAR may have it: look on EDGAR before you upload it by hand (form4 pack),\nor it may be filed twice.\n"
)


@pytest.fixture
def filer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Filer]:
    with filer_at(tmp_path, monkeypatch, capsys) as made:
        yield made
        assert made.secrets_found() == []


def answers(reply: Reply) -> object:
    """A fault that answers every submission so."""
    return lambda request: reply if request.method == "POST" else None


def after_documents(out: str) -> str:
    """What is written after the list of documents."""
    return out.partition("(without the CCC)\n")[2]


def test_a_test_submission_is_sent_once_and_its_receipt_kept(filer: Filer) -> None:
    code, out, err = filer.submit()

    assert (code, err, filer.bodies) == (0, "", 1)
    size = len(filer.run.edgar.filing_api.bodies[0])
    (receipt,) = filer.receipts()
    assert out == (
        "EDGAR very likely takes Forms 3, 4 and 5 through its API, but that is not proven.\n"
        "If it does not accept this kind of submission, make the file with form4 pack and\n"
        "upload it at www.onlineforms.edgarfiling.sec.gov.\n"
        "seed.form4.json: ready (Form 4): no findings\n"
        "Documents of the TEST submission:\n"
        f"  form4.xml  4  2,993 bytes  the form, from {filer.file}\n"
        f"      SHA-256 {receipt['form_sha256']} (without the CCC)\n"
        f"Sending TEST Form 4 to {filer.run.base} ...\n"
        "Receipt 1: still processing at EDGAR as 0000999001-24-000001 (received).\n"
        f"For EDGAR's Filer Support: tracking {receipt['tracking']}, locator {receipt['locator']}.\n"
        "EDGAR has it; nothing is accepted yet. form4 status --watch says when EDGAR is done with it.\n"
    )
    request = filer.run.edgar.requests[-1]
    assert (request.path, request.headers["content-type"], request.headers["content-length"]) == (
        "/submission/single/test",
        "application/xml",
        str(size),
    )
    assert request.headers["user-agent"].startswith("form4-author/")
    assert f"<rptOwnerCcc>{CCC}</rptOwnerCcc>" not in request.body.decode()
    copy = json.loads((filer.packet / "receipt-1.json").read_bytes())
    assert copy == {
        key: value for key, value in receipt.items() if key not in ("draft_path", "packet", "lines")
    }
    assert (copy["mode"], copy["outcome"], copy["accession_number"], copy["size"]) == (
        "TEST", "sent", "0000999001-24-000001", size,
    )  # fmt: skip
    places = (filer.packet / "receipt-1.json", next(receipts_folder().glob("*.json")), receipts_folder())
    assert [stat.S_IMODE(place.stat().st_mode) for place in places] == [0o600, 0o600, 0o700]


def test_a_live_submission_asks_for_form_and_person(filer: Filer) -> None:
    code, _out, err = filer.submit("--live", typed=["4 Someone Else"])
    assert (code, err, filer.bodies, filer.receipts()) == (
        2, f"{ASKED}form4 submit: not confirmed; nothing was sent.\n", 0, [],
    )  # fmt: skip

    code, out, err = filer.submit("--live", typed=[WANTED])
    assert (code, err, filer.bodies) == (0, ASKED, 1)
    assert "Sending LIVE Form 4 to" in out
    assert filer.run.edgar.requests[-1].path == "/submission/single/live"
    assert [receipt["mode"] for receipt in filer.receipts()] == ["LIVE"]


def test_what_edgar_has_is_not_sent_again(filer: Filer) -> None:
    filer.submit("--live", typed=[WANTED])
    for words in ([], ["--again"]):
        code, out, _err = filer.submit("--live", *words, typed=[WANTED])
        assert (code, filer.bodies) == (2, 1)
        assert after_documents(out) == (
            "Sent before: LIVE, 11/04/2024 18:00:00 Eastern, 0 minutes ago: still processing at EDGAR as"
            " 0000999001-24-000001 (received)\n"
            "EDGAR has it as 0000999001-24-000001. It is not sent again; form4 status shows what became of it.\n"
        )


@pytest.mark.parametrize("cut", ["before the body", "after the body"])
def test_a_lost_answer_is_not_known_and_only_again_sends_once_more(filer: Filer, cut: str) -> None:
    edgar = filer.run.edgar
    if cut == "before the body":
        edgar.cuts_before_body = True
    else:
        edgar.filing_api.fault = answers(Reply(202, is_silent=True))  # type: ignore[assignment]
    code, out, _err = filer.submit("--live", typed=[WANTED])
    arrived = filer.bodies
    assert (code, arrived) == (2, int(cut == "after the body"))
    said = after_documents(out).splitlines()
    assert said[1] == "Receipt 1: not known: EDGAR may have it."
    assert said[2].startswith("The reason: the connection ended before EDGAR's answer (")
    assert said[3:] == [
        "Run form4 status: it looks on EDGAR. Nothing sends it again by itself.",
        *BY_HAND.splitlines(),
    ]

    edgar.cuts_before_body, edgar.filing_api.fault = False, None
    filer.at("2024-11-04T18:12")
    code, out, _err = filer.submit("--live", typed=[WANTED])
    sent_before = (
        "Sent before: LIVE, 11/04/2024 18:00:00 Eastern, 12 minutes ago: not known: EDGAR may have it\n"
    )
    assert (code, filer.bodies, after_documents(out)) == (2, arrived, sent_before + NOT_AGAIN + BY_HAND)

    code, out, err = filer.submit("--live", "--again", typed=[WANTED])
    assert (code, filer.bodies, err) == (0, arrived + 1, ASKED)
    assert after_documents(out).startswith(sent_before)


def test_again_is_typed_for_a_test_submission_too(filer: Filer) -> None:
    filer.submit()
    code, _out, err = filer.submit("--again", typed=[""])
    assert (code, filer.bodies) == (2, 1)
    assert err == (
        f'This sends a TEST submission.\nTo go on, type the form and the person: "{WANTED}"\n> '
        "form4 submit: not confirmed; nothing was sent.\n"
    )
    assert filer.submit("--again", typed=[WANTED])[0] == 0
    assert filer.bodies == 2


def test_a_changed_draft_does_not_hide_that_it_may_be_at_edgar(filer: Filer) -> None:
    filer.run.edgar.filing_api.fault = answers(Reply(202, is_silent=True))  # type: ignore[assignment]
    filer.submit("--live", typed=[WANTED])
    filer.run.edgar.filing_api.fault = None
    filer.change(remarks="One more word.")

    code, out, _err = filer.submit("--live", typed=[WANTED])
    assert (code, filer.bodies) == (2, 1)
    assert (
        "Sent before: LIVE, 11/04/2024 18:00:00 Eastern, 0 minutes ago: not known: EDGAR may have it\n" in out
    )


def test_another_copy_of_the_draft_does_not_hide_it_either(filer: Filer) -> None:
    filer.submit("--live", typed=[WANTED])
    other = filer.file.with_name("other.form4.json")
    other.write_bytes(filer.file.read_bytes())
    assert filer.form4("render", str(other), "--only", "xml")[0] == 0

    code, out, _err = filer.submit("--live", typed=[WANTED], file=str(other))
    assert (code, filer.bodies) == (2, 1)
    assert "EDGAR has it as 0000999001-24-000001. It is not sent again" in out


REFUSALS = {
    401: "token 1 of type FILER_API is expired or has been revoked",
    403: "The user is not allowed to file for CIK 0001626115.",
    413: "The submission is too large.",
    429: "Too Many Requests",
}


@pytest.mark.parametrize("status", REFUSALS)
def test_a_refusal_says_why_and_is_not_repeated(filer: Filer, status: int) -> None:
    filer.run.edgar.filing_api.fault = answers(  # type: ignore[assignment]
        error_reply(status, REFUSALS[status], {"Retry-After": "120"})
    )
    code, out, _err = filer.submit()
    why = f"not accepted by EDGAR ({status}): {REFUSALS[status].rstrip('.')}"
    assert (code, filer.bodies) == (1, 1)
    said = after_documents(out).splitlines()
    assert (said[1], said[3]) == (
        f"Receipt 1: {why}.",
        "Correct the reason, then run form4 submit --again; or upload the file that form4 pack makes.",
    )
    code, out, _err = filer.submit()
    assert (code, filer.bodies) == (2, 1)
    assert after_documents(out) == (
        f"Sent before: TEST, 11/04/2024 18:00:00 Eastern, 0 minutes ago: {why}\n{NOT_AGAIN}"
    )


def test_outside_its_hours_edgar_takes_nothing(filer: Filer) -> None:
    filer.run.edgar.filing_api.condition = "OUTSIDE_OPERATING_HOURS"
    code, out, _err = filer.submit()
    assert (code, filer.bodies, filer.receipts()) == (2, 0, [])
    assert after_documents(out) == (
        "EDGAR takes no submissions now: EDGAR is not within its operating hours. Nothing was sent.\n"
        "Submit from 6 a.m. to 10 p.m. Eastern on a business day; form4 ready shows EDGAR's condition.\n"
    )


def test_it_may_close_between_the_question_and_the_submission(filer: Filer) -> None:
    def closes(request: Request) -> None:
        if request.method == "POST":
            filer.run.edgar.filing_api.condition = "OUTSIDE_OPERATING_HOURS"

    filer.run.edgar.filing_api.fault = closes
    code, out, _err = filer.submit()
    assert (code, filer.bodies) == (1, 1)
    assert after_documents(out).splitlines()[1:] == [
        "Receipt 1: not accepted by EDGAR (503): EDGAR is not within its operating hours.",
        *[line for line in out.splitlines() if line.startswith("For EDGAR's")],
        "EDGAR takes submissions from 6 a.m. to 10 p.m. Eastern on business days; then form4 submit --again.",
    ]


def test_a_condition_that_edgar_does_not_say_keeps_nothing_back(filer: Filer) -> None:
    filer.run.edgar.filing_api.fault = lambda request: Reply(500, b"") if request.path == "/status" else None
    assert filer.submit()[0] == 0
    assert [request.path for request in filer.run.edgar.requests] == ["/status", "/submission/single/test"]
    assert filer.run.time.slept == []


def test_a_kind_that_is_not_accepted_leads_to_the_web_page(filer: Filer) -> None:
    filer.run.edgar.filing_api.fault = answers(error_reply(415, "Unsupported Media Type"))  # type: ignore[assignment]
    code, out, _err = filer.submit()
    assert code == 1
    assert out.endswith(
        "EDGAR does not accept this kind of submission here. Make the file with form4 pack and upload it at\n"
        "www.onlineforms.edgarfiling.sec.gov.\n"
    )


@pytest.mark.parametrize("status", [202, 302, 408, 500, 502])
def test_what_edgar_may_have_is_not_known(filer: Filer, status: int) -> None:
    filer.run.edgar.filing_api.fault = answers(Reply(status, b"<html>"))  # type: ignore[assignment]
    code, out, _err = filer.submit()
    assert (code, filer.bodies) == (2, 1)
    assert after_documents(out).splitlines()[1:3] == [
        "Receipt 1: not known: EDGAR may have it.",
        f"The reason: EDGAR answered with status {status}.",
    ]


def test_without_a_connection_nothing_was_sent(filer: Filer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORM4_EDGAR_API", "http://127.0.0.1:9")
    code, out, _err = filer.submit()
    assert (code, filer.bodies) == (2, 0)
    assert after_documents(out).splitlines()[1] == "Receipt 1: not sent: no connection was made."


def test_names_of_fields_may_differ(filer: Filer) -> None:
    drift = {"tracking": "t1", "submissionAccessionNumber": "0000999001-24-000009", "type": "TEST",
             "transmissionStatus": "received", "messages": [{"type": "NOTICE", "message": "Careful"}]}  # fmt: skip
    filer.run.edgar.filing_api.fault = answers(Reply(202, json.dumps(drift).encode()))  # type: ignore[assignment]
    code, out, _err = filer.submit()
    assert code == 0
    assert "Receipt 1: still processing at EDGAR as 0000999001-24-000009 (received).\n" in out
    (receipt,) = filer.receipts()
    assert receipt["answers"][0]["messages"][0]["text"] == "Careful"


def test_edgar_may_reject_what_it_was_sent(filer: Filer) -> None:
    said: dict[str, object] = {"status": "REJECTED", "accessionNumber": None, "messages": []}
    filer.run.edgar.filing_api.fault = answers(Reply(202, json.dumps(said).encode()))  # type: ignore[assignment]
    code, out, _err = filer.submit()
    assert code == 1
    assert "Receipt 1: not accepted by EDGAR (202): EDGAR's status is REJECTED.\n" in out


def test_a_token_in_an_answer_is_not_kept(filer: Filer) -> None:
    def echo(request: Request) -> Reply:
        return error_reply(401, f"bad header {request.headers['authorization']}")

    filer.run.edgar.filing_api.fault = echo
    assert filer.submit()[0] == 1
    assert "bad header Bearer (removed)" in filer.receipts()[0]["problem"]


# ---- the clock


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2024-11-05T20:59", ""),
        (
            "2024-11-05T21:00",
            "Due today by 10 p.m. Eastern: 60 minutes left. EDGAR counts a transmission when it is complete.\n",
        ),
        (
            "2024-11-05T21:59",
            "Due today by 10 p.m. Eastern: 1 minute left. EDGAR counts a transmission when it is complete.\n",
        ),
        ("2024-11-06T12:00", "EDGAR dates it Wed 11/06/2024. It was due Tue 11/05/2024.\n"),
        ("2024-11-05T05:59", "EDGAR opens at 6 a.m. Eastern.\n"),
    ],
)
def test_the_evening_of_the_due_date(filer: Filer, moment: str, said: str) -> None:
    filer.at(moment)
    code, out, _err = filer.submit("--live", typed=[WANTED])
    assert (code, after_documents(out).partition("Sending")[0]) == (0, said)


def test_after_ten_the_next_filing_date_is_typed(filer: Filer) -> None:
    filer.at("2024-11-05T22:01")
    warning = (
        "It is after 10 p.m. Eastern. EDGAR dates a form that it takes next Wed 11/06/2024."
        " It was due Tue 11/05/2024.\n"
    )
    code, out, err = filer.submit("--live", typed=[WANTED, "11/05/2024"])
    assert (code, after_documents(out), filer.bodies) == (2, warning, 0)
    assert err == (
        f"{ASKED}To send it with that filing date, type 11/06/2024\n> "
        "form4 submit: not confirmed; nothing was sent.\n"
    )
    assert filer.submit("--live", typed=[WANTED, "11/06/2024"])[0] == 0
    assert filer.bodies == 1


def test_ten_may_pass_while_the_secrets_are_typed(filer: Filer, monkeypatch: pytest.MonkeyPatch) -> None:
    filer.at("2024-11-05T21:58")
    asked = secret.cccs_for

    def slowly(*arguments: object) -> object:
        filer.at("2024-11-05T22:02")
        return asked(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("form4_author.cli.submit.cccs_for", slowly)
    code, out, err = filer.submit("--live", typed=[WANTED])
    assert (code, filer.bodies, filer.receipts()) == (2, 0, [])
    assert "2 minutes left" in out
    assert err.endswith("type 11/06/2024\n> form4 submit: not confirmed; nothing was sent.\n")


# ---- what may not be sent


def test_a_draft_without_its_packet_is_not_sent(filer: Filer) -> None:
    data = json.loads(filer.file.read_text())
    filer.file.write_text(json.dumps({**data, "remarks": "Changed."}))
    for what in (filer.file, filer.packet):
        code, _out, err = filer.submit(file=str(what))
        changed = f"form4: {filer.file} was changed after its packet was made. "
        remedy = "Make the packet again with form4 render, and review it.\n"
        assert (code, err) == (2, changed + remedy)
    assert filer.bodies == 0


def test_the_packets_folder_names_what_is_sent(filer: Filer) -> None:
    assert filer.submit(file=str(filer.packet))[0] == 0
    assert filer.bodies == 1


def test_a_release_is_needed_for_live_where_the_setting_asks(filer: Filer) -> None:
    settings = filer.home / "settings.toml"
    settings.write_text(f"{settings.read_text()}[release]\nrequired = true\n")
    code, _out, err = filer.submit("--live", typed=[WANTED])
    assert (code, err) == (1, "form4 submit: Not released. Review it, then run form4 release.\n")
    assert filer.form4("release", str(filer.file), "--by", "Dana Cho")[0] == 0
    assert filer.submit("--live", typed=[WANTED])[0] == 0


def test_an_envelope_is_sent_as_it_is(filer: Filer) -> None:
    envelope = filer.home.parent / f"{filer.home.name}.xml"
    try:
        words = [
            "pack",
            str(filer.file),
            "-o",
            str(envelope),
            "--test",
            "--ccc-fd",
            open_file(f"{CIK} {CCC}\n"),
        ]
        assert filer.form4(*words)[0] == 0
        code, _out, err = filer.submit("--live", typed=[WANTED], file=str(envelope))
        other = f"form4: {envelope} is a TEST submission, and the command sends a LIVE one. "
        assert (code, err) == (2, f"{other}Send it without --live, or pack it again.\n")
        assert filer.submit(file=str(envelope))[0] == 0
        assert filer.run.edgar.filing_api.bodies == [envelope.read_bytes()]
        code, out, _err = filer.submit()
        assert (code, filer.bodies) == (2, 1)
        assert "Sent before: TEST" in out
    finally:
        envelope.unlink(missing_ok=True)


def test_only_a_local_address_takes_edgars_place(filer: Filer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORM4_EDGAR_API", "https://example.com")
    code, _out, err = filer.submit()
    assert (code, filer.receipts()) == (2, [])
    assert err == (
        'form4: FORM4_EDGAR_API is "https://example.com", which is not an address on this computer such as'
        " http://127.0.0.1:8025. Unset FORM4_EDGAR_API to read the SEC's EDGAR, or use the address that form4 demo"
        " edgar shows.\n"
    )


def test_two_at_once_are_not_possible(filer: Filer) -> None:
    with sending_lock(receipts_folder()):
        code, _out, err = filer.submit()
    assert (code, filer.bodies, filer.receipts()) == (2, 0, [])
    assert err == (
        "form4: Another form4 on this computer is sending a submission. Wait until it has ended, then run form4"
        " status.\n"
    )


def test_a_receipt_that_cannot_be_read_stops_everything(filer: Filer) -> None:
    filer.submit()
    (file,) = receipts_folder().glob("*.json")
    file.write_text("{}")
    code, _out, err = filer.submit("--live", typed=[WANTED])
    assert (code, filer.bodies) == (2, 1)
    assert err == (
        f"form4: The receipt {file} can't be read, and it says whether a form was sent. Restore it from a"
        " backup; if there is none, look on EDGAR for the filing, then move the file.\n"
    )


# ---- ended at any step


class Killed(BaseException):
    """The program ended here."""


def killed_at(filer: Filer, step: int, monkeypatch: pytest.MonkeyPatch) -> tuple[bool, bool]:
    """Submit while the ``step``-th call to the disk ends the program; whether it did, and whether it was reported sent."""
    count = 0

    def before(_call: str, _place: str) -> None:
        nonlocal count
        count += 1
        if count == step:
            raise Killed

    monkeypatch.setattr(disk, "before", before)
    try:
        code, out, _err = filer.submit("--live", typed=[WANTED])
    except Killed:
        return True, False
    finally:
        monkeypatch.setattr(disk, "before", lambda _call, _place: None)
    return False, code == 0 and "EDGAR has it" in out


def test_killed_at_any_step_it_is_never_sent_twice(filer: Filer, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each end the command is given again; in all, the form arrives at most once, and what is said is so."""
    steps = 0
    arrived_without_report = 0
    while True:
        steps += 1
        ended, reported = killed_at(filer, steps, monkeypatch)
        bodies = filer.bodies
        assert bodies <= 1
        assert bodies == 1 or not reported
        if ended:
            arrived_without_report += bodies
            code, out, _err = filer.submit("--live", typed=[WANTED])
            assert filer.bodies <= 1
            if bodies:
                assert (code, "Sent before: LIVE" in out) == (2, True)
                assert "not accepted" not in out
                assert "not sent: no connection" not in out
        for receipt in receipts_folder().glob("*.json"):
            receipt.unlink()
        for receipt in filer.home.rglob("receipt-*.json"):
            receipt.unlink()
        filer.run.edgar.filing_api.bodies.clear()
        if not ended:
            break
    assert steps > 20
    assert arrived_without_report > 5


@pytest.mark.parametrize("arrives", [True, False])
def test_killed_while_it_sends(filer: Filer, monkeypatch: pytest.MonkeyPatch, *, arrives: bool) -> None:
    send = Sender.send

    def ended(sender: Sender, envelope: bytes, *, live: bool) -> object:
        if arrives:
            send(sender, envelope, live=live)
        raise Killed

    monkeypatch.setattr(Sender, "send", ended)
    with pytest.raises(Killed):
        filer.submit("--live", typed=[WANTED])
    monkeypatch.setattr(Sender, "send", send)

    assert filer.bodies == int(arrives)
    code, out, _err = filer.submit("--live", typed=[WANTED])
    assert (code, filer.bodies) == (2, int(arrives))
    assert "0 minutes ago: not known: EDGAR may have it\n" in out


def test_a_full_disk_before_sending_sends_nothing(filer: Filer, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(call: str, place: str) -> None:
        if call == "create" and "submissions" in place and "lock" not in place:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "before", full)
    code, _out, err = filer.submit()
    monkeypatch.setattr(disk, "before", lambda _call, _place: None)
    assert (code, filer.bodies, filer.receipts()) == (2, 0, [])
    assert err == (
        "form4: The receipt can't be saved: no space left on device; nothing was sent. Free some space, or check"
        " who may write to the folder, and give the command again.\n"
    )


def test_an_answer_that_cannot_be_saved_is_said(filer: Filer, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(call: str, _place: str) -> None:
        if call == "write" and filer.bodies:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "before", full)
    code, out, _err = filer.submit()
    monkeypatch.setattr(disk, "before", lambda _call, _place: None)
    assert (code, filer.bodies) == (0, 1)
    assert "Receipt 1: still processing at EDGAR as 0000999001-24-000001 (received).\n" in out
    assert "The reason: the answer can't be saved: no space left on device.\n" in out
    assert filer.submit()[0] == 2
    assert filer.bodies == 1


def test_a_bug_while_it_sends_tells_no_secret(filer: Filer, monkeypatch: pytest.MonkeyPatch) -> None:
    send = Sender.send

    def broken(_sender: Sender, envelope: bytes, *, live: bool) -> object:
        raise RuntimeError(envelope, DEMO_TOKENS, CCC, live)

    monkeypatch.setattr(Sender, "send", broken)
    code, _out, err = filer.submit("--live", typed=[WANTED])
    monkeypatch.setattr(Sender, "send", send)
    assert code == 3
    assert "this is a bug in form4" in err
    assert filer.submit("--live", typed=[WANTED])[0] == 2
    assert filer.bodies == 0


def test_secrets_come_from_the_keyring_where_they_were_kept(
    filer: Filer, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(
        "keyring.set_password", lambda service, name, text: held.update({(service, name): text})
    )
    monkeypatch.setattr("keyring.get_password", lambda service, name: held.get((service, name)))
    monkeypatch.setattr("keyring.get_keyring", object)
    assert filer.submit("--keep")[0] == 0
    assert held == {
        ("form4-author EDGAR token", "filer"): DEMO_TOKENS[0],
        ("form4-author EDGAR token", "user"): DEMO_TOKENS[1],
        ("form4-author CCC", CIK): CCC,
    }
    assert filer.form4("submit", str(filer.file), "--keyring", "--live", typed=f"{WANTED}\n")[0] == 0
    assert filer.form4("status", "--keyring", "--watch")[0] == 0
    assert filer.bodies == 2


def test_too_few_tokens_on_the_descriptor(filer: Filer) -> None:
    words = ["--token-fd", open_file(f"{DEMO_TOKENS[0]}\n")]
    code, _out, err = filer.form4("submit", str(filer.file), *words)
    assert (code, filer.bodies, filer.receipts()) == (2, 0, [])
    assert err == (
        "form4: The file descriptor has too few tokens. Write the filer API token in the first line and the user API"
        " token in the second.\n"
    )


# ---- a filing of several forms


def several(filer: Filer) -> None:
    """The draft has more lines than one form holds."""
    data = json.loads(filer.file.read_text())
    (row,) = data["non_derivative"]
    total = int(row["amount_owned_following"]) + int(row["amount"]["value"])
    rows = []
    for number in range(31):
        total -= 100
        rows.append(
            {
                **row,
                "amount": {**row["amount"], "value": "100"},
                "price": f"{100 + number}",
                "amount_owned_following": str(total),
            }
        )
    filer.change(non_derivative=rows)


def test_each_form_of_a_filing_is_sent_once(filer: Filer) -> None:
    several(filer)
    left = [None, Reply(202, is_silent=True)]
    filer.run.edgar.filing_api.fault = lambda request: left.pop(0) if request.method == "POST" else None
    code, out, _err = filer.submit("--live", typed=[WANTED])
    assert (code, filer.bodies) == (2, 2)
    assert "Sending LIVE Form 4, 1 of 2, to" in out
    assert [(r["part"], r["outcome"]) for r in filer.receipts()] == [("1of2", "sent"), ("2of2", "unknown")]
    assert sorted(str(file.relative_to(filer.packet)) for file in filer.packet.rglob("receipt*")) == [
        "1of2/receipt-1.json",
        "2of2/receipt-2.json",
    ]

    filer.run.edgar.filing_api.fault = None
    code, out, _err = filer.submit("--live", typed=[WANTED])
    assert (code, filer.bodies) == (2, 2)
    assert out.endswith("EDGAR has 1 of the 2 forms; the others are sent.\n" + NOT_AGAIN + BY_HAND)
    filer.at("2024-11-04T18:01")
    assert filer.submit("--live", "--again", typed=[WANTED])[0] == 0
    assert filer.bodies == 3
    code, out, _err = filer.submit("--live", "--again", typed=[WANTED])
    assert (code, filer.bodies) == (2, 3)
    assert "It is not sent again" in out

    filer.at("2024-11-04T18:05")
    code, out, _err = filer.status(str(filer.file), "--watch")
    assert code == 2
    assert "LIVE, form 2of2, 11/04/2024 18:00:00 Eastern" in out
    assert "Recorded as filed; the ledger is updated and seed.form4.json is closed.\n" in out
    filed = draft_file.load(filer.file).draft.interview.filed
    assert filed is not None
    assert filed.accession_numbers == ("0000999001-24-000001", "0000999001-24-000002")
    assert [receipt["outcome"] for receipt in filer.receipts()] == ["sent", "unknown", "sent"]
    assert filer.status()[1] == "No submission is open.\n"


def test_an_upload_by_hand_is_warned_of(filer: Filer) -> None:
    filer.submit("--live", typed=[WANTED])
    words = ["pack", str(filer.file), "-o", str(filer.home / "x.xml"), "--live"]
    _code, _out, err = filer.form4(*words, typed="\n")
    assert err.startswith(
        "form4: This filing was sent on 11/04/2024 at 18:00 Eastern, and EDGAR has it as 0000999001-24-000001: look"
        " with form4 status before you upload it, or it may be filed twice.\n"
    )
