"""Figures by size, both axes logarithmic, as SVG."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

_SIDE, _EDGE, _LEGEND = 260, 46, 16
_NEAR = 0.03  # of a decade
_COLOURS = ("#1f5f8b", "#b5452c", "#3d7a3a", "#7a4b94", "#8a6d1d", "#444444", "#2a8c8c", "#c05a8f")
Line = Sequence[tuple[float, float]]


def exponent(line: Line) -> list[float]:
    """The slope between each two neighbouring sizes on logarithmic axes: 1 is proportional growth."""
    return [math.log(b / a) / math.log(to / at) for (at, a), (to, b) in pairwise(line) if a > 0 and b > 0 and to > at]


def figure(panels: Mapping[str, Mapping[str, Line]]) -> str:
    """A panel for each title: lines by name, of (size, figure)."""
    most = max((len(lines) for lines in panels.values()), default=0)
    height = _SIDE + 2 * _EDGE + most * _LEGEND
    wide = _SIDE + 2 * _EDGE
    body = "".join(
        f'<g transform="translate({number * wide} 0)">{_panel(title, lines)}</g>'
        for number, (title, lines) in enumerate(panels.items())
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide * len(panels)} {height}" font-size="11" '
        f'font-family="sans-serif" role="img"><title>Growth with the number of passages</title>{body}</svg>\n'
    )


def _decades(values: Sequence[float]) -> tuple[int, int]:
    # 970 passages are a thousand.
    low, high = math.floor(math.log10(min(values)) + _NEAR), math.ceil(math.log10(max(values)) - _NEAR)
    return low, max(high, low + 1)


def _panel(title: str, lines: Mapping[str, Line]) -> str:
    points = [point for line in lines.values() for point in line if point[1] > 0]
    heading = f'<text x="{_EDGE}" y="{_EDGE - 14}" font-weight="bold">{title}</text>'
    if not points:
        return heading
    (left, right), (low, high) = _decades([x for x, _ in points]), _decades([y for _, y in points])

    def across(x: float) -> float:
        return _EDGE + _SIDE * (math.log10(x) - left) / (right - left)

    def up(y: float) -> float:
        return _EDGE + _SIDE * (1 - (math.log10(y) - low) / (high - low))

    parts = [heading, f'<rect x="{_EDGE}" y="{_EDGE}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#999"/>']
    for power in range(left, right + 1):
        parts.append(
            f'<text x="{across(10**power):.0f}" y="{_EDGE + _SIDE + 14}" text-anchor="middle">{_told(power)}</text>'
        )
    for power in range(low, high + 1):
        y = up(10.0**power)
        parts.append(f'<line x1="{_EDGE}" y1="{y:.1f}" x2="{_EDGE + _SIDE}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{_EDGE - 4}" y="{y + 4:.1f}" text-anchor="end">{_told(power)}</text>')
    for number, (name, line) in enumerate(lines.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        shown = [(across(x), up(y), x, y) for x, y in line if y > 0]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y, *_ in shown)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"><title>{name}: {size:,.0f} → {value:,.3g}</title></circle>'
            for x, y, size, value in shown
        ]
        parts.append(f'<text x="{_EDGE}" y="{_EDGE + _SIDE + 34 + number * _LEGEND}" fill="{colour}">● {name}</text>')
    return "".join(parts)


def _told(power: int) -> str:
    names = {3: "1k", 4: "10k", 5: "100k", 6: "1M", 7: "10M"}
    return names.get(power) or f"{10.0**power:g}"
