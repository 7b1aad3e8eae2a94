"""For any head that is put together: evidence points at words that say the value, and nothing else has evidence."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.model import Document
from ingest.dates import find
from ingest.metadata.findings import CONFIDENCE

PLACES = ["宜昌市", "宜都市", "湖北省", "大理州", "重庆市渝中区", "鼓楼区", "全国", "*市", "海天集团", "曲靖经开区", ""]
KINDS = ["工作总结", "工作报告", "关于读书活动的通知", "五年工作综述", "2023年工作要点", "服务职工纪实", "真抓实干"]
LINES = [
    "（2023年1月5日）", "二〇二三年一月五日", "2023.02.30", "李建国", "市总工会主席 李　梅", "张××", "宜工发〔2022〕8号",
    "——在宜昌市工会第七次代表大会上的讲话", "来源：宜昌工会 作者：王芳", "报告人：欧阳明", "各位代表、同志们：",
    "（2023年3月2日在宜昌市工会第七次代表大会上）", "宜昌市总工会", "成果展示", "过去五年，我们办起夜校，职工都说好。",
]  # fmt: skip
FEET = ["", "宜昌市总工会\n2022年4月8日", "二○二二年四月八日", "宜昌市总工会 宜昌市教育局", "李建国"]


def _tight(words: str) -> str:
    return re.sub(r"[\s、]", "", words)


def _says(document: Document, field: str, words: str) -> bool:
    value = getattr(document, field)
    if field == "date":
        return words == value or any(date.iso == value for date in find(words))
    if field in ("place", "level", "type"):
        return bool(words.strip())
    return _tight(value) in _tight(words)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    place=st.sampled_from(PLACES),
    kind=st.sampled_from(KINDS),
    above=st.sampled_from(["", "宜昌市总工会文件", "宜昌市总工会"]),
    below=st.lists(st.sampled_from(LINES), max_size=3),
    foot=st.sampled_from(FEET),
    gap=st.sampled_from(["\n", "\n\n"]),
)
def test_evidence_says_what_the_fields_say(read, place, kind, above, below, foot, gap):
    union = f"{place}总工会" if place and "集团" not in place else place and f"{place}工会"
    found = read(gap.join(line for line in (above, f"{union}{kind}", *below) if line), foot)
    document = found.document
    assert set(found.evidence) <= {
        "title", "place", "level", "type", "period", "date", "meeting", "issuer", "speaker"
    }  # fmt: skip
    for field in ("title", "place", "type", "period", "date", "meeting", "issuer", "speaker"):
        value = getattr(document, field)
        assert bool(value) == (field in found.evidence), field
    assert (document.level == "unknown") == ("level" not in found.evidence)
    for field, item in found.evidence.items():
        assert item.value == getattr(document, field)
        assert item.confidence == CONFIDENCE[item.how]
        if item.how not in ("file", "front"):
            assert 0 <= item.start < item.end <= len(document.text)
            assert _says(document, field, document.text[item.start : item.end]), (field, item)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text(
        alphabet="宜昌市总工会在上的讲话报告李明（）《》“”—*×〔〕年月日第一次代表大会2023\n　 ：、，。县区",
        max_size=120,
    )
)
def test_any_text_can_be_read(read, head):
    found = read(f"工会{head}")
    assert all(getattr(found.document, item.field) == item.value for item in found.evidence.values())
