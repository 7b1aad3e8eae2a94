"""What the checks find, on a page: the same as the command says, and hints that are let pass."""

import re

import pytest
from starlette.testclient import TestClient

from corpus.model import Edit
from corpus.store import Store
from graph.checks import ADVICE, CHECKS
from graph.lint import lint

PATH = "/manage/lint"


@pytest.fixture
def manager(visitor: TestClient, token: str) -> TestClient:
    """A browser at a library in which an alias that people gave stands nowhere."""
    visitor.post("/manage/login", data={"token": token})
    with Store.open(visitor.app.state.library.folder) as store, store.write():  # type: ignore[attr-defined]
        store.insert([Edit(1, "b", "alias", "没有的词", "甲乙", "", "", "2026-01-01T00:00:00+00:00", "", "没有。")])
        store.query("UPDATE term SET aliases = '[\"灯下<b>三大问</b>\"]' WHERE label = '灯下三问'")
        made = "2026-01-02T00:00:00+00:00"
        store.insert([Edit(2, "c", "alias", "灯下三问", "灯下<b>三大问</b>", "", "", made)])
    return visitor


def test_every_check_says_what_to_do() -> None:
    assert all(ADVICE[code] and ADVICE[code][-1] == "。" for code in CHECKS)


def test_the_page_lists_what_the_command_lists(manager: TestClient) -> None:
    page = manager.get(PATH).text
    with Store.open(manager.app.state.library.folder) as store:  # type: ignore[attr-defined]
        found = lint(store)
    assert {"alias_unmatched", "edit_idle"} <= {finding.code for finding in found}
    assert f"共 <b>{len(found)}</b> 处" in page
    for finding in found:
        assert CHECKS[finding.code][1] in page and ADVICE[finding.code] in page
    assert "<b>三大问" not in page and "&lt;b&gt;三大问" in page
    narrowed = manager.get(PATH, params={"check": "edit_idle"}).text
    assert "看编辑记录" in narrowed and "三大问" not in narrowed
    assert f"<b>{len(found)}</b> 处检查发现" in manager.get("/manage").text


def test_a_hint_is_let_pass_and_listed_again_once_undone(manager: TestClient) -> None:
    (key,) = re.findall(r'name="finding" value="(alias_unmatched:\w+)"', manager.get(PATH).text)
    answer = manager.post(PATH, data={"finding": key})
    assert answer.url.path == PATH and "看过“灯下三问”，别名没有用到不算问题" in answer.text
    assert key not in answer.text and "放过的" in answer.text
    undone = manager.post("/manage/terms/undo", data={"ordinal": "3", "batch": "1", "label": "lint"})
    assert undone.url.path == PATH and key in undone.text and "放过的" not in undone.text


@pytest.mark.parametrize("said", [{}, {"finding": "label_shared:0123456789abcdef"}, {"finding": "x" * 2000}])
def test_what_cannot_be_let_pass(manager: TestClient, said: dict[str, str]) -> None:
    answer = manager.post(PATH, data=said)
    assert answer.status_code == 422 and "什么也没有选" in answer.text


def test_a_sound_library_is_said_to_be(lamps: TestClient, visitor: TestClient, token: str) -> None:
    visitor.post("/manage/login", data={"token": token})
    page = visitor.get(PATH, params={"check": "label_shared"}).text
    assert 'name="finding"' not in page
