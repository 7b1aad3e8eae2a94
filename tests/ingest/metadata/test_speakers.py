import pytest


@pytest.mark.parametrize(
    ("head", "speaker", "how", "words"),
    [
        ("在宜昌市总工会全会上的讲话\n（2023年1月5日）\n李建国", "李建国", "byline", "李建国"),
        ("在宜昌市总工会全会上的讲话\n李　梅\n（2023年1月5日）", "李梅", "byline", "李梅"),
        ("在宜昌市总工会全会上的讲话\n（李建国）", "李建国", "byline", "李建国"),
        ("在宜昌市总工会全会上的讲话\n宜昌市总工会主席 欧阳明", "欧阳明", "byline", "欧阳明"),
        ("在宜昌市总工会全会上的讲话\n市委常委、市总工会主席 李梅", "李梅", "byline", "李梅"),
        ("在宜昌市总工会全会上的讲话\n2023年1月5日 李建国", "李建国", "byline", "李建国"),
        ("在宜昌市总工会全会上的讲话\n艾力·买买提", "艾力·买买提", "byline", "艾力·买买提"),
        ("工作报告\n报告人：李建国", "李建国", "label", "李建国"),
        ("王志强同志在宜昌市总工会全会上的讲话", "王志强", "title", "王志强"),
        ("李明在宜昌市总工会全会上的报告", "李明", "title", "李明"),
        ("宜昌市总工会主席李明在全市工会工作会议上的讲话", "李明", "title", "李明"),
        ("新程\n——在宜昌市工会代表大会上的报告　张三丰", "张三丰", "title", "张三丰"),
    ],
)
def test_speaker_and_the_words_that_name_him(read, head, speaker, how, words):
    found = read(head)
    assert found.document.speaker == speaker
    assert (found.said("speaker")[0], found.said("speaker")[1].replace("　", "")) == (how, words)


@pytest.mark.parametrize(
    "head",
    [
        "在×市总工会全会上的讲话\n张××",
        "在*市总工会全会上的讲话\n***",
        "在宜昌市总工会全会上的讲话\n王某某",
        "在宜昌市总工会全会上的讲话\n成果展示",
        "在宜昌市总工会全会上的讲话",
        "宜昌市总工会服务职工纪实\n李建国",
        "宜昌市总工会服务职工纪实\n来源：宜昌工会 作者：李建国",
    ],
)
def test_masks_words_and_authors_are_no_speakers(read, head):
    found = read(head)
    assert (found.document.speaker, found.said("speaker")) == ("", ("", ""))
