"""What the environment sets."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.unswept import unswept
from gongzhi.errors import KeyInvalid, SettingInvalid, SettingMissing
from ingest.limits import DEFAULTS, MAX_FILE_MB, MAX_PAGES, MIB, Limits

if TYPE_CHECKING:
    from gongzhi.summary import ChatSummariser
    from search.backends.interface import Backend
    from search.embedders import Embedder
    from search.engine import Engine
    from search.models import Models

#: The embedder: a model's folder or its sentence-transformers name, or ``bundled``; empty for what the library has.
EMBEDDER = "GONGZHI_EMBEDDER"

#: Of its numbers only so many leading ones, for a model trained so that they stand alone: less space, less exact.
DIMENSION = "GONGZHI_DIMENSION"

#: The CrossEncoder that looks at the best candidates again, by folder or name; empty for none.
RERANKER = "GONGZHI_RERANKER"

#: Whoever has it may correct documents in the browser and through the API; empty: nobody may.
TOKEN = "GONGZHI_TOKEN"


#: The endpoint that may write summaries (its address, the name of its model, a key): without the address there are none,
#: and nothing ever goes out.
SUMMARY_URL, SUMMARY_MODEL, SUMMARY_KEY = "GONGZHI_SUMMARY_URL", "GONGZHI_SUMMARY_MODEL", "GONGZHI_SUMMARY_KEY"

#: Where passages are searched: ``milvus``, or ``local`` (also where it is not set) for the library's own folder.
BACKEND = "GONGZHI_BACKEND"

#: The Milvus server's address, or the .db file of an embedded one; its token; the name of the library there (several may
#: share a server); seconds that a call may take.
MILVUS_URI, MILVUS_TOKEN = "GONGZHI_MILVUS_URI", "GONGZHI_MILVUS_TOKEN"
MILVUS_NAME, MILVUS_TIMEOUT = "GONGZHI_MILVUS_NAME", "GONGZHI_MILVUS_TIMEOUT"

#: Set to off (or 0, no, 否, 关), no query is kept; else those without a sure answer are, in the library's folder.
QUERIES = "GONGZHI_QUERIES"
#: Further names by which a served library may be called in the browser, with commas between them.
ALLOWED_HOSTS = "GONGZHI_ALLOWED_HOSTS"
_OFF = ("off", "0", "no", "false", "否", "关")


def keeps_queries() -> bool:
    """Whether queries that had no sure answer are kept."""
    return os.environ.get(QUERIES, "").strip().lower() not in _OFF


def allowed_hosts() -> tuple[str, ...]:
    """The further names that the environment sets."""
    return tuple(filter(None, re.split(r"[,，、\s]+", os.environ.get(ALLOWED_HOSTS, ""))))


def token() -> str:
    """The token that the environment sets, or "". Never to be logged or printed."""
    return os.environ.get(TOKEN, "").strip()


def summariser() -> "ChatSummariser | None":
    """What writes summaries, or None where none is configured. Raises SettingInvalid, SettingMissing, KeyInvalid."""
    url, model, key = (os.environ.get(name, "").strip() for name in (SUMMARY_URL, SUMMARY_MODEL, SUMMARY_KEY))
    if not url:
        return None
    from gongzhi.summary import ChatSummariser, Endpoint

    if not model:
        raise SettingMissing(SUMMARY_MODEL, SUMMARY_URL)
    if not (key.isascii() and key.isprintable()):
        raise KeyInvalid(SUMMARY_KEY)
    try:
        return ChatSummariser(Endpoint.at(url, model, key))
    except ValueError as error:
        raise SettingInvalid(SUMMARY_URL, url, "http 或 https 地址，如 http://127.0.0.1:11434/v1") from error


def backend() -> "Callable[[Embedder], Backend] | None":
    """Opens the store of passages that the environment names, given a model; None for the library itself.

    Raises BackendUnknown, BackendAddressMissing, SettingInvalid.
    """
    from search.errors import BackendAddressMissing, BackendUnknown

    name = os.environ.get(BACKEND, "").strip()
    if name in ("", "local"):
        return None
    if name != "milvus":
        raise BackendUnknown(name, ("local", "milvus"))
    uri = os.environ.get(MILVUS_URI, "").strip()
    if not uri:
        raise BackendAddressMissing()
    library = os.environ.get(MILVUS_NAME, "").strip() or "gongzhi"
    if not (library.isascii() and library.isidentifier()):
        raise SettingInvalid(MILVUS_NAME, library, "字母开头，只有字母、数字、下划线")
    patience, secret = float(_number(MILVUS_TIMEOUT) or 10), os.environ.get(MILVUS_TOKEN, "").strip()

    def opened(embedder: "Embedder") -> "Backend":
        # Its client takes half a second to import: whoever doesn't use it doesn't pay.
        from search.backends.milvus import MilvusBackend

        return MilvusBackend.open(uri, embedder, token=secret, name=library, patience=patience, create=True)

    return opened


def models(report: Callable[[int], None] | None = None) -> "Models":
    """The models that the environment asks for; they are opened when a library is. ``report`` is told how many texts
    were encoded so far. Raises SettingInvalid."""
    from search.models import Asked, Models

    name, reranker = os.environ.get(EMBEDDER, "").strip(), os.environ.get(RERANKER, "").strip()
    return Models(Asked(name, _number(DIMENSION) or 0, reranker), report, backend())


def _number(name: str) -> int | None:
    """The whole number above 0 that a variable is set to; None where it is not set. Raises SettingInvalid."""
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    if not (value.isascii() and value.isdecimal() and 0 < int(value) <= 10**6):
        raise SettingInvalid(name, value, "1 到 1000000 之间的整数")
    return int(value)


def limits() -> Limits:
    """How much one file may bring in, after GONGZHI_MAX_FILE_MB and GONGZHI_MAX_PAGES. Raises SettingInvalid.

    A number of megabytes is that of any file, text or not; what an archive unpacks to, and how long a text may be, are
    raised with it, so that the one number is enough.
    """
    chosen = DEFAULTS
    size, pages = _number(MAX_FILE_MB), _number(MAX_PAGES)
    if size is not None:
        most = size * MIB
        unpacked, characters = max(chosen.unpacked, 4 * most), max(chosen.characters, most // 2)
        chosen = replace(chosen, text=most, package=most, unpacked=unpacked, characters=characters)
    if pages is not None:
        chosen = replace(chosen, pages=pages, scanned_pages=pages)
    return chosen


def engine(library: Path, report: Callable[[int], None] | None = None) -> "Engine":
    """The library opened for asking, with those models. Raises what ``Engine.open`` raises.

    Tells on the error stream where that made the library's vectors anew.
    """
    import click

    with unswept():
        from search.engine import Engine

        opened = Engine.open(library, models=models(report))
    if opened.notice:
        click.echo(opened.notice, err=True)
    return opened
