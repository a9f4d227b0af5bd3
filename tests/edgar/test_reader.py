"""The reader against a local EDGAR in virtual time: its pace, its waits, its attempts and its bounds."""

from __future__ import annotations

import gzip
from itertools import count
from typing import TYPE_CHECKING

import httpx
import pytest

from form4_author.edgar.address import Addresses, addresses_in
from form4_author.edgar.demo.server import Reply, threshold_page, undeclared_page
from form4_author.edgar.reader import Reader
from form4_author.edgar.refusal import EdgarError, NotThere
from form4_author.errors import Form4Error
from tests.edgar.local import CONTACT, VirtualTime, filed, local_edgar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from form4_author.edgar.demo.server import Request
    from tests.edgar.local import Run

FILING = "/Archives/edgar/data/1107843/000110784324000123/0001107843-24-000123.txt"
LIST = "/submissions/CIK0001107843.json"


@pytest.fixture
def run() -> Iterator[Run]:
    with local_edgar([filed()]) as running:
        yield running


def first(*replies: Reply | None) -> Callable[[Request], Reply | None]:
    """These replies, then the archive's."""
    number = count()

    def fault(_request: Request) -> Reply | None:
        place = next(number)
        return replies[place] if place < len(replies) else None

    return fault


def problem(run: Run, path: str = FILING, largest: int = 1 << 20) -> str:
    with run.reader() as reader, pytest.raises(EdgarError) as caught:
        reader.read(run.base + path, largest=largest)
    return str(caught.value).replace(run.base, "BASE")


# ---- what is asked, and how fast


def test_a_request_has_the_contact_and_asks_for_gzip(run: Run) -> None:
    with run.reader() as reader:
        answer = reader.read(run.base + FILING, largest=1 << 20)

    assert answer.content == run.edgar.archive.filings[0].text
    (request,) = run.edgar.requests
    assert {name: request.headers[name] for name in ("user-agent", "accept-encoding", "accept")} == {
        "user-agent": CONTACT,
        "accept-encoding": "gzip",
        "accept": "*/*",
    }
    assert "cookie" not in request.headers


def test_five_requests_a_second_over_both_hosts(run: Run) -> None:
    with run.reader() as reader:
        for _ in range(20):
            reader.read(run.base + FILING, largest=1 << 20)
            reader.read(run.base + LIST, largest=1 << 20)

    assert len(run.edgar.requests) == 40
    assert run.busiest_second() == 5
    assert run.time.now - 1_790_000_000.0 == pytest.approx(39 * 0.2)


def test_a_clock_that_is_set_back_stops_nothing(run: Run) -> None:
    with run.reader() as reader:
        reader.read(run.base + FILING, largest=1 << 20)
        run.time.now -= 86_400
        reader.read(run.base + FILING, largest=1 << 20)

    assert run.time.slept == [0.2]


def test_a_list_is_asked_for_by_its_version(run: Run) -> None:
    with run.reader() as reader:
        answer = reader.read(run.base + LIST, largest=1 << 20)
        again = reader.read(run.base + LIST, largest=1 << 20, validators=answer.validators)

    assert (again.unchanged, again.content, again.validators) == (True, b"", answer.validators)
    assert run.edgar.requests[1].headers["if-none-match"] == answer.validators.etag
    assert run.edgar.requests[1].headers["if-modified-since"] == "Tue, 05 Nov 2024 23:30:01 GMT"


# ---- waits


@pytest.mark.parametrize(
    ("replies", "slept", "notices"),
    [
        ((Reply(429, headers={"Retry-After": "7"}),), [7.0], []),
        ((Reply(429),), [60.0], ["EDGAR asks for fewer requests (429); trying again in 60 seconds. Ctrl-C stops."]),
        ((Reply(429, headers={"Retry-After": "Mon, 21 Sep 2026 14:14:00 GMT"}),), [40.0],
         ["EDGAR asks for fewer requests (429); trying again in 40 seconds. Ctrl-C stops."]),
        ((Reply(429, headers={"Retry-After": "soon"}),), [60.0],
         ["EDGAR asks for fewer requests (429); trying again in 60 seconds. Ctrl-C stops."]),
        ((Reply(503), Reply(503), Reply(503)), [2.0, 4.0, 8.0], []),
        ((Reply(503, headers={"Retry-After": "3"}),), [3.0], []),
        ((Reply(500),), [2.0], []),
        ((threshold_page(),), [600.0],
         ["EDGAR shuts out addresses that ask too often; trying again in 600 seconds. Ctrl-C stops."]),
        ((threshold_page()._replace(status=429, headers={"Retry-After": "5"}),), [600.0],
         ["EDGAR shuts out addresses that ask too often; trying again in 600 seconds. Ctrl-C stops."]),
        ((threshold_page()._replace(status=200),), [600.0],
         ["EDGAR shuts out addresses that ask too often; trying again in 600 seconds. Ctrl-C stops."]),
        ((Reply(200, b"x" * 900, cut_at=400, headers={"Content-Encoding": ""}),), [1.0], []),
        ((Reply(200, gzip.compress(b"x" * 900)[:-9], headers={"Content-Encoding": "gzip"}),), [1.0], []),
        ((Reply(200, b"plain", headers={"Content-Encoding": "gzip"}),), [1.0], []),
    ],
)  # fmt: skip
def test_it_waits_and_asks_again(
    run: Run, replies: tuple[Reply, ...], slept: list[float], notices: list[str]
) -> None:
    run.edgar.fault = first(*replies)

    with run.reader() as reader:
        answer = reader.read(run.base + FILING, largest=1 << 20)

    assert answer.content == run.edgar.archive.filings[0].text
    assert [each for each in run.time.slept if each > 0.2] == slept
    assert run.notices == notices


