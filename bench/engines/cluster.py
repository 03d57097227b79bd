"""A PostgreSQL of one's own: made in a folder, reached over a socket in it, ended and deleted."""

import os
import pwd
import shutil
import subprocess
import tempfile
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
    folder = programs()
    return bool(folder) and Path(f"/usr/share/postgresql/{folder.parent.name}/extension/postgis.control").exists()


class Cluster:
    """Runs from when it is made until `end`."""

    def __init__(self) -> None:
        self.programs = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="bench-postgres-", dir="/tmp"))
        self.data = self.folder / "data"
        if os.getuid() == 0:
            shutil.chown(self.folder, "nobody")
        self._run("initdb", "-D", self.data, "-A", "trust", "-U", "bench", "-E", "UTF8", "--locale=C.UTF-8")
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(f"{SETTINGS}unix_socket_directories = '{self.folder}'\n")
        self._run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "start")
        self.address = f"host={self.folder} user=bench dbname=postgres"

    def end(self) -> None:
        """Stop the server and delete its folder."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: object) -> None:
        """As somebody who is not root: PostgreSQL refuses to run as root."""
        nobody = pwd.getpwnam("nobody") if os.getuid() == 0 else None
        subprocess.run(
            [str(self.programs / program), *map(str, arguments)],  # type: ignore[operator]  # asked for where it is
            check=True, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            **({"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []} if nobody else {}),
        )  # fmt: skip
