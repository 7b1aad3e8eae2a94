"""Sending files in the browser and through the API, following what becomes of them, and taking sources out."""

import json
import os
import re
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from corpus.model import Source
from corpus.store import Store
from gongzhi import intake as keeping
from gongzhi.backup import read_manifest
from gongzhi.intake import LibraryIntake
from ingest.limits import DEFAULTS, MIB, Limits
from tests.web.conftest import managed, serving
from web.app import create_app
from web.intake import Bounds

REPORT = "岚皋县总工会2022年工作总结\n\n一、主要工作\n\n办起“河灯夜校”46期，走访困难职工73户。\n".encode()


@pytest.fixture
def desk(library: Path, tmp_path: Path, token: str) -> Iterator[TestClient]:
    """A browser that has logged in, at a server on a copy of the library that takes files."""
    app = managed(shutil.copytree(library, tmp_path / "library"), token)
    with TestClient(app, raise_server_exceptions=False, headers={"Sec-Fetch-Site": "same-origin"}) as client:
        client.post("/manage/login", data={"token": token})
        yield client


def folder_of(client: TestClient) -> Path:
    return client.app.state.library.folder


def names(folder: Path) -> list[str]:
    with Store.open(folder) as store:
        return sorted(source.name for source in store.select(Source))


def ended(client: TestClient, job_id: str) -> Any:
    """A job when it has come to its end."""
    intake = client.app.state.intake
    while intake.job(job_id).is_open:
        time.sleep(0.05)
    return intake.job(job_id)


def left(folder: Path) -> list[str]:
    """What lies in the intake beside the records of jobs."""
    # os.walk, unlike Path.rglob, passes over a folder that is taken away while it looks.
    walked = ((Path(root), name) for root, _, names in os.walk(folder / "intake") for name in names)
    return sorted(name for root, name in walked if name != "job.json" and "removed" not in root.parts)


def test_files_are_read_and_what_became_of_each_is_told(desk: TestClient) -> None:
    page = desk.get("/manage/files").text
    assert "每个文件不超过 256 MB，一次不超过 200 个、共 1 GB" in page and 'enctype="multipart/form-data"' in page
    sent = desk.post(
        "/manage/files",
        files=[
            ("file", ("../坏\u202e名.txt", REPORT)),
            ("file", ("空.txt", b"")),
            ("file", ("图.docx", b"PK\x03\x04" + bytes(64))),
        ],
        follow_redirects=False,
    )
    assert sent.status_code == 303
    address = sent.headers["location"]
    going = desk.get(address).text
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in going and "取消" in going
    job = ended(desk, address.rpartition("/")[2])
    assert job.state == "done", job
    page = desk.get(address).text
    for said in (
        "岚皋县总工会2022年工作总结",
        "岚皋县",
        "2022？",
        "河灯夜校",
        "“空.txt”里没有文字",
        "“图.docx”已损坏",
        f'href="/manage/documents/{job.result.files[0].documents[0].id}"',
    ):
        assert said in page, said
    assert "refresh" not in page and "\u202e" not in page
    assert "坏名.txt" in names(folder_of(desk))
    assert left(folder_of(desk)) == []
    overview = desk.get("/manage/files").text
    assert "新增 1" in overview and "没有读入 2" in overview
    assert "河灯夜校" in desk.get("/terms/河灯夜校").text  # the server has taken it up


def test_taking_a_source_out_is_undone(desk: TestClient) -> None:
    folder = folder_of(desk)
    with Store.open(folder) as store:
        source = store.select(Source)[0]
    before = names(folder)
    address = f"/manage/files/sources/{source.id}"
    assert "移出后，下面的文献" in desk.get(address).text
    removed = desk.post(f"{address}/remove")
    job_id = removed.url.path.rpartition("/")[2]
    assert ended(desk, job_id).state == "done"
    assert source.name not in names(folder)
    page = desk.get(removed.url.path).text
    assert "已移出" in page and f"{address}/undo" in page
    assert "放回后重新读入" in desk.get(address).text
    back = desk.post(f"{address}/undo")
    assert ended(desk, back.url.path.rpartition("/")[2]).state == "done"
    assert names(folder) == before
    with Store.open(folder) as store:
        assert store.select(Source, id=source.id) == [source]
    assert desk.post(f"{address}/undo").status_code == 404


