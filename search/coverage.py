"""What was looked through to answer a place question: how many documents, and which places they are silent about.

未提及不等于未开展: a report that doesn't tell of a thing doesn't deny it, and every line says so.
"""

from collections.abc import Iterable, Mapping, Set
from functools import cached_property, lru_cache
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document, Level
from graph.periods import document_years
from search.admission import CALLED, answers_level
from search.answers import Coverage
from search.conditions import Conditions
from search.register import numbered
from search.years import ENDLESS

_PROVISO = "未提及不等于未开展。"
_NAMED = 3  # silent places that the line names
_REMEMBERED = 64  # questions' levels and regions
Mask = NDArray[np.bool_]


class Survey:
    """The documents of a library and the ``doers`` (place, code, level) that they tell of."""

    def __init__(self, documents: Mapping[str, Document], doers: Iterable[tuple[str, str, Level]]) -> None:
        self._documents = sorted(documents.values(), key=attrgetter("place_code", "place"))
        self._numbers = {document.id: number for number, document in enumerate(self._documents)}
        # (place, code, level): a unit and a place may share a name.
        self._known = {doer for doer in doers if doer[0]}
        self._known |= {doer for doer in map(attrgetter("place", "place_code", "level"), self._documents) if doer[0]}
        self._owners, self._owner = numbered(map(attrgetter("place"), self._documents))
        self._asked = lru_cache(_REMEMBERED)(self._asked_for)

    def _asked_for(self, level: str, within: tuple[str, ...], excluded: tuple[str, ...]) -> tuple[int, Mask]:
        """How many places are asked for; (places with documents,) True for those."""
        admits = Conditions(within=within, excluded=excluded).admits
        places = {place for place, code, own in self._known if answers_level(own, level) and admits(code)}
        return len(places), np.fromiter((place in places for place in self._owners), np.bool_, len(self._owners))

    @cached_property
    def _spans(self) -> NDArray[np.int64]:
        """(documents, 2) the first and the last year that each covers; no year where that isn't known."""
        spans = (document_years(document) or (ENDLESS + 1, -1) for document in self._documents)
        return np.array([*spans], np.int64).reshape(-1, 2)

    @property
    def whole(self) -> Coverage:
        """All that is looked through, whatever is asked."""
        places = len({place for place, _, _ in self._known})
        line = f"{len(self._documents)} 份文献涉及 {places} 个地方；{_PROVISO}"
        return Coverage(len(self._documents), places, line)

    def coverage(self, level: str, conditions: Conditions, mentioning: Set[str], note: str = "") -> Coverage:
        """The coverage of a question for places of ``level``; ``mentioning`` are ids of documents that speak of its topic.

        ``note`` opens the line.
        """
        places, asked = self._asked(level, conditions.within, conditions.excluded)
        speaking = np.ones(len(self._documents), np.bool_)
        if conditions.years:
            first, last = conditions.years
            speaking = (self._spans[:, 0] <= last) & (self._spans[:, 1] >= first)
        heard = np.zeros(len(self._documents), np.bool_)
        heard[[self._numbers[identity] for identity in mentioning]] = True
        own, told = (np.zeros(len(self._owners), np.bool_) for _ in range(2))
        own[self._owner[speaking]] = True
        told[self._owner[speaking & heard]] = True
        own &= asked
        silent = tuple(self._owners[number] for number in np.flatnonzero(own & ~told).tolist())
        limited = bool(conditions.within or conditions.excluded)
        line = self._line(CALLED.get(level, CALLED[""]), places, int(own.sum()), len(mentioning), silent, limited)
        return Coverage(len(self._documents), places, note + line, silent, len(mentioning))

    def _line(self, called: str, places: int, own: int, mentioning: int, silent: tuple[str, ...], limited: bool) -> str:
        if not self._documents:
            return f"资料库里还没有文献；{_PROVISO}"
        # Documents are counted wherever they are from: the places asked for are fewer.
        heard = f"{'不限地方，' * limited}{mentioning} 份提到" if mentioning else "没有一份提到"
        line = f"查了 {len(self._documents)} 份文献，涉及 {places} 个{called}，{heard}；"
        if mentioning and len(silent) == own:
            line += f"有自己文献的 {own} 个{called}都没有提到；" if own else ""
        elif mentioning and silent:
            names = "、".join(silent[:_NAMED]) + ("等" if len(silent) > _NAMED else "")
            line += f"有自己文献的 {own} 个{called}中，{len(silent)} 个没有提到（{names}）；"
        return line + _PROVISO
