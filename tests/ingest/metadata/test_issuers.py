import pytest


@pytest.mark.parametrize(
    ("head", "foot", "issuer", "how"),
    [
        ("宜昌市总工会文件\n宜工发〔2022〕8号\n\n关于读书活动的通知", "", "宜昌市总工会", "red_head"),
        ("关于读书活动的通知\n发文机关：宜昌市总工会办公室", "", "宜昌市总工会办公室", "label"),
        ("宜昌市总工会\n\n凝心聚力开新局", "", "宜昌市总工会", "issuer"),
        ("关于读书活动的通知", "宜昌市总工会\n2022年4月8日", "宜昌市总工会", "signature"),
        ("关于读书活动的通知", "宜昌市总工会   2022年4月8日", "宜昌市总工会", "signature"),
        ("宜昌市总工会关于读书活动的通知", "", "宜昌市总工会", "title"),
        ("2018年度宜昌市总工会工作总结", "", "宜昌市总工会", "title_word"),
        ("宜昌市工会五年综述", "", "", ""),
        ("*市总工会关于读书活动的通知", "", "", ""),
    ],
)
def test_issuer_and_the_words_that_name_it(read, head, foot, issuer, how):
    found = read(head, foot)
    assert (found.document.issuer, found.said("issuer")) == (issuer, (how, issuer))


def test_bodies_that_sign_together(read):
    found = read("关于读书活动的通知", "宜昌市总工会\n宜昌市教育局\n2022年4月8日")
    assert found.document.issuer == "宜昌市总工会、宜昌市教育局"
    assert found.said("issuer") == ("signature", "宜昌市总工会\n宜昌市教育局")


def test_the_body_that_a_speaker_speaks_for(read):
    body = "各位代表：\n\n现在，我代表宜昌市总工会第六届委员会，向大会作报告，请予审议，并请各位代表提出意见。\n"
    found = read("凝心聚力开新局", body=body)
    assert found.said("issuer") == ("opening", "宜昌市总工会第六届委员会")
