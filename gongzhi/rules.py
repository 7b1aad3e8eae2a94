"""The fingerprint of the rules by which this program reads: other rules may read the same file better."""

from functools import cache
from hashlib import blake2s
from importlib.util import find_spec
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_PACKAGES = ("corpus", "ingest", "graph")
_RULES = frozenset({".py", ".toml", ".csv"})


@cache
def fingerprint() -> str:
    """Sixteen hex digits over the code and tables that reading depends on, and whether scans can be read."""
    made = blake2s(digest_size=8)
    made.update(b"ocr" if find_spec("rapidocr") else b"")
    for package in _PACKAGES:
        for path in sorted(path for path in (_ROOT / package).rglob("*") if path.suffix in _RULES):
            made.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return made.hexdigest()
