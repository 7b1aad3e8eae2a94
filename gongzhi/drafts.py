"""Drafts to be looked at: the text of a file, read as the files of a library are, and kept nowhere.

What foreign code reads (PDF) is read by a process of its own, as while ingesting: a damaged file can end the one that
reads it. ``python -m gongzhi.drafts NAME`` is that process: bytes in, JSON out.
"""

import json
import subprocess
import sys
from pathlib import Path

from corpus.errors import GongzhiError
from gongzhi.errors import DraftBroken, DraftKindUnknown, DraftSlow, DraftTooLarge, DraftTooLong
from ingest.limits import MIB, Limits

#: Characters and bytes of a draft.
MOST, MOST_BYTES = 20_000, 5 * MIB
_SUFFIXES = (".txt", ".md", ".docx", ".pdf")
_APART = ".pdf"
_LONGEST_NAME = 100
_SECONDS = 30  # that a file may take
# A draft that is all pictures is refused: recognising takes seconds a page.
_LIMITS = Limits(text=MOST_BYTES, package=64 * MIB, pages=200, scanned_pages=0, characters=200_000)


def draft_text(name: str, content: bytes) -> str:
    """The text of a draft in a file called ``name``. Raises an IngestError, DraftKindUnknown, DraftBroken, DraftSlow,
    DraftTooLarge, DraftTooLong."""
    from ingest.readers import READERS, sniffing

    # The name is only told again, and handed to a process: no sign that can't be shown, and no endless one.
    path = Path("".join(filter(str.isprintable, Path(name).name))[-_LONGEST_NAME:] or "草稿")
    if len(content) > MOST_BYTES:
        raise DraftTooLarge(path.name, MOST_BYTES)
    suffix = sniffing.suffix(path, content)
    if suffix in READERS and suffix not in _SUFFIXES:
        raise DraftKindUnknown(path.name)
    text = _apart(path, content) if suffix == _APART else _decoded(path, content)
    if len(text) > MOST:
        raise DraftTooLong(path.name, len(text), MOST)
    return text


def upload_text(name: str, content: bytes) -> str:
    """The same for the web. Raises DraftUnreadable."""
    from web.errors import DraftUnreadable

    try:
        return draft_text(name, content)
    except GongzhiError as error:
        # The readers speak to whoever builds a library.
        raise DraftUnreadable(str(error).replace("再重新导入", "再上传").replace("再导入", "再上传")) from error


def _decoded(path: Path, content: bytes) -> str:
    from ingest.errors import OcrMissing, TooManyPages
    from ingest.readers import decode

    try:
        return decode(path, content, _LIMITS).text.strip()
    except (OcrMissing, TooManyPages) as error:
        raise DraftBroken(path.name, "是扫描件，或者页数太多") from error


def _apart(path: Path, content: bytes) -> str:
    """The text, read by another process. Raises DraftBroken, DraftSlow."""
    command = [sys.executable, "-m", "gongzhi.drafts", path.name]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise DraftSlow(path.name) from error
    try:
        said = json.loads(done.stdout)
    except ValueError as error:
        raise DraftBroken(path.name, "文件损坏") from error
    if said["failure"]:
        raise GongzhiError(said["failure"])
    return str(said["text"])


def _main() -> None:
    try:
        said = {"text": _decoded(Path(sys.argv[1]), sys.stdin.buffer.read()), "failure": ""}
    except GongzhiError as error:
        said = {"text": "", "failure": str(error)}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    _main()
