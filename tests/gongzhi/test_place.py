import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongzhi.build import ingest
from gongzhi.cli import cli
from gongzhi.errors import PlaceUnclear, SamePlace

TOWNS = Path(__file__).parents[1] / "search" / "towns"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("towns")
    ingest(folder, [TOWNS])
    return folder


def run(library: Path, *args: str) -> Result:
    # Wide enough that no cell is broken over lines.
    return CliRunner().invoke(cli, ["place", *args, "--library", str(library)], env={"COLUMNS": "400"})


def said(library: Path, *args: str) -> str:
    done = run(library, *args)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_place(library: Path) -> None:
    told = said(library, "衢州")
    for words in ("衢州市", "未提及不等于未开展", "母婴室", "已开展 2，计划开展 1", "1.2亿元", "橘灯行动", "柯城区"):
        assert words in told
    data = json.loads(said(library, "衢州", "--json"))
    assert data["place"]["place"] == "衢州市" and data["topics"] and data["figures"]


def test_with_another_place(library: Path) -> None:
    told = said(library, "衢州", "--with", "宜宾")
    for words in ("都提到（2）", "只有宜宾市提到（1）", "技能竞赛", "140个"):
        assert words in told
    assert {topic["topic"] for topic in json.loads(said(library, "衢州", "--with", "宜宾", "--json"))["both"]} == {
        "困难职工帮扶",
        "户外劳动者服务站点",
    }


def test_a_place_is_not_set_beside_itself(library: Path) -> None:
    refused = run(library, "衢州", "--with", "衢州市")
    assert isinstance(refused.exception, SamePlace) and "都是衢州市" in str(refused.exception)


def test_across_years(library: Path) -> None:
    told = said(library, "衢州", "--years")
    for words in ("新提到（2）", "继续提到（6）", "不再提到（2）", "未见后续", "不再提到不等于停办"):
        assert words in told
    assert len(json.loads(said(library, "衢州", "--years", "--json"))["steps"]) == 1
    assert "不能前后对照" in said(library, "宜宾", "--years")


@pytest.mark.parametrize(
    ("name", "words"),
    [("衢洲市", "相近：衢州市"), ("橘乡", "可能是衢州市橘乡果业公司"), ("月球背面", "没有写到“月球背面”")],
)
def test_an_unclear_name_says_what_to_do(library: Path, name: str, words: str) -> None:
    error = run(library, name).exception
    assert isinstance(error, PlaceUnclear) and words in str(error)


def test_one_view_at_a_time(library: Path) -> None:
    done = run(library, "衢州", "--with", "宜宾", "--years")
    assert done.exit_code == 2 and "只能用一个" in done.output
