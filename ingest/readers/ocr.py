"""Pictures of text through RapidOCR (extra ``ocr``): recognised lines with their places, and what is doubtful in them.

How sure the engine is of a character says well where a letter is wrong, but not where a mark is missing or another: a
decimal point is the first thing that a bad scan loses. So the average over a page's letters and digits decides about
its figures. Limits after pages rendered at 72 to 200 dpi, clean, noisy, blurred, skewed, pressed (JPEG), faded and faxed
(``benchmarks/recognition.md``).
"""

import io
import re
import warnings
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from statistics import mean, median
from typing import Any

from ingest.errors import FileDamaged, OcrMissing, PictureTooLarge, TooManyPages
from ingest.limits import DEFAULTS, Limits
from ingest.lines import width
from ingest.readers.columns import Piece
from ingest.readers.glyphs import wide_marks
from ingest.readers.notes import Decoded, Note
from ingest.readers.pages import Page, decoded

ENCODING = "ocr"
#: A character below this is doubtful: nineteen in twenty of those read wrongly are, and one in thirty of all.
CHARACTER_SURE = 0.9
#: Where the average of a page is below this, each of its figures is: only such pages lost decimal points unseen.
FIGURES_SURE = 0.997
#: Where the average of a page is below this, the whole page is: one character in twenty and more is wrong.
PAGE_SURE = 0.95
_POINTS = 72 / 200  # a pixel, in points, of a picture that doesn't say: pictures are taken as printed at 200 dpi
_UPRIGHT = 0.8
_FRAME = 1.3  # height of a found line's frame in sizes of its type
_SPECK = 3  # characters: a line no longer, and rather unlike than like them, is dirt on the paper
_LIKELY = 0.5
_PIXELS = 100_000_000
# A comma between thousands read as a decimal point, or the reverse, looks sure on any page.
_CONFUSED = re.compile(r"[.．]\d{3}(?!\d)|[.．]\d+[.．]|[,，]\d{1,2}(?!\d)")
_FIGURE = re.compile(r"\d[\d.,，．]*[%％]?")


def is_installed() -> bool:
    """True where the extra ``ocr`` is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    # Its classifier of lines set upside down takes some upright ones for such; pages are turned as a whole instead.
    options = {
        "Global.log_level": "error",
        "Global.use_cls": False,
        "Global.text_score": 0.0,
        "Global.return_word_box": True,
        "Global.return_single_char_box": True,
    }
    return RapidOCR(params=options)


def _read(picture: Any) -> Any:
    """What is recognised in a picture, the way round that the engine is surer of."""
    found = _engine()(picture)
    if not found.txts or median(found.scores) >= _UPRIGHT:
        return found
    turned = _engine()(picture[::-1, ::-1].copy())
    return turned if turned.txts and median(turned.scores) > median(found.scores) else found


class _Row:
    """A recognised line: its text and how sure each character of it is (0 to 1)."""

    def __init__(self, text: str, score: float, words: Any, box: Any) -> None:
        self.text, self.score, self.box = wide_marks(text.strip()), float(score), box
        found = [float(sure) for _, sure, _ in words]
        # Spaces count among the scores but not among the characters scored: either may be meant.
        self.sure: list[float] = []
        letters = 0
        for n, char in enumerate(text):
            at = (n, n if char.isspace() else letters)
            self.sure.append(min(found[k] if k < len(found) else self.score for k in at))
            letters += not char.isspace()
        lead = len(text) - len(text.lstrip())
        self.sure = self.sure[lead : lead + len(self.text)]

    def doubts(self, average: float) -> tuple[tuple[int, int, str], ...]:
        """The spans that must not be trusted, on a page whose letters and digits are sure to ``average``."""
        found: list[tuple[int, int, str]] = []
        for match in _FIGURE.finditer(self.text):
            if average < FIGURES_SURE:
                found.append((*match.span(), f"本页文字识别把握 {average:.1%}，数字可能漏了小数点，请核对原件"))
            elif _CONFUSED.search(match.group()):
                found.append((*match.span(), "小数点与千分位的逗号可能认混，请核对原件"))
        taken = {at for start, end, _ in found for at in range(start, end)}
        weak = [
            sure < CHARACTER_SURE and (char.isalnum() or char in ".%％") and at not in taken
            for at, (char, sure) in enumerate(zip(self.text, self.sure, strict=True))
        ]
        for key, run in groupby(range(len(weak)), weak.__getitem__):
            places = list(run)
            if key:
                sure = min(self.sure[at] for at in places)
                found.append((places[0], places[-1] + 1, f"文字识别把握 {sure:.0%}，请核对原件"))
        return tuple(sorted(found))

    def piece(self, scale: float, average: float) -> Piece:
        """The line in its place; its size by its breadth, which is more even than the height of its frame."""
        left, right = (float(f(self.box[:, 0])) * scale for f in (min, max))
        top, bottom = (float(f(self.box[:, 1])) * scale for f in (min, max))
        frame = (bottom - top) / _FRAME
        size = (right - left) / width(self.text) if width(self.text) >= 8 else frame
        return Piece(self.text, left, right, bottom - 0.25 * frame, max(1.0, size), self.doubts(average))


def _results(found: Any) -> Iterator[tuple[str, float, Any, Any]]:
    """Text, score, scored characters and frame of each line that was recognised."""
    texts = found.txts or ()
    for n, text in enumerate(texts):
        scored = len(found.word_results) == len(texts)
        yield text, found.scores[n], found.word_results[n] if scored else (), found.boxes[n]


def page(picture: Any, scale: float, number: int) -> Page:
    """The lines in ``picture`` (rows × columns × colours, uint8), page ``number``; ``scale`` points to a pixel."""
    found = _read(picture)
    height, breadth = picture.shape[:2]
    lines = [line for line in (_Row(*result) for result in _results(found)) if line.text]
    dirt = [line for line in lines if line.score < _LIKELY and len(line.text) <= _SPECK]
    reason = f"第 {number} 页上疑为污点、印章的笔画（认作文字的把握不到一半），未读入"
    left_out = tuple(Note("ocr", 0, 0, reason, line.text) for line in dirt)
    kept = [line for line in lines if line not in dirt]
    sures = [sure for line in kept for char, sure in zip(line.text, line.sure, strict=True) if char.isalnum()]
    average = mean(sures) if sures else 1.0
    pieces = tuple(line.piece(scale, average) for line in kept)
    doubt = f"第 {number} 页不清楚，整页文字识别把握只有 {average:.0%}，请核对原件" if average < PAGE_SURE else ""
    return Page(pieces, breadth * scale, height * scale, left_out, doubt=doubt)


def decode(path: Path, content: bytes, limits: Limits = DEFAULTS) -> Decoded:
    """The text of an image file, each of its frames a page.

    Raises OcrMissing, FileDamaged, TooManyPages, PictureTooLarge.
    """
    if not is_installed():
        raise OcrMissing(path)
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence

    pages: list[Page] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit is our own
            image = Image.open(io.BytesIO(content))
        with image:
            for n, frame in enumerate(ImageSequence.Iterator(image)):
                if n >= limits.scanned_pages:
                    raise TooManyPages(path, n + 1, limits.scanned_pages, "扫描件")
                if frame.width * frame.height > _PIXELS:
                    raise PictureTooLarge(path, _PIXELS)
                upright = ImageOps.exif_transpose(frame).convert("RGB")
                pages.append(page(np.asarray(upright)[:, :, ::-1], _POINTS, n + 1))
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(path, _PIXELS) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise FileDamaged(path) from error
    return decoded(pages, ENCODING)
