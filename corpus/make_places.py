"""Write ``places.csv`` from an open list of administrative divisions: ``python -m corpus.make_places LIST.json``.

LIST.json maps six-digit division codes to names (China's GB/T 2260 codes as published by the Ministry of Civil
Affairs). The Xinjiang Production and Construction Corps works as a province and is added under code 660000.
"""

import csv
import json
import re
import sys
from pathlib import Path

CORPS = "新疆生产建设兵团"
_PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 "
    "畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 "
    "怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺 各 "
).split()
_PEOPLE = re.compile("(?:" + "|".join(sorted((f"{p}族" for p in _PEOPLES), key=len, reverse=True)) + ")+$")
_BARE_PEOPLE = re.compile("(?:维吾尔|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|达斡尔)$")
_AUTONOMOUS = re.compile("自治[区州县旗]$")
_SUFFIX = re.compile("(?:特别行政区|林区|矿区|地区|省|市|盟|县|区|旗)$")


def short_name(name: str) -> str:
    """荆州市 → 荆州, 昌吉回族自治州 → 昌吉; a name that would shrink to one character stays whole (城区, 东区)."""
    core = _AUTONOMOUS.sub("", name)
    if core != name:
        core = _PEOPLE.sub("", core) or core
        core = re.sub(r"^(内蒙古)$|" + _BARE_PEOPLE.pattern, r"\1", core)
    else:
        core = _SUFFIX.sub("", name)
    return core if len(core) > 1 else name


def level(code: str) -> str:
    """province, city or county, by the zeros at the end of the code."""
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def parent(code: str, codes: set[str]) -> str:
    """The code of the next larger division that exists: 429004 (仙桃市) hangs on its province."""
    if code.endswith("0000"):
        return "000000"
    above = code[:4] + "00"
    return above if above != code and above in codes else code[:2] + "0000"


def rows(names: dict[str, str]) -> list[tuple[str, str, str, str, str]]:
    """(code, name, short name, level, parent code) of every division, in code order."""
    codes = set(names)
    made = [(c, n, short_name(n), level(c), parent(c, codes)) for c, n in names.items()]
    made += [("000000", "全国", "全国", "national", ""), ("660000", CORPS, "兵团", "province", "000000")]
    return sorted(made)


def main(path: str) -> None:
    with Path(__file__).with_name("places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name", "short", "level", "parent"))
        writer.writerows(rows(json.loads(Path(path).read_text("utf-8"))))


if __name__ == "__main__":
    main(sys.argv[1])
