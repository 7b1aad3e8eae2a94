"""Numbers with their units in running text: ``460余场次`` → 460 场次 余; ``3186万多元`` → 3186 万元 多.

Years, dates, ordinals, numbers that are part of a name (“3721”, 《…》, 五位一体, 五家渠市), sizes of firms (百人以上企业)
and numbers beside a masked character are no figures. Chinese numerals are read by cn2an, only after they were recognised
as a quantity: cn2an.transform over running text also rewrites words.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.model import FactKind
from corpus.patterns import beginning
from corpus.places import gazetteer
from graph.measures import MEASURE, SCALE, comparable

_WIDE = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_IS_WIDE = re.compile("[０-９．％]")
_DIGIT, _NUMERAL = re.compile(r"\d"), re.compile("[零一二三四五六七八九十百千万亿两]")
_MID = r"[余多来几]"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)"
_DASH = r"(?:[—–―－~～-]+|至|到)"
_TAIL = rf"\s*(?P<mid>{_MID})?(?P<scale>{SCALE})?(?P<mid2>{_MID})?\s*(?P<unit>{MEASURE})?"
_ARABIC = re.compile(
    rf"(?<![\dA-Za-z.*＊+＋/第×])(?<!\d[,:：])(?<!(?<![目之以提此先])前)(?P<low>{_NUMBER})"
    rf"(?:(?P<low_scale>{SCALE})?(?P<low_unit>{MEASURE})?\s*{_DASH}\s*(?P<high>{_NUMBER}))?"
    rf"(?![\d.*＊A-Za-z+＋/]){_TAIL}"
)
_ONE = re.compile(rf"(?P<low>{_NUMBER}){_TAIL}")
# 3万5千人 is one number.
_MIXED = re.compile(
    rf"(?P<low>\d+)(?P<scale>[亿万])(?P<more>\d{{1,4}})(?P<next>[万千百])(?P<mid>{_MID})?(?P<unit>{MEASURE})"
)
_DURATION = re.compile(rf"(?<![\d第])(?P<low>\d{{1,2}}){_DASH}(?P<high>\d{{1,2}})(?P<unit>年)(?!\d)")
# Rounds are counted where they were held: 连续举办5届, not 14届一次全会.
_ROUNDS = re.compile(
    r"(?:举办|承办|举行|开展)(?:了|过)?(?P<low>\d{1,2}|[二两三四五六七八九十]+)(?P<unit>届)(?![\d一二三])"
)
# What people write without a measure word: 5000余职工.
_BARE = re.compile(
    rf"(?<![\dA-Za-z.*＊+＋/第×])(?P<low>{_NUMBER})(?P<mid>[余多])(?=[一-鿿])(?![年月日号岁时分度级届天])"
)
_CHINESE = re.compile(
    rf"(?<![第十百千万亿零一二三四五六七八九两几数\d.])"
    rf"(?P<low>[零一二三四五六七八九十百千万亿两]+?(?:点[零一二三四五六七八九]+)?)"
    rf"(?:(?P<mid>{_MID})?(?P<scale>[万亿])?(?P<mid2>{_MID})?(?P<unit>{MEASURE})"
    rf"|(?P<mid3>{_MID})(?P<scale3>[万亿])(?=[一-鿿]))"
)
_PERCENT = re.compile(r"百分之(?P<low>[零一二三四五六七八九十百点]+)")
_TENTHS = re.compile(
    r"(?<![第十百千万亿零一二三四五六七八九两\d.])(?P<low>[一二两三四五六七八九]|[1-9])(?P<unit>成)(?P<mid>多)?"
    r"(?=以上|以下|左右|的|[，。；、）)]|$)"
)
# A lone small numeral is a quantity only before measures that count people, firms, cases and money (三家, not 五项).
_COUNTING = re.compile(r"(?:家|名|户|场|场次|人次|所|件|辆|万元|亿元|元(?!锂|素|化|乙|一次)|亩|吨)")
_LONE = set("二两三四五六七八九十")
_LARGE = "百千万亿"
_BIG = set("十" + _LARGE)

_BEFORE = re.compile(
    r"(不足|不满|不到|未满|不少于|不低于|不超过|不高于|不多于|超过|突破|超出|将近|接近|大约|(?<!不)(?:高于|低于|大于|小于|多于|少于)|高达|多达|至少|最多|最高|最低|上|近|约|超|逾|过|达)"
    r"(?:了|到|为)?\s*$"
)
_AFTER = re.compile(r"(?:\(含\)|（含）)?(以上|左右|以内|以下|上下|之多|不等|有余)")
_PLAIN = frozenset({"达", "高达", "多达"})
_ROUGH = frozenset({"近", "上", "超", "过", "约", "逾", "超过", "将近", "接近"})
_JOINED = re.compile(_DASH)
_CHANGED = re.compile(r"[从由]\D{0,8}$")
_NEAR = 10  # characters before a number; _CHANGED and _BEFORE (but for white space) match no more
_NAME = re.compile(r"“[^“”]{1,20}”|‘[^‘’]{1,20}’|「[^「」]{1,20}」|《[^《》]*》|〈[^〈〉]*〉")
# 百人以上企业, 25人以下的单位: how large a firm is that something holds for, not how many there are.
_SIZE = re.compile(r"[^，。；、]{0,8}(?:企业|公司|单位|非公|民企|用人|商户|组织)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at ``start:end`` of the text, its qualifiers included; ``value`` counts in ``unit`` (2.3, 亿元), as does
    ``base``, what a change started from."""

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str
    qualifier: str
    kind: FactKind = "count"
    base: float | None = None


