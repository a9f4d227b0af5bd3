"""A PostgreSQL server for the tests: made in a temporary folder, on loopback, never as root, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PostgresqlMissing", "running_server"]


class PostgresqlMissing(Exception):
    """There is no PostgreSQL here, or it does not start."""


@contextmanager
def running_server() -> Iterator[int]:
    """The port of a server that trusts whoever comes from this machine. Raises PostgresqlMissing."""
    programs = _programs()
    who = _other_user()
    folder = Path(tempfile.mkdtemp(prefix="form4-postgresql-", dir=_open_folder()))
    try:
        if who:
            shutil.chown(folder, who["user"])
        _run(
            [
                programs / "initdb",
                "-D",
                folder / "data",
                "-U",
                "form4",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-locale",
                "-N",
            ],
            who,
        )
        with socket.create_server(("127.0.0.1", 0)) as free:
            port: int = free.getsockname()[1]
        options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"
        _run(
            [programs / "pg_ctl", "-D", folder / "data", "-l", folder / "log", "-o", options, "-w", "start"],
            who,
        )
        try:
            yield port
        finally:
            _run([programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], who)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _open_folder() -> str:
    """A temporary folder that another user reaches too."""
    for name in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108  # what is made in it has a name of its own
        folder = Path(name).resolve()
        if all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents)):
            return str(folder)
    raise PostgresqlMissing("no temporary folder is open to another user")


def _programs() -> Path:
    """Where initdb and pg_ctl are: Debian keeps them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: p.parts[-3].zfill(4))
    named = shutil.which("initdb")
    if found:
        return found[-1].parent
    if named is None:
        raise PostgresqlMissing("initdb is not installed")
    return Path(named).resolve().parent


def _other_user() -> dict[str, Any]:
    """As whom it runs: PostgreSQL refuses root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_name, "group": entry.pw_gid, "extra_groups": []}
    raise PostgresqlMissing("this is root, and there is no other user to run it as")


def _run(command: list[Any], who: dict[str, Any]) -> None:
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": "/"}
    # No pipes: the server would hold them open for as long as it runs.
    with tempfile.TemporaryFile() as told:
        done = subprocess.run(
            [str(word) for word in command], check=False, cwd="/", env=environment, timeout=60,
            stdin=subprocess.DEVNULL, stdout=told, stderr=told, **who,
        )  # fmt: skip
        if done.returncode:
            told.seek(0)
            raise PostgresqlMissing(
                f"{Path(str(command[0])).name}: {told.read().decode(errors='replace').strip()}"
            )
