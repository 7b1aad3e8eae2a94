"""HTML: the main text of a page, a block a line; menus, page heads and feet, link lists and hidden parts left out.

Blocks that consist of links are left out as in boilerplate detection by link density (Kohlschütter et al., Boilerplate
Detection using Shallow Text Features, WSDM 2010).
"""

import codecs
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.errors import MarkupTooDeep
from ingest.limits import DEFAULTS, Limits
from ingest.numbering import numbering
from ingest.readers import text
from ingest.readers.notes import Decoded

DEEPEST = 2000  # the parser takes time with the square of the depth of nested blocks
CELL_LONGEST = 200  # a longer cell is no cell of a table of data, but of a page's layout
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)", re.I)
# The encodings of Chinese pages besides UTF-8. GB18030 has all that GB2312 and GBK have; pages that declare those use
# more than they have, as Big5 pages use more than Big5.
_FAMILIES = {"gb": "gb18030", "x-gb": "gb18030", "cp936": "gb18030", "ms936": "gb18030", "big5": "big5hkscs"}
_NESTING = re.compile(
    r"<(/?)(?:article|aside|blockquote|center|details|div|dl|fieldset|figure|footer|form|header|main|nav|ol|section|"
    r"table|ul)[\s/>]",
    re.I,
)
_TAG = re.compile(r"<[A-Za-z!/][^<>]*>")
_NEVER = set("script style noscript template iframe svg math select button textarea object canvas audio video "
             "dialog head title input".split())  # fmt: skip
# Left out unless they hold most of the page: some systems wrap the whole of it in a form.
_AROUND = set("nav header footer aside form menu".split())
_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "toolbar"}
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|footer|sidebar|copyright|share|comments?|related|"
    r"pagination|pager|toolbar|login|weizhi)(?:[\s_-]|$)",
    re.I,
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_BLOCKS = set("address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form "
              "h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol p pre section summary table tbody td tfoot th thead "
              "tr caption ul".split())  # fmt: skip
_CELLS = {"tr", "td", "th"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_TRAIL = re.compile(r"^(?:您|你)?(?:现在|目前)?(?:的|所在)?(?:当前)?(?:的)?位置(?:是)?\s*[：:>]")
_SITE = re.compile(r"网$|网站|门户|首页|平台|频道|官网|Powered", re.I)
_SENTENCE = re.compile(r"[。；！？]")
_LONGEST_POINT = 80
_FOLD = re.compile(r"[\W_]+")


@dataclass(slots=True)
class _Measure:
    """What an element holds: characters, characters in links, links."""

    chars: int = 0
    linked: int = 0
    links: int = 0

    def add(self, other: "_Measure") -> None:
        self.chars += other.chars
        self.linked += other.linked
        self.links += other.links


def _walk(root: LexborNode, enter: Callable[[LexborNode], bool], leave: Callable[[LexborNode], None]) -> None:
    """Visit the nodes of a tree in order; what ``enter`` says False to is passed over, the others are left as well.

    Without recursion: pages may nest deeper than Python's stack.
    """
    node: LexborNode | None = root
    while node is not None:
        entered = enter(node)
        below = node.first_child if entered else None
        if below is not None:
            node = below
            continue
        if entered:
            leave(node)
        while node is not None and node.next is None and node.mem_id != root.mem_id:
            node = node.parent
            if node is not None:
                leave(node)
        node = None if node is None or node.mem_id == root.mem_id else node.next


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(attributes.get("style") or ""))


def _never(node: LexborNode) -> bool:
    return node.is_element_node and (node.tag in _NEVER or _is_hidden(node))


def _is_around(node: LexborNode) -> bool:
    """True for what frames the text of a page by its tag, its role, or the name its author gave it."""
    attributes = node.attributes
    if node.tag in ("html", "body", "main", "article") or node.tag in _HEADINGS:
        return False
    if node.tag in _AROUND:
        return not (node.tag == "header" and _within(node, {"article", "main"}))
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return attributes.get("role") in _ROLES or bool(node.tag in _BLOCKS and _NAMED.search(names))


def _within(node: LexborNode, tags: set[str]) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in tags:
            return True
        above = above.parent
    return False


