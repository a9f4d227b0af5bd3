"""What every test stands on: no network, no traces in the user's folders, the shared reference and the corpus."""

from __future__ import annotations

import json
import os
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

# The same examples in every run, however slow the machine is.
settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHARED = Path(__file__).resolve().parents[2] / "shared"
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class NetworkUsedError(AssertionError):
    """A test, or the code under test, tried to leave this machine."""


def _refuse_remote(address: object) -> None:
    if isinstance(address, tuple) and address[0] not in _LOOPBACK:
        raise NetworkUsedError(f"network access to {address[0]!r} from a test")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file's tests stay on one worker."""
    from tests.schedule import ByFile

    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files begin first, unless an order is wished (`make quick`)."""
    from tests.schedule import longest_first

    if os.environ.get("FORM4_TESTS_ORDER") != "given":
        longest_first(items)


def pytest_runtest_setup() -> None:
    """After the time that `make quick` sets no further test begins."""
    if time.time() > float(os.environ.get("FORM4_TESTS_UNTIL", "inf")):
        pytest.skip("left to make test: the time of make quick is over")


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Sockets connect to this machine only, and names of other machines are not looked up."""
    real_connect, real_connect_ex, real_lookup = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def connect(self: socket.socket, address: Any) -> None:
        _refuse_remote(address)
        real_connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_remote(address)
        return real_connect_ex(self, address)

    def lookup(host: Any, *rest: Any, **named: Any) -> Any:
        _refuse_remote((host.decode() if isinstance(host, bytes) else host,))
        return real_lookup(host, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket.socket, "connect_ex", connect_ex)
        patch.setattr(socket, "getaddrinfo", lookup)
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Drafts and settings of the person who runs the tests are neither read nor written; no display wishes leak in."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("CACHE", "CONFIG", "DATA", "STATE"):
            patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
        for wish in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "SOURCE_DATE_EPOCH", "FORM4_REGISTER"):
            patch.delenv(wish, raising=False)
        settings = home / "settings.toml"
        settings.write_text(f"[packets]\nfolder = {json.dumps(str(home / 'packets'))}\n", encoding="utf-8")
        patch.setenv("FORM4_SETTINGS", str(settings))
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference folder beside the checkout: design, SEC files, corpus. Tests that need it skip without it."""
    if not _SHARED.is_dir():
        pytest.skip("needs ../shared (reference and corpus), which is not beside this checkout")
    return _SHARED


@pytest.fixture(scope="session")
def sample() -> tuple[tuple[str, bytes], ...]:
    """(accession number, document) of every filing in the sample of the corpus that is part of this repository."""
    from tests.corpus.sample import ARCHIVE, filings_in

    return filings_in(ARCHIVE)


@pytest.fixture(scope="session")
def corpus(shared: Path) -> tuple[tuple[str, bytes], ...]:
    """(accession number, document) of every filing in the development corpus, in the archive's order: never empty."""
    from tests.corpus.sample import filings_in

    archive = shared / "corpus" / "dev.tar.xz"
    documents = filings_in(archive)
    if not documents:
        pytest.fail(f"{archive.name} is there but holds no document: nothing would be tested")
    return documents
