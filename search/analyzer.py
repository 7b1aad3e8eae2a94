"""One analysis of text, for indexing and for querying: folding, character unigrams and bigrams, words.

Domain terms are never left to a segmenter: bigrams carry them, words (jieba's, through rjieba) only help.
"""

import re
import sys
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from itertools import accumulate, pairwise
from operator import add

import numpy as np
import rjieba
from numpy.typing import NDArray

_QUOTES = "“”‘’\"'「」『』＂＇〝〞"
_DOTS = "•․‧∙・･"
_COMMON = ((0, 0x250), (0x2000, 0x2100), (0x3000, 0x3100), (0x4E00, 0xA000), (0xFF00, 0x10000))  # code points
_PRIVATE, _OTHER = 0xE000, "\uf8ff"  # characters that stand for whole figures; no text has them
_LONG = 64  # characters from which an array folds faster than ``str.translate``; by thousands it is ten times as fast
_DROPPED = "\x1f"  # stands for a quotation mark, so that folding keeps offsets until the last step
# Words that shape a question or a sentence and say nothing about its subject.
STOP_WORDS = frozenset(
    "的 了 和 与 及 或 在 是 有 为 对 从 把 被 向 以 于 中 上 下 等 各 个 些 这 那 哪 什么 怎么 怎样 如何 哪些 哪里 "
    "哪个 多少 几 吗 呢 吧 啊 也 都 就 还 又 再 要 会 能 可以 应该 我 我们 你 他 她 它 他们 一个 一些 以及 进行 开展 "
    "通过 并 而 其 之 到 给 让 用 去 来 做 搞 干 有没有 是不是 为什么 请问 关于 方面".split()
)


# What may be cut out of a question anywhere: never part of a longer word.
_FRAME = re.compile(
    "有没有|是不是|为什么|什么样|哪几个|哪几家|多少|什么|怎么样|怎么办|怎么|怎样|如何|哪些|哪里|哪儿|哪个|哪家|请问|"
    "我们|他们|咱们|自己|一个|一些|一下|一点|[的了着吗呢吧啊呀么啥谁]"
)


_RUN = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?", re.ASCII)
# The same before folding: only the wide forms of these characters fold to them.
_WRITTEN_NUMBER = re.compile("[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?")
_UNIT = re.compile(r"[0-9a-z]+|[^0-9a-z]")

Points = NDArray[np.uint32]


class Folding(dict[int, int]):
    """Code point → code point; all others stand for themselves."""

    @cached_property
    def codes(self) -> Points:
        """(code points,) the same as an array."""
        codes = np.arange(sys.maxunicode + 1, dtype=np.uint32)
        codes[list(self)] = list(self.values())
        return codes

    def __call__(self, text: str) -> str:
        """``text``, character by character."""
        if len(text) < _LONG:
            return text.translate(self)
        return _text_of(self.codes.take(points(text)))


@cache
def _table() -> Folding:
    """Character → folded character, one to one; built on first use (about 60 ms).

    Traditional forms come from OpenCC, looked up character by character so that lengths never change. Characters
    that fold to themselves are listed too: ``str.translate`` is slow for those it has to miss.
    """
    from opencc import OpenCC

    table = Folding((code, code) for first, end in _COMMON for code in range(first, end))
    ideographs = " ".join(map(chr, range(0x4E00, 0xA000)))
    simplified = OpenCC("t2s").convert(ideographs)
    if len(simplified) == len(ideographs):
        table.update((ord(a), ord(b)) for a, b in zip(ideographs, simplified, strict=True))
    table.update((code, code - 0xFEE0) for code in range(0xFF01, 0xFF5F))
    table[0x3000] = ord(" ")
    for first in (ord("A"), 0xFF21):
        table.update((first + i, ord("a") + i) for i in range(26))
    table.update((ord(quote), ord(_DROPPED)) for quote in _QUOTES)
    table.update((ord(dot), ord("·")) for dot in _DOTS)
    return table


@cache
def squeezing() -> Folding:
    """The same, for letters, digits, Chinese characters and + only; a zero in place of the rest."""
    return Folding((code, to if chr(to).isalnum() or to == ord("+") else 0) for code, to in _table().items())


def simplified(text: str) -> str:
    """``text`` in simplified characters, one for one; all else is left as it is."""
    table = _table()
    return "".join(chr(table[ord(c)]) if "\u4e00" <= c < "\ua000" else c for c in text)


def points(text: str) -> Points:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _text_of(codes: Points) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def _folded(text: str) -> str:
    return _table()(text)


def fold(text: str) -> str:
    """``text`` in the form that comparisons use: half width, lower case, simplified, without quotation marks."""
    return _folded(text).replace(_DROPPED, "")


def squeeze(text: str) -> str:
    """Folded letters, digits, Chinese characters and + only: how labels are compared."""
    return unmarked(squeezing()(text))


def squeezed(text: str) -> tuple[str, list[int]]:
    """``squeeze(text)`` and, for each of its characters, the offset in ``text``."""
    codes = squeezing().codes.take(points(text))
    kept = np.flatnonzero(codes)
    offsets: list[int] = kept.tolist()
    return _text_of(codes[kept]), offsets