def test_what_was_taken_out_can_be_deleted_for_good(desk: TestClient) -> None:
    folder = folder_of(desk)
    with Store.open(folder) as store:
        source = store.select(Source)[0]
    ended(desk, desk.post(f"/manage/files/sources/{source.id}/remove").url.path.rpartition("/")[2])
    page = desk.post(f"/manage/files/sources/{source.id}/forget").text
    assert "已彻底删除" in page and source.name not in page.partition("资料库里的来源")[2]
    assert desk.get(f"/manage/files/sources/{source.id}").status_code == 404
    assert not any((folder / "intake" / "removed").iterdir())


def test_programs_send_files_and_follow(desk: TestClient, bearer: dict[str, bytes]) -> None:
    desk.cookies.clear()
    answer = desk.post("/api/sources", files={"file": ("夜校.txt", REPORT)}, headers=bearer)
    assert answer.status_code == 202 and answer.json()["state"] in ("waiting", "running")
    address = answer.headers["location"]
    ended(desk, answer.json()["id"])
    job = desk.get(address, headers=bearer).json()
    (file,) = job["result"]["files"]
    assert (file["name"], file["action"]) == ("夜校.txt", "added") and job["result"]["new_terms"] == ["河灯夜校"]
    assert file["documents"][0]["guessed"] == ["date"]
    rows = desk.get("/api/sources", headers=bearer).json()["sources"]
    assert {"id": file["source"], "name": "夜校.txt", "size": len(REPORT), "bundled": False, "documents": 1} in rows
    gone = desk.delete(f"/api/sources/{file['source']}", headers=bearer)
    assert gone.status_code == 202
    ended(desk, gone.json()["id"])
    for path in (f"/api/sources/{file['source']}", "/api/jobs/1-2"):
        problem = desk.delete(path, headers=bearer)
        assert problem.status_code == 404
        assert problem.headers["content-type"] == "application/problem+json"


def events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line.removeprefix("data: ")) for line in text.splitlines() if line.startswith("data: ")]


def test_what_goes_on_is_told_by_events(desk: TestClient) -> None:
    started = desk.post("/manage/files", files={"file": ("夜校.txt", REPORT)}, follow_redirects=False)
    job_id = started.headers["location"].rpartition("/")[2]
    answer = desk.get("/manage/files/events", params={"job": job_id})  # to its end
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert "content-encoding" not in answer.headers
    told = events(answer.text)
    assert told[-1]["state"] == "done" and told[-1]["percent"] == 100
    assert [one["done"] for one in told] == sorted(one["done"] for one in told) and len(told) > 2
    assert answer.text.rstrip().splitlines()[-2] == "event: end"
    # Who comes again hears how it ended, and nothing twice.
    last = re.findall(r"^id: (\d+)$", answer.text, re.M)[-1]
    again = desk.get("/manage/files/events", params={"job": job_id}, headers={"Last-Event-ID": last})
    assert [one["state"] for one in events(again.text)] == ["done"]
    assert desk.get("/manage/files/events", params={"job": "1-2"}).status_code == 404


@pytest.mark.parametrize("path", ["/manage/files", "/api/sources"])
def test_nothing_is_read_of_what_a_stranger_sends(library: Path, token: str, tmp_path: Path, path: str) -> None:
    """Refused by the head of the request: the files are not waited for."""
    folder = shutil.copytree(library, tmp_path / "library")
    with serving(managed(folder, token)) as site:
        for more in ("", "Origin: http://example.org\r\n", f"Origin: {site}\r\n", "Authorization: Bearer x\r\n"):
            with socket.create_connection(("127.0.0.1", int(site.rpartition(":")[2])), 20) as to:
                head = f"POST {path} HTTP/1.1\r\nHost: {site.removeprefix('http://')}\r\n{more}"
                to.sendall(
                    f"{head}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000000\r\n\r\n".encode()
                )
                assert to.recv(4096).split()[1] in (b"303", b"401", b"403"), more
    assert not (folder / "intake").exists()


