"""The one-process server: granian, which keeps slow connections away from the threads that do the work."""

import errno
import os
import socket
import sys

from referral.config import ROOT
from referral.errors import UsageError

THREADS = 4
"""Requests worked on at once; more only makes them wait for each other."""


def check_port(host: str, port: int) -> None:
    """Raise UsageError when nobody could listen there."""
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


def serve(host: str, port: int) -> None:
    """Become the server; does not return."""
    print(f"The directory is at http://{host}:{port}  (Ctrl-C stops it)", file=sys.stderr, flush=True)
    os.chdir(ROOT)
    os.environ.pop("FLASK_RUN_FROM_CLI", None)
    os.environ.setdefault("REFERRAL_BASE_URL", f"http://{host}:{port}")
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", str(THREADS), "--no-ws", "--log-level", "warning"]
    command += ["--backpressure", "64", "--workers-kill-timeout", "10", "--respawn-failed-workers", "wsgi:app"]
    os.execv(sys.executable, command)
