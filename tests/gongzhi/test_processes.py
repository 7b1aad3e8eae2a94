"""Commands that keep running: watching and serving, and what a signal leaves behind."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import IO

import pytest

from tests.gongzhi.conftest import REPORT, gongzhi, process


def lines_until(stream: IO[str], wanted: str) -> list[str]:
    """Lines up to the first that has ``wanted`` in it; the test's own time limit is the only one."""
    lines = []
    for line in stream:
        lines.append(line)
        if wanted in line:
            break
    return lines


def test_a_watched_folder_is_mirrored(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "甲.txt").write_text(REPORT, "utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "gongzhi", "ingest", "--watch", "reports"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert running.stdout is not None and running.stderr is not None
    try:
        assert "新增 甲.txt" in lines_until(running.stdout, "现有文献")[0]
        (folder / "乙.txt").write_text(REPORT.replace("海棠", "牡丹").replace("32", "47"), "utf-8")
        assert "新增 乙.txt" in lines_until(running.stdout, "现有文献 2")[0]
        (folder / "甲.txt").rename(folder / "丙.txt")
        assert "移动 丙.txt" in lines_until(running.stdout, "现有文献 2")[0]
        (folder / "丙.txt").unlink()
        assert "移出 丙.txt" in lines_until(running.stdout, "现有文献 1")[0]
        (folder / "乙.txt").unlink()  # an empty folder may be a drive that is gone
        assert "reports" in lines_until(running.stderr, "没有")[-1]
        folder.rmdir()
        assert "reports" in lines_until(running.stderr, "不存在")[-1]
        folder.mkdir()
        (folder / "丁.txt").write_text(REPORT, "utf-8")
        assert "新增 丁.txt" in lines_until(running.stdout, "现有文献 1")[0]
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate()
    assert running.returncode == 0
    assert len(json.loads(gongzhi("documents", "--json", cwd=tmp_path).stdout)) == 1


def interrupted(desk: Path, tmp_path: Path, sign: signal.Signals, delay: float, jobs: int = 1) -> tuple[int, str, str]:
    """Status and documents after a signal came ``delay`` seconds into an ingest, and the documents before it."""
    shutil.copytree(desk / "library", tmp_path / "library")
    before = gongzhi("documents", "--json", cwd=tmp_path).stdout
    for number in range(60):
        (tmp_path / f"{number}.txt").write_text(REPORT.replace("海棠", f"第{number}") * 20, "utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "gongzhi", "ingest", "--jobs", str(jobs), *(f"{number}.txt" for number in range(60))],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # A shell starts what runs in the background with SIGINT ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    time.sleep(delay)
    running.send_signal(sign)
    running.wait()
    return running.returncode, gongzhi("documents", "--json", cwd=tmp_path).stdout, before


@pytest.mark.parametrize(("delay", "jobs"), [(0.1, 1), (0.9, 1), (1.2, 2)])
def test_interrupt_leaves_the_library_as_it_was(desk: Path, tmp_path: Path, delay: float, jobs: int) -> None:
    status, after, before = interrupted(desk, tmp_path, signal.SIGINT, delay, jobs)
    # On a fast machine the run may be over by then: that is the only other way out.
    assert (status == 0) == (after != before)
    assert status in (0, 130, -signal.SIGINT)


@pytest.mark.parametrize("delay", [0.5, 2.0])
def test_kill_leaves_the_library_before_or_after(desk: Path, tmp_path: Path, delay: float) -> None:
    _, after, before = interrupted(desk, tmp_path, signal.SIGKILL, delay)
    assert after == before or len(json.loads(after)) == len(json.loads(before)) + 60
    assert gongzhi("ingest", "0.txt", cwd=tmp_path).returncode == 0
    assert json.loads(gongzhi("search", "户外劳动者驿站", "--json", cwd=tmp_path).stdout)["hits"]


def test_serve_answers_and_a_taken_port_is_one_line(desk: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "gongzhi", "serve", "--port", "0"],
        cwd=desk,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert running.stdout is not None
        url = running.stdout.readline().split()[1]
        deadline = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(f"{url}/healthz") as answer:
                    assert answer.status == 200
                break
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        taken = url.rsplit(":", 1)[1]
        done = process("serve", "--port", taken, cwd=desk)
        assert done.returncode == 1 and taken in done.stderr and done.stderr.count("\n") == 1
    finally:
        running.send_signal(signal.SIGINT)
        _, complaints = running.communicate()
    assert (running.returncode, complaints) == (0, "")


def test_port_held_by_another_program(desk: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = process("serve", "--port", str(other.getsockname()[1]), cwd=desk)
    assert done.returncode == 1 and "--port" in done.stderr
