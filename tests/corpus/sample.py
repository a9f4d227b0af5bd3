"""The sample of the corpus that is part of this repository: how it is read, what it holds, and how it is made.

``sample.tar.xz`` has about 200 ownership filings as EDGAR accepted them, each named after its accession number; only addresses
were replaced (``address.py``). ``sample.txt`` says what the checks find in them. To make both again from a larger corpus:

    python -m tests.corpus.sample --from ../shared/corpus
"""

from __future__ import annotations

import argparse
import io
import lzma
import re
import tarfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from form4_author.findings import Severity
from tests.corpus.address import gives_an_address, issuer_addresses, without_homes
from tests.corpus.judging import judged_filings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tests.corpus.judging import Judged

__all__ = ["ARCHIVE", "COUNTS", "Filings", "archive_of", "chosen", "filings_in", "held", "report"]

Filings = tuple[tuple[str, bytes], ...]
"""Accession number and content of each."""

ARCHIVE: Final = Path(__file__).parent / "sample.tar.xz"
COUNTS: Final = Path(__file__).parent / "sample.txt"
_SIZE: Final = 200
_ACCESSION: Final = re.compile(r"\d{10}-\d{2}-\d{6}")


def filings_in(archive: Path) -> Filings:
    """The filings of an archive, in its order."""
    with tarfile.open(archive) as members:
        return tuple(
            (Path(member.name).stem, file.read())
            for member in members
            if (file := members.extractfile(member)) is not None
        )


def archive_of(filings: Filings) -> bytes:
    """The filings as an archive: the same bytes for the same filings, whoever makes it and when."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as members:
        for accession, data in sorted(filings):
            member = tarfile.TarInfo(f"{accession}.xml")
            member.size = len(data)
            members.addfile(member, io.BytesIO(data))
    return lzma.compress(packed.getvalue(), preset=9 | lzma.PRESET_EXTREME)


# ---- what a filing holds


def held(each: Judged) -> Iterator[str]:
    """What a sample must show: forms, their editions, codes of each table, and rules that fire.

    Forms and codes of clean filings are counted again, for tests that break them: those without more than notes.
    """
    filing = each.document.filing
    codes = {
        f"code {code} in Table {table}"
        for table, rows in (("I", filing.non_derivative), ("II", filing.derivative))
        for row in rows
        if (code := row.transaction_code.value)
    }
    yield from (f"form {filing.form}", f"edition {filing.edition} of Form {filing.form}", *codes)
    yield from {f"rule {finding.id}" for finding in each.findings}
    if all(finding.severity is Severity.NOTE for finding in each.findings):
        plan = ["10b5-1 box"] if filing.aff10b5_one else []
        yield from (f"clean {word}" for word in (f"form {filing.form}", *codes, *plan))


def report(judged: Iterable[Judged]) -> str:
    """How many filings hold what, how many findings each rule has, and the rules that fire on each filing."""
    filings = sorted(judged)
    holding = Counter(word for each in filings for word in held(each))
    findings = Counter(f"rule {finding.id}" for each in filings for finding in each.findings)
    lines = [
        "# What the sample holds, in how many filings; of a rule also, how many findings.",
        f"filings\t{len(filings)}",
    ]
    lines += [
        "\t".join(
            str(cell) for cell in (word, holding[word], *([findings[word]] if word in findings else []))
        )
        for word in sorted(holding)
    ]
    lines += ["", "# The rules that fire on each filing; how often, if more than once."]
    lines += [f"{each.accession}\t{_fired(each)}" for each in filings]
    return "\n".join(lines) + "\n"


def _fired(each: Judged) -> str:
    counts = Counter(finding.id for finding in each.findings)
    return " ".join(id if times == 1 else f"{id}×{times}" for id, times in sorted(counts.items())) or "none"


# ---- the choice


def chosen(
    features: Mapping[str, frozenset[str]], sizes: Mapping[str, int], wanted: int = _SIZE
) -> list[str]:
    """Filings that show each feature once, then twice, and so on until there are as many as wanted.

    The next one is always the filing that shows most of what is missing; of equals the shortest.
    """
    available = Counter(feature for shown in features.values() for feature in shown)
    counted: Counter[str] = Counter()
    left, taken, depth = dict(features), list[str](), 1
    while left and len(taken) < wanted:
        missing = {feature for feature, most in available.items() if counted[feature] < min(depth, most)}
        if not missing:
            depth += 1
            continue
        best = min(left, key=lambda name: (-len(left[name] & missing), sizes[name], name))
        counted.update(left.pop(best))
        taken.append(best)
    return sorted(taken)


def made(corpus: Filings) -> Filings:
    """The sample of a corpus, without filings in which another address changes a finding."""
    known = issuer_addresses(corpus)
    private = {
        accession: data
        for accession, original in corpus
        if _ACCESSION.fullmatch(accession)
        and not gives_an_address(original)
        and (data := without_homes(original, known)) is not None
    }
    found = {each.accession: each.findings for each in judged_filings(corpus)}
    features = {
        each.accession: frozenset(held(each)) | _elements(private[each.accession])
        for each in judged_filings(private.items())
        if each.findings == found[each.accession]
    }
    return tuple(
        (name, private[name]) for name in chosen(features, {name: len(private[name]) for name in features})
    )


def _elements(data: bytes) -> set[str]:
    return {f"element {name.decode()}" for name in re.findall(rb"<([A-Za-z]\w*)", data)}


def main() -> None:
    """Write the archive and its counts."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.corpus.sample", description="Make the sample of the corpus."
    )
    parser.add_argument(
        "--from", dest="folder", type=Path, required=True, help="the folder that has dev.tar.xz"
    )
    sample = made(filings_in(parser.parse_args().folder / "dev.tar.xz"))
    ARCHIVE.write_bytes(archive_of(sample))
    COUNTS.write_text(report(judged_filings(sample)), encoding="utf-8")
    print(f"{len(sample)} filings, {ARCHIVE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
