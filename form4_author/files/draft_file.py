"""Drafts on disk: read from JSON or YAML, written so that a crash loses nothing, listed for the start menu.

Every scalar of a file stays the text that was written: `NO` is Norway, `007` keeps its zeros and `1.10` its last one.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn

from form4_author.errors import UnreadableInput
from form4_author.files import disk
from form4_author.files.output import OWN_FILE, make_folder, sync_folder, write_bytes, written_beside
from form4_author.wire.draft import draft_data, draft_of
from form4_author.wire.draft_format import DRAFT_FORMAT, format_of, in_current_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import yaml

    from form4_author.model.draft import Draft

__all__ = [
    "OF_A_BATCH",
    "SUFFIX",
    "DraftFile",
    "Summary",
    "at_hand",
    "batch_folder",
    "default_folder",
    "drafts",
    "free_path",
    "load",
    "named_in",
    "places",
    "read_data",
    "read_items",
    "save",
]

SUFFIX: Final = ".form4.json"
"""How the name of a draft made by the interview ends."""
OF_A_BATCH: Final = "-drafts"
"""How the name of a folder ends that has the drafts of a spreadsheet."""

_YAML_SUFFIXES: Final = (".yaml", ".yml")
_LARGEST: Final = 10 * 1024 * 1024
_MOST_YAML_VALUES: Final = 50_000
"""Keys and values of a YAML file, which is read by a slow parser; a full form has three thousand."""
_HEAD: Final = 512
"""Bytes of a draft of ours in which its format stands."""
_REMEDY: Final = "Correct the file, or go back to the copy beside it that ends in .bak"

Data = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFile:
    """A draft as read: its data in the current format, where it lies and how it is spelled there."""

    data: Data
    path: Path
    format: Literal["json", "yaml"]

    @property
    def draft(self) -> Draft:
        """The draft as typed records."""
        return draft_of(self.data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One line of the list of drafts."""

    path: Path
    form: str = ""
    person: str = ""
    issuer: str = ""
    saved: datetime
    filed: bool = False
    """Whether it was filed: ``form4 filed`` closed it."""
    problem: str = ""
    """Why it could not be read; empty when it could."""


# ---- reading


def load(path: Path, content: bytes | None = None) -> DraftFile:
    """The draft in a file, brought to the current format. ``content``: its bytes, where they were read already.

    Raises UnreadableInput: DOC-022 can't be opened, DOC-023 not well-formed, DOC-024 encoding, DOC-027 too large or too
    deep, DOC-030 not a draft, or of a newer format.
    """
    data = read_data(path, content)
    if not isinstance(data, dict):
        raise UnreadableInput(
            f"{path} is not a draft: it has no keys such as form and issuer",
            remedy="Give a draft that form4 made, or an XML file",
            id="DOC-030",
        )
    data = in_current_format(data)
    return DraftFile(data=data, path=path, format="yaml" if _is_yaml(path) else "json")


def read_data(path: Path, content: bytes | None = None) -> object:
    """What a JSON or YAML file holds, every number and every YAML scalar as the text that was written.

    ``content``: its bytes, where they were read already.
    Raises UnreadableInput with DOC-022, -023, -024 or -027, and line and column where the file breaks.
    """
    return _parsed(_text(path, content), path)


def read_items(path: Path) -> tuple[object, tuple[int, ...]]:
    """What a JSON or YAML file holds, as ``read_data``, and the line on which each item of its list begins, from 1.

    No lines where the file holds no list. The file is read once, so that it may be a pipe.
    """
    text = _text(path)
    data = _parsed(text, path)
    if not isinstance(data, list):
        return data, ()
    return data, tuple(_yaml_lines(text) if _is_yaml(path) else _json_lines(text))


def _yaml_lines(text: str) -> Iterator[int]:
    import yaml

    listed = yaml.compose(text, yaml.BaseLoader)
    for node in listed.value if listed else ():
        yield node.start_mark.line + 1


def _json_lines(text: str) -> Iterator[int]:
    between = re.compile(r"[\s,]*")
    decoder = json.JSONDecoder()
    place = text.index("[") + 1
    while text[place := between.match(text, place).end()] != "]":  # type: ignore[union-attr]  # it matches nothing too
        yield text.count("\n", 0, place) + 1
        _, place = decoder.raw_decode(text, place)


def _parsed(text: str, path: Path) -> object:
    try:
        data = _yaml_data(text, path) if _is_yaml(path) else _json_data(text, path)
        if "\\u" in text.lower():
            json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise UnreadableInput(
            f"{path} contains half of a character, written as \\ud800 to \\udfff",
            remedy="Write the whole character instead",
            id="DOC-024",
        ) from None
    except RecursionError:
        raise UnreadableInput(
            f"{path} is nested too deeply for a draft", remedy=_REMEDY, id="DOC-027"
        ) from None
    return data


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in _YAML_SUFFIXES


