"""The intake: jobs done one after the other by processes beside the server; whatever happens, the library is whole."""

import io
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import LibraryReadOnly
from corpus.model import Source
from corpus.store import Store
from gongzhi import intake as keeping
from gongzhi.build import ingest, is_library_file
from gongzhi.intake import LibraryIntake
from gongzhi.removed import Shed
from ingest.limits import DEFAULTS
from tests.gongzhi.conftest import make_report
from tests.gongzhi.kills import content
from web.errors import IntakeFull, JobNotFound, SourceNotFound
from web.intake import Job, Same


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of one report."""
    desk = tmp_path_factory.mktemp("intake")
    (desk / "甲.txt").write_text(make_report(1), "utf-8")
    ingest(desk / "library", [desk / "甲.txt"])
    return desk / "library"


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "library")


@pytest.fixture
def intake(library: Path) -> Iterator[LibraryIntake]:
    intake = LibraryIntake(library, DEFAULTS)
    yield intake
    intake.close()


def send(intake: LibraryIntake, *files: tuple[str, bytes], same: Same = "replace") -> Job:
    """Files as they are after they were received."""
    tray = intake.tray()
    laid = []
    for number, (name, data) in enumerate(files, 1):
        (tray / str(number)).mkdir()
        path = tray / str(number) / name
        path.write_bytes(data)
        laid.append((path, name))
    return intake.read(tray, laid, [], same)


def ended(intake: LibraryIntake, job: Job) -> Job:
    while intake.job(job.id).is_open:
        time.sleep(0.05)
    return intake.job(job.id)


def reached(intake: LibraryIntake, job: Job, stage: str) -> None:
    """Wait until a job says that it is at something."""
    while stage not in intake.job(job.id).stage:
        assert intake.job(job.id).is_open, intake.job(job.id)
        time.sleep(0.02)


def sources(library: Path) -> dict[str, str]:
    """Name → origin."""
    with Store.open(library) as store:
        return {source.name: source.origin for source in store.select(Source)}


def report(seed: int) -> bytes:
    return make_report(seed).encode()


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def actions(job: Job) -> dict[str, str]:
    assert job.result is not None, job
    return {file.name: file.action for file in job.result.files}


def test_the_same_name_again(intake: LibraryIntake, library: Path) -> None:
    """Put in place of the one before, which can be put back; or kept beside it."""
    first = ended(intake, send(intake, ("总结.txt", report(2)), ("总结.txt", report(3))))
    assert actions(first) == {"总结.txt": "added", "总结（2）.txt": "added"}
    second = ended(intake, send(intake, ("总结.txt", report(4)), ("别名.txt", report(3))))
    assert actions(second) == {"总结.txt": "replaced", "总结（2）.txt": "unchanged"}
    assert sources(library).keys() == {"甲.txt", "总结.txt", "总结（2）.txt"}
    (old,) = intake.removed()
    assert (old.name, old.replaced) == ("总结.txt", True)
    third = ended(intake, send(intake, ("总结.txt", report(5)), same="keep"))
    assert actions(third) == {"总结（3）.txt": "added"}
    back = ended(intake, intake.put_back(old.id))
    assert actions(back) == {"总结.txt": "replaced"}
    (newer,) = intake.removed()
    assert newer.id != old.id and newer.replaced
    # What was read from elsewhere and is sent now stays what it was.
    again = ended(intake, send(intake, ("另名.txt", report(1))))
    assert actions(again) == {"甲.txt": "unchanged"} and sources(library)["甲.txt"].endswith("/甲.txt")
    assert all(origin.startswith("上传:") for name, origin in sources(library).items() if name != "甲.txt")


def test_what_archives_bring(intake: LibraryIntake, library: Path) -> None:
    """Members one by one; bombs, crowds and locked ones are told and keep nothing else out."""
    locked = bytearray(zipped({"密.txt": report(9)}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    job = ended(
        intake,
        send(
            intake,
            ("包.zip", zipped({"夹/乙.txt": report(6), "空.txt": b""})),
            ("炸.zip", zipped({"零.txt": bytes(64 * 2**20)})),
            ("多.zip", zipped({f"{n}.txt": b"x" for n in range(10_000)})),
            ("锁.zip", bytes(locked)),
            ("其实是网页.docx", f"<html><body><p>{make_report(7)}</p></body></html>".encode()),
        ),
    )
    assert job.state == "done" and job.result is not None
    told = {file.name: (file.action, file.reason) for file in job.result.files}
    assert told["包.zip/夹/乙.txt"] == ("added", "")
    assert told["包.zip/空.txt"] == ("failed", "“包.zip/空.txt”里没有文字，请确认导出时内容已保存，再重新导入。")
    assert "“炸.zip”展开后有 64 MiB" in told["炸.zip"][1]
    assert "“多.zip”里有 10000 个文件，超过上限 2000 个" in told["多.zip"][1]
    assert "“锁.zip/密.txt”是加了密码的 ZIP 文件" in told["锁.zip/密.txt"][1]
    assert told["其实是网页.docx"][0] in ("added", "failed")
    assert not any("1/" in reason or "intake" in reason for _, reason in told.values())
    (document,) = next(file.documents for file in job.result.files if file.name == "包.zip/夹/乙.txt")
    assert document.passages > 1 and document.place and document.date
    assert job.result.documents == 2 + (told["其实是网页.docx"][0] == "added")


def test_where_nothing_can_be_read_nothing_changes(intake: LibraryIntake, library: Path) -> None:
    before = content(library)
    job = ended(intake, send(intake, ("空.txt", b""), ("图.docx", b"PK\x03\x04" + bytes(40))))
    assert job.state == "failed" and job.problem == "没有一份文件读入，资料库保持原样。" and not job.again
    assert [file.name for file in job.failures] == ["空.txt", "图.docx"]
    assert content(library) == before


def test_jobs_wait_for_another_writer_and_for_each_other(intake: LibraryIntake, library: Path) -> None:
    before = content(library)
    with Store.open(library) as other, other.write():
        first = send(intake, ("乙.txt", report(2)))
        reached(intake, first, "资料库正被另一个程序写入")
        waiting = [send(intake, (f"{n}.txt", report(10 + n))) for n in range(keeping.MOST_WAITING)]
        assert {intake.job(job.id).state for job in waiting} == {"waiting"}
        for ask in (lambda: intake.room(0), lambda: intake.remove(next(iter(ids(library))))):
            with pytest.raises(IntakeFull):
                ask()
        for job in waiting[1:]:
            assert intake.cancel(job.id).state == "cancelled"
        # The one that is at work is stopped, too; the writer is none the wiser.
        assert intake.cancel(first.id).state == "cancelled"
        assert content(library) == before
    assert actions(ended(intake, waiting[0])) == {"0.txt": "added"}
    assert intake.cancel(waiting[0].id).state == "done"  # too late
    assert [job.state for job in intake.jobs()][-2:] == ["done", "cancelled"]
    left = [path for path in (library / "intake" / "jobs").rglob("*") if path.is_file()]
    assert {path.name for path in left} == {"job.json"}


def test_files_sent_at_the_same_time_do_not_overfill_the_queue(intake: LibraryIntake, library: Path) -> None:
    with Store.open(library) as other, other.write():
        reached(intake, send(intake, ("乙.txt", report(2))), "资料库正被另一个程序写入")
        for number in range(keeping.MOST_WAITING):
            send(intake, (f"{number}.txt", report(10 + number)))
        # Whoever sends this one asked for room before the others had come in.
        with pytest.raises(IntakeFull):
            send(intake, ("多.txt", report(30)))
        assert len(intake.jobs()) == len(list((library / "intake" / "jobs").iterdir())) == 1 + keeping.MOST_WAITING
        for job in intake.jobs():
            intake.cancel(job.id)


def ids(library: Path) -> list[str]:
    with Store.open(library) as store:
        return [source.id for source in store.select(Source)]


def test_what_is_stopped_in_the_middle_can_be_done_again(library: Path) -> None:
    before = content(library)
    first = LibraryIntake(library, DEFAULTS)
    job = send(first, ("乙.txt", report(2)), ("丙.txt", report(3)))
    other = send(first, ("丁.txt", report(4)))
    reached(first, job, "读取")
    first.close()
    assert content(library) == before
    second = LibraryIntake(library, DEFAULTS)
    try:
        found = [second.job(one.id) for one in (job, other)]
        assert {(one.state, one.again) for one in found} == {("interrupted", True)}
        assert "资料库保持原样，可以重新读入" in found[0].problem
        assert actions(ended(second, second.again(job.id))) == {"乙.txt": "added", "丙.txt": "added"}
    finally:
        second.close()


SERVER = """
import sys, time
from pathlib import Path
from gongzhi.intake import LibraryIntake
from ingest.limits import DEFAULTS
from tests.gongzhi.test_intake import reached, report, send
intake = LibraryIntake(Path(sys.argv[1]), DEFAULTS)
job = send(intake, ("乙.txt", report(2)), ("丙.txt", report(3)))
reached(intake, job, "读取")
print(job.id, intake._process.pid, flush=True)
time.sleep(600)
"""


def test_killed_with_its_server_the_library_is_as_it_was(library: Path) -> None:
    before = content(library)
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", SERVER, str(library)], cwd=root, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        job_id, child = server.stdout.readline().split()
        server.kill()
    while _runs(int(child)):  # it ends by itself, with whoever asked
        time.sleep(0.05)
    assert content(library) == before
    intake = LibraryIntake(library, DEFAULTS)
    try:
        job = intake.job(job_id.decode())
        assert (job.state, job.again) == ("interrupted", True)
        assert actions(ended(intake, intake.again(job.id))) == {"乙.txt": "added", "丙.txt": "added"}
    finally:
        intake.close()


def _runs(process: int) -> bool:
    """True where a process is there and has not ended (nobody may have taken note of its end yet)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_process_that_dies_is_told(intake: LibraryIntake, library: Path) -> None:
    before = content(library)
    with Store.open(library) as other, other.write():
        job = send(intake, ("乙.txt", report(2)))
        reached(intake, job, "资料库正被另一个程序写入")
        assert intake._process is not None
        os.kill(intake._process.pid, signal.SIGKILL)
        job = ended(intake, job)
    assert job.state == "failed" and "意外终止" in job.problem and job.again
    assert content(library) == before


