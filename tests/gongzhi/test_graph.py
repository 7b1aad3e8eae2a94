from pathlib import Path

import pytest
from click.testing import CliRunner

from gongzhi.build import ingest
from gongzhi.cli import cli
from gongzhi.errors import EdgeKindUnknown, TermNotFound
from gongzhi.graph import around, between, glance, kind_named
from graph.edges import EDGE_KINDS

REPORT = """海棠市工会工作总结

2023年3月2日

一、过去一年的主要工作

今年以来，荆州市总工会打造“蓝鲸驿站”品牌，推广“移动蓝鲸驿站”品牌，服务职工1.5万人次。

走访职工书屋，办好流动课堂。

【名词注释】

“三大阵地”：蓝鲸驿站、职工书屋、流动课堂。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    (folder / "总结.txt").write_text(REPORT, "utf-8")
    ingest(folder / "library", [folder / "总结.txt"])
    return folder / "library"


def said(library: Path, *args: str) -> str:
    done = CliRunner().invoke(cli, ["graph", *args, "--library", str(library)])
    assert done.exit_code == 0, done.output
    return done.output


def test_at_a_glance(library: Path) -> None:
    found = glance(library)
    assert found.nodes["document"] == 1 and found.edges["broader"] == 1 and found.central
    told = said(library)
    assert "术语" in told and all(name in told for name in EDGE_KINDS.values())
    assert '"communities"' in said(library, "--json")


def test_around_a_term_with_reasons_and_sentences(library: Path) -> None:
    walk = around(library, "“三大阵地”", 2, ())
    (line,) = [line for line in walk.lines if line.target == "蓝鲸驿站"]
    assert (line.ring, line.relation, line.source) == (1, "组成部分", "三大阵地")
    assert line.sentence == "“三大阵地”：蓝鲸驿站、职工书屋、流动课堂。" and line.reason and line.title
    assert [line.target for line in walk.lines if line.ring == 2 and line.relation == "下位术语"] == ["移动蓝鲸驿站"]
    told = said(library, "三大阵地", "--depth", "2")
    assert (
        "组成部分：蓝鲸驿站" in told and "  “三大阵地”：蓝鲸驿站" in told and "蓝鲸驿站 ─下位术语→ 移动蓝鲸驿站" in told
    )


def test_one_kind_only(library: Path) -> None:
    assert {line.kind for line in around(library, "蓝鲸驿站", 1, ("下位术语",)).lines} == {"broader"}
    assert "没有这样的联系" in said(library, "蓝鲸驿站", "--kind", "variant_of")
    assert kind_named("组成部分") == kind_named("所属整体") == kind_named("has_component") == "has_component"
    with pytest.raises(EdgeKindUnknown, match="没有“亲戚”这种关系"):
        kind_named("亲戚")


def test_from_one_term_to_another(library: Path) -> None:
    walk = between(library, "移动蓝鲸驿站", "三大阵地")
    assert [(line.source, line.relation, line.target) for line in walk.lines] == [
        ("移动蓝鲸驿站", "上位术语", "蓝鲸驿站"),
        ("蓝鲸驿站", "所属整体", "三大阵地"),
    ]
    assert "蓝鲸驿站 ─所属整体→ 三大阵地" in said(library, "移动蓝鲸驿站", "--to", "三大阵地")
    assert "同一个术语" in said(library, "三大阵地", "--to", "三大阵地")


def test_what_is_not_there(library: Path) -> None:
    with pytest.raises(TermNotFound, match="没有“查无此词”"):
        around(library, "查无此词", 1, ())
    assert CliRunner().invoke(cli, ["graph", "--to", "三大阵地", "--library", str(library)]).exit_code == 2