def test_forms_of_other_sites_send_nothing(desk: TestClient) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        for path in (
            "",
            "/jobs/1-2/cancel",
            "/jobs/1-2/again",
            "/sources/x/remove",
            "/sources/x/undo",
            "/sources/x/forget",
        ):
            answer = desk.post(f"/manage/files{path}", files={"file": ("夜校.txt", REPORT)}, headers=headers)
            assert answer.status_code == 403 and "不是从管理页发出的" in answer.text
    assert desk.app.state.intake.jobs() == []


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/manage/files", "/manage/files"),
        ("/manage/files/jobs/2026-1", "/manage/files/jobs/2026-1"),
        ("/manage/files/sources/0f", "/manage/files/sources/0f"),
        ("/manage/files/events?job=1", "/manage/files"),
        ("/manage/backup", "/manage/backup"),
        ("/manage/backup/download", "/manage/backup"),
    ],
)
def test_pages_ask_for_the_token_and_lead_back(desk: TestClient, token: str, path: str, to: str) -> None:
    desk.cookies.clear()
    asked = desk.get(path)
    assert asked.url.path == "/manage/login" and asked.status_code == 200
    assert desk.post(str(asked.url), data={"token": token}, follow_redirects=False).headers["location"] == to


SMALL = Limits(text=MIB, package=MIB, unpacked=2 * MIB)
REFUSED = {
    "no file": ([], 422, "没有收到文件"),
    "no name": ([("file", ("", b""))], 422, "没有收到文件"),
    "one too large": ([("file", ("大.txt", bytes(MIB + 1)))], 413, "“大.txt”超过上限 1 MB，没有收下"),
    "all too large": ([("file", (f"{n}.txt", bytes(MIB))) for n in range(3)], 413, "超过 2 MB"),
    "too many": ([("file", (f"{n}.txt", b"x")) for n in range(4)], 413, "最多上传 3 个"),
}


