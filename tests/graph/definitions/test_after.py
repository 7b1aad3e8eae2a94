import pytest

from graph.definitions.after import extract
from graph.namings import namings, sentences_of


def explained(text: str, core: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (text[found.start : found.end], found.components)
        for sentence in sentences_of(text)
        for naming in namings(sentence)
        if naming.core == core and (found := extract(naming, sentence))
    ]


@pytest.mark.parametrize(
    ("text", "core", "components"),
    [
        ("推行“三问”工作法，即问需求、问困难、问意见。", "三问", ("问需求", "问困难", "问意见")),
        ("推行“三问”工作法。即问需求、问困难、问意见。", "三问", ("问需求", "问困难", "问意见")),
        ("推行“三问”工作法（即问需求、问困难、问意见）。", "三问", ("问需求", "问困难", "问意见")),
        (
            "推行“三问”工作法（即问需求、问困难（大事）、问意见），人人受益。",
            "三问",
            ("问需求", "问困难（大事）", "问意见"),
        ),
        ("推行“渔火”行动（即访渔村、访渔港、访渔船），覆盖全县。", "渔火", ("访渔村", "访渔港", "访渔船")),
        ("推行“渔火”行动，即访渔村、访渔港、访渔船等。", "渔火", ("访渔村", "访渔港", "访渔船")),
        ("推行“渔火”行动，即人人尊重、人人平等。", "渔火", ("人人尊重", "人人平等")),
        ("“两减”措施包括减场租、减年费。", "两减", ("减场租", "减年费")),
        (
            "打造“三送一评”品牌，送书籍、送戏曲、送培训、评优秀，惠及一线。",
            "三送一评",
            ("送书籍", "送戏曲", "送培训", "评优秀"),
        ),
        (
            "锚定“三强”目标，不断加强班子建设、阵地建设、队伍建设。",
            "三强",
            ("班子建设", "阵地建设", "队伍建设"),
        ),
        (
            "落实“三个一批”，培训一批船长、推出一批航线、建设一批码头。",
            "三个一批",
            ("培训一批船长", "推出一批航线", "建设一批码头"),
        ),
        ("“三港”是指渔港、商港、军港。", "三港", ("渔港", "商港", "军港")),
        (
            "开展“三比三看”竞赛，比技能看本领、比安全看质量、比创新看效益。",
            "三比三看",
            ("比技能看本领", "比安全看质量", "比创新看效益"),
        ),
        ("坚持“两个结合”，出海与靠岸相结合，做好服务。", "两个结合", ("出海", "靠岸")),
        ("开展“双争”活动，争当先锋船、争做平安员，激发热情。", "双争", ("争当先锋船", "争做平安员")),
        ("办好“三送”品牌——送种苗、送冰块、送棉衣——深入人心。", "三送", ("送种苗", "送冰块", "送棉衣")),
        (
            "落实“一函两书”制度，即《平安提示函》《平安意见书》《平安建议书》。",
            "一函两书",
            ("《平安提示函》", "《平安意见书》", "《平安建议书》"),
        ),
        ("“小三级”工会，即乡镇—渔村—船队三级工会组织。", "小三级", ("乡镇", "渔村", "船队")),
    ],
)
def test_list_after(text: str, core: str, components: tuple[str, ...]) -> None:
    assert explained(text, core) == [(text, components)]


def test_list_in_the_paragraph_below_a_heading() -> None:
    text = "一、突出“三大优化”，打造暖心阵地\n全县将通过优化布局、优化设施、优化服务，让职工满意。"
    assert explained(text, "三大优化") == [(text.split("\n")[1], ("优化布局", "优化设施", "优化服务"))]


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("锚定“三强”目标，不断改进班子建设、阵地建设、队伍建设。", "三强"),
        ("锚定“三强”目标，不断加强班子建设、阵地建设。", "三强"),
        ("开展“三送”活动，走访企业，慰问职工，发放物资。", "三送"),
        ("落实“三问”工作法。会议强调，问需求、问困难、问意见都要到位。", "三问"),
        ("实施“暖蜂”行动，包括骑手在内的劳动者受益。", "暖蜂"),
    ],
)
def test_no_list_after(text: str, core: str) -> None:
    assert explained(text, core) == []


@pytest.mark.parametrize(
    ("text", "core", "components"),
    [
        ("“十件实事”包括：新建码头食堂、慰问远洋船员等。", "十件实事", ("新建码头食堂", "慰问远洋船员")),
        (
            "推行“五必访”制度，即生病必访、生育必访、退休必访，做实关爱。",
            "五必访",
            ("生病必访", "生育必访", "退休必访"),
        ),
        ("落实“两公开”要求，即账目公开、选聘公开、奖惩公开。", "两公开", ("账目公开", "选聘公开", "奖惩公开")),
    ],
)
def test_a_list_of_another_size_only_describes(text: str, core: str, components: tuple[str, ...]) -> None:
    (sentence,) = sentences_of(text)
    (naming,) = [naming for naming in namings(sentence) if naming.core == core]
    made = extract(naming, sentence)
    assert made is not None
    assert (made.strength, made.how) == ("described", "enumeration_short")
    assert made.components == components


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("驰而不息纠治“四风”特别是空话、套话、大话、假话。", "四风"),
        ("上述“三项任务”，是相互联系、紧密结合、共同推进的。", "三项任务"),
        ("“三个代表”重要思想是立业之本、强岛之基、力量之源。", "三个代表"),
        ("“暖蜂”节即将来临，走访渔村、渔港。", "暖蜂"),
    ],
)
def test_what_is_only_said_about_the_name_is_no_list(text: str, name: str) -> None:
    assert explained(text, name) == []


def test_long_clauses_after_namely_are_no_parts() -> None:
    text = "实行“上不封顶、下不保底”的办法，即多捕鱼的渔民，可以多得奖金；少捕鱼的渔民，要减发奖金。"
    assert [components for _, components in explained(text, "上不封顶、下不保底")] == [()]
