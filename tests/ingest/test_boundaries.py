"""One report after another without a table of contents; and what looks like one and is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

# Each report by itself: its title as read, its text.
REPORTS = {
    "总结": (
        "云溪县总工会2021年工作总结",
        """云溪县总工会2021年工作总结

2021年，县总工会围绕中心任务，各项工作有了新气象。

一、抓培训，队伍素质有提升

全县举办技能培训班36期，培训职工2400人次。

二、抓维权，职工权益有保障

调处劳动争议58件，结案率达到96%。
""",
    ),
    "落款": (
        "石桥区总工会工作情况汇报",
        """石桥区总工会工作情况汇报

今年以来，区总工会认真履职，职工满意度稳步提高。

一、强化引领

组织宣讲40场，听众超过6000人。

二、强化服务

建成爱心驿站25个，惠及户外劳动者。

石桥区总工会

2021年11月30日
""",
    ),
    "讲话": (
        "在青山省工会工作会议上的讲话",
        """在青山省工会工作会议上的讲话

（2022年2月18日）

同志们：

这次会议的任务是总结经验、部署工作。

一、认清形势，增强信心

要看到职工队伍发生的新变化。

二、突出重点，狠抓落实

要把服务职工的事情办实办好。

同志们，让我们携手并肩，为建设幸福青山而奋斗！
""",
    ),
    "副标题": (
        "同心筑梦 奋楫争先——在白河市工会第八次代表大会上的报告",
        """同心筑梦 奋楫争先
——在白河市工会第八次代表大会上的报告

白河市总工会主席 李某

各位代表：

现在，我代表市总工会第七届委员会作报告，请予审议。

一、过去五年的工作

（一）思想引领坚强有力

组建宣讲团12个，宣讲进企业、进车间。

（二）权益维护扎实有效

办理法律援助案件320件，追回欠薪850万元。

二、今后五年的任务

要推进数字工会建设，让职工少跑腿。

名词解释

1.“四有工会”：有阵地、有人员、有经费、有活动。

2.“一站一家”：每个园区有一个服务站，每个企业有一个职工之家。
""",
    ),
    "无编号": (
        "东风岭煤矿工会2021年工作总结",
        """东风岭煤矿工会
2021年工作总结

矿工会把安全放在首位，开展班组竞赛16次。

全年走访困难矿工家庭210户，送去慰问金和棉衣。

特此报告。
""",
    ),
    "综述": (
        "海天集团工会五年工作综述",
        """海天集团工会五年工作综述

五年来，集团工会与企业同心，与职工同行。

一、搭台子，职工成才路更宽

评选集团工匠45名，命名创新工作室18个。

二、办实事，职工笑容更甜

新建职工食堂9个、母婴室12间。

三、强自身，工会组织更硬

