import pytest

from ingest.adverts import ADVERT, PAGE_NUMBER, patterns
from ingest.lines import Line


def _kind(text: str) -> str:
    return patterns().kind(Line(0, len(text), text))


@pytest.mark.parametrize(
    "text",
    [
        "【好文素材库】每天更新材料八百篇，会员群内一键下载",
        "更多范文请关注公众号",
        "添加客服微信：gw_88888 领取资料",
        "本资料来自网络，由热心网友搜集",
        "专业代笔，原创保证，有意者请联系：13800000000",
        "欢迎加入我们的网盘群",
    ],
)
def test_adverts(text):
    assert _kind(text) == ADVERT


@pytest.mark.parametrize("text", ["- 3 -", "— 12 —", "第 5 页", "第5页 共20页", "7/20", "18"])
def test_page_numbers(text):
    assert _kind(text) == PAGE_NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "开通12351热线，客服人员全天值守。",
        "市总工会公众号全年发布信息800条。",
        "建成职工书屋素材库3个。",
        "2021",
        "一、强化服务",
        "原创歌曲《咱们一起干》获一等奖。",
    ],
)
def test_what_belongs_to_a_report(text):
    assert _kind(text) == ""


def test_contact_within_a_sentence():
    text = "围绕数字工会建设，联系QQ：123456789，开发小程序5个。"
    assert [text[a:b] for a, b in patterns().contacts(text)] == ["联系QQ：123456789，"]
    assert list(patterns().contacts("联系服务职工12000人。")) == []