def _text(path: Path, content: bytes | None = None) -> str:
    content = _content(path) if content is None else content
    if len(content) > _LARGEST:
        raise UnreadableInput(f"{path} is larger than 10 MB", remedy="Give a draft", id="DOC-027")
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise UnreadableInput(
            f"{path} holds NUL bytes", remedy="Save it again as UTF-8 text", id="DOC-024", line=line
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableInput(
            f"{path} is not UTF-8 text", remedy="Save it again as UTF-8 text", id="DOC-024", line=line
        ) from None


def _content(path: Path) -> bytes:
    try:
        return disk.read(path, _LARGEST + 1)
    except OSError as error:
        reason = "it is a folder" if path.is_dir() else (error.strerror or str(error)).lower()
        raise UnreadableInput(
            f"{path} can't be opened: {reason}", remedy="Check the name and the permissions", id="DOC-022"
        ) from None


def _json_data(text: str, path: Path) -> object:
    def refused(constant: str) -> NoReturn:
        raise UnreadableInput(f"{path} holds {constant}, which is not a value", remedy=_REMEDY, id="DOC-023")

    def unique(pairs: list[tuple[str, object]]) -> Data:
        twice = _named_twice([name for name, _ in pairs])
        if twice is not None:
            raise UnreadableInput(f'{path} gives "{twice}" twice in one place', remedy=_REMEDY, id="DOC-023")
        return dict(pairs)

    try:
        return json.loads(
            text, parse_float=str, parse_int=str, parse_constant=refused, object_pairs_hook=unique
        )
    except json.JSONDecodeError as error:
        raise UnreadableInput(
            f"{path} is not well-formed JSON: {error.msg[:1].lower()}{error.msg[1:]}",
            remedy=_REMEDY,
            id="DOC-023",
            line=error.lineno,
            column=error.colno,
        ) from None


def _named_twice(names: Iterable[str]) -> str | None:
    """The first name that comes again; each is compared with those of its own hash only."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def _yaml_data(text: str, path: Path) -> object:
    import yaml

    class Loader(yaml.BaseLoader):
        """Every scalar as text; a key given twice and an alias (which can grow without bound) are refused."""

        values = 0

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            self.values += 1
            if self.values > _MOST_YAML_VALUES:
                raise UnreadableInput(
                    f"{path} holds more than {_MOST_YAML_VALUES:,} values",
                    remedy="Give a draft, or write it as JSON",
                    id="DOC-027",
                )
            if self.check_event(yaml.AliasEvent):
                mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # the stubs leave it out
                raise yaml.MarkedYAMLError(
                    problem="an alias (*name) is not used in drafts", problem_mark=mark
                )
            return super().compose_node(parent, index)

    def unique(loader: Loader, node: yaml.MappingNode) -> Data:
        found: Data = {}
        for key_node, value_node in node.value:
            key = str(loader.construct_object(key_node, deep=True))
            if key in found:
                raise yaml.MarkedYAMLError(
                    problem=f'"{key}" is given twice', problem_mark=key_node.start_mark
                )
            found[key] = loader.construct_object(value_node, deep=True)
        return found

    Loader.add_constructor("tag:yaml.org,2002:map", unique)
    try:
        return yaml.load(text, Loader)  # noqa: S506  # a BaseLoader: builds text, lists and mappings only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it can't be read"
        raise UnreadableInput(
            f"{path} is not well-formed YAML: {problem}",
            remedy=_REMEDY,
            id="DOC-023",
            line=mark.line + 1 if mark else None,
            column=mark.column + 1 if mark else None,
        ) from None


# ---- writing


def save(path: Path, draft: Draft) -> None:
    """The draft is on disk when this returns: whole and readable by its owner only; what was there is NAME.bak.

    The first save over a draft of format 1 keeps that as NAME.format-1.bak, too.

    A crash at any moment leaves either the old or the new file under the name, never half of one.
    Raises UnreadableInput (DOC-022) when the folder can't be written.
    """
    place = Path(os.path.realpath(path))
    content = _spelled(place, draft_data(draft)).encode("utf-8")
    saved = False
    try:
        disk.refuse_special(path)
        make_folder(place.parent)
        _keep_former_format(place)
        new = written_beside(place, content)
        try:
            _keep_previous(place)
            disk.replace(new, place)  # atomic on every system
        except BaseException:
            with contextlib.suppress(OSError):
                disk.remove_file(new)
            raise
        saved = True
        sync_folder(place.parent)
    except OSError as error:
        raise UnreadableInput(
            f"{path} {_UNSURE if saved else _UNSAVED}: {(error.strerror or str(error)).lower()}",
            remedy="Free some space or choose another folder, then go on; "
            + ("the new version is saved" if saved else "the last saved version is unchanged"),
            id="DOC-022",
        ) from None


_UNSAVED: Final = "can't be saved"
_UNSURE: Final = "is saved, but may be lost in a outage"


def _spelled(path: Path, data: Data) -> str:
    if not _is_yaml(path):
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    import yaml

    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)


_CURRENT: Final = re.compile(rb'"?format"?\s*:\s*"?' + str(DRAFT_FORMAT).encode() + rb"\b")


def _keep_former_format(path: Path) -> None:
    """A draft of a former format is also saved as NAME.format-1.bak, which nothing overwrites."""
    try:
        if _CURRENT.search(disk.read(path, _HEAD)):
            return
        data = read_data(path)
        number = format_of(data) if isinstance(data, dict) else DRAFT_FORMAT
    except (FileNotFoundError, UnreadableInput):  # nothing there, or no draft
        return
    kept = path.with_name(f"{path.name}.format-{number}.bak")
    if number < DRAFT_FORMAT and not kept.exists():
        write_bytes(kept, disk.read(path))


def _keep_previous(path: Path) -> None:
    """The file is also saved as NAME.bak; its own name always exists."""
    if not path.exists():
        return
    backup = path.with_name(path.name + ".bak")
    step = path.with_name(f".{backup.name}.tmp")
    disk.remove_file(step, missing_ok=True)
    try:
        disk.link(path, step)
    except OSError:  # a file system without hard links
        disk.copy(path, step)
    disk.change_mode(step, OWN_FILE)  # whatever the previous version allowed: it holds the same names
    disk.replace(step, backup)


# ---- where drafts are


def default_folder() -> Path:
    """Where drafts are kept when the filer names no place."""
    import platformdirs

    return Path(platformdirs.user_data_path("form4-author", appauthor=False)) / "drafts"


def free_path(folder: Path, stem: str) -> Path:
    """A name in the folder that no draft has yet: ``STEM.form4.json``, ``STEM-2.form4.json`` …."""
    names = (folder / f"{stem}{f'-{n}' if n > 1 else ''}{SUFFIX}" for n in _counting())
    return next(name for name in names if not name.exists())


def _counting() -> Iterator[int]:
    number = 1
    while True:
        yield number
        number += 1


def at_hand() -> tuple[Summary, ...]:
    """The drafts of the folder one is in, then those of the drafts folder."""
    default = default_folder()
    here = drafts(Path()) if Path.cwd() != default.resolve() else ()
    return (*here, *drafts(default))


def places() -> tuple[Path, ...]:
    """The files of the drafts in the current folder, then of those in the drafts folder and its folders of batches."""
    default = default_folder()
    here = named_in(Path()) if Path.cwd() != default.resolve() else ()
    batches = sorted(default.glob(f"*{OF_A_BATCH}"))
    return (*here, *named_in(default), *(path for folder in batches for path in named_in(folder)))


def batch_folder(sheet: str) -> Path:
    """Where the desk puts the drafts of a spreadsheet, so that it lists them."""
    return default_folder() / f"{Path(sheet).stem}{OF_A_BATCH}"


def named_in(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that are named as drafts."""
    try:
        return tuple(p for p in folder.iterdir() if ".form4." in p.name and _is_draft(p))
    except OSError:
        return ()


def drafts(folder: Path) -> tuple[Summary, ...]:
    """The drafts in a folder, last saved first; one that can't be read is listed with the reason."""
    found = [_summary(path) for path in named_in(folder)]
    return tuple(sorted(found, key=lambda s: (s.saved, s.path.name), reverse=True))


def _is_draft(path: Path) -> bool:
    """Whether it is named as one; a pipe is none, for reading it might never end. A broken link is reported."""
    named = path.suffix.lower() in (".json", *_YAML_SUFFIXES) and not path.name.startswith(".")
    return named and (path.is_file() or path.is_dir() or (path.is_symlink() and not path.exists()))


def _summary(path: Path) -> Summary:
    saved = datetime.fromtimestamp(path.stat(follow_symlinks=path.exists()).st_mtime, UTC)
    try:
        data = load(path).data
    except UnreadableInput as error:
        return Summary(path=path, saved=saved, problem=error.problem)
    owners = data.get("owners")
    person = owners[0] if isinstance(owners, list) and owners and isinstance(owners[0], dict) else {}
    issuer, interview = data.get("issuer"), data.get("interview")
    return Summary(
        path=path,
        saved=saved,
        filed=isinstance(interview, dict) and bool(interview.get("filed")),
        form=_name(data.get("form")),
        person=_name(person.get("name")),
        issuer=_name(issuer.get("name") if isinstance(issuer, dict) else None),
    )


def _name(value: object) -> str:
    return value if isinstance(value, str) else ""