def fold(text: str) -> str:
    """``text`` with digits of one width, character for character."""
    return text.translate(_WIDE) if _IS_WIDE.search(text) else text


def number(digits: str) -> float:
    """1,350 → 1350."""
    return float(digits.replace(",", ""))


@lru_cache(maxsize=4096)
def spelled(numeral: str) -> float | None:
    """二十三 → 23, 百 → 100; None where cn2an can't tell."""
    import cn2an

    try:
        return float(cn2an.cn2an("一" + numeral if numeral[0] in _LARGE else numeral, "smart"))
    except (ValueError, KeyError, IndexError):
        return None


def _before(text: str, start: int) -> re.Match[str] | None:
    """The qualifier that stands right before ``start``."""
    end = start
    while end and text[end - 1].isspace():
        end -= 1
    return _BEFORE.search(text, max(0, end - _NEAR), start)


def _qualified(text: str, start: int, end: int, value: float, top: float | None, unit: str, mid: str) -> Figure:
    """Extend a span over the qualifiers around it. 达 says that the value was reached: no qualifier."""
    before = _BEFORE.search(text, max(0, start - 6), start)
    words = []
    if before and before[1] not in _PLAIN and (before[1] not in "上过" or text[start] in _LARGE):
        start = before.start()
        words.append(before[1])
    if mid:
        words.append(mid)
    if after := _AFTER.match(text, end):
        end = after.end()
        words.append(after[1])
    return Figure(start, end, value, top, unit, "、".join(words))


def _arabic(text: str) -> list[Figure]:
    found = []
    for match in beginning(_DURATION, _DIGIT, text) if "年" in text else ():
        years = float(match["low"]), float(match["high"])
        if years[0] < years[1]:
            found.append(_qualified(text, match.start(), match.end(), *years, "年", ""))
    for match in _ROUNDS.finditer(text) if "届" in text else ():
        value = number(match["low"]) if match["low"].isdigit() else spelled(match["low"])
        if value is not None:
            found.append(_qualified(text, match.start("low"), match.end(), value, None, "届", ""))
    position = 0
    while begin := _DIGIT.search(text, position):
        hit = _ARABIC.match(text, begin.start())
        if hit is None:
            position = begin.end()
            continue
        if mixed := _MIXED.match(text, hit.start()):
            position = mixed.end()
            low = (
                comparable(float(mixed["low"]), mixed["scale"])[1] + comparable(float(mixed["more"]), mixed["next"])[1]
            )
            value = low / comparable(1, mixed["scale"])[1]
            unit = mixed["scale"] + mixed["unit"]
            found.append(_qualified(text, mixed.start(), mixed.end(), value, None, unit, mixed["mid"] or ""))
            continue
        found_at, high = hit, _upper(hit, text)
        if hit["high"] and high is None:
            # 由15项到21项 is a change, 2018-2022 and 3-2 are no ranges: read the first number by itself.
            found_at = _ONE.match(text, hit.start()) or hit
        position = max(found_at.end(), hit.start() + 1)
        if found_at["unit"] or found_at["scale"] in ("万", "亿", "万亿", "千亿", "百亿"):
            unit, mid = (found_at["scale"] or "") + (found_at["unit"] or ""), found_at["mid"] or found_at["mid2"] or ""
            if high is not None and hit["low_scale"]:
                unit = hit["low_scale"] + (hit["unit"] or "")
            elif high is not None and hit["low_unit"] and hit["scale"]:
                unit = hit["unit"]
            found.append(_qualified(text, found_at.start(), found_at.end(), number(found_at["low"]), high, unit, mid))
        elif bare := _BARE.match(text, hit.start()):
            found.append(_qualified(text, bare.start(), bare.end(), number(bare["low"]), None, "", bare["mid"]))
    return found


