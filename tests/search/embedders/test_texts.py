"""Reading texts to learn from."""

import json
import lzma
from pathlib import Path

import pytest

from search.embedders.texts import Paragraph, Text, paragraphs, read_texts, runs
from search.errors import NothingToTrainOn

LONG = "职工食堂全天开放，凡持工会会员卡的，均可按成本价就餐，不得另行加收服务费用。"


def test_paragraphs_stand_under_their_heading() -> None:
    text = Text("某市条例", f"# 某市条例\n{LONG}\n太短\n## 第二章　食堂 管理\n{LONG}{LONG}\n### 附则\n{LONG}")
    assert list(paragraphs([text])) == [
        Paragraph("某市条例", "某市条例", LONG),
        Paragraph("某市条例", "食堂管理", LONG * 2),
        Paragraph("某市条例", "", LONG),  # 附则 stands over anything
    ]


def test_short_sentences_go_with_their_neighbour() -> None:
    assert runs("好。职工食堂全天开放，持卡就餐。不得加收。") == ["好。职工食堂全天开放，持卡就餐。不得加收。"]
    assert len(runs(LONG * 3)) == 3
    assert runs("太短") == []


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.xz"])
def test_read_texts(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"texts{suffix}"
    rows = [{"title": "標題", "text": "正文" * 40}, {"text": "太短"}, {"text": "没有题目" * 20}]
    content = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    path.write_bytes(lzma.compress(content) if suffix.endswith("xz") else content)
    found = read_texts(path, 10_000, 1)
    assert sorted(text.title for text in found) == ["", "标题"]
    assert len(read_texts(path, 10, 1)) == 1
    assert read_texts(path, 10, 1) == read_texts(path, 10, 1)


@pytest.mark.parametrize("content", ["不是 JSON", '{"title": "缺正文"}', '{"text": "太短"}', ""])
def test_unreadable_texts_are_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(NothingToTrainOn, match=r"texts\.jsonl"):
        read_texts(path, 100, 1)
