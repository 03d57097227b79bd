"""The one-process server: granian, which keeps slow connections away from the threads that do the work."""

import errno
import multiprocessing
import os
import socket
import sys
import time
from contextlib import suppress
from datetime import datetime
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from referral import COMMANDS, bodies, mail, orphans, written
from referral.config import ROOT, SERVED
from referral.errors import UsageError
from referral.nightly.keeper import Keeper
from referral.nightly.midnight import Midnight
from referral.nightly.night import Night
from referral.nightly.surveyor import Surveyor
from referral.nightly.sweeper import Sweeper

if TYPE_CHECKING:
    from referral.web import Rooms

SERVER = "SERVED_BY"
"""Holds the number of the server's process, for its workers."""

PATIENCE = 12
"""Looks at a port that is still taken, before we say so: a killed server's worker needs a moment."""

CONNECTIONS = 4096
"""Connections open at once: a browser keeps six, and each costs little."""

HEAD_MS = 10_000
"""Milliseconds for the head of a request to come."""


def check_port(host: str, port: int) -> None:
    """Raise UsageError when nobody could listen there."""
    for last in (n == PATIENCE - 1 for n in range(PATIENCE)):
        try:
            return _try(host, port)
        except UsageError:
            if last:
                raise
            time.sleep(orphans.EVERY / 2)


def _try(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UsageError(_why(host, port, error)) from None


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken. Stop what runs there, or choose another: PORT=8080 make run"
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights than we have. Choose one above 1023: PORT=8080 make run"
    return f"Nobody can listen on {host}:{port}: {error.strerror}."


def end_with_parent() -> None:
    """End this process when the server that started it is gone: killed, it cannot say goodbye to its workers.

    Else the orphan would hold the port, and the next start would find it taken.
    """
    server = os.environ.get(SERVER, "")
    if server and server != str(os.getpid()):
        orphans.end_with(int(server))


def work_beside(rooms: "Rooms") -> None:
    """Look after the search index and sweep after who was erased, in threads of every process that serves. Send
    letters, let the day turn and look up addresses, in threads of this process if it is the worker of our own server;
    what is in memory alone is written when it ends.

    Those only there: a cluster of other servers has `letters send --loop` running somewhere, and `nightly` at midnight.
    """
    if os.environ.get(COMMANDS) != "true":
        _ = rooms.geocoder  # a setting that names nobody is said at the start, whatever serves
    server = os.environ.get(SERVER, "")
    if os.environ.get(COMMANDS) != "true" and server != str(os.getpid()):
        Keeper(lambda: night(rooms, rooms.now())).start()
        Sweeper(lambda: night(rooms, rooms.now())).start()
    if server and server != str(os.getpid()):
        mail.Postman(rooms.config, lambda: rooms.engine, rooms.now).start()
        Midnight(lambda: night(rooms, rooms.now()), lambda: rooms.now().date()).start()
        if rooms.geocoder is not None:
            Surveyor(lambda: night(rooms, rooms.now()), rooms.geocoder).start()
        Finalize(None, _leave, args=(rooms,), exitpriority=1)


def night(rooms: "Rooms", now: datetime) -> Night:
    """What the jobs of a night are given."""
    config = rooms.config
    secrets = config.secret_key, config.secret_key_before
    return Night(rooms.engine, rooms.index, rooms.letterhead, now, config.data, lambda: rooms.geocoder, secrets)


def _leave(rooms: "Rooms") -> None:
    """Write what is only in memory; the last connection that is closed brings SQLite's log into the file.

    A database that cannot be written to has been complained of already: that is no reason not to end.
    """
    with suppress(SQLAlchemyError):
        rooms.counts.write()
    rooms.engine.dispose()


def by_fork() -> None:
    """Let workers be forks, whatever was chosen before: a first start has built the places with other processes."""
    multiprocessing.set_start_method("fork", force=True)


def remember(data: Path, address: str) -> None:
    """Note where the site is served, for commands in other terminals: their links lead there."""
    with suppress(UsageError, OSError), written.whole(data / SERVED) as beside:
        beside.write_text(f"{address}\n")


def serve(host: str, port: int, data: Path) -> None:
    """Serve until told to stop; `data` is the data folder.

    The worker is a fork of this process, which has loaded nearly all of the application while it set up: so it need not
    load it again.
    """
    from granian import Granian  # no other command needs it
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    print(f"The directory is at http://{host}:{port}  (Ctrl-C stops it)", file=sys.stderr, flush=True)
    os.chdir(ROOT)
    os.environ.pop(COMMANDS, None)
    os.environ[SERVER] = str(os.getpid())
    remember(data, os.environ.setdefault("REFERRAL_BASE_URL", f"http://{host}:{port}"))
    by_fork()
    os.register_at_fork(after_in_child=orphans.end_when_told)
    server = Granian(
        "wsgi:make",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=bodies.THREADS,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_MS),
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=10,
        respawn_failed_workers=True,
    )
    server.on_startup(lambda: orphans.hear(server.signal_handler_interrupt))
    server.serve()
