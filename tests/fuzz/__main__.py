"""`python -m tests.fuzz [--seconds N] [SUFFIX…]`: fuzz each reader for a while; what is found is kept as the smallest file that shows it.

Each reader runs in a process of its own, so that one that crashes or hangs ends nothing else. Exit code 1 says that something was found.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.seeds import SUFFIXES

FOUND = Path(".fuzz")
AT_ONCE = 100  # files between two looks at the clock
LONGEST = 20  # seconds that one file may take


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz the readers.")
    parser.add_argument("suffixes", nargs="*", default=list(SUFFIXES), help="which readers, by a suffix; all without it")
    parser.add_argument("--seconds", type=float, default=20, help="that each reader is fuzzed for")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if unknown := set(asked.suffixes) - set(SUFFIXES):
        parser.error(f"{', '.join(sorted(unknown))} is not fuzzed; {', '.join(SUFFIXES)} are.")
    if asked.here:
        return _fuzz(asked.suffixes[0], asked.seconds)
    found = [_apart(suffix, asked.seconds) for suffix in asked.suffixes]  # all of them, whatever the first comes to
    return int(any(found))


def _apart(suffix: str, seconds: float) -> bool:
    """Fuzz one reader in a process of its own; whether something was found."""
    tried = FOUND / f"tried{suffix}"
    command = [sys.executable, "-m", "tests.fuzz", "--here", "--seconds", str(seconds), suffix]
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        hung = False
        while process.poll() is None:
            time.sleep(0.2)
            hung = tried.is_file() and time.time() - tried.stat().st_mtime > LONGEST
            if hung:
                process.kill()
                process.wait()
        output.seek(0)
        said = output.read().strip()
    if process.returncode == 0:
        print(f"{suffix:6} {said}", flush=True)
        return False
    kept = FOUND / f"found-{int(time.time())}{suffix}"
    if tried.is_file():
        tried.rename(kept)
    how = f"took longer than {LONGEST} s" if hung else f"ended with {process.returncode}"
    print(f"{suffix:6} {how}: {kept}\n{said}", flush=True)
    return True


def _fuzz(suffix: str, seconds: float) -> int:
    from hypothesis import HealthCheck, Phase, given, settings

    from tests.fuzz.changes import files
    from tests.fuzz.target import check

    FOUND.mkdir(exist_ok=True)
    tried = FOUND / f"tried{suffix}"
    ends = time.monotonic() + seconds
    counts = {True: 0, False: 0}
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example, HealthCheck.filter_too_much]

    @settings(
        max_examples=AT_ONCE, deadline=None, database=None, phases=[Phase.generate, Phase.shrink], suppress_health_check=quiet,
        print_blob=False,
    )  # fmt: skip
    @given(files(suffix))
    def fuzz(content: bytes) -> None:
        if time.monotonic() > ends:
            return
        tried.write_bytes(content)  # where it crashes or hangs, this is what remains
        counts[check(tried)] += 1

    while time.monotonic() < ends:
        fuzz()
    tried.unlink(missing_ok=True)
    print(f"{sum(counts.values()):,} files, {counts[True]:,} of them read: nothing found.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
