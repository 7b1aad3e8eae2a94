"""Colours that carry words can be read, in the light and in the dark (WCAG 2.2, 1.4.3: 4.5 to 1)."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "web" / "static"
DARK = "@media (prefers-color-scheme: dark)"
PAIRS = [
    *((f"shade{number}", f"shade{number}-ink") for number in (1, 2, 3, 4)),
    *((ground, ink) for ground in ("paper", "surface", "sunk") for ink in ("ink", "muted", "link")),
    *((ground, ink) for ground in ("paper", "surface") for ink in ("done", "ongoing", "planned", "doubt")),
    ("mark", "mark-ink"),
    ("button", "button-ink"),
]


def colours(scheme: str) -> dict[str, str]:
    """Name → colour; the dark scheme changes what the light one says."""
    found: dict[str, str] = {}
    for name in ("base.css", "charts.css"):
        light, _, dark = (STATIC / name).read_text("utf-8").partition(DARK)
        for part in (light, dark.partition("\n}\n")[0]) if scheme == "dark" else (light,):
            found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part))
    return found


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ground", "ink"), PAIRS)
def test_words_stand_out(scheme: str, ground: str, ink: str) -> None:
    known = colours(scheme)
    low, high = sorted(luminance(known[name]) for name in (ground, ink))
    assert (high + 0.05) / (low + 0.05) >= 4.5
