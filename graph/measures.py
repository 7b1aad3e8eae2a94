"""Measure words, and units made comparable: 2.3亿元 and 860万元 both count in 元.

``MEASURE`` and ``SCALE`` are parts of regular expressions. What a negative lookahead excludes is a longer word that
begins with the measure (家庭, 项目, 部门).
"""

import re
from functools import lru_cache

_WORDS = [
    "个百分点",
    "百分点",
    "个基点",
    "基点",
    "个工作日",
    "个小时",
    "个月",
    "平方公里",
    "平方千米",
    "平方米",
    "平米",
    "立方米",
    "千瓦时",
    "千瓦",
    "公里/小时",
    "公里",
    "千米",
    "公斤",
    "千克",
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
    "架次",
    "车次",
    "批次",
    "台次",
    "篇次",
    "项次",
    "期次",
    "份次",
    "盒次",
    "余元",
    "美元",
    "欧元",
    "港元",
    "港币",
    "日元",
    "英镑",
    "元",
    "%",
    "‰",
    "吨",
    "亩",
    "倍",
    "天",
    "周(?!年|边|期|岁)",
    "人(?!民|大|社|均|口)",
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
    "块钱",
    "块",
    "米/秒",
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
    "口(?!径|号|岸|罩|碑|味|腔|头|子)",
    "峰(?!会|值|谷)",
    "匹(?!配)",
    "盎司",
]
#: A measure word, also with its double in brackets: 件(次), 万人（次）.
MEASURE = (
    r"(?:[件家户人名期场个项][(（][次名个场套]{1,2}[)）]|"
    + "|".join(sorted(_WORDS, key=lambda word: -len(word.split("(")[0])))
    + ")"
)
#: What multiplies a number: 万, 亿, 千亿. Not the beginning of 千瓦, 百分点.
SCALE = r"(?:万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|(?:千|百)(?!瓦|米|克|伏|卡|赫|分))"

_SCALES = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "十亿": 10**9,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "亿": 10**8,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
}
_LEADING = re.compile(SCALE)
# Measures that count the same thing: the one they count in, and how much of it one is. Writers say 家, 个, 处, 所 and
# 座 of the same stations, firms and unions; 户 are households, 人次 are not persons, currencies are never converted.
_SAME: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("名", "位", "人(名)"), ("人", 1.0)),
    **dict.fromkeys(("家", "处", "所", "座", "间", "栋", "幢"), ("个", 1.0)),
    **dict.fromkeys(("人(次)", "人份", "名(次)"), ("人次", 1.0)),
    **dict.fromkeys(("场", "场(次)"), ("场次", 1.0)),
    **dict.fromkeys(("件(次)", "件(套)", "件次"), ("件", 1.0)),
    **dict.fromkeys(("项(次)", "项次"), ("项", 1.0)),
    **dict.fromkeys(("家(次)", "个(次)", "家次"), ("家次", 1.0)),
    "户(次)": ("户次", 1.0),
    "期(次)": ("期", 1.0),
    "期次": ("期", 1.0),
    "余元": ("元", 1.0),
    "块钱": ("元", 1.0),
    "基点": ("个百分点", 0.01),
    "个基点": ("个百分点", 0.01),
    "港币": ("港元", 1.0),
    "百分点": ("个百分点", 1.0),
    "‰": ("%", 0.1),
    "成": ("%", 10.0),
    "平米": ("平方米", 1.0),
    "公顷": ("平方米", 1e4),
    "平方公里": ("平方米", 1e6),
    "平方千米": ("平方米", 1e6),
    "千米": ("米", 1e3),
    "公里": ("米", 1e3),
    "公斤": ("吨", 1e-3),
    "千克": ("吨", 1e-3),
    "个小时": ("小时", 1.0),
    "分钟": ("小时", 1 / 60),
}
MONEY = frozenset({"元", "美元", "欧元", "港元", "日元", "英镑"})
RATES = frozenset({"%"})
#: The unit of a rank: 位居全国第三 is 3 位次. 位 itself counts people (40位劳模).
RANK = "位次"
_HEADINGS = {
    "": "数量",
    "个": "数量",
    "人": "人数",
    "户": "户数",
    "元": "金额",
    "%": "比例",
    "个百分点": "百分点",
    "倍": "倍数",
    "场次": "场次",
    "人次": "人次",
    "平方米": "面积",
    "米": "长度",
    "吨": "重量",
    "小时": "时长",
    "年": "年限",
    "个月": "月数",
    "个工作日": "工作日",
    RANK: "位次",
}
_BRACKETS = str.maketrans("（）", "()")


def comparable(value: float, unit: str) -> tuple[str, float]:
    """The unit that ``unit`` is counted in and the value in it: (元, 23000000) for 2.3亿元, (人, 12000) for 1.2万名,
    (个, 3) for 3家, ("", 60000) for 6万. Kept to twelve digits, so that 2.3亿 and 23000万 are the same number."""
    base, times, scale = _parts(unit)
    return base, float(f"{value * times * scale:.12g}")


@lru_cache(maxsize=4096)
def _parts(unit: str) -> tuple[str, float, int]:
    """The unit that ``unit`` is counted in, how much of it one is, and what the number is multiplied by."""
    scale = _LEADING.match(unit)
    measure = (unit[scale.end() :] if scale else unit).translate(_BRACKETS)
    return *_SAME.get(measure, (measure, 1.0)), _SCALES[scale[0]] if scale else 1


def heading(base: str) -> str:
    """What a column of figures in the comparable unit ``base`` is called: 元 → 金额, 人 → 人数, 件 → 件数."""
    if base in MONEY - {"元"}:
        return f"金额（{base}）"
    return _HEADINGS.get(base) or (base if base.endswith("次") else f"{base}数")
