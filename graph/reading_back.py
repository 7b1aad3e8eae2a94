"""Reading an edited glossary: the CSV table as a spreadsheet wrote it, and SKOS in Turtle or JSON-LD."""

import csv
import io
import json
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus.curation import MOST_LABEL
from graph.errors import ImportUnreadable
from graph.reimport import Entry, Link, Sheet, kind_code, names_of, resolve
from graph.skos import NAMESPACES, SCHEME, concepts_of, rdflib
from graph.table import COLUMNS, EDITABLE, PREFERRED, SEPARATOR

_DELIMITERS = ",;\t"
_NUMBER = "term:"
_FORMULA = ("'=", "'+", "'-", "'@", "'\t", "'\r")
_LANGUAGES = ("zh", "zh-cn", "zh-hans")


def _cell(text: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return (text[1:] if text.startswith(_FORMULA) else text).strip()


def _split(cell: str) -> list[str]:
    return [name for part in cell.split(SEPARATOR) if (name := part.strip())]


def _rows(text: str, name: str) -> list[tuple[int, dict[str, str]]]:
    """(line number, column → cell) of every row that isn't empty."""
    text = text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    columns: list[str] = []
    try:
        for row in reader:
            line = reader.line_num
            if not any(cell.strip() for cell in row):
                continue
            if not columns:
                columns = [cell.strip() for cell in row]
                if missing := [column for column in (*EDITABLE, "编号", "原句") if column not in columns]:
                    raise ImportUnreadable(name, f"第 {line} 行应是表头，少了{'、'.join(f'“{c}”' for c in missing)}")
            elif len(row) != len(columns):
                raise ImportUnreadable(name, f"第 {line} 行有 {len(row)} 格，表头有 {len(columns)} 格")
            else:
                rows.append((line, dict(zip(columns, map(_cell, row), strict=True))))
    except csv.Error as error:
        raise ImportUnreadable(
            name, f"第 {reader.line_num} 行不合 CSV 的写法（{error}），多半是引号没有成对"
        ) from error
    if not columns:
        raise ImportUnreadable(name, f"里面没有表格，表头应是：{'、'.join(COLUMNS)}")
    return rows


def read_csv(text: str, before: Sheet, sentences: Mapping[str, frozenset[str]], name: str = "CSV") -> Sheet:
    """What an edited table says. ``before`` is what the library says, ``sentences`` the explaining sentences by term id.

    A term may have several rows: what was changed in one of them holds for all. Raises ImportUnreadable.
    """
    grouped: dict[str, list[tuple[int, dict[str, str]]]] = defaultdict(list)
    for line, row in _rows(text, name):
        number = row["编号"].removeprefix(_NUMBER)
        if number and number not in before.entries:
            raise ImportUnreadable(
                name, f"第 {line} 行的编号“{row['编号']}”不是这个资料库里的（新增的术语编号留空，别的请勿改动）"
            )
        grouped[number or f"new:{row['术语']}"].append((line, row))
    broader, related = _known(before.broader, before), _known(before.related, before)
    entries, cells, notes = {}, {}, []
    for key, rows in grouped.items():
        old = before.entries.get(key)
        read = {
            column: _agreed(rows, column, _exported(column, old, broader, related), name) for column in EDITABLE[:-1]
        }
        entries[key] = _entry(key, rows, read, name)
        cells[key] = read
        said = sentences.get(key, frozenset())
        notes += [
            f"第 {line} 行的原句与文献不同，没有采用：原句照文献，不能在表里改"
            for line, row in rows
            if row["原句"] and " ".join(row["原句"].split()) not in said
        ]
    names = names_of(before, entries.values())
    links: dict[str, set[Link]] = {"上位术语": set(), "相关术语": set()}
    for key, read in cells.items():
        for column, found in links.items():
            for label in _split(read[column]):
                other = resolve(names, label)
                if other is None:
                    raise ImportUnreadable(name, f"{entries[key].where}的{column}“{label}”不在术语表里")
                found.add((key, other))
    return Sheet(entries, frozenset(links["上位术语"]), frozenset(links["相关术语"]), None, False, tuple(notes))


def _known(links: frozenset[Link], before: Sheet) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for a, b in links:
        found[a].add(before.entries[b].label.replace(SEPARATOR, ";"))
    return {key: frozenset(labels) for key, labels in found.items()}


def _exported(
    column: str, old: Entry | None, broader: Mapping[str, frozenset[str]], related: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """What the library has under a column of a term, as a set of names."""
    if old is None:
        return frozenset()
    return {
        "术语": frozenset({old.label.replace(SEPARATOR, ";")}),
        "又写作": frozenset(alias.replace(SEPARATOR, ";") for alias in old.aliases),
        "类别": frozenset({old.kind}),
        "上位术语": broader.get(old.key, frozenset()),
        "相关术语": related.get(old.key, frozenset()),
    }[column]


def _agreed(rows: Sequence[tuple[int, dict[str, str]]], column: str, known: frozenset[str], name: str) -> str:
    """The cell of a term's rows: the one that was changed, where only one was, or all in the same way."""
    changed: dict[frozenset[str], tuple[int, str]] = {}
    for line, row in rows:
        cell = kind_code(row[column]) if column == "类别" else row[column]
        if cell is None:
            raise ImportUnreadable(name, f"第 {line} 行的类别“{row[column]}”不是术语的类别")
        value = frozenset(_split(cell))
        if value != known:
            changed.setdefault(value, (line, cell))
    if len(changed) > 1:
        lines = "和".join(f"第 {line} 行" for line, _ in changed.values())
        raise ImportUnreadable(name, f"{lines}是同一个术语，“{column}”却改得不一样")
    return next((cell for _, cell in changed.values()), SEPARATOR.join(sorted(known)))


def _entry(key: str, rows: Sequence[tuple[int, dict[str, str]]], read: Mapping[str, str], name: str) -> Entry:
    where = f"第 {rows[0][0]} 行"
    if not read["术语"]:
        raise ImportUnreadable(name, f"{where}没有写术语")
    if len(read["术语"]) > MOST_LABEL:
        raise ImportUnreadable(name, f"{where}的术语超过 {MOST_LABEL} 字")
    preferred = frozenset(row["原句"] for _, row in rows if row["首选"] and row["原句"])
    for line, row in rows:
        if row["首选"] not in ("", PREFERRED):
            raise ImportUnreadable(name, f"第 {line} 行的首选只能写“{PREFERRED}”或留空")
    return Entry(key, read["术语"], read["类别"], frozenset(_split(read["又写作"])), preferred, where)


def read_skos(
    text: str, before: Sheet, sentences: Mapping[str, frozenset[str]], form: str, name: str = "SKOS"
) -> Sheet:
    """What an edited SKOS file says; ``form`` is turtle or json-ld. A file that doesn't describe the scheme is part of
    it. Raises ImportUnreadable, ExtraMissing."""
    library = rdflib()
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # it tells in English of what is refused or ignored here
    graph = library.Graph()
    try:
        if form == "json-ld":
            _refuse_odd_json(json.loads(text), name)
        graph.parse(data=text, format=form)
    except ImportUnreadable:
        raise
    except Exception as error:  # each parser has its own
        line = getattr(error, "lines", None)
        place = f"第 {line + 1} 行附近" if isinstance(line, int) else "其中"
        reason = " ".join(str(getattr(error, "_why", error)).split())[:80]
        raise ImportUnreadable(name, f"{place}不合 {form} 的写法（{reason}）") from error
    concepts = list(concepts_of(graph))
    if not concepts:
        raise ImportUnreadable(name, "里面没有 skos:Concept")
    keys = {concept: str(concept).removeprefix(NAMESPACES["term"]) for concept in concepts}
    entries = {}
    for concept, key in keys.items():
        if str(concept).startswith(NAMESPACES["term"]) and key not in before.entries:
            raise ImportUnreadable(name, f"概念 {concept} 不是这个资料库里的；新增的概念请用别的地址")
        entries[key] = _concept(graph, concept, key, name)
    links = {
        relation: {(keys[a], keys[b]) for a, b in graph.subject_objects(_skos(relation)) if a in keys and b in keys}
        for relation in ("broader", "narrower", "related")
    }
    partial = (library.URIRef(SCHEME), library.RDF.type, _skos("ConceptScheme")) not in graph
    turned = frozenset((b, a) for a, b in links["narrower"])
    notes = _foreign(graph, keys, sentences)
    return Sheet(entries, frozenset(links["broader"]), frozenset(links["related"]), turned, partial, notes)


def _refuse_odd_json(data: Any, name: str) -> None:
    """Raises ImportUnreadable for JSON that is no JSON-LD, or that leads out of the file."""
    if not isinstance(data, dict | list):
        raise ImportUnreadable(name, "里面没有 skos:Concept")
    if _reaches_out(data):
        raise ImportUnreadable(name, "@context 指向别的文件或网址，那里的不读，请把它的内容写在文件里")


def _reaches_out(data: Any) -> bool:
    """True where JSON-LD would have its reader open an address: nothing that a file names is fetched."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            context = value.get("@context")
            if "@import" in value or any(
                isinstance(c, str) for c in (context if isinstance(context, list) else [context])
            ):
                return True
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return False


def _skos(local: str) -> Any:
    return rdflib().URIRef(NAMESPACES["skos"] + local)


def _concept(graph: Any, concept: Any, key: str, name: str) -> Entry:
    labels = [
        str(label) for label in graph.objects(concept, _skos("prefLabel"))
        if isinstance(label, rdflib().Literal) and (label.language or "").lower() in ("", *_LANGUAGES)
    ]  # fmt: skip
    if len(labels) != 1:
        raise ImportUnreadable(name, f"概念 {concept} 应有一个中文 prefLabel，现在有 {len(labels)} 个")
    kinds = [str(kind) for kind in graph.objects(concept, rdflib().URIRef(NAMESPACES["dcterms"] + "type"))]
    kind = kind_code(kinds[0].removeprefix(NAMESPACES["kind"])) if kinds else ""
    if kind is None:
        raise ImportUnreadable(name, f"概念 {concept} 的类别 {kinds[0]} 不是术语的类别")
    aliases = frozenset(str(alias).strip() for alias in graph.objects(concept, _skos("altLabel")))
    return Entry(key, labels[0].strip(), kind, aliases - {""}, frozenset(), f"概念 {concept} ")


def _foreign(graph: Any, keys: Mapping[Any, str], sentences: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Notes on sentences that no document has."""
    value = rdflib().RDF.value
    notes = []
    for concept, key in keys.items():
        for predicate in ("definition", "note"):
            for said in graph.objects(concept, _skos(predicate)):
                for text in graph.objects(said, value):
                    if " ".join(str(text).split()) not in sentences.get(key, frozenset()):
                        notes.append(f"概念 {concept} 的解释与文献不同，没有采用：原句照文献，不能在文件里改")
    return tuple(sorted(notes))


def unprefer(sheet: Sheet, before: Sheet) -> Sheet:
    """The sheet with the preferences of the library, for forms that don't state any."""
    entries = {
        key: replace(entry, preferred=before.entries[key].preferred) if key in before.entries else entry
        for key, entry in sheet.entries.items()
    }
    return replace(sheet, entries=entries)
