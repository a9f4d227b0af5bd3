"""The filing side of the local EDGAR against the SEC's description of the API, and EDGAR's answers as they are read."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

import httpx
import jsonschema
import pytest

from form4_author.desk.edgar_message import edgar_findings
from form4_author.edgar.demo.archive import Archive
from form4_author.edgar.demo.filing_api import NOT_YET, error_reply, suspended
from form4_author.edgar.demo.server import LocalEdgar, served
from form4_author.edgar.demo.token import DEMO_TOKENS, demo_token
from form4_author.edgar.filing_answer import EdgarMessage, answer_in
from form4_author.edgar.pace import Time
from form4_author.edgar.refusal import EdgarError
from form4_author.edgar.sender import NotConnected, Sender, Tokens
from form4_author.model.submission import Submission
from form4_author.wire.envelope import write_envelope
from tests.builders import make_filing
from tests.edgar.local import VirtualTime
from tests.house.source import package

if TYPE_CHECKING:
    from pathlib import Path

    from form4_author.edgar.demo.reply import Reply

HEADERS = {
    "authorization": f"Bearer {DEMO_TOKENS[0]},{DEMO_TOKENS[1]}",
    "user-agent": "Vendor/1",
    "content-type": "application/xml",
}
NUMBER = "0000999001-26-000001"
TOKENS = Tokens(*DEMO_TOKENS)


def local() -> LocalEdgar:
    return LocalEdgar(Archive([]), VirtualTime().clock)


def envelope() -> bytes:
    return write_envelope(make_filing("seed"), Submission(test_or_live="TEST"), {"1626115": "aB3$xyz9"})


def send(edgar: LocalEdgar, mode: str = "test", body: bytes | None = None, **headers: str) -> Reply:
    content = envelope() if body is None else body
    given = {**HEADERS, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return edgar.answer(f"/submission/single/{mode}", given, "POST", content)


def status(edgar: LocalEdgar, number: str = NUMBER) -> Reply:
    return edgar.answer(f"/submission/{number}/status", HEADERS)


def listed(edgar: LocalEdgar, body: bytes) -> Reply:
    return edgar.answer("/submission/status", HEADERS, "POST", body)


@pytest.fixture(scope="module")
def api(shared: Path) -> dict[str, Any]:
    file = shared / "reference" / "official" / "edgar-api-1.11.0" / "openapi.json"
    if not file.is_file():
        pytest.skip("the SEC's description of the API is not here")
    described: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"), object_hook=without_second_type)
    return described


def without_second_type(schema: dict[str, Any]) -> dict[str, Any]:
    """``mode`` refers to a text and says of itself that it is an object; what it refers to decides."""
    return {key: value for key, value in schema.items() if key != "type" or "$ref" not in schema}


def fits(api: dict[str, Any], path: str, method: str, reply: Reply) -> None:
    """The reply has a status and a shape of the description, and no field that it does not have."""
    answers = api["paths"][path][method]["responses"]
    assert str(reply.status) in answers
    if reply.status == 204:
        return
    reference = answers[str(reply.status)]["content"]["application/json"]["schema"]["$ref"]
    schema = {"$ref": reference, "components": api["components"]}
    data = json.loads(reply.content)
    jsonschema.Draft202012Validator(schema).validate(data)
    known = api["components"]["schemas"][reference.rpartition("/")[2]]["properties"]
    assert set(data) - set(known) == set()


def test_its_answers_fit_the_description(api: dict[str, Any]) -> None:
    edgar = local()
    single, one, many = (
        "/submission/single/test",
        "/submission/{accessionNumber}/status",
        "/submission/status",
    )
    edgar.filing_api.script = lambda _taken: (NOT_YET, {"status": "PROCESSING"}, suspended("Missing", line=6))
    fits(api, single, "post", send(edgar))
    for expected in (404, 200, 200):
        reply = status(edgar)
        assert reply.status == expected
        if expected == 200:
            fits(api, one, "get", reply)
    fits(api, many, "post", listed(edgar, json.dumps({"accessionNumbers": [NUMBER]}).encode()))
    fits(api, many, "post", listed(edgar, json.dumps({"accessionNumbers": [NUMBER[:-1] + "9"]}).encode()))
    for body in (
        b"{",
        b'{"accessionNumbers": ["1"]}',
        json.dumps({"accessionNumbers": [NUMBER] * 26}).encode(),
    ):
        reply = listed(edgar, body)
        assert reply.status == 400
        fits(api, many, "post", reply)
    fits(api, one, "get", status(edgar, "1"))
    for condition in (
        "ACCEPTING",
        "ACCEPTING_AFTER_HOURS_WITH_TECHNICAL_DIFFICULTIES",
        "OUTSIDE_OPERATING_HOURS",
    ):
        edgar.filing_api.condition = condition
        fits(api, "/status", "get", edgar.answer("/status", HEADERS))
    fits(api, single, "post", send(edgar))
    edgar.filing_api.condition = "ACCEPTING"
    edgar.filing_api.script = lambda _taken: ({"status": "ACCEPTED", "final": True},)
    send(edgar, "live")
    fits(api, one, "get", status(edgar, "0000999001-26-000002"))
    for authorization in ("", "Bearer x", f"Bearer {DEMO_TOKENS[1]}"):
        fits(api, single, "post", send(edgar, authorization=authorization))


def test_its_answers_about_an_account_fit_the_description(api: dict[str, Any]) -> None:
    edgar = local()
    verify = "/fm/0001626115/verify"
    fits(api, "/fm/{cik}/verify", "get", edgar.answer(verify, HEADERS))
    edgar.filing_api.accounts = {"0001626115": {"canFile": False}}
    fits(api, "/fm/{cik}/verify", "get", edgar.answer(verify, HEADERS))
    without = {**HEADERS, "authorization": "Bearer x"}
    fits(api, "/fm/{cik}/verify", "get", edgar.answer(verify, without))

    account = edgar.answer("/fm/0001626115", HEADERS)
    schemas = api["components"]["schemas"]
    data = json.loads(account.content)
    assert set(data) - set(schemas["FilerInfoResponse"]["properties"]) == set()
    (info,) = data["filerInfo"]
    known = schemas["FilerInfo"]["properties"]
    assert set(info) - set(known) == set()
    assert {name: type(value) for name, value in info.items()} == dict.fromkeys(info, str)
    assert {known[name]["type"] for name in info} == {"string"}


@pytest.mark.parametrize(
    ("authorization", "expected"),
    [
        ("", (401, "Unauthorized")),
        ("Bearer nothing", (401, "token 1 is not in the expected format")),
        (
            f"Bearer {DEMO_TOKENS[0]} {DEMO_TOKENS[0]}",
            (401, "more than one token of type FILER_API was given"),
        ),
        (f"Bearer {DEMO_TOKENS[0]}", (403, "Forbidden.")),
        (
            f"Bearer {DEMO_TOKENS[0]},{demo_token('x', user=True, expires='2026-01-01T00:00:00Z')}",
            (401, "token 2 of type USER_API is expired or has been revoked"),
        ),
    ],
)
def test_tokens_are_named_by_their_place(authorization: str, expected: tuple[int, str]) -> None:
    reply = send(local(), authorization=authorization)
    assert (reply.status, json.loads(reply.content)["messages"][0]["content"]) == expected


def test_what_it_does_not_take(monkeypatch: pytest.MonkeyPatch) -> None:
    assert send(local(), user_agent="none").status == 400
    assert send(local(), content_type="text/plain").status == 415
    monkeypatch.setattr("form4_author.edgar.demo.filing_api._LARGEST", 10)
    assert send(local()).status == 413
    assert local().answer("/submission/single/test", HEADERS).status == 403  # the public side's
    edgar = local()
    assert send(edgar, body=b"<other/>", x_edgar_login_cik="0000000007").status == 202
    assert [json.loads(status(edgar, "0000000007-26-000001").content).get("formType") for _ in range(3)] == [
        None, "UNKNOWN", "UNKNOWN",
    ]  # fmt: skip
    assert status(edgar, "0000000007-26-000002").status == 404


def test_an_accepted_live_form_is_public_once() -> None:
    edgar = local()
    edgar.filing_api.script = lambda _taken: ({"status": "ACCEPTED", "final": True},)
    send(edgar, "live")
    for _ in range(2):
        assert json.loads(status(edgar).content)["status"] == "ACCEPTED"
    assert [held.accession for held in edgar.archive.filings] == [NUMBER]


@pytest.mark.parametrize("before_body", [True, False])
def test_a_body_that_does_not_arrive_whole_is_no_submission(*, before_body: bool) -> None:
    edgar = local()
    edgar.cuts_before_body = before_body
    head = b"POST /submission/single/test HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345"
    with served(edgar) as base:
        port = int(base.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(head)
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(100) == b""
    assert (edgar.requests, edgar.filing_api.bodies) == ([], [])


# ---- read leniently


def test_what_cannot_be_read_is_left_out() -> None:
    for content in (b"", b"[1]", b"[" * 100_000, b'{"accessionNumber": 7, "messages": 3}'):
        answer = answer_in(202, content)
        assert (answer.status, answer.accession, answer.messages, answer.words) == (202, "", (), "")
    odd = {
        "tracking": "two words",
        "message": "Closed",
        "final": True,
        "status": "Something Else",
        "acceptedDate": "2024-11-04T18:00:00",
        "suspendedDate": "later",
        "submissionMessages": [
            "x",
            {"type": "ERROR"},
            {"content": "c", "errorNumber": "12", "lineNumber": True},
        ],
    }
    answer = answer_in(200, json.dumps(odd).encode())
    assert (answer.tracking, answer.words) == ("", "Closed")
    found = answer.found
    assert found is not None
    assert (found.status, found.is_final, found.accepted, found.suspended) == (
        "SOMETHING_ELSE",
        False,
        None,
        None,
    )
    assert found.messages == (EdgarMessage("INFO", "c", 12),)


@pytest.mark.parametrize(
    ("data", "ends"),
    [
        ({"status": "DONE", "final": True, "suspendedDate": "2024-11-04T18:00:00-05:00"}, (False, True)),
        ({"status": "DONE", "final": True}, (False, False)),
        ({"status": "DISSEMINATED", "final": True}, (True, False)),
        ({"status": "ACCEPTED"}, (False, False)),
        ({"status": "SUSPENDED"}, (False, False)),
    ],
)
def test_done_is_read_by_its_dates(data: dict[str, Any], ends: tuple[bool, bool]) -> None:
    found = answer_in(200, json.dumps(data).encode()).found
    assert found is not None
    assert (found.is_accepted, found.is_suspended) == ends


LINES = ((4, "form"), (6, "period_of_report"), (35, "non_derivative"), (36, "non_derivative[0]"), (36, "x"))


@pytest.mark.parametrize(
    ("message", "path", "text"),
    [
        (EdgarMessage("ERROR", "Bad", 1, 1, 6), ("period_of_report",), "Bad."),
        (EdgarMessage("ERROR", "Bad", 1, 1, 8), ("period_of_report",), "Bad."),
        (EdgarMessage("ERROR", "Bad", 1, 1, 36), ("non_derivative", 0), "Bad."),
        (EdgarMessage("ERROR", "Bad!", 1, 1, 2), (), "Bad! (Line 2 of the form as sent.)"),
        (EdgarMessage("NOTICE", "Bad.", None, 1, 0), (), "Bad."),
        (EdgarMessage("ERROR", "Bad", 1, 0, 6), (), "Bad."),
        (EdgarMessage("ERROR", "Bad", 1, 2, 6), (), "Bad. (Document 2 of the submission.)"),
    ],
)
def test_a_message_is_at_the_field_of_its_line(
    message: EdgarMessage, path: tuple[object, ...], text: str
) -> None:
    (finding,) = edgar_findings((message,), LINES)
    assert (finding.path, finding.message) == (path, text)


# ---- the sender


def sender(answer: Any, tokens: Tokens = TOKENS) -> tuple[Sender, VirtualTime]:
    time = VirtualTime()
    transport = httpx.MockTransport(answer)
    return Sender("https://api.example.com", tokens, Time(time.clock, time.sleep), transport), time


def streamed(status: int, content: bytes = b"", **headers: str) -> httpx.Response:
    """An answer that is read part by part."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=given, stream=httpx.ByteStream(content))


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError("x"), NotConnected),
        (httpx.ConnectTimeout("x"), NotConnected),
        (httpx.ReadTimeout("x"), None),
        (httpx.WriteError("x"), None),
        (httpx.RemoteProtocolError("x"), None),
    ],
)
def test_only_a_connection_that_was_not_made_is_certain(
    error: Exception, kind: type[Exception] | None
) -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        raise error

    with sender(answer)[0] as sending:
        if kind is not None:
            with pytest.raises(
                kind, match=r"^No connection to EDGAR was made \(Connect\w+\); nothing was sent\."
            ):
                sending.send(b"x", live=True)
        else:
            sent = sending.send(b"x", live=True)
            assert (sent.answer, sent.problem) == (
                None, f"the connection ended before EDGAR's answer ({type(error).__name__})",
            )  # fmt: skip
    assert [request.url.path for request in asked] == ["/submission/single/live"]


