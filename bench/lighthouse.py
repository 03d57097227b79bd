"""Lighthouse's scores of home, results and a listing, on the machine's own Chromium; npx fetches Lighthouse for itself.

    .venv/bin/python -m bench.lighthouse [--count 2000]

Ends with 1 when a score is below 95. It is no dependency of the project: npm's cache keeps it.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from bench import directory
from bench.servers import served

PACKAGE = "lighthouse@12.8.2"
"""The last line that runs on Node 20."""

CHROMIUM = "/usr/bin/chromium"
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95


def scores(address: str, preset: str) -> dict[str, int]:
    """Category -> score out of 100; `preset` is "mobile" or "desktop"."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        command = ["npx", "--yes", PACKAGE, address, "--quiet", "--output=json", f"--output-path={told}",
                   f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]  # fmt: skip
        command += ["--preset=desktop"] if preset == "desktop" else []
        _run(command, folder)
        found = json.loads(told.read_text())
    for audit in found["audits"].values():
        if audit.get("score") is not None and audit["score"] < 0.9 and audit["scoreDisplayMode"] != "informative":
            print(f"    {audit['id']}: {audit['score']} {audit.get('displayValue', '')}", file=sys.stderr)
    return {name: round(found["categories"][name]["score"] * 100) for name in CATEGORIES}


def _run(command: Sequence[str], folder: str) -> None:
    """Three tries: on a busy machine Chromium now and then begins before Lighthouse is recording."""
    for last in (False, False, True):
        done = subprocess.run(command, check=last, cwd=folder, env={**os.environ, "CHROME_PATH": CHROMIUM})
        if not done.returncode:
            return


def pages(site: str, results: str) -> dict[str, str]:
    """Name -> address; the listing is the first of the results."""
    html = urllib.request.urlopen(site + results).read().decode()
    listing = re.search(r'href="(/therapists/[^"/]+)"', html)
    assert listing, f"nobody is found by {results}"
    return {"home": site + "/", "results": site + results, "listing": site + listing[1]}


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(prog="python -m bench.lighthouse")
    parser.add_argument("--count", type=int, default=2000)
    count, worst = parser.parse_args().count, 100
    app = directory.opened(count)
    chicago = app.extensions["referral"].gazetteer.find("Chicago, Illinois")[0].place.id
    with tempfile.TemporaryDirectory() as folder:
        paths = directory.written([f"/search?place={chicago}"], Path(folder) / "paths")
        with served(count, paths) as site:
            for name, address in pages(site.address, paths.read_text().strip()).items():
                for preset in ("mobile", "desktop"):
                    found = scores(address, preset)
                    worst = min(worst, *found.values())
                    print(f"{name:8} {preset:8} " + "  ".join(f"{k} {v}" for k, v in found.items()), flush=True)
    sys.exit(worst < LEAST)


if __name__ == "__main__":
    main()