def test_an_incomplete_answer_counts_as_cut(run: Run) -> None:
    run.edgar.fault = first(Reply(200, b"half"))

    with run.reader() as reader:
        answer = reader.read(
            run.base + FILING,
            largest=1 << 20,
            is_whole=lambda content: content.endswith(b"</SEC-DOCUMENT>\n"),
        )

    assert answer.content == run.edgar.archive.filings[0].text


def test_a_slow_connection_is_given_up_and_made_again(run: Run) -> None:
    slow = Reply(200, b"x" * 900, between=lambda: run.time.sleep(50.0), headers={"Content-Encoding": ""})
    run.edgar.fault = first(slow, slow, slow, slow, slow, slow)

    assert problem(run) == (
        f"EDGAR can't be read: the answer for BASE{FILING} took longer than 180 seconds."
        " Check the network and give the command again; it resumes where it stopped."
    )
    assert len(run.edgar.requests) == 6


# ---- refusals


@pytest.mark.parametrize(
    ("reply", "said", "requests"),
    [
        (Reply(429), "EDGAR asks for fewer requests (429). Give the command again later; it resumes where it stopped.", 6),
        (Reply(429, headers={"Retry-After": "86400"}),
         "EDGAR asks for fewer requests (429, Retry-After: 86400). Give the command again later; it resumes where it stopped.", 1),
        (Reply(503), "EDGAR is not available (503). Give the command again later; it resumes where it stopped.", 6),
        (Reply(500), f"EDGAR answers BASE{FILING} with status 500. Give the command again later, or report it.", 4),
        (Reply(418), f"EDGAR answers BASE{FILING} with status 418. Give the command again later, or report it.", 1),
        (Reply(304), f"EDGAR answers BASE{FILING} with status 304. Give the command again later, or report it.", 1),
        (Reply(404), f"EDGAR has nothing at BASE{FILING} (404). Check the CIK or accession number.", 1),
        (Reply(403, b"<Error><Code>AccessDenied</Code></Error>"),
         (f"EDGAR refuses BASE{FILING} (403), as it does where there is nothing. Check the CIK or accession number; from a "
         "cloud provider's network, try another network."), 1),
        (undeclared_page(),
         ("EDGAR refuses requests without a contact that it accepts (Undeclared Automated Tool). State a name and an e-mail "
         'address with form4 settings contact "Name name@example.com"; EDGAR refuses some networks of cloud providers '
         "whatever the contact is."), 1),
        (threshold_page(),
         ("EDGAR shuts this address out because it asked too often. Wait at least ten minutes, end other programs that read "
         "EDGAR, and give the command again."), 3),
        (Reply(200, b"x" * 900, cut_at=4, headers={"Content-Encoding": ""}),
         ("EDGAR can't be read: the connection to 127.0.0.1 was cut (peer closed connection without sending complete message "
         "body (received 4 bytes, expected 900)). Check the network and give the command again; it resumes where it stopped."), 6),
        (Reply(200, b"x", headers={"Content-Encoding": "br"}),
         f'The answer for BASE{FILING} has the encoding "br", which was not asked for. Give the command again later, or report it.', 1),
        (Reply(200, b"x" * 2000), f"The answer for BASE{FILING} is larger than 1,000 bytes. Give the command again later, or report it.", 1),
        (Reply(200, b"\0" * 50_000_000),
         f"The answer for BASE{FILING} is larger than 1,000 bytes. Give the command again later, or report it.", 1),
        (Reply(302, headers={"Location": "https://example.com/login"}),
         (f'EDGAR redirects BASE{FILING} to "https://example.com/login", which is not EDGAR; that address was not asked. Check the '
         "network: a log-in page of the network may answer in EDGAR's place."), 1),
        (Reply(302), (f'EDGAR redirects BASE{FILING} to "", which is not EDGAR; that address was not asked. Check the network: '
         "a log-in page of the network may answer in EDGAR's place."), 1),
        (Reply(301, headers={"Location": FILING}),
         f"EDGAR redirects BASE{FILING} more than 5 times. Give the command again later, or report it.", 6),
    ],
)  # fmt: skip
def test_a_refusal_says_what_to_do(run: Run, reply: Reply, said: str, requests: int) -> None:
    run.edgar.fault = lambda _request: reply

    assert problem(run, largest=1000) == said
    assert len(run.edgar.requests) == requests


