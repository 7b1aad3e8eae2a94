"""Queries without a sure answer: what is kept, what never is, and that nothing fails for it."""

import os
import sqlite3
import threading
from datetime import date
from pathlib import Path

import pytest

from search import queries
from search.queries import FILE_NAME, Asked, QueryLog, masked

TODAY = date.today().isoformat()


def listed(log: QueryLog, most: int = 100) -> list[Asked]:
    log.close()
    return log.listed(lambda asked: False, most)


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("晌午头塞冰棍", "晌午头塞冰棍"),
        ("  晌午头 \n 塞冰棍 ", "晌午头 塞冰棍"),
        ("2018年荆州送清凉", "2018年荆州送清凉"),
        ("2018-2023 送清凉", "2018-2023 送清凉"),
        ("发放200000元", "发放200000元"),
        ("找 13812345678 讨薪", "找 ＊ 讨薪"),
        ("找138-1234-5678讨薪", "找＊讨薪"),
        ("找１３８１２３４５６７８讨薪", "找＊讨薪"),
        ("打0716-8123456问讨薪", "打＊问讨薪"),
        ("身份证42010119900101123X能办卡吗", "身份证＊能办卡吗"),
        ("工号 20231234567 讨薪", "＊ 讨薪"),
        ("一三八一二三四五六七八讨薪", "＊讨薪"),
        ("写信给 zhang.san@example.com 讨薪", "写信给 ＊ 讨薪"),
        ("我叫张三，老板不给钱", "我叫＊，老板不给钱"),
        ("姓名：欧阳小明 想入会", "姓名：＊ 想入会"),
        ("联系人：李四，想入会", "联系人：＊，想入会"),
        ("家住青山路十二号三单元，想入会", "家住＊，想入会"),
        ("鄂A12345的司机入会", "＊的司机入会"),
        ("13812345678", ""),
        ("我", ""),
        ("？？", ""),
        ("长" * 60, ""),
        ("第一句说了这个。第二句说了那个。第三句没有说完。", ""),
    ],
)
def test_what_may_tell_of_a_person_is_not_kept(query: str, kept: str) -> None:
    assert masked(query) == kept
    assert masked(kept) == kept


def test_a_query_is_counted_by_day(tmp_path: Path) -> None:
    log = QueryLog(tmp_path)
    for _ in range(3):
        log.note("晌午头塞冰棍", found=True)
    log.note("哪些城市塞冰棍", way="places")
    assert listed(log) == [
        Asked("晌午头塞冰棍", "search", True, 3, TODAY, TODAY),
        Asked("哪些城市塞冰棍", "places", False, 1, TODAY, TODAY),
    ]
    assert log.count() == 2
    assert log.clear() == 2 and log.count() == 0 and log.clear() == 0


def test_a_later_day_moves_the_last_one_only(tmp_path: Path) -> None:
    log = QueryLog(tmp_path)
    log.note("晌午头塞冰棍")
    log.close()
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.execute("UPDATE asked SET first = '2020-01-01', last = '2020-02-02'")
    db.close()
    log.note("晌午头塞冰棍")
    assert listed(log) == [Asked("晌午头塞冰棍", "search", False, 2, "2020-01-01", TODAY)]


def test_nothing_is_kept_where_it_is_switched_off(tmp_path: Path) -> None:
    log = QueryLog(tmp_path, kept=False)
    log.note("晌午头塞冰棍")
    assert listed(log) == [] and not (tmp_path / FILE_NAME).exists()


def test_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST", 3)
    log = QueryLog(tmp_path)
    for n in range(3):
        log.note(f"第{n}样东西")
    log.close()
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.execute("UPDATE asked SET last = '2020-01-01' WHERE query = '第1样东西'")
    db.close()
    log.note("又一样东西")
    assert {asked.query for asked in listed(log)} == {"第0样东西", "第2样东西", "又一样东西"}


def test_what_is_answered_now_leaves_the_list(tmp_path: Path) -> None:
    log = QueryLog(tmp_path)
    for query in ("甲事", "乙事", "丙事"):
        log.note(query)
    log.note("丙事")
    log.close()
    assert [asked.query for asked in log.listed(lambda asked: asked.query == "丙事", 1)] == ["乙事"]
    assert log.count() == 2
    assert log.listed(lambda asked: True, 10) == [] and log.count() == 0


def test_many_threads_note_at_once(tmp_path: Path) -> None:
    log = QueryLog(tmp_path)
    threads = [threading.Thread(target=lambda: [log.note("晌午头塞冰棍") for _ in range(20)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (asked,) = listed(log)
    assert asked.times == 160


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    log = QueryLog(tmp_path)
    log.note("晌午头塞冰棍")
    assert listed(log) == []
    tmp_path.chmod(0o700)


@pytest.mark.parametrize("folder", ["没有", "文件"])
def test_nothing_fails_where_nothing_can_be_written(tmp_path: Path, folder: str) -> None:
    (tmp_path / "文件").write_text("不是目录", "utf-8")
    log = QueryLog(tmp_path / folder)
    log.note("晌午头塞冰棍")
    assert listed(log) == []


def test_a_damaged_file_is_no_list_and_stops_no_query(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database" * 100)
    log = QueryLog(tmp_path)
    log.note("晌午头塞冰棍")
    assert listed(log) == [] and log.count() == 0


def test_a_file_that_another_process_writes_stops_no_query(tmp_path: Path) -> None:
    log = QueryLog(tmp_path)
    log.note("晌午头塞冰棍")
    log.close()
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    log.note("又一样东西")
    log.close()
    other.execute("ROLLBACK")
    other.close()
    assert [asked.query for asked in listed(log)] == ["晌午头塞冰棍"]