所属86家单位全部建会，会员达到3.2万人。
""",
    ),
}


def _titles(parsed):
    return [document.document.title for document in parsed.documents]


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_alone_is_one(parse, name):
    title, text = REPORTS[name]
    assert _titles(parse(text)) == [title]


@settings(max_examples=60, deadline=None)
@given(
    names=st.lists(st.sampled_from(sorted(REPORTS)), min_size=2, max_size=6), gap=st.sampled_from(["", "\n", "\n\n\n"])
)
def test_reports_one_after_another_are_as_many(parse, names, gap):
    """Every report is what it is alone: title, sections and passages. The same report twice running is no two."""
    names = [name for name, before in zip(names, ["", *names], strict=False) if name != before]
    parsed = parse(gap.join(REPORTS[name][1] for name in names))
    assert _titles(parsed) == [REPORTS[name][0] for name in names]
    for name, document in zip(names, parsed.documents, strict=True):
        (alone,) = parse(REPORTS[name][1]).documents
        assert document.document.text == alone.document.text
        assert [(s.number, s.title, s.depth, s.status) for s in document.sections] == [
            (s.number, s.title, s.depth, s.status) for s in alone.sections
        ]
        assert [p.text for p in document.passages] == [p.text for p in alone.passages]


A, B, C = REPORTS["总结"][1], REPORTS["落款"][1], REPORTS["综述"][1]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        pytest.param(
            A.rstrip() + C,
            ["云溪县总工会2021年工作总结", "海天集团工会五年工作综述"],
            id="title glued to the last sentence",
        ),
        pytest.param(
            "工会工作总结范文合集\n\n以下为网友整理的三篇，供参考。\n\n第一篇：工会工作总结\n\n今年以来，工会团结职工，开拓进取。\n\n"
            "开展活动20次。\n\n第二篇：工会工作总结\n\n一年来，工会关心职工，凝聚人心。\n\n举办讲座8场。\n\n"
            "第三篇：工会工作总结\n\n本年度，工会服务大局，成绩喜人。\n",
            ["工会工作总结"] * 3,
            id="counted pieces",
        ),
        pytest.param(
            "【篇一】\n云溪县总工会工作总结\n\n县总工会稳步前行，职工满意。\n\n【篇二】\n石桥区总工会工作要点\n\n区总工会将办好十件实事。\n",
            ["云溪县总工会工作总结", "石桥区总工会工作要点"],
            id="marks above the titles",
        ),
        pytest.param(
            "一、地方工会\n\n" + A + "\n二、企业工会\n\n" + C,
            ["云溪县总工会2021年工作总结", "海天集团工会五年工作综述"],
            id="categories above the titles",
        ),
        pytest.param(
            "云溪县总工会2020年工作总结\n\n县总工会建站12个，方便职工。\n\n云溪县总工会2021年工作总结\n\n县总工会建站18个，深受欢迎。\n",
            ["云溪县总工会2020年工作总结", "云溪县总工会2021年工作总结"],
            id="the same report year by year",
        ),
        pytest.param(
            "云溪县总工会亮点扫描\n\n县总工会建站12个，方便职工。\n\n石桥区总工会亮点扫描\n\n区总工会建站18个，深受欢迎。\n",
            ["云溪县总工会亮点扫描", "石桥区总工会亮点扫描"],
            id="twins of two places",
        ),
        pytest.param(
            A
            + "\n石桥区总工会聚力办好职工实事\n\n一、建阵地\n\n建成驿站25个，遍布街巷。\n\n二、送服务\n\n义诊进工地6场次。\n",
            ["云溪县总工会2021年工作总结", "石桥区总工会聚力办好职工实事"],
            id="a title without a genre, where numbers start anew",
        ),
        pytest.param(
            A
            + "\n石桥区总工会\n2021年工作要点\n\n一、建阵地\n\n今年要建成驿站25个。\n\n二、送服务\n\n要把义诊送进工地。\n",
            ["云溪县总工会2021年工作总结", "石桥区总工会2021年工作要点"],
            id="the issuer and the genre on two lines",
        ),
        pytest.param(
            B + "\n2022年工作要点\n\n一、建阵地\n\n今年要建成驿站25个。\n\n二、送服务\n\n要把义诊送进工地。\n",
            ["石桥区总工会工作情况汇报", "2022年工作要点"],
            id="a bare genre after a signature, where numbers start anew",
        ),
        pytest.param(
            A
            + "\n"
            + "　" * 10
            + "关于石桥区总工会推进职工之家\n"
            + "　" * 12
            + "建设情况的报告\n\n一、做法\n\n建家45个，职工点赞。\n",
            ["云溪县总工会2021年工作总结", "关于石桥区总工会推进职工之家建设情况的报告"],
            id="a title broken over two lines",
        ),
    ],
)
def test_divided(parse, text, titles):
    parsed = parse(text)
    assert _titles(parsed) == titles
    assert sum(repair.kind == "split" for repair in parsed.repairs) in (len(titles) - 1, len(titles))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "云溪县总工会2019年工作总结和2020年工作安排\n\n2019年工作总结\n\n一、抓培训\n\n全县办班36期，培训职工2400人次。\n\n"
            "二、抓维权\n\n调处争议58件，追回欠薪。\n\n2020年工作安排\n\n一、抓建会\n\n要推动园区企业应建尽建。\n\n二、抓服务\n\n"
            "要办好职工食堂，提升品质。\n",
            id="halves of one report that its title names",
        ),
        pytest.param(
            "云溪县总工会2019年工作总结及2020年工作计划\n\n县总工会以服务职工为本，不断前行。\n\n云溪县总工会2019年工作总结\n\n一、抓培训\n\n"
            "全县办班36期，培训职工2400人次。\n\n二、抓维权\n\n调处争议58件，追回欠薪。\n\n云溪县总工会2020年工作计划\n\n一、抓建会\n\n"
            "要推动园区企业应建尽建。\n",
            id="halves that repeat the owner",
        ),
        pytest.param(
            "云溪县总工会2021年工作报告\n\n过去一年工作回顾\n\n一、抓培训\n\n全县办班36期，培训职工2400人次。\n\n二、抓维权\n\n"
            "调处争议58件，追回欠薪。\n\n明年工作安排\n\n一、抓建会\n\n要推动园区企业应建尽建。\n\n二、抓服务\n\n要办好职工食堂，提升品质。\n",
            id="halves under bare headings",
        ),
        pytest.param(
            A
            + "\n附件1\n\n云溪县总工会2021年重点任务完成情况\n\n一、培训任务\n\n办班36期，超额完成年度任务。\n\n附件2\n\n"
            "云溪县总工会困难职工帮扶办法\n\n第一章 总则\n\n第一条 为了规范帮扶工作，制定本办法。\n",
            id="annexes",
        ),
        pytest.param(
            "关于印发《云溪县总工会2022年工作要点》的通知\n\n各乡镇工会：\n\n现将《云溪县总工会2022年工作要点》印发给你们，请认真落实。\n\n"
            "云溪县总工会\n\n2022年2月8日\n\n云溪县总工会2022年工作要点\n\n一、抓学习\n\n要办好主题宣讲，凝聚共识。\n",
            id="a notice and what it hands on",
        ),
        pytest.param(
            "在青山省工会工作会议上的讲话\n\n同志们：\n\n今天讲三个方面的意见。\n\n一、关于形势\n\n（一）看机遇\n\n机遇前所未有。\n\n（二）看挑战\n\n"
            "挑战不容忽视。\n\n二、关于任务\n\n（一）抓引领\n\n要抓紧抓实。\n\n（二）抓服务\n\n要用心用情。\n\n三、关于作风\n\n（一）重学习\n\n要带头学。\n",
            id="points that start anew in each chapter",
        ),
        pytest.param(
            "云溪县总工会2021年工作总结\n\n县总工会印发了以下文件：\n\n《云溪县总工会2021年工作要点》\n\n《云溪县职工技能竞赛方案》\n\n"
            "一、抓培训\n\n全县办班36期，培训职工2400人次。\n",
            id="quoted titles",
        ),
        pytest.param(
            "云溪县总工会2021年工作总结\n\n县总工会全年工作如下。\n\n1.培训班36期。\n\n2.竞赛12场。\n\n3.讲座8场。\n\n另外几项工作如下。\n\n"
            "1.建站18个。\n\n2.走访86户。\n",
            id="lists that start anew",
        ),
        pytest.param(
            "云溪县总工会2021年工作总结\n\n一、抓培训\n\n全县办班36期，培训职工2400人次。\n\n二、抓典型\n\n石桥镇工会经验做法\n\n"
            "石桥镇工会推行积分管理，会员踊跃参加活动。\n\n青龙乡工会经验做法\n\n青龙乡工会开办夜校，白天务工晚上学习。\n\n三、抓维权\n\n调处争议58件。\n",
            id="cases of places below within a chapter",
        ),
        pytest.param(
            "云溪县总工会大事记\n\n2021年3月5日\n\n召开女职工座谈会，代表20人参加。\n\n2021年5月1日\n\n举行劳模表彰大会，表彰劳模15名。\n\n"
            "2021年12月1日\n\n召开全委会，听取工作汇报。\n",
            id="dates as headings",
        ),
        pytest.param(
            "云溪县总工会2021年工作报告\n\n一年来，县总工会审议通过了\n云溪县总工会财务工作报告\n和经费审查工作报告，各项工作有序推进。\n\n"
            "一、抓培训\n\n办班36期，培训2400人次。\n",
            id="a title on a line of its own within a sentence",
        ),
        pytest.param(
            "云溪县总工会2021年工作总结\n\n一、思想引领篇\n\n宣讲40场，听众6000人。\n\n二、建功立业篇\n\n竞赛12场，参赛职工3000人。\n\n"
            "第一篇 回顾篇\n\n成绩来之不易，值得珍惜。\n\n第二篇 展望篇\n\n前景令人鼓舞，催人奋进。\n",
            id="chapters called 篇",
        ),
        pytest.param(
            "白河市总工会“十三五”工作总结\n\n一、2016年工作总结\n\n办班36期，培训2400人次。\n\n二、2017年工作总结\n\n办班40期，培训2600人次。\n\n"
            "三、2018年工作总结\n\n办班42期，培训2700人次。\n",
            id="years as chapters",
        ),
        pytest.param(
            "云溪县总工会2021年工作总结\n\n县总工会2021年工作总结如下，请审阅指正。\n\n一、抓培训\n\n办班36期，培训2400人次。\n\n二、抓维权\n\n"
            "调处争议58件。\n\n云溪县总工会\n\n2021年12月20日\n\n抄送：白河市总工会\n",
            id="a signature at the end",
        ),
        pytest.param(
            "云溪县总工会2021年工作总结\n\n县总工会各项工作成绩喜人。\n\n县领导视察工会工作\n\n劳模代表座谈会侧记\n\n职工运动会掠影\n\n一、抓培训\n\n"
            "办班36期，培训2400人次。\n\n二、抓维权\n\n调处争议58件，追回欠薪。\n",
            id="captions",
        ),
    ],
)
def test_not_divided(parse, text):
    parsed = parse(text)
    assert len(parsed.documents) == 1
    assert not any(repair.kind == "split" for repair in parsed.repairs)


def test_why_a_report_begins_is_told(parse):
    parsed = parse(A + "\n" + C)
    (repair,) = parsed.repairs
    assert (repair.kind, repair.before, repair.doubtful) == ("split", "海天集团工会五年工作综述", False)
    assert "编号重起" in repair.reason


def test_a_title_glued_to_nothing_stays_where_it_is(parse):
    text = "云溪县总工会工作总结\n\n县总工会努力工作，成绩喜人。云溪县总工会财务工作报告\n\n经审议通过。\n"
    (document,) = parse(text).documents
    assert "成绩喜人。云溪县总工会财务工作报告" in document.document.text


def test_reference_corpus_in_one_file_gives_the_same_reports(parse, corpus):
    alone = [d for path in corpus for d in parse(path.read_bytes(), path.name).documents]
    parsed = parse("".join(path.read_text("utf-8") for path in corpus))
    assert _titles(parsed) == [document.document.title for document in alone]
    for document, other in zip(parsed.documents, alone, strict=True):
        assert [p.text for p in document.passages] == [p.text for p in other.passages]
