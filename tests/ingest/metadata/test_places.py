import pytest


@pytest.mark.parametrize(
    ("title", "place", "code", "province", "level", "words"),
    [
        ("宜昌市总工会2021年工作总结", "宜昌市", "420500", "湖北省", "city", "宜昌市总工会"),
        ("浙江省工会工作五年综述", "浙江省", "330000", "浙江省", "province", "浙江省工会"),
        ("大理州总工会工作总结", "大理白族自治州", "532900", "云南省", "city", "大理州总工会"),
        ("重庆市渝中区总工会工作纪实", "渝中区", "500103", "重庆市", "county", "重庆市渝中区总工会"),
        ("兵团工会工作综述", "新疆生产建设兵团", "660000", "新疆生产建设兵团", "province", "兵团工会"),
        ("兵团第七师总工会工作综述", "胡杨河市", "659010", "新疆维吾尔自治区", "county", "兵团第七师总工会"),
        ("中国工会第十六次全国代表大会以来工作综述", "全国", "000000", "", "national", "中国工会"),
        ("襄樊市总工会2008年工作总结", "襄阳市", "420600", "湖北省", "city", "襄樊市总工会"),
        ("密云县总工会工作总结", "密云区", "110118", "北京市", "county", "密云县总工会"),
        ("渝北区总工会工作总结", "渝北区", "500112", "重庆市", "county", "渝北区总工会"),
        ("福州市鼓楼区总工会工作总结", "鼓楼区", "350102", "福建省", "county", "福州市鼓楼区总工会"),
        ("江西省总工会在南昌市推广经验纪实", "江西省", "360000", "江西省", "province", "江西省总工会"),
        ("在南昌市举行的赣州市工会推介会侧记", "赣州市", "360700", "江西省", "city", "赣州市工会"),
        ("大同工会工作巡礼", "大同市", "140200", "山西省", "city", "大同工会"),
    ],
)
def test_the_title_names_the_union_of_a_place(read, title, place, code, province, level, words):
    found = read(title)
    document = found.document
    assert (document.place, document.place_code, document.province, document.level) == (place, code, province, level)
    assert found.said("place") == found.said("level") == ("title", words)


@pytest.mark.parametrize(
    ("title", "place", "code", "level"),
    [
        ("大理州教育工会工作总结", "大理州教育工会", "532900", "department"),
        ("湖北省教科文卫体工会工作总结", "湖北省教科文卫体工会", "420000", "department"),
        ("省直机关工会工作报告", "省直机关工会", "", "department"),
        ("中国海员建设工会工作总结", "中国海员建设工会", "000000", "department"),
        ("全国铁路总工会工作总结", "全国铁路总工会", "000000", "department"),
        ("中国教育工会云溪学院委员会工作报告", "云溪学院工会", "", "department"),
        ("宜都市税务局工会工作侧记", "宜都市税务局工会", "420581", "department"),
        ("中建三局工会工作纪实", "中建三局工会", "", "enterprise"),
        ("海天能源集团工会工作综述", "海天能源集团工会", "", "enterprise"),
        ("东方电气集团工会工作综述", "东方电气集团工会", "", "enterprise"),
        ("平安银行工会工作纪实", "平安银行工会", "", "enterprise"),
        ("曲靖经开区总工会工作纪实", "曲靖经开区", "530300", "county"),
        ("雄安新区总工会工作要点", "雄安新区", "", "county"),
    ],
)
def test_units_keep_their_own_name_and_the_division_they_lie_in(read, title, place, code, level):
    document = read(title).document
    assert (document.place, document.place_code, document.level) == (place, code, level)


@pytest.mark.parametrize(
    "title",
    ["和平发展进程中的工会工作", "文明新风进车间", "大同社会与劳动者", "谈谈工会干部的修养", "东方风来满眼春"],
)
def test_short_names_that_are_words_are_no_places(read, title):
    found = read(title)
    assert (found.document.place, found.document.level) == ("", "unknown")
    assert found.said("place") == found.said("level") == ("", "")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("福建省福州市召开现场会。", "350102"),
        ("南京市委、市政府高度重视，玄武区、秦淮区也来学习。", "320106"),
        ("开封市在全省率先推开。", "410204"),
    ],
)
def test_namesakes_are_told_apart_by_what_the_report_names(read, told, code):
    found = read("鼓楼区总工会工作总结", body=f"去年，我们迈出新的步伐，工会工作有新的气象，职工得到新的实惠。{told}\n")
    assert (found.document.place, found.document.place_code) == ("鼓楼区", code)
    assert found.evidence["place"].how == "title"


