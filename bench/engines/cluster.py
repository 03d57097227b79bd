"""A PostgreSQL of one's own: made in a folder, reached over a socket in it, ended and deleted."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

INSTALL = "apt-get install postgresql-15 postgresql-15-postgis-3"
SETTINGS = """
listen_addresses = ''
shared_buffers = 1GB
work_mem = 256MB
maintenance_work_mem = 512MB
effective_cache_size = 8GB
random_page_cost = 1.1
jit = off
max_parallel_workers_per_gather = 0
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
"""
"""All in memory and one thread, as everybody else; durability costs it nothing here."""


def programs() -> Path | None:
    """Where the newest PostgreSQL of this machine has its programs; None where there is none."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return folders[-1].parent if folders else None


def has_postgis() -> bool:
    """Whether PostGIS stands beside that PostgreSQL."""
    if not (folder := programs()):
        return False
    return Path(f"/usr/share/postgresql/{folder.parent.name}/extension/postgis.control").exists()


class Cluster:
    """Runs from when it is made until `end`, or until whoever made it is gone."""

    def __init__(self) -> None:
        self.programs = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="bench-postgres-", dir="/tmp"))
        self.data = self.folder / "data"
        if os.getuid() == 0:
            shutil.chown(self.folder, "nobody")
        self._begun("initdb", "-D", self.data, "-A", "trust", "-U", "bench", "-E", "UTF8", "--locale=C.UTF-8").wait()
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(f"{SETTINGS}unix_socket_directories = '{self.folder}'\n")
        self.server = self._begun("postgres", "-D", self.data)
        self._wait()
        self.address = f"host={self.folder} user=bench dbname=postgres"

    def _wait(self, most: float = 30.0) -> None:
        """Until it answers; raises TimeoutError."""
        until = time.monotonic() + most
        while subprocess.run([self._program("pg_isready"), "-q", "-h", self.folder]).returncode:
            if self.server.poll() is not None or time.monotonic() > until:
                raise TimeoutError(f"PostgreSQL in {self.folder} does not answer")
            time.sleep(0.05)

    def end(self) -> None:
        """Stop the server and delete its folder."""
        self.server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        self.server.wait()
        shutil.rmtree(self.folder)

    def _begun(self, program: str, *arguments: object) -> subprocess.Popen[bytes]:
        """Ends with us, also when we are killed; as somebody who is not root, as whom PostgreSQL refuses to run."""
        us = ["setpriv", "--pdeathsig", "INT"]
        us += ["--reuid", "nobody", "--regid", "nogroup", "--clear-groups"] if os.getuid() == 0 else []
        silent = subprocess.DEVNULL
        return subprocess.Popen(
            [*us, self._program(program), *map(str, arguments)], cwd=self.folder, stdout=silent, stderr=silent
        )

    def _program(self, name: str) -> str:
        assert self.programs, "asked for where it is"
        return str(self.programs / name)
