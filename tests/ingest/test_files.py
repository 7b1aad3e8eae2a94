import os
from pathlib import Path

import pytest

from ingest.errors import FileUnreadable, NoFiles, PathMissing
from ingest.files import collect


@pytest.fixture
def folder(tmp_path):
    for name in ("乙.txt", "甲/二.md", "甲/一.txt", "甲/~$二.docx", ".隐藏.txt", ".git/对象"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("文", "utf-8")
    return tmp_path


def test_files_of_a_folder_sorted_without_hidden_ones(folder):
    assert [str(path.relative_to(folder)) for path in collect([folder])] == ["乙.txt", "甲/一.txt", "甲/二.md"]


def test_named_files_come_first_and_once(folder):
    found = collect([folder / "甲" / "二.md", folder])
    assert [path.name for path in found] == ["二.md", "乙.txt", "一.txt"]


def test_a_hidden_file_that_is_named_is_meant(folder):
    assert collect([folder / ".隐藏.txt"]) == [folder / ".隐藏.txt"]


def test_a_link_that_leads_back_is_not_entered(folder):
    (folder / "甲" / "环").symlink_to(folder)
    assert len(collect([folder])) == 3


def test_missing_and_empty(tmp_path):
    with pytest.raises(PathMissing):
        collect([tmp_path / "无"])
    with pytest.raises(NoFiles):
        collect([tmp_path])


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    (tmp_path / "甲.txt").write_text("正文。", "utf-8")
    assert [path.name for path in collect([tmp_path])] == ["甲.txt"]
    with pytest.raises(FileUnreadable, match="不是普通文件"):
        collect([tmp_path / "管道.txt"])
