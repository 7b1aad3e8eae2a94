"""Pictures of text through RapidOCR (extra ``ocr``): recognised lines with their places."""

import io
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from ingest.errors import FileDamaged, OcrMissing, TooManyPages
from ingest.lines import width
from ingest.readers.columns import Piece
from ingest.readers.pages import Page, text_of

PAGE_LIMIT = 500
ENCODING = "ocr"
_POINTS = 72 / 200  # a pixel, in points, of a picture that doesn't say: pictures are taken as printed at 200 dpi
_SURE = 0.8
_FRAME = 1.3  # height of a found line's frame in sizes of its type


def is_installed() -> bool:
    """True where the extra ``ocr`` is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    # Its classifier of lines set upside down takes some upright ones for such; pages are turned as a whole instead.
    return RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False})


def _piece(text: str, box: Any, scale: float) -> Piece:
    """A recognised line; its size by its breadth, which is more even than the height of its frame."""
    left, right = (float(f(box[:, 0])) * scale for f in (min, max))
    top, bottom = (float(f(box[:, 1])) * scale for f in (min, max))
    frame = (bottom - top) / _FRAME
    size = (right - left) / width(text) if width(text) >= 8 else frame
    return Piece(text, left, right, bottom - 0.25 * frame, max(1.0, size))


def _read(picture: Any) -> Any:
    """What is recognised in a picture, the way round that the engine is surer of."""
    found = _engine()(picture)
    if not found.txts or median(found.scores) >= _SURE:
        return found
    turned = _engine()(picture[::-1, ::-1].copy())
    return turned if turned.txts and median(turned.scores) > median(found.scores) else found


def page(picture: Any, scale: float) -> Page:
    """The lines in ``picture`` (rows × columns × colours, uint8); ``scale`` points to a pixel."""
    found = _read(picture)
    height, breadth = picture.shape[:2]
    lines = zip(found.txts, found.boxes, strict=True) if found.txts else ()
    pieces = tuple(_piece(text.strip(), box, scale) for text, box in lines if text.strip())
    return Page(pieces, breadth * scale, height * scale)


def decode(path: Path, content: bytes) -> tuple[str, str]:
    """(text, "ocr") of an image file, each of its frames a page. Raises OcrMissing, FileDamaged, TooManyPages."""
    if not is_installed():
        raise OcrMissing(path)
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence

    pages: list[Page] = []
    try:
        with Image.open(io.BytesIO(content)) as image:
            for n, frame in enumerate(ImageSequence.Iterator(image)):
                if n >= PAGE_LIMIT:
                    raise TooManyPages(path, n + 1, PAGE_LIMIT, "扫描件")
                upright = ImageOps.exif_transpose(frame).convert("RGB")
                pages.append(page(np.asarray(upright)[:, :, ::-1], _POINTS))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise FileDamaged(path) from error
    return text_of(pages), ENCODING
