"""Units of figures made comparable: 2.3亿元 and 860万元 both count in 元."""

import re

_SCALES = {"万亿": 1e12, "千万": 1e7, "百万": 1e6, "亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2}
_SCALE = re.compile("万亿|千万|百万|[亿万千百](?!分|瓦|米|克)")
# Measures that count the same thing.
_SAME = {"名": "人", "位": "人", "百分点": "个百分点", "场": "场次", "场次": "场次", "平米": "平方米"}


def comparable(value: float, unit: str) -> tuple[str, float]:
    """The unit that ``unit`` is counted in and the value in it: (元, 23000000.0) for 2.3亿元, (人, 12000.0) for 1.2万名."""
    scale = _SCALE.match(unit)
    measure = unit[scale.end() :] if scale else unit
    return _SAME.get(measure, measure), round(value * (_SCALES[scale[0]] if scale else 1), 6)
