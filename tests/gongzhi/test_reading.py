"""Several processes read what one does, in the same order; a process that dies takes only its file with it."""

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from corpus.laid import source_of
from gongzhi.reading import Outcome, Task, packed, processes, read, read_all
from tests.gongzhi.conftest import make_report


@pytest.fixture
def tasks(tmp_path: Path) -> list[Task]:
    made = []
    for n in range(7):
        path = tmp_path / f"{n}.txt"
        path.write_text(make_report(n, paragraphs=3 + n), "utf-8")
        made.append(Task(path, path.name, str(path), False, "r"))
    return made


def test_several_processes_read_the_same(tasks: list[Task], tmp_path: Path) -> None:
    mixed: list[Task | Outcome] = [*tasks]
    mixed.insert(2, Outcome(Task(tmp_path / "先.txt", "先.txt", "先.txt", False, "r"), None, failure="读过了。"))
    mixed.append(Task(tmp_path / "没有.txt", "没有.txt", "没有.txt", False, "r"))
    found = [*read_all(mixed, 2)]
    assert found == [*read_all(mixed, 1)]
    assert [reading.task.name for reading in found] == [
        item.name if isinstance(item, Task) else "先.txt" for item in mixed
    ]
    assert "没有.txt" in found[-1].failure
    for reading in found[3:-1]:
        assert reading.laid and source_of(reading.laid).rules == "r" and reading.laid["claim"]


def test_a_fault_of_ours_keeps_no_other_file_out(tasks: list[Task]) -> None:
    broken = Task(None, "坏.txt", "坏.txt", False, "r")  # type: ignore[arg-type]
    found = [*read_all([tasks[0], broken, tasks[1]], 1)]
    assert [bool(reading.parsed) for reading in found] == [True, False, True]
    assert "AttributeError" in found[1].failure


def test_a_killed_process_is_replaced(tasks: list[Task]) -> None:
    stop = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        while not stop.is_set() and not killed:
            for child in multiprocessing.active_children():
                if child.pid is not None and child.pid not in killed:
                    os.kill(child.pid, signal.SIGKILL)
                    killed.append(child.pid)
                    break
            time.sleep(0.05)

    many = tasks * 12
    thread = threading.Thread(target=kill)
    found = []
    for reading in read_all(many, 2):
        found.append(reading)
        if len(found) == 1:
            thread.start()
    stop.set()
    thread.join()
    assert killed
    assert found == [read(task) for task in many]


def test_a_file_that_kills_its_process_is_reported(
    tasks: list[Task], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "deadly"
    module.mkdir()
    (module / "deadly_path.py").write_text(
        "import os, pathlib\nclass Deadly(type(pathlib.Path())):\n    def stat(self, **_):\n        os._exit(9)\n"
    )
    monkeypatch.syspath_prepend(module)
    from deadly_path import Deadly  # type: ignore[import-not-found]

    deadly = Task(Deadly(tmp_path / "毒.pdf"), "毒.pdf", "毒.pdf", False, "r")
    found = [*read_all([*tasks[:3], deadly, *tasks[3:]], 2)]
    assert [bool(reading.parsed) for reading in found] == [True] * 3 + [False] + [True] * 4
    assert "毒.pdf" in found[3].failure and "意外终止" in found[3].failure


def test_a_reader_outlives_nobody(tasks: list[Task]) -> None:
    """When the process that asked is killed the ones that read for it end."""
    script = (
        "import multiprocessing, sys\nfrom pathlib import Path\nfrom gongzhi.reading import Task, read_all\n"
        "if __name__ == '__main__':\n"
        "    path = Path(sys.argv[1])\n"
        "    readings = read_all([Task(path, path.name, str(path), False, '')] * 50, 2)\n"
        "    next(readings)\n"
        "    print(*(child.pid for child in multiprocessing.active_children()), flush=True)\n"
        "    sys.stdin.read()\n"
    )
    file = Path(tasks[0].origin).with_name("script.py")
    file.write_text(script)
    root = Path(__file__).parents[2]
    running = subprocess.Popen(
        [sys.executable, str(file), tasks[0].origin],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert running.stdout is not None and running.stdin is not None
    children = [int(word) for word in running.stdout.readline().split()]
    assert len(children) == 2
    running.kill()
    running.communicate()
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def test_few_bytes_need_no_other_process(tasks: list[Task], tmp_path: Path) -> None:
    assert processes([task.path for task in tasks]) == 1
    large = tmp_path / "大.txt"
    large.write_bytes(b"a" * 5 * 2**20)
    assert processes([large]) == 1
    assert processes([large, tmp_path / "没有.txt"]) >= 1


def test_what_may_end_its_process_is_read_in_another(tasks: list[Task], tmp_path: Path) -> None:
    for name in ("扫描.pdf", "照片.JPG", "包.zip", "2023.10总结"):
        (tmp_path / name).write_bytes(b"%PDF")
        assert processes([tasks[0].path, tmp_path / name]) == 2


def test_small_files_go_in_batches_and_one_that_kills_takes_only_itself(
    tasks: list[Task], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "sudden"
    module.mkdir()
    (module / "sudden_path.py").write_text(
        "import os, pathlib\nclass Sudden(type(pathlib.Path())):\n    def open(self, *_, **__):\n        os._exit(9)\n"
    )
    monkeypatch.syspath_prepend(module)
    from sudden_path import Sudden  # type: ignore[import-not-found]

    (tmp_path / "毒.txt").write_text("船工夜校。", "utf-8")
    sudden = Task(Sudden(tmp_path / "毒.txt"), "毒.txt", "毒.txt", False, "r")
    many = [*tasks, sudden, *tasks * 4]
    found = [*read_all(many, 2)]
    assert [reading.task.name for reading in found] == [task.name for task in many]
    assert [n for n, reading in enumerate(found) if not reading.parsed] == [len(tasks)]
    assert "意外终止" in found[len(tasks)].failure


def test_what_is_sent_between_processes_is_what_was_read(tasks: list[Task]) -> None:
    outcomes = [read(task) for task in tasks]
    assert pickle.loads(packed(outcomes)) == outcomes
