"""Characters as PDF files and recognition name them, back to those that are written: ligatures, radicals, marks of
the other width."""

import re
import unicodedata
from functools import cache

_HYPHEN = 2  # pdfium's mark for a hyphen at a line end
_FOLDED = (
    range(0x2F00, 0x2FE0),  # Kangxi radicals: fonts share one glyph between ⼯ and 工, and printing keeps either
    range(0x2E80, 0x2F00),
    range(0xF900, 0xFB00),  # compatibility ideographs
    range(0x2F800, 0x2FA20),
    range(0xFB00, 0xFB07),  # ﬁ
)
# CJK radicals that are characters by themselves and have no compatibility mapping; after Unicode's
# EquivalentUnifiedIdeograph.txt.
_RADICALS = str.maketrans(
    "⺠⺁⺇⺌⺎⺐⺓⺝⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
    "民厂几小兀尢幺月虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙",
)


_CHINESE = r"[\u3400-\u9fff\u3001-\u3017“”‘’]"
_NARROW = (
    # Brackets around Chinese or before it, with what they hold; marks after Chinese; brackets that stay alone.
    re.compile(rf"[(（][^()（）]*{_CHINESE}[^()（）]*[)）]|[(（][^()（）]*[)）](?={_CHINESE})"),
    re.compile(rf"(?<={_CHINESE})[,:;?!()]|\((?={_CHINESE})"),
)
_WIDE = str.maketrans("(),:;?!", "（），：；？！")


@cache
def plain(code: int) -> str:
    """The characters that a code stands for; "" for white space and control characters, U+FFFD for none at all."""
    if code == _HYPHEN:
        return "-"
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    char = chr(code)
    if char.isspace() or unicodedata.category(char) in ("Cc", "Cf"):
        return ""
    if any(code in folded for folded in _FOLDED):
        return unicodedata.normalize("NFKC", char).translate(_RADICALS)
    return char


def is_garbage(char: str) -> bool:
    """True for a character that says nothing: replaced, for private use, not assigned."""
    return char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn")


def _widened(match: re.Match[str]) -> str:
    """A mark, or brackets with what they hold, of which only they are made wide."""
    found = match.group()
    return found[0].translate(_WIDE) + found[1:-1] + (found[-1].translate(_WIDE) if len(found) > 1 else "")


def wide_marks(text: str) -> str:
    """A recognised line with the marks of Chinese print in Chinese: their width is hard to see. Keeps the length."""
    for narrow in _NARROW:
        text = narrow.sub(_widened, text)
    return text
