"""Which of several divisions of one name a text means: the one whose surroundings it speaks of."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from corpus.places import Gazetteer, Place

# A report names its own city often and early; reading all of a long one would tell nothing more.
_LONGEST = 30_000


class Surroundings:
    """The divisions that a text names without doubt, counted with the divisions around them.

    ``around`` is a text that says where the whole collection comes from (its cover); it decides where the text
    itself doesn't.
    """

    def __init__(self, text: str, places: Gazetteer, around: str = "") -> None:
        self._text = text[:_LONGEST]
        self._around = around
        self._places = places

    def _counted(self, text: str) -> Counter[str]:
        counts: Counter[str] = Counter()
        for hit in self._places.find(text):
            reading = hit.places[0] if len(hit.places) == 1 else self._places.resolve(text[hit.start : hit.end])
            if reading is not None and (hit.full or reading.level in ("province", "city")):
                counts.update({reading.code, *(above.code for above in self._places.ancestors(reading))})
        return counts

    @cached_property
    def _near(self) -> Counter[str]:
        return self._counted(self._text)

    @cached_property
    def _far(self) -> Counter[str]:
        return self._counted(self._around)

    def names(self, place: Place) -> bool:
        """True where the text names the division, one around it or one in it."""
        province = self._places.province(place)
        return bool(self._near[place.code] or (province and self._near[province.code]))

    def choose(self, readings: Sequence[Place]) -> Place | None:
        """The reading whose city, else whose province, is spoken of most; None where that doesn't tell them apart."""
        for counts in (self._near, self._far):
            ranked = sorted(readings, key=lambda place: self._weight(place, counts), reverse=True)
            first, second = (self._weight(place, counts) for place in ranked[:2])
            if first > second:
                return ranked[0]
        return None

    def _weight(self, place: Place, counts: Counter[str]) -> tuple[int, int]:
        province = self._places.province(place)
        return counts[place.parent] if place.parent != "000000" else 0, counts[province.code] if province else 0