def marked(texts: Sequence[str]) -> list[str]:
    """Texts squeezed, all at once, with a zero in place of each character that is taken out: a part of one is squeezed by
    taking the zeros out of it."""
    whole = squeezing()("".join(texts))
    return [whole[start:end] for start, end in pairwise(accumulate(map(len, texts), initial=0))]


def unmarked(part: str) -> str:
    """What is squeezed of a part of a ``marked`` text."""
    return part.replace("\0", "")


def grams(text: str) -> list[str]:
    """Unigrams, then bigrams, run by run, with repetitions.

    A unit is a Chinese character or a run of Latin letters and digits; punctuation and spaces interrupt a run,
    quotation marks don't.
    """
    found: list[str] = []
    for run in _RUN.findall(fold(text)):
        units = _UNIT.findall(run)
        found += units
        found += map(add, units, units[1:])
    return found


def content(text: str) -> str:
    """``text``, folded, without question words and particles: what a query is about."""
    return _FRAME.sub(" ", fold(text))


def content_grams(text: str) -> list[str]:
    """The grams of what a query is about."""
    return grams(content(text))


def number_spans(text: str) -> list[tuple[int, int]]:
    """Where figures (12, 3,400, 1.8) stand in ``text``; full-width digits are digits, too."""
    return [match.span() for match in _WRITTEN_NUMBER.finditer(text)]


def stands(needle: str, text: str) -> bool:
    """True where ``needle`` stands in ``text`` (both squeezed) and cuts no figure there: 5个 doesn't stand in 105个."""
    at = text.find(needle) if needle else -1
    while at >= 0:
        end = at + len(needle)
        before, after = needle[0].isdigit() and text[:at][-1:], needle[-1].isdigit() and text[end : end + 1]
        if not (before and before.isdigit()) and not (after and after.isdigit()):
            return True
        at = text.find(needle, at + 1)
    return False


_read = lru_cache(4096)(squeeze)  # passages and headings come again with every query


def echoes(query: str, text: str, shortest: int = 2, bare: str = "") -> list[str]:
    """The longest runs of the query of ``shortest`` characters or more that stand in ``text``, in reading order; ``bare`` is
    the text squeezed, where that is known.

    They are squeezed, but a figure is kept as it is and never cut: 5个 is no echo of 105个, 18亿 none of 1.8亿.
    Question words and particles end a run, and a word where it can.
    """
    runs, marks = _runs(query)
    if marks:
        written = squeeze(_NUMBER.sub(lambda match: marks.get(match[0].replace(",", ""), _OTHER), fold(text)))
    else:
        written = bare or _read(text)
    figures = {mark: figure for figure, mark in marks.items()}
    found: dict[str, None] = {}
    for run, before, after in runs:
        start = 0
        while start < len(run):
            end = start + (1 if run[start] in figures else shortest)
            if run[start:end] not in written:
                start += 1
                continue
            while end < len(run) and run[start : end + 1] in written:
                end += 1
            # A run ends where a word does, if enough of it is left: 劳模, 工作室 and not 劳模工, 作室; what lies across
            # words must be longer, or 发放 would be an echo of 沙发放下.
            for a, b, least in ((after[start], before[min(end, len(run))], shortest), (start, end, shortest + 1)):
                said = "".join(figures.get(c, c) for c in run[a:b])
                if len(said) >= least:
                    found[said] = None
                    start = b
                    break
            else:
                start += 1
    return list(found)


@lru_cache(64)
def _runs(query: str) -> tuple[list[tuple[str, list[int], list[int]]], dict[str, str]]:
    """The runs of a query that hold neither question words nor particles, squeezed, a figure as one character, each with
    the last end of a word before every place and the first after it; and the character of each figure."""
    folded = _folded(query)
    figures = dict.fromkeys(figure.replace(",", "") for figure in _NUMBER.findall(folded))
    marks = {figure: chr(_PRIVATE + n) for n, figure in enumerate(figures)}
    marked = _NUMBER.sub(lambda match: marks[match[0].replace(",", "")], folded)
    runs = []
    for run in (squeeze(part) for part in _FRAME.sub(" ", marked).split()):
        ends = {0, *accumulate(map(len, rjieba.cut(run)))}
        before = list(accumulate((at if at in ends else 0 for at in range(len(run) + 1)), max))
        after = list(accumulate((at if at in ends else len(run) for at in range(len(run), -1, -1)), min))[::-1]
        runs.append((run, before, after))
    return runs, marks


def words(text: str) -> list[str]:
    """Words of two or more characters, as jieba cuts them, without stop words; with repetitions."""
    return [word for word in rjieba.cut(fold(text)) if is_word(word)]


def is_word(word: str) -> bool:
    """True for what ``words`` keeps of what jieba cuts."""
    return len(word) > 1 and word not in STOP_WORDS and any(map(str.isalnum, word))


@lru_cache(256)
def asked_words(query: str) -> tuple[str, ...]:
    """The same of a query, which is asked for more than once."""
    return tuple(words(query))
