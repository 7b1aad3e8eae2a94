"""What a query says by signs: “required”, -excluded, 地方:荆州. Reading one never fails: what makes no sense is told and
searched as ordinary words.

Signs count in short queries only; a pasted paragraph is searched as it stands. Quotation marks “…” "…" 「…」 『…』 require
what they hold; ‘…’ and 《…》 only raise it, since titles are often cited in short.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Literal

from search.analyzer import simplified, squeeze
from search.answers import Filters, Operator
from search.values import FIELDS, WORDS, Vocabulary, near_field, read_value

LONG = 60  # characters from which a query is a pasted paragraph
_WIDE = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
_UNSEEN = dict.fromkeys((*range(32), *range(127, 160), *range(8203, 8208), *range(8234, 8239), 65279), " ")
_LONE = re.compile("[\ud800-\udfff]")
# Double marks pair with the next double mark, for input methods often type the wrong one of the two.
_OPENING, _CLOSING = "“〝", "”〞"
_DOUBLE = '“”〝〞"'
_CORNERS = {"「": "」", "『": "』"}
_MINUS = "-−"
_END = r"\s“”〝〞\"「」『』"
_WORD = re.compile(rf"[^{_END}，,。；;、？?！!]+")
_NAMES = "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
_FIELD = re.compile(rf"(?P<name>{_NAMES})\s*:\s*(?P<value>[^{_END}；;。？?！!]*)", re.IGNORECASE)
_MAYBE = re.compile(rf"(?P<name>[a-z]{{3,12}}|[\u4e00-\u9fff]{{2,3}}):(?=[^\s/{_END}])", re.IGNORECASE)
_SEPARATOR = re.compile(r"[,，、|/]")
_BOUNDARY = re.compile(r"[\s，,。；;、？?！!“”〝〞\"「」『』]$")

Kind = Literal["required", "excluded", "filter"]


@dataclass(frozen=True, slots=True)
class Query:
    """``text`` is what is ranked, with the signs taken out and quotation marks left in; ``required``: every hit must hold
    each; ``excluded``: no hit may hold one; ``filters`` come from 地方:荆州, several values of a field joined with 、;
    ``problems`` are Chinese sentences about what was not understood; ``signs`` are minus words and fields as written."""

    text: str
    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    problems: tuple[str, ...] = ()
    signs: str = ""
    operators: tuple[Operator, ...] = ()

    @property
    def binding(self) -> bool:
        """True where it has signs that no question and no name has: fields or minus words."""
        return any(operator.kind != "required" for operator in self.operators)


@dataclass(slots=True)
class _Part:
    """A sign at ``start:end`` of the query, and the ``text`` to leave in its place."""

    start: int
    end: int
    kind: Kind | Literal["ignored"]
    values: tuple[str, ...]
    name: str = ""
    text: str = " "


def is_long(query: str) -> bool:
    """True for a pasted paragraph: long, or several sentences."""
    return len(squeeze(query)) >= LONG or len(re.findall(r"[。！？；][^。！？；]", query)) >= 2


def readable(query: str) -> str:
    """A query that can be written: half characters that no encoding has are replaced."""
    return _LONE.sub("\ufffd", query)


def clean(query: str) -> str:
    """A query without what cannot be seen, encoded or told from a space; offsets stay as they are."""
    return readable(query).translate(_UNSEEN)


def plain(query: str) -> str:
    """The same in half width and simplified characters, one to one."""
    return simplified(clean(query).translate(_WIDE))


def parse_query(query: str, vocabulary: Vocabulary | None = None) -> Query:
    """The parts of a query. Never raises."""
    query = clean(query)
    if is_long(query):
        return Query(query.strip())
    return _Scanner(query, vocabulary or Vocabulary()).read()


class _Scanner:
    """Reads one query from left to right."""

    def __init__(self, query: str, vocabulary: Vocabulary) -> None:
        self._query = query
        self._typed = plain(query)
        self._vocabulary = vocabulary
        self._parts: list[_Part] = []
        self._problems: dict[str, None] = {}

    def read(self) -> Query:
        at = 0
        while at < len(self._typed):
            at = self._minus(at) or self._field(at) or self._quoted(at) or at + 1
        operators = tuple(
            Operator(part.kind, part.name, "、".join(part.values), self._without(part))
            for part in self._parts
            if part.kind != "ignored"
        )
        return Query(
            text=_spaced(self._cut(self._parts)),
            required=self._held("required"),
            excluded=self._held("excluded"),
            filters=_filters(self._parts),
            problems=tuple(self._problems),
            signs=_spaced(" ".join(self._query[p.start : p.end] for p in self._parts if p.text == " ")),
            operators=operators,
        )

    def _held(self, kind: Kind) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for part in self._parts if part.kind == kind for value in part.values))

    def _cut(self, parts: Iterable[_Part]) -> str:
        out, at = "", 0
        for part in parts:
            out += self._query[at : part.start] + part.text
            at = part.end
        return out + self._query[at:]

    def _without(self, part: _Part) -> str:
        """The query without a sign; a phrase goes on as ordinary words."""
        kept = part.values[0] if part.kind == "required" else " "
        return _spaced(self._cut([replace(part, text=kept)]))

    def _opens(self, at: int) -> bool:
        return at == 0 or _BOUNDARY.search(self._typed[at - 1]) is not None

    # ------------------------------------------------------------------ “…”
    def _quotation(self, at: int) -> tuple[int, int] | None:
        """Where the phrase lies whose opening mark stands at ``at``."""
        text = self._typed
        if text[at] in _CORNERS:
            end = text.find(_CORNERS[text[at]], at + 1)
        elif text[at] in _DOUBLE:
            end = next((i for i in range(at + 1, len(text)) if text[i] in _DOUBLE), -1)
            if end > 0 and text[at] in _CLOSING and text[end] in _OPENING:
                return None
        else:
            return None
        return (at + 1, end) if end > 0 and squeeze(text[at + 1 : end]) else None

    def _quoted(self, at: int) -> int:
        found = self._quotation(at)
        if found:
            start, end = found
            self._parts.append(
                _Part(at, end + 1, "required", (self._query[start:end].strip(),), text=self._query[at : end + 1])
            )
            return end + 1
        if self._typed[at] in (*_DOUBLE, *_CORNERS, *_CORNERS.values()):
            self._problems["引号没有成对，已按普通字词查找。"] = None
        return 0

    # ------------------------------------------------------------------ -词
    def _minus(self, at: int) -> int:
        text = self._typed
        if text[at] not in _MINUS or (at and not text[at - 1].isspace()) or at + 1 >= len(text):
            return 0
        if found := self._quotation(at + 1):
            self._parts.append(_Part(at, found[1] + 1, "excluded", (self._query[slice(*found)].strip(),)))
            return found[1] + 1
        if (field := _FIELD.match(text, at + 1)) and WORDS[field["name"].lower()] in FIELDS:
            self._problems[f"“{text[at]}{field[0].strip()}”没有起作用：减号只能排除字词，不能排除条件。"] = None
            self._parts.append(_Part(at, field.end(), "ignored", ()))
            return field.end()
        word = _WORD.match(text, at + 1)
        if word is None or word[0][0] in "-−—–" or word[0][0].isdigit() or not squeeze(word[0]):
            return 0
        self._parts.append(_Part(at, word.end(), "excluded", (self._query[word.start() : word.end()],)))
        return word.end()

    # ------------------------------------------------------------------ 地方:荆州
    def _field(self, at: int) -> int:
        if not self._opens(at):
            return 0
        found = _FIELD.match(self._typed, at)
        if found is None:
            return self._unknown(at)
        name = WORDS[found["name"].lower()]
        start, end = found.span("value")
        if not found["value"].strip():
            quoted = self._quotation(end) if end < len(self._typed) else None
            if quoted is None:
                self._problems[f"“{found['name']}:”后面没有写值，已按普通字词查找。"] = None
                return found.end()
            start, end = quoted
            return self._take(at, end + 1, found["name"], name, [(start, end)])
        pieces, begin = [], start
        for mark in (*_SEPARATOR.finditer(self._typed, start, end), None):
            pieces.append((begin, mark.start() if mark else end))
            begin = mark.end() if mark else end
        return self._take(at, end, found["name"], name, pieces)

    def _take(self, at: int, end: int, written: str, name: str, pieces: list[tuple[int, int]]) -> int:
        """Take the values that make sense; from the first later one that makes none, what stands there is text."""
        if name in ("required", "excluded"):
            stop = pieces[0][1] if end == pieces[-1][1] else end
            words = self._query[slice(*pieces[0])].strip()
            kind: Kind = "required" if name == "required" else "excluded"
            if not squeeze(words):
                return 0
            self._parts.append(_Part(at, stop, kind, (words,), text=f"“{words}”" if kind == "required" else " "))
            return stop
        values: list[str] = []
        for number, (start, stop) in enumerate(pieces):
            piece = self._typed[start:stop].strip()
            found = read_value(name, piece, self._vocabulary)
            if found.value:
                values.append(found.value)
                continue
            if number == 0:
                if found.problem:
                    self._problems[found.problem.format(written=f"{written}:{piece}")] = None
                return end if found.problem else 0
            end = start - 1
            break
        self._parts.append(_Part(at, end, "filter", tuple(dict.fromkeys(values)), name))
        return end

    def _unknown(self, at: int) -> int:
        """A word before a colon that is nearly the name of a field is told; any other is ordinary text."""
        found = _MAYBE.match(self._typed, at)
        if found is None:
            return 0
        name = found["name"]
        near = near_field(name.lower())
        # A word and a colon are ordinary Chinese; only Latin ones with a half-width colon must be meant as a field.
        if not near and not (name.isascii() and self._query[found.end() - 1] == ":"):
            return 0
        hint = f"您是不是要写“{near}”？" if near else f"可用的有{'、'.join(FIELDS.values())}。"
        self._problems[f"没有“{name}”这个条件，现已按普通字词查找。{hint}"] = None
        return found.end()


def _filters(parts: Iterable[_Part]) -> Filters:
    """The filters of all fields; several values of one field are alternatives."""
    values: dict[str, dict[str, None]] = {}
    for part in parts:
        if part.kind == "filter":
            values.setdefault(part.name, {}).update(dict.fromkeys(part.values))
    return Filters(**{name: "、".join(found) for name, found in values.items()})


def _spaced(text: str) -> str:
    return " ".join(text.split())


def overridden(filters: Filters, given: Filters) -> Filters:
    """``filters`` with those of ``given`` in place of theirs: what was chosen last holds."""
    return replace(filters, **{f.name: value for f in fields(given) if (value := getattr(given, f.name))})