@pytest.mark.parametrize("reply", [Reply(404), Reply(403)])
def test_what_is_not_there_can_be_told_from_a_failure(run: Run, reply: Reply) -> None:
    run.edgar.fault = lambda _request: reply

    with run.reader() as reader, pytest.raises(NotThere):
        reader.read(run.base + FILING, largest=1000)


def test_a_filing_that_quotes_the_page_of_a_refusal_is_a_filing(run: Run) -> None:
    run.edgar.fault = first(Reply(200, b"<SEC-DOCUMENT> Request Rate Threshold Exceeded"))

    with run.reader() as reader:
        assert reader.read(run.base + FILING, largest=1000).content.startswith(b"<SEC-DOCUMENT>")


def test_a_redirect_within_edgar_is_followed(run: Run) -> None:
    run.edgar.fault = first(Reply(301, headers={"Location": FILING}))

    with run.reader() as reader:
        answer = reader.read(f"{run.base}/old", largest=1 << 20)

    assert answer.content == run.edgar.archive.filings[0].text
    assert run.paths == ["/old", FILING]


def test_without_a_connection_it_says_so() -> None:
    time = VirtualTime()

    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("[Errno 111] Connection refused", request=request)

    reader = Reader(Addresses(), CONTACT, time.time, lambda _notice: None, httpx.MockTransport(refuse))
    with reader, pytest.raises(EdgarError) as caught:
        reader.read("https://www.sec.gov/x", largest=10)

    assert str(caught.value) == (
        "EDGAR can't be read: no connection to www.sec.gov ([Errno 111] Connection refused)."
        " Check the network and give the command again; it resumes where it stopped."
    )
    assert [each for each in time.slept if each > 0.2] == [1.0, 2.0, 4.0, 8.0, 16.0]


# ---- the local EDGAR keeps EDGAR's limit


def test_the_local_edgar_shuts_out_who_asks_too_often(run: Run) -> None:
    with httpx.Client(headers={"User-Agent": CONTACT}) as client:
        seen = [client.get(run.base + FILING).status_code for _ in range(12)]
        run.time.now += 599
        seen.append(client.get(run.base + FILING).status_code)
        run.time.now += 600
        seen.append(client.get(run.base + FILING).status_code)
        nameless = client.get(run.base + FILING, headers={"User-Agent": "httpx"})

    assert seen == [200] * 10 + [403] * 3 + [200]
    assert (nameless.status_code, "Undeclared Automated Tool" in nameless.text) == (403, True)


# ---- addresses


def test_the_addresses_are_the_secs_unless_a_local_edgar_is_named() -> None:
    assert addresses_in({"FORM4_EDGAR_WWW": ""}) == ("https://data.sec.gov", "https://www.sec.gov")
    local = {"FORM4_EDGAR_DATA": "http://127.0.0.1:8025/", "FORM4_EDGAR_WWW": "http://localhost:8026"}
    assert addresses_in(local) == ("http://127.0.0.1:8025", "http://localhost:8026")
    assert Addresses().list_of("1107843") == "https://data.sec.gov/submissions/CIK0001107843.json"
    assert Addresses().filing("1107843", "0001107843-24-000123") == (
        f"https://www.sec.gov{FILING}",
        "https://www.sec.gov/Archives/edgar/data/1107843/0001107843-24-000123.txt",
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://data.sec.gov", "http://10.0.0.1", "http://127.0.0.1.example.com", "http://127.0.0.1@example.com",
        "file:///etc", "http://localhost:80/path", "http://localhost\n", "http://[::2]:80", "localhost:8025", "http://128.0.0.1",
    ],
)  # fmt: skip
def test_no_other_address_takes_edgars_place(address: str) -> None:
    with pytest.raises(Form4Error) as caught:
        addresses_in({"FORM4_EDGAR_DATA": address})

    assert str(caught.value) == (
        f'FORM4_EDGAR_DATA is "{address}", which is not an address on this computer such as http://127.0.0.1:8025.'
        " Unset FORM4_EDGAR_DATA to read the SEC's EDGAR, or use the address that form4 demo edgar shows."
    )
