"""Which models a library is searched with.

The embedder: the one that is asked for by name; else the library's own (``gongzhi adapt`` writes it into the library);
else the one that the library's vectors were made with; else the bundled one. Its name, id and dimension are stamped in
the library, so that whoever opens it next uses the same without being told, and is told where that can't be had.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import LibraryError
from corpus.notes import note, put_note
from corpus.store import Store
from search.cache import FOLDER as CACHE
from search.embedders import BUNDLED, Counted, Embedder, Kept, open_embedder
from search.embedders.kept import FILE_NAME as KEPT
from search.embedders.static import WEIGHTS, StaticEmbedder
from search.errors import (
    EmbedderNotFound,
    EmbedderUnreadable,
    LibraryModelMissing,
    ModelFolderMissing,
    NeuralExtraMissing,
)
from search.rerank import CrossReranker, Reranker

FOLDER = "model"  # the library's own model, inside it
OWN = "own"
BUNDLED_NAME = "bundled"
SETTING = "GONGZHI_EMBEDDER"
_KEY = "embedder"  # in the library's notes
_QUICK: tuple[type[Embedder], ...] = (StaticEmbedder,)  # what encodes too fast for vectors to be kept


if TYPE_CHECKING:
    from search.backends.interface import Backend


@dataclass(frozen=True, slots=True)
class Asked:
    """What the environment asks for: names or folders, "" for the usual; ``dimension`` 0 for all that there are."""

    embedder: str = ""
    dimension: int = 0
    reranker: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An embedder to open: ``name`` is ``bundled``, ``own`` (the library's), a folder or a name; ``stamped`` says that
    nobody asked for it but the library was built with it; ``version`` changes when the library's own one does."""

    name: str
    dimension: int = 0
    stamped: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class Stamp:
    """The embedder that a library's vectors were made with: what to open it by, its id, numbers in a vector, and the
    dimension it was cut to (0 for none)."""

    name: str
    id: str
    size: int
    dimension: int = 0


def stamp_of(store: Store) -> Stamp | None:
    """The stamp of a library; None where it has none, as before its first index."""
    try:
        return Stamp(**json.loads(note(store, _KEY)))
    except (ValueError, TypeError):
        return None


def choose(store: Store, asked: Asked) -> Choice:
    """The embedder to search a library with."""
    own = store.folder / FOLDER
    if asked.embedder:
        folder = Path(asked.embedder)
        # A folder is remembered by where it is, not by where one stood when it was given.
        name = BUNDLED_NAME if asked.embedder in (BUNDLED_NAME, "自带") else asked.embedder
        return Choice(str(folder.resolve()) if folder.is_dir() else name, asked.dimension)
    stamp = stamp_of(store)
    dimension = asked.dimension or (stamp.dimension if stamp else 0)
    if StaticEmbedder.recognises(own):
        return Choice(OWN, dimension, version=(own / WEIGHTS).stat().st_mtime_ns)
    if stamp is None or stamp.name in (OWN, BUNDLED_NAME):
        return Choice(BUNDLED_NAME, dimension)
    return Choice(stamp.name, dimension, stamped=True)


class Models:
    """Opens what is asked for, and holds it: a library that has changed is opened again with the same model."""

    def __init__(
        self,
        asked: Asked | None = None,
        report: Callable[[int], None] | None = None,
        backend: "Callable[[Embedder], Backend] | None" = None,
    ) -> None:
        """``report`` is told how many texts were encoded so far; ``backend`` opens the store of passages that libraries
        are searched in, where it isn't the library itself."""
        self.backend = backend
        self.asked = asked or Asked()
        self._report = report
        self._held: tuple[Choice, Embedder] | None = None

    def embedder(self, store: Store) -> tuple[Choice, Embedder]:
        """The embedder to search a library with, and how it was chosen.

        Raises LibraryModelMissing for one that the library was built with and that isn't there any more, else the
        errors of ``open_embedder``.
        """
        choice = choose(store, self.asked)
        if self._held is None or self._held[0] != choice:
            opened = _open(choice, store.folder)
            used: Embedder = Counted(opened, self._report) if self._report else opened
            quick = isinstance(opened, _QUICK)
            self._held = choice, used if quick else Kept(used, store.folder / CACHE / KEPT)
        return self._held

    @cached_property
    def reranker(self) -> Reranker | None:
        """The reranker asked for, if one is. Raises NeuralExtraMissing or RerankerUnreadable."""
        return CrossReranker(self.asked.reranker) if self.asked.reranker else None


def _open(choice: Choice, folder: Path) -> Embedder:
    places = {OWN: str(folder / FOLDER), BUNDLED_NAME: str(BUNDLED)}
    try:
        return open_embedder(places.get(choice.name, choice.name), choice.dimension)
    except (EmbedderNotFound, EmbedderUnreadable, ModelFolderMissing, NeuralExtraMissing) as error:
        if not choice.stamped:
            raise
        raise LibraryModelMissing(choice.name, error) from error


def put_stamp(store: Store, choice: Choice, embedder: Embedder) -> str:
    """Stamp the library with what its vectors are made with now. Returns a sentence where that was another before,
    else ""; a library that can't be written keeps its stamp."""
    before = stamp_of(store)
    now = Stamp(choice.name, embedder.id, embedder.size, choice.dimension)
    if before == now:
        return ""
    try:
        put_note(store, _KEY, json.dumps(asdict(now), ensure_ascii=False))
    except LibraryError:
        return ""
    if before is None or before.id == now.id:
        return ""
    return (
        f"资料库的向量原由{shown(before)}算出，现已改用{shown(now)}重算，以后也用它；要用自带的，设 {SETTING}=bundled。"
    )


def shown(stamp: Stamp) -> str:
    """A stamp for people: 自带模型（192 维）."""
    names = {OWN: "本库微调的模型", BUNDLED_NAME: "自带模型"}
    return f"{names.get(stamp.name, f'模型“{stamp.name}”')}（{stamp.size} 维）"