def test_taken_out_and_put_back(intake: LibraryIntake, library: Path) -> None:
    (source,) = ids(library)
    job = ended(intake, intake.remove(source))
    assert actions(job) == {"甲.txt": "removed"} and job.result is not None and job.result.documents == 0
    with pytest.raises(SourceNotFound):
        intake.remove(source)
    assert [one.documents for one in intake.removed()] != [[]]
    ended(intake, intake.put_back(source))
    assert ids(library) == [source] and intake.removed() == []
    assert sources(library)["甲.txt"].endswith("/甲.txt")
    with pytest.raises(SourceNotFound):
        intake.forget(source)


def test_only_so_much_is_kept(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shed = Shed(library)
    with Store.open(library, create=True) as store:
        real = store.select(Source)[0]
        monkeypatch.setattr("gongzhi.removed.MOST", 1)
        shed.keep(store, real, replaced=False)
        assert shed.every() == []  # it is in the library
        with store.write():
            store.remove_source(real.id)
    assert [kept.id for kept in shed.every()] == [real.id]
    (library / "intake" / "removed" / "half").mkdir()
    shed.tidy()
    assert [path.name for path in (library / "intake" / "removed").iterdir()] == [real.id]
    monkeypatch.setattr("gongzhi.removed.MOST", 0)
    shed.tidy()
    assert shed.every() == []


def test_only_so_many_jobs_are_remembered(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "REMEMBERED", 2)
    monkeypatch.setattr(keeping, "WITH_FILES", 1)
    intake = LibraryIntake(library, DEFAULTS)
    with Store.open(library) as other, other.write():
        jobs = [send(intake, (f"{n}.txt", report(n))) for n in range(4)]
        intake.close()
    intake = LibraryIntake(library, DEFAULTS)
    try:
        assert next((job.id, job.again) for job in intake.jobs()) == (jobs[3].id, True)
        assert len(intake.jobs()) == 2 and sum(job.again for job in intake.jobs()) == 1
        with pytest.raises(JobNotFound):
            intake.job(jobs[0].id)
    finally:
        intake.close()


def test_a_library_that_cannot_be_written_takes_nothing(intake: LibraryIntake, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write anywhere: only the answer of the system can be had, not the refusal itself.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(LibraryReadOnly):
        intake.room(0)


def test_what_lies_in_the_intake_is_no_report(library: Path) -> None:
    assert is_library_file(library, library / "intake" / "jobs" / "x" / "files" / "1" / "总结.txt")
    assert not is_library_file(library, library / "总结.txt")
