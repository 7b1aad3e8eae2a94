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
        "责任编辑：王某",
        "（责任编辑：王某）",
        "编辑/王某  校对/李某",
        "来源：白河市总工会",
        "信息来源：白河市总工会  作者：王某",
        "浏览次数：128次",
        "打印本页 关闭窗口",
        "【打印】 【关闭】",
        "字体：大 中 小",
        "【字体：大 中 小】",
        "扫一扫在手机打开当前页",
        "分享到：微信 微博",
        "分享到：",
        "上一篇：白河市总工会召开座谈会",
        "下一篇：没有了",
        "版权声明：转载请注明出处",
        "版权所有：白河市总工会　某ICP备12345678号",
        "当前位置：首页 > 工会要闻",
        "首页 > 工会要闻 > 正文",
        "相关阅读",
        "返回顶部",
    ],
)
def test_adverts(text):
    assert _kind(text) == ADVERT


@pytest.mark.parametrize(
    "text",
    [
        "- 3 -",
        "— 12 —",
        "- 第3页 -",
        "共20页 第5页",
        "第五页",
        "Page 3 of 20",
        "第 3 页 共 20 页",
        "（12）",
        "第 5 页",
        "第5页 共20页",
        "7/20",
        "18",
    ],
)
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
        "来源渠道更加多样，发布信息800条。",
        "编辑印发工作简报12期。",
        "下一篇章更加精彩",
        "大中小企业全部建会",
        "分享到企业班组的经验受到欢迎。",
        "校对公章、核对名册",
        "返回岗位的职工超过九成。",
        "时间安排：3月至10月",
        "关闭落后产能分流职工安置",
        "收藏职工书画作品60幅",
        "（一）",
        "打印职工服务卡3万张",
        "原创歌曲《咱们一起干》获一等奖。",
    ],
)
def test_what_belongs_to_a_report(text):
    assert _kind(text) == ""


def test_contact_within_a_sentence():
    text = "围绕数字工会建设，联系QQ：123456789，开发小程序5个。"
    assert [text[a:b] for a, b in patterns().contacts(text)] == ["联系QQ：123456789，"]
    assert list(patterns().contacts("联系服务职工12000人。")) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("全年办班七期……惠及职工两千人。更多范文请关注公众号", "全年办班七期……惠及职工两千人。"),
        ("先办了班，大家满意。又办了展，也满意。版权所有：某网", "先办了班，大家满意。又办了展，也满意。"),
        ("更多范文请关注公众号。谢谢大家。", ""),
    ],
)
def test_an_advert_behind_a_sentence_is_parted_from_it(text: str, kept: str) -> None:
    parts = patterns().apart(Line(0, len(text), text))
    assert "".join(part.text for part in parts) == text
    assert [(part.start, part.text) for part in parts if not patterns().kind(part)] == ([(0, kept)] if kept else [])
