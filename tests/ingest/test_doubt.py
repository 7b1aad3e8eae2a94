import pytest

HEAD = "白河市总工会工作总结\n\n"


@pytest.mark.parametrize(
    ("sentence", "kind", "words"),
    [
        ("全年筹集资金亿元，走访企业900家。", "lost_number", "资金亿元"),
        ("全市建成劳动者驿站个，覆盖城区。", "lost_number", "驿站个"),
        ("表彰劳动模范名、先进集体12个。", "lost_number", "模范名"),
        ("集体合同签订率达%以上。", "lost_number", "签订率%"),
        ("*县总工会率先试点。", "mask", "*"),
        ("坚持“**”工作思路不动摇。", "mask", "**"),
        ("开通AAA公众号，发布信息。", "mask", "AAA"),
        ("XX公司工会组织活动。", "mask", "XX"),
        ("某某企业职工代表发言。", "mask", "某某"),
        ("加强培训 and 宣传，提升素质。", "foreign_word", "and"),
        ("建成书屋120家近年来，职工阅读蔚然成风。", "lost_punctuation", "120家"),
        ("围绕数字建设，联系AAA12345678，开发程序。", "contact", "联系AAA12345678，"),
        ("职工\ufffd\ufffd踊跃参加。", "garbled", "\ufffd\ufffd"),
    ],
)
def test_marked_doubtful_and_left_as_it_is(parse, sentence, kind, words):
    parsed = parse(HEAD + sentence + "\n").documents[0]
    if kind == "lost_number" and words.endswith("%"):
        words = "达%"
    marks = [repair for repair in parsed.repairs if repair.doubtful]
    assert [(mark.kind, mark.before, mark.after) for mark in marks] == [(kind, words, words)]
    (mark,) = marks
    assert parsed.document.text[mark.start : mark.end] == words
    assert mark.reason and sentence in parsed.document.text


@pytest.mark.parametrize(
    "sentence",
    [
        "投入上亿元建设工人文化宫。",
        "全年筹集资金3亿元。",
        "各单位报名，各企业响应。",
        "评选劳动模范12名。",
        "签订率达98%以上。",
        "下载“工惠”APP办理业务。",
        "这些职工、那个站点，都有变化。",
        "争当企业家，服务大家。",
    ],
)
def test_nothing_doubtful(parse, sentence):
    assert parse(HEAD + sentence + "\n").documents[0].repairs == ()


@pytest.mark.parametrize(
    ("sentence", "spans"),
    [
        ("慰问困难职工  户，办班。", ["职工户"]),
        ("新建基层工会 家；共计约 人次。", ["基层工会家", "约人次"]),
        ("表彰优秀企业 家，依靠专 家，走访大 家。", []),
        ("慰问困难职工 9 户，办班。", []),
    ],
)
def test_a_space_before_a_measure_word_is_a_lost_number(sentence, spans, parse):
    (document,) = parse(f"白河市总工会工作总结\n\n一、服务职工\n\n{sentence}\n").documents
    assert [repair.before for repair in document.repairs if repair.kind == "lost_number"] == spans