def _upper(match: re.Match[str], text: str) -> float | None:
    """The upper end of a range, in the unit of the lower one; None where two numbers are none: falling, in different
    units, or told as a change (由…到…)."""
    if not match["high"] or match["low_unit"] not in (None, match["unit"]):
        return None
    if match["low_unit"] and _CHANGED.search(text, max(0, match.start() - _NEAR), match.start()):
        return None
    high = number(match["high"])
    if match["low_scale"] and match["low_scale"] != match["scale"]:
        high = comparable(high, match["scale"] or "")[1] / comparable(1, match["low_scale"])[1]
    elif not match["low_scale"] and match["low_unit"] and match["scale"]:
        high = comparable(high, match["scale"])[1]
    return high if number(match["low"]) < high else None


def _chinese(text: str) -> list[Figure]:
    found = []
    for match in _PERCENT.finditer(text) if "百分之" in text else ():
        if (value := spelled(match["low"])) is not None:
            found.append(_qualified(text, match.start(), match.end(), value, None, "%", ""))
    for match in _TENTHS.finditer(text) if "成" in text else ():
        value = float(match["low"]) if match["low"].isdigit() else spelled(match["low"])
        if value is not None and (match["mid"] or _AFTER.match(text, match.end()) or _before(text, match.start())):
            found.append(_qualified(text, match.start(), match.end(), value, None, "成", match["mid"] or ""))
    for match in beginning(_CHINESE, _NUMERAL, text):
        numeral, mid = match["low"], match["mid"] or match["mid2"] or match["mid3"] or ""
        scale, unit = match["scale"] or match["scale3"] or "", match["unit"] or ""
        before = _BEFORE.search(text, max(0, match.start() - 6), match.start())
        rough = bool(mid) or bool(before and before[1] in _ROUGH)
        lone = len(numeral) == 1
        if lone and numeral in _LARGE and not rough:
            continue  # 百人以上, 千名工匠: a figure of speech
        if lone and numeral not in _LARGE and not mid and not scale:
            # 三方四家, 两代表一委员: numerals side by side are a name.
            neighbours = text[max(0, match.start() - 3) : match.start()] + text[match.end() : match.end() + 2]
            if numeral not in _LONE or not _COUNTING.match(text, match.start("unit")) or _LONE & set(neighbours):
                continue
        if not lone and not _BIG & set(numeral) and "点" not in numeral:
            continue
        value = spelled(numeral)
        if value is not None and not (lone and _in_place_name(text, match.start(), match.end())):
            found.append(_qualified(text, match.start(), match.end(), value, None, scale + unit, mid))
    return found


def _in_place_name(text: str, start: int, end: int) -> bool:
    """True for 五家 in 五家渠市."""
    around = text[max(0, start - 4) : end + 4]
    shift = max(0, start - 4)
    return any(hit.start + shift <= start and end < hit.end + shift for hit in gazetteer().find(around))


def _of_size(text: str, figure: Figure) -> bool:
    return (
        figure.unit in ("人", "名")
        and figure.qualifier.endswith(("以上", "以下", "以内"))
        and bool(_SIZE.match(text, figure.end))
    )


def _as_range(text: str, low: Figure, high: Figure) -> Figure | None:
    """One figure for two that are the ends of a range: 二百元以上二千元以下, 三十万元至五十万元."""
    between = text[low.end : high.start]
    ends = low.qualifier.endswith("以上") and high.qualifier.endswith(("以下", "以内")) and between in ("", "、")
    told = not low.qualifier and _JOINED.fullmatch(between)
    if told and _CHANGED.search(text, max(0, low.start - _NEAR), low.start):
        return None
    if not (ends or told) or low.value_max is not None or high.value_max is not None:
        return None
    (base, _), (other, most) = comparable(low.value, low.unit), comparable(high.value, high.unit)
    top = most / (comparable(1, low.unit)[1] or 1)
    if base != other or low.value >= top:
        return None
    qualifier = "" if ends else high.qualifier
    return replace(low, end=high.end, value_max=float(f"{top:.12g}"), qualifier=qualifier)


def scan(text: str) -> list[Figure]:
    """The numbers with units of a folded ``text`` in reading order, spans never overlapping."""
    found = sorted((*_arabic(text), *_chinese(text)), key=lambda f: (f.start, -f.end))
    names = [match.span() for match in _NAME.finditer(text)] if found else []
    begins = [start for start, _ in names]
    figures: list[Figure] = []
    for figure in found:
        name = bisect_right(begins, figure.start) - 1
        if (
            (name >= 0 and figure.end <= names[name][1])
            or (figures and figure.start < figures[-1].end)
            or _of_size(text, figure)
        ):
            continue
        if figures and (joined := _as_range(text, figures[-1], figure)):
            figures[-1] = joined
        else:
            figures.append(figure)
    return figures
