"""The printable copy: the page as PDF, by WeasyPrint, with our own fonts and nothing from outside.

The only module that imports WeasyPrint, which needs Pango; where it is missing, the error says how to get it.
"""

from __future__ import annotations

import hashlib
import zlib
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, partial
from importlib.metadata import version
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from form4_author.errors import ResourceMissing
from form4_author.page.conformance import finish, name_subsets
from form4_author.page.html import print_page, print_sheet, seal_html, tight_sheet
from form4_author.resources import resource

if TYPE_CHECKING:
    from types import ModuleType

    from form4_author.model.filing import Filing
    from form4_author.page.html import Paper
    from form4_author.page.seal import Seal
    from form4_author.page.view import PageStatus

__all__ = ["Enclosure", "made_with", "page_pdf", "seal_pdf", "upright_pdf", "weasyprint_version"]

_REMEDY: Final = (
    "On Debian or Ubuntu: apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0; on macOS: brew install pango; on Windows: install MSYS2's Pango, see WeasyPrint's manual"
)

_FACES: Final = ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSans-Italic.ttf")
_SERIFS: Final = ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf")


@cache
def _weasyprint() -> ModuleType:
    try:
        with redirect_stdout(StringIO()):  # where Pango is missing it prints a banner
            import weasyprint
    except OSError as error:
        raise ResourceMissing(
            f"The PDF needs the Pango library, which is not installed ({error})", remedy=_REMEDY
        ) from None
    module: ModuleType = weasyprint
    return module


def weasyprint_version() -> str:
    """WeasyPrint's version.

    Raises ResourceMissing when its libraries are not there.
    """
    return str(_weasyprint().__version__)


@cache
def made_with() -> str:
    """The libraries and fonts that decide how a page is drawn: ``WeasyPrint 70.0, pydyf 0.13.0, Pango 1.50.12, ...``.

    Two machines where this is the same draw the same page with the same bytes.
    Raises ResourceMissing as :func:`weasyprint_version`.
    """
    digest = hashlib.sha256()
    for face in (*_FACES, *_SERIFS):
        digest.update(resource("templates", "fonts", face).read_bytes())
    versions = {
        "WeasyPrint": weasyprint_version(),
        "pydyf": version("pydyf"),
        "fontTools": version("fonttools"),
        "Pango": _library_version("pango_version_string", _PANGO),
        "HarfBuzz": _library_version("hb_version_string", _HARFBUZZ),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "fonts": digest.hexdigest()[:16],
    }
    return ", ".join(f"{name} {value}" for name, value in versions.items())


_PANGO: Final = (
    "libpango-1.0-0",
    "pango-1.0-0",
    "pango-1.0",
    "libpango-1.0.so.0",
    "libpango-1.0.dylib",
    "libpango-1.0-0.dll",
)
_HARFBUZZ: Final = (
    "libharfbuzz-0",
    "harfbuzz",
    "harfbuzz-0.0",
    "libharfbuzz.so.0",
    "libharfbuzz.0.dylib",
    "libharfbuzz-0.dll",
)
"""Names of the libraries on the systems that WeasyPrint knows, in its order."""


def _library_version(function: str, names: tuple[str, ...]) -> str:
    """What a library that WeasyPrint has loaded says its version is."""
    from weasyprint.text.ffi import _dlopen, ffi

    own = type(ffi)()
    own.cdef(f"const char *{function}(void);")
    library: Any = _dlopen(own, *names)
    answer: bytes = own.string(getattr(library, function)())
    return answer.decode("ascii")


@cache
def _fonts() -> Any:  # noqa: ANN401  # WeasyPrint's class, known only once it is imported
    _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _sheet(captions: str, base: str, paper: Paper) -> Any:  # noqa: ANN401  # WeasyPrint's class, known only once it is imported
    """The style sheet, parsed once in a process; its fonts join :func:`_fonts`."""
    for face in _FACES:
        resource("templates", "fonts", face)
    return _weasyprint().CSS(
        string=print_sheet(captions, base, paper),
        base_url=_base_url(),
        url_fetcher=_fetcher(),
        font_config=_fonts(),
    )


@cache
def _tight() -> Any:  # noqa: ANN401  # WeasyPrint's class, known only once it is imported
    """The sheet that takes white out."""
    return _weasyprint().CSS(string=tight_sheet(), url_fetcher=_fetcher(), font_config=_fonts())


_CLOSING: Final = ("explanation", "signatures", "reminders")
"""The last parts of the page, by their ids."""
_NEAR_TOP: Final = 80
"""CSS pixels: what begins above is the first thing on its page."""


