"""kill -9 at 100 random moments: the library is as before or as after, and the next run completes it."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

TIMES = 100


@pytest.mark.long
def test_a_hundred_kills(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kills.py")), str(tmp_path), str(TIMES), "1"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert done.returncode == 0, done.stderr
    runs = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(runs) == TIMES
    assert {run["found"] for run in runs} <= {"before", "after"}
    assert all(run["again"] == 0 and run["complete"] for run in runs)
    killed = Counter(run["found"] for run in runs if run["status"] == -signal.SIGKILL)
    # Before the commit and after it, while indexes are written: moments of both kinds were met.
    assert killed["before"] > TIMES / 10 and killed["after"], killed
