"""The ground the suite stands on holds: the guard stops the network and the corpus is really there."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest


@pytest.mark.parametrize("way", ["connect", "connect_ex"])
def test_no_test_connects_to_another_machine(way: str) -> None:
    with socket.socket() as plug, pytest.raises(AssertionError, match=r"network access to '192\.0\.2\.1'"):
        getattr(plug, way)(("192.0.2.1", 443))


def test_no_test_looks_up_another_machine() -> None:
    with pytest.raises(AssertionError, match=r"network access to 'www\.sec\.gov'"):
        socket.create_connection(("www.sec.gov", 443))


def test_this_machine_may_be_connected_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()
        with socket.create_connection(address) as plug:
            assert plug.getpeername() == address


def test_the_users_own_drafts_are_out_of_reach() -> None:
    assert not Path(os.environ["XDG_DATA_HOME"]).is_relative_to(Path.home() / ".local")


def test_the_corpus_is_whole(corpus: tuple[tuple[str, bytes], ...]) -> None:
    assert len(corpus) == 6118
    assert corpus[0][0] == "0000002488-23-000005"
    assert all(b"<ownershipDocument" in document for _, document in corpus)