class _Page:
    """Writes the lines of a page."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._measures: dict[int, _Measure] = {}
        self._lines: list[str] = []
        self._line: list[str] = []
        self._row: list[list[str]] | None = None  # the cells of the table row being written
        self._pre = 0
        self._point = False  # the next line is the first of a point
        title = tree.css_first("title")
        self._title = _title(title.text()) if title is not None else ""
        root = tree.body or tree.root
        if root is not None:
            self._measure(root)
            self._total = self._measures[root.mem_id].chars
            self._write(self._main(tree, root))

    def _measure(self, root: LexborNode) -> None:
        open_: list[_Measure] = [_Measure()]

        def enter(node: LexborNode) -> bool:
            if node.is_text_node:
                open_[-1].chars += len("".join((node.text_content or "").split()))
            if not node.is_element_node or _never(node):
                return False
            open_.append(_Measure())
            return True

        def leave(node: LexborNode) -> None:
            done = open_.pop()
            if node.tag == "a" and _is_link(node):
                done.linked, done.links = done.chars, 1
            self._measures[node.mem_id] = done
            open_[-1].add(done)

        _walk(root, enter, leave)

    def _holds_most(self, node: LexborNode) -> bool:
        found = self._measures.get(node.mem_id)
        return found is not None and 2 * found.chars > self._total

    def _main(self, tree: LexborHTMLParser, root: LexborNode) -> LexborNode:
        """The element that its author says is the text, where there is one and it holds most of it; else the body."""
        for query in ("article", "main, [role=main]"):
            found = tree.css(query)
            if len(found) == 1 and self._holds_most(found[0]):
                return found[0]
        return root

    def _is_left_out(self, node: LexborNode) -> bool:
        if _never(node) or (_is_around(node) and not self._holds_most(node)):
            return True
        measure = self._measures.get(node.mem_id)
        if measure is None or node.tag not in _BLOCKS or node.tag in _HEADINGS or node.tag == "body":
            return False
        if node.tag in _CELLS:  # a table of data may well name things by links
            return measure.links > 3 and 2 * measure.linked > measure.chars
        return (measure.links > 1 and 2 * measure.linked > measure.chars) or 10 * measure.linked > 9 * measure.chars

    def _write(self, root: LexborNode) -> None:
        _walk(root, self._enter, self._leave)
        self._end_line()

    def _enter(self, node: LexborNode) -> bool:
        if node.is_text_node:
            words = node.text_content or ""
            self._line.append(words if self._pre else re.sub(r"[ \t\r\n\f]+", " ", words))
        if not node.is_element_node or self._is_left_out(node):
            return False
        tag = node.tag
        if tag == "br":
            self._end_line()
        elif tag in _BLOCKS:
            self._end_line()
            self._point = tag == "li" and node.parent is not None and node.parent.tag == "ul"
            if tag in _HEADINGS:
                self._lines.append("")
            elif tag == "pre":
                self._pre += 1
            elif tag == "tr" and self._row is None and self._is_data(node):
                self._row = []
            elif tag in ("td", "th") and self._row is not None:
                self._row.append([])
        return True

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag
        if tag not in _BLOCKS:
            return
        self._end_line()
        if tag in _HEADINGS:
            self._lines.append("")
        elif tag == "pre":
            self._pre -= 1
        elif tag == "tr" and self._row is not None:
            row, self._row = self._row, None
            words = "\t".join(" ".join(cell) for cell in row).rstrip()
            if words:
                self._lines.append(words)

    def _is_data(self, row: LexborNode) -> bool:
        """True for a row of two cells or more that are no longer than cells are."""
        cells = [cell for cell in row.iter() if cell.tag in ("td", "th")]
        lengths = [self._measures[cell.mem_id].chars for cell in cells if cell.mem_id in self._measures]
        return len(cells) > 1 and max(lengths, default=0) <= CELL_LONGEST and row.css_first("table") is None

    def _end_line(self) -> None:
        words, self._line = "".join(self._line), []
        for line in words.splitlines() if self._pre else [words]:
            shown = re.sub(r" {2,}", " ", line).strip(" \t\r\n\f")
            if not shown.strip() or _TRAIL.match(shown.strip()):
                continue
            if self._row:
                self._row[-1].append(shown.strip())
            elif self._row is None:
                self._lines.append(f"● {shown}" if self._point and _is_point(shown) else shown)
            self._point = False

    def text(self) -> str:
        """The lines, the page's title above them where they don't hold it."""
        head = _FOLD.sub("", "".join([line for line in self._lines if line.strip()][:20]))
        if self._title and head and _FOLD.sub("", self._title) not in head:
            return "\n".join([self._title, "", *self._lines])
        return "\n".join(self._lines)


def _is_point(words: str) -> bool:
    """True for a line that only its mark tells to be a point: no sentence, and neither numbered nor marked itself."""
    return len(words) <= _LONGEST_POINT and words[-1] not in "。！？：:" and words[0].isalnum() and not numbering(words)


def _is_link(node: LexborNode) -> bool:
    """True for a link that leads away from this page and is no sentence of it."""
    target = node.attributes.get("href")
    return target is not None and not target.startswith("#") and not _SENTENCE.search(node.text())


def _title(words: str) -> str:
    """The title of a page without the name of its site; "" where it says nothing."""
    parts = [
        part.strip()
        for part in re.split(r"[_|]|\s[-–—]+\s|[-–—](?=[^-–—]*(?:网|网站|门户|平台|工会|政府)\s*$)", words)
        if part and part.strip()
    ]
    named = [part for part in parts if not _SITE.search(part)]
    best = max(named, key=len, default="")
    return " ".join(best.split()) if len(re.findall(r"[\u4e00-\u9fff]", best)) >= 6 else ""


def _decoded(path: Path, content: bytes, declared: str = "") -> Decoded:
    """By byte order mark, else by what the page declares if that holds for all of it, else as any text."""
    if not content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = _CHARSET.search(content[:8192])
        name = (found[1] or found[2]).decode("ascii") if found else declared
        for family, encoding in _FAMILIES.items():
            if name.lower().startswith(family):
                with suppress(UnicodeDecodeError):
                    return Decoded(content.decode(encoding), encoding)
    return text.decode(path, content)


def _refuse_depth(path: Path, markup: str) -> None:
    depth = 0
    for tag in _NESTING.finditer(markup):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST:
            raise MarkupTooDeep(path, DEEPEST)


def decode(path: Path, content: bytes, limits: Limits = DEFAULTS, declared: str = "") -> Decoded:
    """The main text of the bytes of an HTML file; ``declared`` is the encoding that its wrapping says it is in.

    What surrounds the text on the page is left out without notes. Raises EncodingUnknown, FileBinary, MarkupTooDeep.
    """
    markup = _decoded(path, content, declared)
    if not _TAG.search(markup.text):
        return markup
    _refuse_depth(path, markup.text)
    return Decoded(_Page(LexborHTMLParser(markup.text)).text(), markup.encoding)
