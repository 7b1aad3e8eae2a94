"""The command that sets places against topics."""

import json
from pathlib import Path

from tests.gongzhi.conftest import gongzhi


def test_matrix_of_chosen_topics(desk: Path) -> None:
    shown = gongzhi("matrix", "--topic", "户外劳动者驿站", "--topic", "月球疗养院", cwd=desk, COLUMNS="100").stdout
    [row] = [line.split() for line in shown.splitlines() if line.startswith("荆州市")]
    assert row == ["荆州市", "1", "·"]
    assert "月球疗养院（0）" in shown
    assert "查了 1 份文献，1 个地方；· 是未提及，未提及不等于未开展。" in shown


def test_matrix_of_usual_topics_as_data(desk: Path) -> None:
    found = json.loads(gongzhi("matrix", "--json", cwd=desk).stdout)
    assert not found["chosen"]
    assert "困难职工帮扶" in [topic["topic"] for topic in found["topics"]]
    assert found["rows"] and all(len(row["cells"]) == len(found["topics"]) for row in found["rows"])
    assert all(any(cell["done"] + cell["ongoing"] + cell["planned"] for cell in row["cells"]) for row in found["rows"])


def test_a_matrix_of_nothing_says_so(desk: Path) -> None:
    shown = gongzhi("matrix", "--topic", "月球疗养院", "--province", "湖北省", cwd=desk).stdout
    assert shown == "查了 1 份文献，没有一处提到；· 是未提及，未提及不等于未开展。\n"
    assert gongzhi("matrix", "--level", "村", cwd=desk).returncode == 2
