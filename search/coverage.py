"""What was looked through to answer a place question: how many documents, and which places they are silent about.

未提及不等于未开展: a report that doesn't tell of a thing doesn't deny it, and every line says so.
"""

from collections.abc import Iterable, Mapping, Set

from corpus.model import Document, Level
from search.admission import CALLED, answers_level
from search.answers import Coverage
from search.conditions import Conditions
from search.years import may_speak_of

_PROVISO = "未提及不等于未开展。"
_NAMED = 3  # silent places that the line names


class Survey:
    """The documents of a library and the ``doers`` (place, code, level) that they tell of."""

    def __init__(self, documents: Mapping[str, Document], doers: Iterable[tuple[str, str, Level]]) -> None:
        self._documents = sorted(documents.values(), key=lambda d: (d.place_code, d.place))
        # (place, code, level): a unit and a place may share a name.
        self._known = {doer for doer in doers if doer[0]}
        self._known |= {(d.place, d.place_code, d.level) for d in documents.values() if d.place}

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
        wanted = [row for row in self._known if answers_level(row[2], level) and conditions.admits(row[1])]
        places = {place for place, _, _ in wanted}
        own: dict[str, bool] = {}
        for document in self._documents:
            if document.place in places and (not conditions.years or may_speak_of(document, conditions.years)):
                own[document.place] = own.get(document.place, False) or document.id in mentioning
        silent = tuple(place for place, heard in own.items() if not heard)
        limited = bool(conditions.within or conditions.excluded)
        line = self._line(CALLED.get(level, CALLED[""]), len(places), len(own), len(mentioning), silent, limited)
        return Coverage(len(self._documents), len(places), note + line, silent, len(mentioning))

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
