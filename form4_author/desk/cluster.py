"""A Dask cluster as workers. Dask is loaded by this module only."""

from __future__ import annotations

import logging
import pickle
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from form4_author.desk.check_batch import checked_batch
from form4_author.desk.check_run import Workers
from form4_author.errors import Form4Error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from distributed import Client

    from form4_author.desk.check_batch import CheckTerms
    from form4_author.desk.check_run import Batch

__all__ = ["cluster_workers"]

_CONNECT: Final = 10
"""Seconds until a scheduler must answer."""
_FIRST_WORKER: Final = 30
"""Seconds until the first worker must be there."""
_SCHEMES: Final = ("tcp", "tls")
_AHEAD: Final = 3
"""Batches for each thread of a worker: one is checked, the others wait beside it."""


@contextmanager
def cluster_workers(address: str, say: Callable[[str], None]) -> Iterator[Workers]:
    """The workers of the cluster whose scheduler is at the address. ``say``: takes a remark for the user.

    Raises Form4Error where Dask is not installed, the scheduler does not answer, or there is no worker.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise Form4Error(
            "A cluster needs Dask, which is not installed", remedy='pip install "form4-author[dask]"'
        ) from None
    _refuse_address(address)
    logging.disable(logging.CRITICAL)  # what goes wrong is said here
    with warnings.catch_warnings(record=True) as differing:
        warnings.simplefilter("always")
        try:
            client = Client(address, timeout=_CONNECT, set_as_default=False)
        except Exception as error:  # noqa: BLE001  # each kind of address has its own errors
            logging.disable(logging.NOTSET)
            raise _no_scheduler(address, error) from None
    for each in differing:
        if type(each.message).__name__ == "VersionMismatchWarning":
            say(_DIFFERING)
    try:
        _wait_for_worker(client, address)
        executor = client.get_executor(pure=False)
        yield Workers(
            lambda batch, terms: executor.submit(pickle.loads, pickle.dumps(_Check(batch, terms))),
            room=lambda: _AHEAD * sum(client.nthreads().values()),
            lost=(KilledWorker,),
            look_after=_Watch(client, address, say).look,
        )
    finally:
        client.close(timeout=_CONNECT)
        logging.disable(logging.NOTSET)


class _Check:
    """A batch that is checked where it is unpickled.

    So the task itself is the standard library's: a scheduler needs no form4, and a worker without it says so; with a
    function of ours as the task, such a worker would end as it reads it.
    """

    def __init__(self, batch: Batch, terms: CheckTerms) -> None:
        self._call = batch, terms

    def __reduce__(self) -> tuple[object, ...]:
        return checked_batch, self._call


def _refuse_address(address: str) -> None:
    """Raises Form4Error for an address that no connection can be made to; Dask would wait for one."""
    from distributed.comm.addressing import parse_address, parse_host_port
    from distributed.security import Security

    try:
        scheme, place = parse_address(address)
        parse_host_port(place)
    except ValueError as error:
        raise _no_scheduler(address, error) from None
    if scheme not in _SCHEMES:
        raise _no_scheduler(address, ValueError(f'"{scheme}" is not {" or ".join(_SCHEMES)}'))
    if scheme == "tls" and not Security().get_connection_args("client").get("ssl_context"):
        raise Form4Error(
            "A tls address needs certificates, and Dask's configuration names none",
            remedy="Set distributed.comm.tls.ca-file, client.cert and client.key in it",
        )


_DIFFERING: Final = (
    "The versions of Python or Dask differ between this computer, the scheduler and the workers; if the run fails,"
    " install the same ones"
)


def _no_scheduler(address: str, error: Exception) -> Form4Error:
    reason = str(error) or type(error).__name__
    return Form4Error(
        f"No Dask scheduler answers at {address}: {reason}",
        remedy="Check the address, which the scheduler prints as it starts, such as tcp://host:8786, and that it runs a"
        " version of Dask near this one",
    )


def _wait_for_worker(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_FIRST_WORKER)
    except TimeoutError:
        raise Form4Error(
            f"The scheduler at {address} has no worker",
            remedy=f"Start one on each computer: dask worker {address} --nthreads 1 --nworkers auto",
        ) from None


class _Watch:
    """Looks after the cluster while it is waited for."""

    def __init__(self, client: Client, address: str, say: Callable[[str], None]) -> None:
        self._client, self._address, self._say = client, address, say
        self._said = False

    def look(self) -> None:
        """Say once that there is no worker. Raises Form4Error when the scheduler is gone."""
        if self._client.status != "running":
            raise Form4Error(
                f"The scheduler at {self._address} does not answer any more; what was stored before remains",
                remedy="Start it and run the same command again",
            )
        if not self._said and not self._client.nthreads():
            self._said = True
            self._say(
                "No worker is connected. Waiting for one; Ctrl-C ends the run, and what is stored remains"
            )