def _laid_out(page: Any, sheets: tuple[Any, ...], options: dict[str, Any]) -> Any:  # noqa: ANN401  # WeasyPrint's classes
    """The pages; where the last one holds the closing alone and less white saves it, with less white."""
    pages = page.render(font_config=_fonts(), stylesheets=list(sheets), **options)
    anchors = pages.pages[-1].anchors
    first = [name for name in _CLOSING if anchors.get(name, (0, _NEAR_TOP))[1] < _NEAR_TOP]
    if len(pages.pages) == 1 or not first:
        return pages
    tight = page.render(font_config=_fonts(), stylesheets=[*sheets, _tight()], **options)
    return tight if len(tight.pages) < len(pages.pages) else pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file inside the PDF."""

    name: str
    content: bytes
    description: str
    relationship: str
    """As in ISO 32000-2, 7.11.3.

    ``Source``: what the page was made from; ``Data``: what belongs to it; ``Supplement``: what is filed beside it.
    """


def page_pdf(
    filing: Filing, *, status: PageStatus, enclosures: tuple[Enclosure, ...] = (), paper: Paper = "letter"
) -> bytes:
    """The page as a file that is PDF/A-3a and PDF/UA-1, with files inside it.

    The same filing, enclosures and version give the same bytes on one machine; no clock is read: the enclosures bear
    the last date beside a signature, or the period's while no one has signed.
    Raises ResourceMissing when WeasyPrint's libraries or our fonts are not there.
    """
    page = print_page(filing, status=status)
    sheet = _sheet(page.captions, page.base, paper)
    return _written(page.html, paper, (sheet,), _Inside(enclosures, _dated(filing)))


def upright_pdf(html: str, enclosures: tuple[Enclosure, ...] = (), when: date | None = None) -> bytes:
    """A page of ``page.authentication`` as a file that is PDF/A-3a and PDF/UA-1, with places for signatures.

    ``when``: the day that the files inside it bear. The same text and enclosures give the same bytes on one machine.
    Raises ResourceMissing when WeasyPrint's libraries or our fonts are not there.
    """
    for face in (*_FACES, *_SERIFS):
        resource("templates", "fonts", face)
    return _written(html, "", (), _Inside(enclosures, _midnight(when or _NO_DAY)))


class _Inside(NamedTuple):
    """The files inside a PDF and the day that they bear."""

    enclosures: tuple[Enclosure, ...]
    when: datetime | None


def _written(html: str, paper: str, sheets: tuple[Any, ...], inside: _Inside) -> bytes:
    """A page as PDF; ``paper`` is part of its identifier."""
    weasyprint = _weasyprint()
    document = weasyprint.HTML(string=html, base_url=_base_url(), url_fetcher=_fetcher(), encoding="utf-8")
    identity = hashlib.sha256(f"{paper}{html}".encode())
    for enclosure in inside.enclosures:
        identity.update(enclosure.content)
    options = {
        "attachments": [
            weasyprint.Attachment(
                file_obj=BytesIO(enclosure.content),
                name=enclosure.name,
                description=enclosure.description,
                relationship=enclosure.relationship,
                created=inside.when,
                modified=inside.when,
            )
            for enclosure in inside.enclosures
        ],
        "pdf_variant": "pdf/a-3a",
        "pdf_identifier": identity.digest()[:16],
    }
    pdf: bytes = _laid_out(document, sheets, options).write_pdf(
        finisher=partial(finish, made_with=made_with()), **options
    )
    return pdf


def seal_pdf(seal: Seal, width: float, height: float) -> bytes:
    """The content of a signed place, as one page of ``width`` and ``height`` points, in the largest type that fits.

    Raises ResourceMissing when WeasyPrint's libraries or our fonts are not there.
    """
    weasyprint = _weasyprint()
    for size, flowing in _SEAL_SIZES:
        document = weasyprint.HTML(
            string=seal_html(seal, size, width, height, flowing=flowing),
            base_url=_base_url(),
            url_fetcher=_fetcher(),
        ).render(font_config=_fonts())
        if len(document.pages) == 1:
            break
    pdf: bytes = document.copy(document.pages[:1]).write_pdf(finisher=_finish_seal)
    return pdf


def _finish_seal(_document: object, pdf: Any) -> None:  # noqa: ANN401  # pydyf has no types
    """Its fonts are subsets of those of the page that it is put on."""
    name_subsets(pdf)


_SEAL_SIZES: Final = (
    *((size, False) for size in ("6.4", "5.9", "5.5")),
    *((size, True) for size in ("5.5", "4.6", "3.7", "2.8")),
)
"""Type sizes in points, each with whether the lines follow one another; smaller than 5.5 only where no other fits."""


def _dated(filing: Filing) -> datetime:
    """The day that files inside the PDF bear: never today, so that the same filing gives the same bytes."""
    signed = max((s.date for s in filing.signatures if s.date is not None), default=filing.period_of_report)
    return _midnight(signed if signed is not None else _NO_DAY)


_NO_DAY: Final = date(2000, 1, 1)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _base_url() -> str:
    return resource("templates").as_uri() + "/"


def _fetcher() -> Any:  # noqa: ANN401  # WeasyPrint's class, known only once it is imported
    """Only our own fonts can be fetched."""
    from weasyprint.urls import URLFetcher

    folder = resource("templates", "fonts")
    fonts = {(folder / font.name).as_uri() for font in folder.iterdir()}

    class OwnFonts(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: object = None) -> object:
            if url not in fonts:
                raise ValueError(f"{url} is not one of our fonts")
            return super().fetch(url, headers)

    return OwnFonts(allowed_protocols={"file"}, fail_on_errors=True)
