"""Figures in a sentence: number, unit as written, qualifier, upper value of a range.

``460余场次`` → 460 场次 余; ``3186万多元`` → 3186 万元 多; ``2名至4名`` → 2..4 名; ``二十余家`` → 20 家 余.
Years, dates, ordinals, numbers that are part of a name (“3721”, 《…》, 五位一体) and numbers beside a masked
character are not figures. Chinese numerals are read by cn2an, only after they were recognised as a quantity:
cn2an.transform over running text also rewrites words.
"""

import re
from dataclasses import dataclass

import cn2an

_WIDE = str.maketrans("０１２３４５６７８９．％", "0123456789.%")

# Measure words; what a negative lookahead excludes is a longer word that begins with the measure (家庭, 项目, 部门).
_MEASURES = [
    "个百分点",
    "百分点",
    "个工作日",
    "个小时",
    "个月",
    "平方公里",
    "平方米",
    "立方米",
    "千瓦时",
    "千瓦",
    "公里",
    "千米",
    "公斤",
    "公顷",
    "分钟",
    "小时",
    "课时",
    "学时",
    "学分",
    "人次",
    "人份",
    "场次",
    "件次",
    "户次",
    "家次",
    "班次",
    "车次",
    "批次",
    "台次",
    "篇次",
    "项次",
    "期次",
    "份次",
    "盒次",
    "美元",
    "万元",
    "亿元",
    "余元",
    "元",
    "%",
    "‰",
    "吨",
    "亩",
    "倍",
    "天",
    "周(?!年|边|期)",
    "人(?!民|大|社|均)",
    "名(?!单(?!身)|师|誉|称)",
    "位(?!一体|居|列)",
    "个(?!一|百|人)",
    "家(?!庭|属|长|园)",
    "户(?!外|籍)",
    "场(?!所|馆|地|景)",
    "次(?!全|代表|会|党)",
    "件",
    "项(?!目)",
    "座(?!谈)",
    "所",
    "处(?!级|长|理|于)",
    "支(?!持|部|出|付|队)",
    "部(?!门|委|队|署|分)",
    "篇",
    "期(?!间|望|盼)",
    "份(?!额)",
    "张",
    "本(?!市|省|级|地)",
    "册",
    "台(?!阶|账)",
    "辆",
    "套",
    "批",
    "条(?!例|件)",
    "种",
    "类",
    "幅",
    "首(?!批|次|家|个)",
    "只",
    "间",
    "栋",
    "幢",
    "片",
    "块",
    "米",
    "例",
    "起",
    "宗",
    "笔",
    "门(?!类|户)",
    "节(?!能|约|日|目|点|省)",
    "堂",
    "轮",
    "枚",
    "颗",
    "株",
    "棵",
    "头",
    "箱",
    "桶",
    "瓶",
    "袋",
    "盒",
    "床",
    "顿",
    "餐",
    "通",
    "封",
    "则",
    "款(?!项)",
    "班(?!组|子)",
    "队(?!伍)",
    "组(?!织|合|建)",
    "对(?!一|1|口)",
    "副(?!主)",
    "集(?!团|体|中)",
    "届次",
    "票",
    "层",
    "课",
    "秒",
    "粒",
    "面",
    "架",
    "艘",
    "列",
]
_MEASURE = (
    r"(?:[件家户人名期场个项][(（][次名个场]{1,2}[)）]|"
    + "|".join(sorted(_MEASURES, key=lambda word: -len(word.split("(")[0])))
    + ")"
)
_SCALE = r"(?:万亿|千万|百万|亿|万|千|百)"
_MID = r"[余多来几]"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)"
_DASH = r"(?:[—–―－~～-]+|至|到)"
_TAIL = rf"\s*(?P<mid>{_MID})?(?P<scale>{_SCALE})?(?P<mid2>{_MID})?\s*(?P<unit>{_MEASURE})?"

_ARABIC = re.compile(
    rf"(?<![\dA-Za-z.*＊+＋/第×])(?<!\d[,:：])(?<!(?<![目之以提此先])前)(?P<low>{_NUMBER})"
    rf"(?:(?P<low_scale>{_SCALE})?(?P<low_unit>{_MEASURE})?\s*{_DASH}\s*(?P<high>{_NUMBER}))?"
    rf"(?![\d.*＊A-Za-z+＋/]){_TAIL}"
)
_ONE = re.compile(rf"(?P<low>{_NUMBER}){_TAIL}")
_DURATION = re.compile(rf"(?<![\d第])(?P<low>\d{{1,2}}){_DASH}(?P<high>\d{{1,2}})(?P<unit>年)(?!\d)")
_CHINESE = re.compile(
    rf"(?<![第十百千万亿零一二三四五六七八九两几数\d.])(?P<low>[零一二三四五六七八九十百千万亿两]+?)(?P<mid>{_MID})?"
    rf"(?P<scale>[万亿])?(?P<mid2>{_MID})?(?P<unit>{_MEASURE})"
)
_PERCENT = re.compile(r"百分之(?P<low>[零一二三四五六七八九十百点]+)")
# A lone small numeral is a quantity only before measures that count people, firms, cases and money (三家, not 五项).
_COUNTING = re.compile(r"(?:家|名|户|场|场次|人次|所|件|辆|万元|亿元|元|亩|吨)")
_LONE = set("二两三四五六七八九十")
_LARGE = "百千万亿"
_BIG = set("十" + _LARGE)

