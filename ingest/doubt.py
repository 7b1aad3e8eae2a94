"""Places that can't be trusted: lost numbers, masked words, contacts within a sentence. Marked, never guessed."""

import re
from collections.abc import Iterator

from corpus.patterns import beginning
from ingest.adverts import patterns
from ingest.script import Edit, Script

# What is counted in union reports, right before a measure word that has lost its number.
_COUNTED = (
    "站点|驿站|工作室|奖状|奖章|先锋号|先进工作者|先进集体|先进个人|标兵|模范|劳模|工匠|班组|岗位|基地|书屋|小屋|"
    "工会组织|基层工会|联合会|会员|职工|干部|企业|项目|竞赛|案件|提案|人员|学员|指导员|农民工|货车司机|劳动者"
)
_LOST = (
    re.compile(
        r"(?:资金|经费|金额|投入|筹集|筹资|筹措|发放|补助|拨付|下拨|共计|累计|合计|总额|产值|效益|贷款)"
        r"(?P<unit>[亿万]余?元)"
    ),
    re.compile(rf"(?:{_COUNTED})(?P<unit>个|名|项|件|场次|人次|万人次|万人|万名)(?=[，。、；,;）)]|$)", re.MULTILINE),
    re.compile(r"(?:企业|学校|单位|机构|工会|书屋|驿站|小屋)(?P<unit>余家|多家)"),
    re.compile(r"(?:达到|达|超过|提高到|覆盖率|建制率|签订率|入会率|满意率)(?P<unit>[%％])"),
)
# A number lost before a measure word leaves a space between two words: 慰问职工 户，
_NOUN = re.compile(rf"(?:{_COUNTED}|工会|职工家庭|困难家庭|活动|讲座|培训班|学校|单位|机构|约|近|达|共)$")
_MEASURE = re.compile(
    r"(?:[万亿]?元|万?人次|户|(?<!企业)家|名|件|场|次|个|处|所|期)(?=[，。、；,;）)]|$)", re.MULTILINE
)
# Each with what it begins with.
_MASKS = (
    (re.compile(r"\*+"), re.compile(r"\*")),
    (
        re.compile(r"(?<![A-Za-z])(?:A{3,}|[Xx]{2,}|×{2,}|○{2,}|●{2,}|■{2,}|□{2,})(?![A-Za-z])"),
        re.compile("[AXx×○●■□]"),
    ),
    (re.compile(r"某某+"), re.compile("某")),
)
_FOREIGN = re.compile(r"(?<=[\u4e00-\u9fff]) ([a-z]{2,}) (?=[\u4e00-\u9fff])")
_GARBLED = re.compile("[\ufffd\ue000-\uf8ff]+")
_DIGIT = re.compile(r"\d")
_RUN_ON = re.compile(
    r"(?<!\d)\d{1,12}(?:\.\d{1,6})?[多余]?[万亿]?(?P<seam>[个名家项件人元次])"
    r"(?=(?:[一二三四五六七八九十\d]{1,2}年来|近年来|过去[一二三四五六七八九十\d]年|今年以来|为实现|此外))"
)


def _edit(script: Script, kind: str, start: int, end: int, reason: str) -> Edit:
    words = script.text[start:end]
    return Edit(kind, start, end, *script.source_span(start, end), words, words, reason, doubtful=True)


def find(script: Script) -> Iterator[Edit]:
    """The doubtful places of a document, by kind."""
    text = script.text
    for pattern in _LOST:
        for match in pattern.finditer(text):
            reason = f"“{match['unit']}”前应有数字，原文缺失，未作补充"
            yield _edit(script, "lost_number", match.start(), match.end(), reason)
    gaps = [edit for edit in script.edits if edit.kind == "space"]
    known = {match.end() for pattern in _LOST for match in pattern.finditer(text)} if gaps else set()
    for gap in gaps:
        measure = _MEASURE.match(text, gap.start)
        counted = _NOUN.search(text, max(0, gap.start - 8), gap.start)
        if measure and counted and measure.end() not in known:
            reason = f"“{measure.group()}”前应有数字，原文缺失，未作补充"
            yield _edit(script, "lost_number", counted.start(), measure.end(), reason)
    contacts = list(patterns().contacts(text))
    for start, end in contacts:
        yield _edit(script, "contact", start, end, "句中夹有广告联系方式，与上下文无关，照原样保留")
    for pattern, begins in _MASKS:
        for match in beginning(pattern, begins, text):
            if not any(start <= match.start() < end for start, end in contacts):
                reason = f"“{match.group()}”遮去了原来的字词，未作还原"
                yield _edit(script, "mask", *match.span(), reason)
    for match in _FOREIGN.finditer(text):
        yield _edit(script, "foreign_word", *match.span(1), f"中文里夹有外文单词“{match[1]}”，疑为转换错误")
    for match in _GARBLED.finditer(text):
        yield _edit(script, "garbled", *match.span(), "乱码，原字无法辨认")
    for match in beginning(_RUN_ON, _DIGIT, text):
        yield _edit(script, "lost_punctuation", *match.span(), "两句相连，中间疑有标点或省略号丢失")
    for paragraph in script.paragraphs:
        if paragraph.cut:
            start = max(paragraph.start, paragraph.end - 12)
            yield _edit(script, "cut_sentence", start, paragraph.end, "句子到此中断，下文不能确定，未作拼接")
