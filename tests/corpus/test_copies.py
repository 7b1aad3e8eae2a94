import random

import pytest

from corpus.copies import NEAR, Candidate, meeting, same_as, signature, similarity
from tests.gongzhi.conftest import make_report


def candidate(name: str, text: str, title: str = "工作总结", place: str = "荆州市", doubtful: int = 0) -> Candidate:
    return Candidate(name, title, place, doubtful, len(text), signature(text))


def scanned(text: str, wrong: float, seed: int = 1) -> str:
    """The text with a share of its characters misread."""
    chance = random.Random(seed)
    return "".join("口" if char.strip() and chance.random() < wrong else char for char in text)


TEXT = make_report(3, paragraphs=30)
OTHER = make_report(4, paragraphs=30)


def test_a_scan_is_a_near_copy_of_its_print() -> None:
    found = same_as([candidate("scan", scanned(TEXT, 0.02), doubtful=3), candidate("print", TEXT)])
    assert found == {"scan": "print"}


def test_spaces_and_line_ends_don_t_matter() -> None:
    assert similarity(signature(TEXT), signature(TEXT.replace("，", "，\n ").replace("。", " 。"))) == 1.0


def test_the_better_reading_is_shown_and_the_order_doesn_t_matter() -> None:
    candidates = [
        candidate("b", TEXT),
        candidate("a", TEXT),
        candidate("doubtful", TEXT + "完", doubtful=1),
        candidate("short", TEXT[:-9]),
        candidate("other", OTHER),
    ]
    expected = {"b": "a", "doubtful": "a", "short": "a"}
    assert same_as(candidates) == same_as(reversed(candidates)) == expected


def test_copies_of_copies_all_name_the_one_that_is_shown() -> None:
    found = same_as(candidate(str(n), scanned(TEXT, 0.01, n), doubtful=n) for n in range(6))
    assert found == {str(n): "0" for n in range(1, 6)}


@pytest.mark.parametrize(
    ("title", "place"), [("2021年工作总结", "荆州市"), ("2022年工作总结", "宜昌市")], ids=["other year", "other place"]
)
def test_a_template_filled_in_twice_is_two_reports(title: str, place: str) -> None:
    assert not same_as([candidate("a", TEXT, "2022年工作总结"), candidate("b", TEXT, title, place)])


def test_what_names_no_place_or_year_may_be_the_same() -> None:
    assert same_as([candidate("a", TEXT, "2022年工作总结"), candidate("b", TEXT, "工作总结", "")]) == {"b": "a"}


def test_different_reports_are_not_linked() -> None:
    reports = [make_report(seed, "荆州市", 2020, paragraphs=12) for seed in range(40)]
    assert max(similarity(signature(a), signature(b)) for a in reports[:20] for b in reports[20:]) < NEAR
    assert not same_as(candidate(str(n), text) for n, text in enumerate(reports))


def test_short_texts_have_no_signature() -> None:
    assert signature("工会工作总结。" * 10) == b"" and len(signature(TEXT)) == 512


def test_the_signature_is_the_same_on_every_run() -> None:
    """It is stored: signatures of today are compared with those of another day."""
    import hashlib

    assert hashlib.sha256(signature("天地玄黄宇宙洪荒" * 40)).hexdigest()[:16] == "f24f29176d05927a"


def test_only_documents_that_share_a_band_are_compared() -> None:
    texts = ["".join(chr(0x4E00 + (n * 7919 + k * k) % 5000) for k in range(300)) for n in range(6)]
    texts.append(texts[2][:290] + "甲乙丙丁")
    prints = {str(n): signature(text) for n, text in enumerate(texts)}
    assert meeting(prints) == ["2", "6"] and meeting({}) == []
    assert meeting(prints, {"6"}) == ["2", "6"] and meeting(prints, {"1"}) == meeting(prints, ()) == []
    every = [candidate(name, texts[int(name)]) for name in prints]
    assert same_as(every) == same_as(one for one in every if one.id in ("2", "6")) == {"6": "2"}
