"""Inputs made from seeds by chance: the same number makes the same input."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["mutated"]

PIECES: Final = (
    b"\0", b"\xff", b"\x1b[2J", b"\xef\xbb\xbf", b"\xed\xa0\x80", "\u202e\u2028\u0085".encode(), b"<", b">", b"</", b"<!--", b"-->",
    b"<![CDATA[", b"]]>", b"&amp;", b"&#0;", b"&x;", b"<!DOCTYPE a>", b"<TEXT>", b"</TEXT>", b"<XML>", b"</XML>", b"{", b"}", b"[", b"]",
    b'"', b"'", b":", b",", b"\t", b"\r", b"\n", b"\r\n", b"  ", b"- ", b"? ", b"&a ", b"*a", b"!!python/name:os.system", b"<<: ", b"|", b"#",
    b"null", b"true", b"NaN", b"-1", b"0", b"1e999", b"1E+999999999", b"9" * 400, b"9" * 5000, b"0001-01-01", b"9999-12-31", b"2024-02-30",
    b"F1", b"F" + b"9" * 30, b"/../", b"%PDF", b"endobj", b"stream", b"1 0 R", b"<<", b">>", b"/Kids", b"PK\x03\x04", b"PK\x05\x06", b"0x",
    "\u0661\u0662".encode(), "\U0001d11e".encode(), b"=1+1", b"@", b"$", b"--", b"\\", b"\\ud800", b"\\u0000",
)  # fmt: skip
"""What steers the readers: marks of their languages, and values at the edge."""
LARGEST: Final = 300_000


def mutated(seeds: Sequence[bytes], number: int) -> bytes:
    """One of the seeds with one to eight changes."""
    chance = random.Random(number)  # noqa: S311  # no secret is made
    data = chance.choice(seeds)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        data = chance.choice(_CHANGES)(data, chance)[:LARGEST]
    return data


def _place(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = _place(data, chance)
    return start, min(len(data), start + chance.choice((1, 2, 8, 50, 400)))


def _flipped(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return b"\0"
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _inserted(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + chance.choice(PIECES) + data[at:]


def _replaced(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + chance.choice(PIECES) + data[end:]


def _copied(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    at = _place(data, chance)
    return data[:at] + data[start:end] * chance.choice((1, 2, 30)) + data[at:]


def _ended(data: bytes, chance: random.Random) -> bytes:
    return data[: _place(data, chance)]


def _value_replaced(data: bytes, chance: random.Random) -> bytes:
    """Another value between two marks, where values are: ``>7007<``, ``"7007"``, ``,7007,``."""
    mark, end = chance.choice(((b">", b"<"), (b'"', b'"'), (b",", b","), (b": ", b"\n"), (b" ", b" ")))
    starts = data.split(mark)
    if len(starts) < 3:
        return _replaced(data, chance)
    at = chance.randrange(1, len(starts))
    _, found, rest = starts[at].partition(end)
    starts[at] = chance.choice(PIECES) + found + rest
    return mark.join(starts)


_CHANGES: Final[tuple[Callable[[bytes, random.Random], bytes], ...]] = (
    _flipped, _cut, _inserted, _replaced, _copied, _ended, _value_replaced, _value_replaced,
)  # fmt: skip
