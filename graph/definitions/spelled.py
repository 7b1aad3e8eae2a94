"""Names whose characters are spelled out one by one: 十百千 (十个…, 百名…, 千家…), 345 (三个…, 四种…, 五个…), 四季 (春…, 夏…)."""

import re

from graph.definitions.base import Explanation
from graph.lists import bare
from graph.namings import Naming, Sentence
from graph.numerals import value
from graph.variants import fold

_SCALES = re.compile(r"十?百千万?|千百十|(?:[十百千万][^十百千万一二三四五六七八九]){2,4}")
_SCALE = re.compile(r"([十百千万])([^十百千万]?)")
_PERSONS = "人"
_MEASURES = "个家名项场次条支批间所位组户座件期种篇件处"
# Where a noun ends and what it does begins: 万家企业|开展竞赛.
_UNTIL = re.compile(r"(?<=....)(?:开展|举办|进行|参加|参与|组织|实现|成为)")
_SUM = re.compile(r"\d(?:\+(?:\d|n|x))+")
_COUNTED = re.compile(r"([一二两三四五六七八九\d])[个项种大条支级套张类方面位]")
_TOLD = re.compile(rf"{_COUNTED.pattern}[^，,。；;、]+")
_DIGITS = re.compile(r"[1-9]{2,5}")
_QUOTED = re.compile(r"[“‘]([^“”‘’]+)[”’]")
_SEASONS = ("春", "夏", "金?秋", "冬")
_CUSTOM = 4
_SEASONAL = re.compile(r"^(?:四季|四送)")
_REACH = 600


def extract(naming: Naming, sentence: Sentence) -> Explanation | None:
    """The parts in the order in which the name counts them, all of them; None if one is missing."""
    if naming.form != "quoted":
        return None
    label = fold(naming.core)
    if found := _SCALES.fullmatch(label):
        return _scales([(scale, noun) for scale, noun in _SCALE.findall(found[0])], naming, sentence)
    if _DIGITS.fullmatch(label):
        return _digits(label, naming, sentence)
    if _SUM.fullmatch(label):
        return _glossed(naming, sentence)
    if _SEASONAL.match(label):
        return _seasons(naming, sentence)
    return None


def _scales(scales: list[tuple[str, str]], naming: Naming, sentence: Sentence) -> Explanation | None:
    times = 2 if sentence.before(naming).endswith("双") else 1
    for text, end in ((sentence.after(naming), sentence.end), (sentence.following, sentence.next_end)):
        items, at = [], 0
        for scale, noun in scales * times:
            found = re.compile(rf"(?<![十百千万亿\d])({scale}[{_MEASURES}][^，,。；;、“”]{{2,30}})").search(text, at)
            if not found or (noun not in found[1] and noun not in _PERSONS):
                break
            items.append(_UNTIL.split(found[1])[0])
            at = found.end()
        if len(items) == len(scales) * times:
            return Explanation(sentence.start, end, tuple(items), "explained", "spelled")
    return None


def _digits(label: str, naming: Naming, sentence: Sentence) -> Explanation | None:
    """What stands in quotation marks before the label, if its numerals are the label's digits (三个…, 四种…, 五个…)."""
    quoted = [found[1] for found in _QUOTED.finditer(sentence.before(naming))]
    listed = quoted[-1].split("、") if quoted else []
    told = [found[0] for found in _TOLD.finditer(re.split(r"[。；;]", sentence.after(naming))[0])]
    for names in (quoted[-len(label) :], listed, told):
        sizes = [found for found in map(_COUNTED.match, names) if found]
        if len(sizes) == len(label) and "".join(str(value(found[1])) for found in sizes) == label:
            return Explanation(sentence.start, sentence.end, tuple(map(bare, names)), "explained", "spelled")
    return None


def _glossed(naming: Naming, sentence: Sentence) -> Explanation | None:
    """1+3+N: “1”是指…，“3”是指…，“N”是指…, in the sentence or the next one."""
    for text, end in ((sentence.after(naming), sentence.end), (sentence.following, sentence.next_end)):
        items = []
        for sign in re.split(r"[+＋]", naming.core):
            found = re.search(
                rf"[“‘]{re.escape(sign)}[”’](?:就?是指?|即|指|代表|为)[：:]?([^；;。]+?)(?=[，,；;。]+[“‘]|[；;。]|$)",
                text,
                re.I,
            )
            if found is None:
                break
            items.append(f"{sign}：{bare(found[1])}")
        else:
            return Explanation(sentence.start, end, tuple(items), "explained", "spelled")
    return None


def _seasons(naming: Naming, sentence: Sentence) -> Explanation | None:
    """Phrases that open clauses of the paragraph, one for each season in its turn: up to a mark, or the four characters
    that such phrases have by custom (春送岗位|组织招聘会)."""
    stop = sentence.text.find("\n", naming.end)
    text = sentence.text[naming.end : stop if stop >= 0 else len(sentence.text)][:_REACH]
    items: list[str] = []
    at = 0
    for season in _SEASONS:
        found = re.compile(
            rf"(?:^|[，,。；;：:、（(])(?P<item>{season}[一-鿿]{{2,5}})(?=(?P<mark>[，,。；;、）)])?)"
        ).search(text, at)
        if not found:
            return None
        items.append(found["item"] if found["mark"] else found["item"][:_CUSTOM])
        at = found.start("item") + len(items[-1])
    closing = re.compile(r"[。；;]").search(text, at)
    end = naming.end + (closing.end() if closing else len(text))
    return Explanation(sentence.start, end, tuple(items), "explained", "spelled")