def test_a_namesake_that_nothing_tells_apart_has_no_code_and_is_unsure(read):
    found = read("鼓楼区总工会工作总结")
    assert (found.document.place, found.document.place_code, found.document.level) == ("鼓楼区", "", "county")
    assert found.evidence["place"].confidence < 0.6 < found.evidence["level"].confidence


def test_the_cover_of_a_compilation_tells_namesakes_apart(parse):
    body = "工会工作迈出新的步伐，职工得到新的实惠，基层有了新的活力。\n\n" * 3
    names = ("通州区总工会工作纪实", "崇川区总工会工作纪实")
    contents = "目录\n" + "".join(f"{name}……{n}\n" for n, name in enumerate(names, 1))
    text = f"江苏省工会经验汇编\n\n{contents}\n" + "".join(f"\n{name}\n\n{body}" for name in names)
    assert [parsed.document.place_code for parsed in parse(text).documents] == ["320612", "320613"]


@pytest.mark.parametrize(
    ("head", "foot", "how"),
    [
        ("襄阳市总工会\n\n凝心聚力开新局", "", "issuer"),
        ("襄阳市总工会文件\n襄工发〔2022〕8号\n\n关于开展读书活动的通知", "", "red_head"),
        ("关于开展读书活动的通知\n发文机关：襄阳市总工会", "", "label"),
        ("关于开展读书活动的通知", "襄阳市总工会\n2022年4月8日", "signature"),
        ("凝心聚力开新局\n（2022年4月8日襄阳市工会第九次代表大会通过）", "", "note"),
    ],
)
def test_place_from_the_lines_around_the_text(read, head, foot, how):
    found = read(head, foot)
    assert found.document.place == "襄阳市"
    assert found.evidence["place"].how == how
    assert found.said("place")[1].startswith("襄阳市")


def test_place_from_the_union_that_speaks(read):
    found = read("凝心聚力开新局", body="现在，我代表襄阳市总工会第八届委员会向大会报告工作，武汉市总工会也来祝贺。\n")
    assert found.document.place == "襄阳市"
    assert found.said("place") == ("opening", "襄阳市总工会")
    often = "襄阳市总工会办夜校，襄阳市总工会建驿站，襄阳市总工会送岗位，武汉市总工会前来取经，职工都说好。\n"
    assert read("凝心聚力开新局", body=often).said("place") == ("unions", "襄阳市总工会")
    once = "襄阳市总工会办夜校、建驿站、送岗位，各县都来学习取经，职工群众人人都说这些事办得好、办得实。\n"
    assert read("凝心聚力开新局", body=once).evidence["place"].confidence < 0.6


def test_the_file_name_is_asked_last(read):
    found = read("凝心聚力开新局", name="襄阳市总工会总结.txt")
    assert (found.document.place, found.evidence["place"].how) == ("襄阳市", "file")
    assert found.evidence["place"].start == found.evidence["place"].end == 0


def test_national_by_the_number_of_the_document(read):
    found = read("关于加强县级工会建设的意见\n总工发〔2020〕13号")
    assert (found.document.place, found.said("place")) == ("全国", ("number", "总工发"))


@pytest.mark.parametrize(
    ("title", "level", "words"),
    [
        ("*市总工会2022年工作报告", "city", "*市总工会"),
        ("某县总工会关于送温暖的通知", "county", "某县总工会"),
        ("在XX省总工会全委会上的讲话", "province", "XX省总工会"),
    ],
)
def test_masked_places_are_unknown_but_their_level_is_read(read, title, level, words):
    found = read(title)
    assert (found.document.place, found.document.level) == ("", level)
    assert found.said("level") == ("title", words)
    assert "place" not in found.evidence


def test_where_names_are_masked_the_text_is_not_asked_for_a_place(read):
    body = "受*市长委托，讲几点意见。全市工会要带头。*区、*县、*集团的做法，市总工会要在全市推广。武汉市总工会来过。\n"
    found = read("在总工会全委会上的讲话", body=body)
    assert (found.document.place, found.document.level) == ("", "city")
    assert found.said("level") == ("wording", "*市长")


def test_a_province_named_in_passing_is_not_the_place_of_a_city_report(read):
    body = "全市职工迎难而上，湖北省总工会给予指导。全市建起驿站，市总工会办起夜校，市委、市政府高度重视职工关切。\n"
    found = read("凝心聚力开新局", body=body)
    assert (found.document.place, found.document.level) == ("", "city")
