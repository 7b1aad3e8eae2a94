"""Where the parts of a drawing go: near what they are tied to, none over another, as wide as there is room and as high
as it takes.

A spring layout (Fruchterman and Reingold, 1991, with a fixed seed) says who stands near whom; then what overlaps is
pushed apart. Coordinates are whole units of an SVG, so that the same network always gives the same picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_SEED = 7
_SPRINGS, _PUSHES = 60, 240  # rounds at most
_ROUNDS = 8  # times the drawing may grow
_GROWTH = 1.15
_FIRMNESS = 0.55  # of what two overlap by, how much each gives way
_TOLERATED = 2.0  # units that the gap may be narrower: what presses from all sides never comes quite to rest
_FILLED = 0.4  # share of the drawing that its parts cover at first
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of every part, and the height of the whole."""

    at: dict[str, tuple[int, int]]
    height: int


def spread(graph: Any, sizes: Mapping[str, tuple[int, int]], width: int, gap: int = 12, round_: bool = False) -> Spread:
    """Places for the nodes of a simple ``graph``: boxes of ``sizes`` (width, height), or ellipses where they are
    ``round_``, at least ``gap`` apart. None may be wider than ``width``."""
    import networkx as nx

    nodes = list(graph)
    if not nodes:
        return Spread({}, 0)
    halves = np.array([sizes[node] for node in nodes], dtype=float) / 2
    area = float(np.prod(2 * halves + gap, axis=1).sum())
    height = max(area / _FILLED / width, float(2 * halves[:, 1].max()) + gap)
    near = nx.spring_layout(graph, weight="weight", seed=_SEED, iterations=_SPRINGS)
    wanted = _evenly(np.array([near[node] for node in nodes], dtype=float))
    for _ in range(_ROUNDS):
        low, high = halves + gap / 2, np.array([width, height]) - halves - gap / 2
        centres, apart = _pushed(low + wanted * np.maximum(high - low, 0), halves, gap, (low, high), round_)
        if apart:
            break
        height *= _GROWTH
    else:
        centres = _in_rows(halves, width, gap)
    centres = np.rint(centres)
    centres[:, 1] -= (centres - halves)[:, 1].min() - gap / 2
    height = float((centres + halves)[:, 1].max()) + gap / 2
    at = {node: (round(x), round(y)) for node, (x, y) in zip(nodes, centres.tolist(), strict=True)}
    return Spread(at, round(height))


def _evenly(points: Floats) -> Floats:
    """Coordinates from 0 to 1, half as they are and half by rank: far ones don't press all others together."""
    low, high = points.min(axis=0), points.max(axis=0)
    scaled = (points - low) / np.where(high > low, high - low, 1.0)
    ranks = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / max(len(points) - 1, 1)
    return np.asarray((scaled + ranks) / 2 if len(points) > 1 else scaled + 0.5)


def _pushed(
    centres: Floats, halves: Floats, gap: int, bounds: tuple[Floats, Floats], round_: bool
) -> tuple[Floats, bool]:
    """The centres after pushing apart what overlaps, and whether nothing does any more."""
    needed = halves[:, None, :] + halves[None, :, :] + gap
    upper = np.triu(np.ones((len(halves), len(halves)), dtype=bool), 1)
    for _ in range(_PUSHES):
        away = centres[:, None, :] - centres[None, :, :]
        # Of two at one point the later one goes down and right.
        away = np.where((np.abs(away) < 1e-9).all(axis=2, keepdims=True), -0.5, away)
        if round_:
            share = np.sqrt(((away / needed) ** 2).sum(axis=2))
            over = (share < 1 - _TOLERATED / needed.min()) & upper
            push = away * (1 / np.maximum(share, 1e-6) - 1)[:, :, None]
        else:
            missing = needed - np.abs(away)
            over = (missing > _TOLERATED).all(axis=2) & upper
            flat = (missing[:, :, 0] / needed[:, :, 0] < missing[:, :, 1] / needed[:, :, 1])[:, :, None]
            push = np.where(np.concatenate([flat, ~flat], axis=2), missing * np.where(away < 0, -1, 1), 0.0)
        if not over.any():
            return centres, True
        push = np.where(over[:, :, None], push * _FIRMNESS, 0.0)
        centres = np.clip(centres + push.sum(axis=1) - push.sum(axis=0), *bounds)
    return centres, False


def _in_rows(halves: Floats, width: int, gap: int) -> Floats:
    """One beside the other, row by row: what is left where too much is to be drawn."""
    centres = np.zeros_like(halves)
    x, y, deepest = gap / 2, gap / 2, 0.0
    for number, (half_width, half_height) in enumerate(halves):
        if x > gap and x + 2 * half_width + gap / 2 > width:
            x, y, deepest = gap / 2, y + deepest + gap, 0.0
        centres[number] = x + half_width, y + half_height
        x += 2 * half_width + gap
        deepest = max(deepest, 2 * half_height)
    return centres
