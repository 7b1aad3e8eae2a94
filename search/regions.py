"""Parts of the country that go by a name of their own: 东北三省, 长三角, 西部地区."""

import re

_PROVINCES = {
    "北京": "110000", "天津": "120000", "河北": "130000", "山西": "140000", "内蒙古": "150000", "辽宁": "210000",
    "吉林": "220000", "黑龙江": "230000", "上海": "310000", "江苏": "320000", "浙江": "330000", "安徽": "340000",
    "福建": "350000", "江西": "360000", "山东": "370000", "河南": "410000", "湖北": "420000", "湖南": "430000",
    "广东": "440000", "广西": "450000", "海南": "460000", "重庆": "500000", "四川": "510000", "贵州": "520000",
    "云南": "530000", "西藏": "540000", "陕西": "610000", "甘肃": "620000", "青海": "630000", "宁夏": "640000",
    "新疆": "650000", "兵团": "660000",
}  # fmt: skip
# The economic regions as the National Bureau of Statistics draws them, and names in common use.
_REGIONS = {
    "东部": "北京 天津 河北 上海 江苏 浙江 福建 山东 广东 海南",
    "中部": "山西 安徽 江西 河南 湖北 湖南",
    "西部": "内蒙古 广西 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 兵团",
    "东北": "辽宁 吉林 黑龙江",
    "华北": "北京 天津 河北 山西 内蒙古",
    "华东": "上海 江苏 浙江 安徽 福建 江西 山东",
    "华中": "河南 湖北 湖南",
    "华南": "广东 广西 海南",
    "西南": "重庆 四川 贵州 云南 西藏",
    "西北": "陕西 甘肃 青海 宁夏 新疆 兵团",
    "长三角": "上海 江苏 浙江 安徽",
    "京津冀": "北京 天津 河北",
    "川渝": "四川 重庆",
    "成渝": "四川 重庆",
    "两湖": "湖北 湖南",
    "两广": "广东 广西",
    "江浙沪": "江苏 浙江 上海",
    "云贵川": "云南 贵州 四川",
}
_NAME = re.compile(rf"(?P<name>{'|'.join(_REGIONS)})(?:三省|六省|地区|区域|各?省份?|各省市区?|大区)*")


def find_region(text: str) -> tuple[int, int, tuple[str, ...]] | None:
    """Where the first name of a part of the country stands in ``text``, and the codes of its provinces."""
    match = _NAME.search(text)
    if match is None:
        return None
    return match.start(), match.end(), tuple(_PROVINCES[name] for name in _REGIONS[match["name"]].split())