_BEFORE = re.compile(
    r"(不少于|不低于|不超过|超过|突破|将近|接近|大约|至少|最多|最高|最低|上|近|约|超|逾|过|达)(?:了|到)?\s*$"
)
_AFTER = re.compile(r"(?:以上|左右|以内|以下|上下|之多)")
_ROUGH = frozenset({"近", "上", "超", "过", "约", "逾", "超过", "将近", "接近"})
_CHANGE = re.compile(r"[从由]\D{0,4}$")
_NAME = re.compile(r"“[^“”]{1,20}”|‘[^‘’]{1,20}’|「[^「」]{1,20}」|《[^《》]*》|〈[^〈〉]*〉")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at ``start:end`` of the text, its qualifiers included; ``value`` counts in ``unit`` (2.3, 亿元)."""

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str
    qualifier: str


def _number(digits: str) -> float:
    return float(digits.replace(",", ""))


def _chinese(numeral: str) -> float | None:
    try:
        return float(cn2an.cn2an("一" + numeral if numeral[0] in _LARGE else numeral, "smart"))
    except (ValueError, KeyError, IndexError):
        return None


def _qualified(text: str, start: int, end: int, value: float, top: float | None, unit: str, mid: str) -> Figure:
    """Extend a span over the qualifiers around it. 达 says that the value was reached: no qualifier."""
    before = _BEFORE.search(text, max(0, start - 6), start)
    words = []
    if before and before[1] != "达" and (before[1] not in "上过" or text[start] in _LARGE):
        start = before.start()
        words.append(before[1])
    if mid:
        words.append(mid)
    if after := _AFTER.match(text, end):
        end = after.end()
        words.append(after[0])
    return Figure(start, end, value, top, unit, "、".join(words))


def _arabic(text: str) -> list[Figure]:
    found = []
    for match in _DURATION.finditer(text):
        years = float(match["low"]), float(match["high"])
        if years[0] < years[1]:
            found.append(_qualified(text, match.start(), match.end(), *years, "年", ""))
    position = 0
    while hit := _ARABIC.search(text, position):
        found_at, high = hit, _number(hit["high"]) if hit["high"] else None
        if high is not None and not _is_range(hit, text, high):
            # 由15项到21项 is a change, 2018-2022 and 3-2 are no ranges: read the first number by itself.
            found_at, high = _ONE.match(text, hit.start()) or hit, None
        position = max(found_at.end(), hit.start() + 1)
        if found_at["unit"] or found_at["scale"] in ("万", "亿", "万亿"):
            unit, mid = (found_at["scale"] or "") + (found_at["unit"] or ""), found_at["mid"] or found_at["mid2"] or ""
            low = _number(found_at["low"])
            found.append(_qualified(text, found_at.start(), found_at.end(), low, high, unit, mid))
    return found


def _is_range(match: re.Match[str], text: str, high: float) -> bool:
    """True where two numbers are the ends of a range: rising, in one unit, not told as a change (由…到…)."""
    changed = match["low_unit"] and _CHANGE.search(text, 0, match.start())
    return not changed and _number(match["low"]) < high and match["low_unit"] in (None, match["unit"])


def _spelled(text: str) -> list[Figure]:
    found = []
    for match in _PERCENT.finditer(text):
        if (value := _chinese(match["low"])) is not None:
            found.append(_qualified(text, match.start(), match.end(), value, None, "%", ""))
    for match in _CHINESE.finditer(text):
        numeral, mid = match["low"], match["mid"] or match["mid2"] or ""
        before = _BEFORE.search(text, max(0, match.start() - 6), match.start())
        rough = bool(mid) or bool(before and before[1] in _ROUGH)
        lone = len(numeral) == 1
        if lone and numeral in _LARGE and not rough:
            continue  # 百人以上, 千名工匠: a figure of speech
        if lone and numeral not in _LARGE and not mid and match["scale"] is None:
            # 三方四家, 两代表一委员: numerals side by side are a name.
            neighbours = text[max(0, match.start() - 3) : match.start()] + text[match.end() : match.end() + 2]
            if numeral not in _LONE or not _COUNTING.fullmatch(match["unit"]) or _LONE & set(neighbours):
                continue
        if not lone and not _BIG & set(numeral):
            continue
        value = _chinese(numeral)
        if value is not None:
            unit = (match["scale"] or "") + match["unit"]
            found.append(_qualified(text, match.start(), match.end(), value, None, unit, mid))
    return found


def find_figures(text: str) -> list[Figure]:
    """The figures of ``text`` in reading order, spans never overlapping."""
    folded = text.translate(_WIDE)
    names = [match.span() for match in _NAME.finditer(folded)]
    figures: list[Figure] = []
    for figure in sorted((*_arabic(folded), *_spelled(folded)), key=lambda f: (f.start, -f.end)):
        named = any(start <= figure.start and figure.end <= end for start, end in names)
        if not named and (not figures or figure.start >= figures[-1].end):
            figures.append(figure)
    return figures