def test_an_endless_answer_is_not_read() -> None:
    with sender(lambda _request: streamed(202, b"x" * (5 << 20)))[0] as sending:
        assert sending.send(b"x", live=False).answer is None
        with pytest.raises(EdgarError, match=r"^EDGAR can't be reached \(_TooLarge\)\."):
            sending.status_of(NUMBER)


@pytest.mark.parametrize(
    ("stated", "slept"),
    [
        ("9000", [600.0, 600.0]),
        ("Mon, 21 Sep 2026 14:13:25 GMT", [5.0, 1.0]),
        ("soon", [60.0, 60.0]),
        ("", [60.0, 60.0]),
    ],
)
def test_retry_after_is_followed_for_questions(stated: str, slept: list[float]) -> None:
    sending, time = sender(lambda _request: streamed(429, retry_after=stated))
    with sending, pytest.raises(EdgarError, match=r"^EDGAR answers with status 429\."):
        sending.condition()
    assert time.slept == slept


def test_the_condition_is_asked_for() -> None:
    with sender(lambda _request: streamed(200, b'{"condition": "accepting after hours"}'))[0] as asking:
        assert asking.condition().condition == "ACCEPTING_AFTER_HOURS"
    answer = error_reply(500, "Broken.")
    with (
        sender(lambda _request: streamed(500, answer.content))[0] as asking,
        pytest.raises(EdgarError, match=r"^EDGAR answers with status 500: Broken\. Check"),
    ):
        asking.condition()


@pytest.mark.parametrize("tokens", [Tokens(""), Tokens("a b"), Tokens("a", "b\nX: y"), Tokens("é")])
def test_what_is_not_a_token_is_not_sent(tokens: Tokens) -> None:
    with pytest.raises(EdgarError) as raised:
        sender(lambda _request: streamed(200), tokens)
    assert str(raised.value) == (
        "A token has characters that no token has, or is empty. Copy it again as EDGAR shows it, without quotes."
    )
    assert repr(tokens) == "Tokens(…)"


def test_one_function_reaches_the_place_of_live_submissions() -> None:
    places = ("/submission/single/live", "api.edgarfiling.sec.gov")
    found = [(module.name, place) for module in package() for place in places if place in module.text]
    assert found == [("edgar/address.py", places[1]), ("edgar/sender.py", places[0])]
    (sender_module,) = [module for module in package() if module.name == "edgar/sender.py"]
    assert sender_module.text.count(places[0]) == 1


def test_the_secs_address_is_verified() -> None:
    time = VirtualTime()
    with Sender("https://api.edgarfiling.sec.gov", Tokens("token"), Time(time.clock, time.sleep)) as made:
        assert "token" not in repr(made)