@pytest.fixture
def small(library: Path, tmp_path: Path, token: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The same, where little may be sent."""
    monkeypatch.setattr(keeping, "MOST_FILES", 3)
    folder = shutil.copytree(library, tmp_path / "library")
    app = create_app(folder, token=token, intake=LibraryIntake(folder, SMALL))
    with TestClient(app, raise_server_exceptions=False, headers={"Sec-Fetch-Site": "same-origin"}) as client:
        client.post("/manage/login", data={"token": token})
        yield client


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_too_much_is_refused(small: TestClient, bearer: dict[str, bytes], case: str) -> None:
    files, status, said = REFUSED[case]
    form = [("same", (None, "replace")), *files]
    page = small.post("/manage/files", files=form)
    assert (page.status_code, said in page.text) == (status, True), page.text
    assert 'role="alert"' in page.text and "上传</button>" in page.text
    problem = small.post("/api/sources", files=form, headers=bearer)
    assert problem.status_code == status and said in problem.json()["detail"]
    assert left(folder_of(small)) == [] and small.app.state.intake.jobs() == []


def test_one_file_too_large_keeps_no_other_out(small: TestClient) -> None:
    files = [("file", ("大.txt", bytes(MIB + 1))), ("file", ("夜校.txt", REPORT))]
    address = small.post("/manage/files", files=files).url.path
    job = ended(small, address.rpartition("/")[2])
    assert [file.name for file in job.failures] == ["大.txt"] and job.result.files[0].action == "added"
    assert "“大.txt”超过上限 1 MB" in small.get(address).text


BODIES = {
    "not a form": ("text/plain", b"x" * 10),
    "no boundary": ("multipart/form-data", b"--b\r\n"),
    "no parts": ("multipart/form-data; boundary=b", b"hello"),
    "cut in the head": ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="fi'),
    "cut in the file": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n' + REPORT,
    ),
    "a name without end": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="' + b"a" * 9000 + b'"\r\n\r\nx\r\n--b--\r\n',
    ),
    "a field without end": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="same"\r\n\r\n' + b"a" * 9000 + b"\r\n--b--\r\n",
    ),
    "many fields": (
        "multipart/form-data; boundary=b",
        b"".join(b'--b\r\nContent-Disposition: form-data; name="%d"\r\n\r\nx\r\n' % n for n in range(30))
        + b"--b--\r\n",
    ),
    "one field many times": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="same"\r\n\r\nkeep\r\n' * 30
        + b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        + REPORT
        + b"\r\n--b--\r\n",
    ),
}


@pytest.mark.parametrize("case", BODIES)
def test_bodies_that_are_no_forms(small: TestClient, bearer: dict[str, bytes], case: str) -> None:
    kind, body = BODIES[case]
    answer = small.post("/api/sources", content=body, headers=bearer | {"Content-Type": kind})
    assert answer.status_code in (400, 422), answer.text
    assert answer.json()["detail"].endswith("再试。") or "重新上传" in answer.json()["detail"]
    assert left(folder_of(small)) == []


def test_an_upload_cut_off_leaves_nothing(library: Path, token: str, tmp_path: Path) -> None:
    folder = shutil.copytree(library, tmp_path / "library")
    app = managed(folder, token)
    with serving(app) as site:
        with socket.create_connection(("127.0.0.1", int(site.rpartition(":")[2])), 20) as to:
            to.sendall(
                f"POST /api/sources HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
                "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 500000\r\n\r\n"
                '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'.encode()
            )
            to.sendall(bytes(100_000))
            while not left(folder):  # it goes to disk as it comes
                time.sleep(0.02)
        while left(folder):
            time.sleep(0.02)
        assert app.state.intake.jobs() == []


def test_listeners_do_not_keep_the_server_from_stopping(library: Path, token: str, tmp_path: Path) -> None:
    folder = shutil.copytree(library, tmp_path / "library")
    app = managed(folder, token)
    with Store.open(folder) as other, other.write(), serving(app) as site:  # the job waits for this writer
        job = app.state.intake.remove(names_and_ids(folder)[0])
        to = socket.create_connection(("127.0.0.1", int(site.rpartition(":")[2])), 20)
        to.sendall(
            f"GET /manage/files/events?job={job.id} HTTP/1.1\r\nHost: x\r\n"
            f"Cookie: gongzhi_manage={app.state.gate.session()}\r\n\r\n".encode()
        )
        assert b"200 OK" in to.recv(4096)
    to.close()
    assert app.state.intake.job(job.id).state == "interrupted"


def names_and_ids(folder: Path) -> list[str]:
    with Store.open(folder) as store:
        return [source.id for source in store.select(Source)]


def test_backups_are_downloaded_whole(desk: TestClient, tmp_path: Path) -> None:
    page = desk.get("/manage/backup").text
    assert "下载备份" in page and "gongzhi restore" in page
    answer = desk.get("/manage/backup/download")
    assert answer.status_code == 200 and int(answer.headers["content-length"]) == len(answer.content)
    assert re.fullmatch(r'attachment; filename="gongzhi-\d{8}-\d{6}\.zip"', answer.headers["content-disposition"])
    (tmp_path / "备份.zip").write_bytes(answer.content)
    assert read_manifest(tmp_path / "备份.zip").counts["source"] == len(names(folder_of(desk)))
    assert not list(folder_of(desk).glob(".*"))  # nothing is left of it


def test_a_backup_that_nobody_waits_for_leaves_nothing(library: Path, token: str, tmp_path: Path) -> None:
    folder = shutil.copytree(library, tmp_path / "library")
    app = managed(folder, token)
    with serving(app) as site, socket.create_connection(("127.0.0.1", int(site.rpartition(":")[2])), 20) as to:
        to.sendall(
            "GET /manage/backup/download HTTP/1.1\r\nHost: x\r\n"
            f"Cookie: gongzhi_manage={app.state.gate.session()}\r\n\r\n".encode()
        )
        assert b"200 OK" in to.recv(4096)
    assert not list(folder.glob(".*"))


def test_where_no_files_are_taken_it_is_said(visitor: TestClient, token: str, bearer: dict[str, bytes]) -> None:
    visitor.post("/manage/login", data={"token": token})
    assert visitor.get("/manage/files").status_code == 404
    assert "gongzhi ingest" in visitor.post("/api/sources", files={"file": ("a.txt", b"x")}, headers=bearer).text


def test_bounds_follow_the_limits(library: Path) -> None:
    assert LibraryIntake(library, DEFAULTS).bounds == Bounds(256 * MIB, 1024 * MIB, keeping.MOST_FILES)
