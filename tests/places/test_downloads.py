"""What cannot be downloaded is said in one line."""

from pathlib import Path

import pytest

from referral.errors import UsageError
from referral.places import downloads

TRACE = 'Traceback:\n  File "shutil.py", line 1, in copyfileobj\nOSError: [Errno 28] No space left on device\n'


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (TRACE, "the disk is full. Make room, then try again."),
        ("a\nERROR: No matching distribution found\n", "ERROR: No matching distribution found"),
        ("", "pip did not say why."),
    ],
)
def test_one_line_says_what_pip_complained_of(said: str, why: str) -> None:
    assert downloads.complaint(said) == why


def test_what_is_not_there_to_download_is_one_line(tmp_path: Path) -> None:
    pins = tmp_path / "pins.txt"
    pins.write_text(f"{tmp_path}/none==1 --hash=sha256:{'0' * 64}\n")

    with pytest.raises(UsageError) as failed:
        downloads.download(pins, tmp_path / "to")

    assert "\n" not in failed.value.text and "Traceback" not in failed.value.text
