import pytest

from ingest.glossaries import is_glossary


@pytest.mark.parametrize(
    "words",
    [
        "名词注释",
        "【名词解释】",
        "附件：名词解释",
        "有关名词说明",
        "注释：",
        "名词术语解释",
        "（名词注释）",
        "附：名词解释",
        "附件2 名词解释",
        "附录：有关名词解释",
        "报告中有关名词说明",
        "本报告有关名词注释",
        "《报告》名词解释",
        "工作报告名词解释",
        "相关名词解释",
        "有关名词和术语解释",
        "专有名词解释",
        "文中注释",
        "释义",
        "名词浅释",
        "名 词 解 释",
    ],
)
def test_glossary_headings(words):
    assert is_glossary(words)


@pytest.mark.parametrize(
    "words",
    [
        "工作说明会",
        "情况说明书",
        "注重解释宣传",
        "名词",
        "说明",
        "有关情况的说明",
        "情况说明",
        "工作报告说明",
        "政策解读",
        "附件说明",
        "做好宣传解释",
    ],
)
def test_no_glossary_headings(words):
    assert not is_glossary(words)
