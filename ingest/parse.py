"""A file, parsed: read, repaired, split into reports, outlined, cut into passages."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus import copies, origins
from corpus.model import Document, ParsedDocument, ParsedSource, Passage, Repair, Section, Source, digest
from ingest import compilation, doubt, lines, paragraphs, readers, record, script, titles
from ingest.adverts import REASONS as ADVERT_REASONS
from ingest.adverts import patterns
from ingest.compilation import Compilation, Part
from ingest.errors import FileEmpty
from ingest.filenames import shown
from ingest.limits import DEFAULTS, Limits
from ingest.lines import Layout, Line
from ingest.metadata import metadata
from ingest.metadata.report import report
from ingest.outline import Heading, outline
from ingest.passages import merged, pieces
from ingest.readers import Note
from ingest.script import Edit, Script


def _removals(kind: str, reason: str, removed: Iterable[Line]) -> list[Edit]:
    """Edits for lines left out; their place in the repaired text is found when the text is there."""
    return [Edit(kind, -1, -1, line.start, line.end, line.text, "", reason) for line in removed]


def _repairs(source_id: str, document_id: str, edits: Iterable[Edit]) -> tuple[Repair, ...]:
    ordered = sorted(edits, key=lambda edit: (edit.source_start, edit.source_end, edit.kind))
    return tuple(
        Repair(
            source_id,
            document_id,
            n,
            edit.kind,
            edit.start,
            edit.end,
            edit.source_start,
            edit.source_end,
            edit.before,
            edit.after,
            edit.doubtful,
            edit.reason,
        )
        for n, edit in enumerate(ordered)
    )


def _sections(document_id: str, headings: Sequence[Heading]) -> tuple[Section, ...]:
    ids = [digest(document_id, "section", str(n)) for n in range(len(headings))]
    return tuple(
        Section(
            ids[n],
            document_id,
            n,
            ids[heading.parent] if heading.parent >= 0 else "",
            heading.depth,
            heading.number,
            heading.title,
            heading.start,
            heading.end,
            heading.status,
            heading.kind,
        )
        for n, heading in enumerate(headings)
    )


def _path(headings: Sequence[Heading], at: int) -> tuple[str, ...]:
    path: list[str] = []
    while at >= 0:
        path.append(headings[at].number + headings[at].title)
        at = headings[at].parent
    return tuple(reversed(path))


def _passages(
    document_id: str, written: Script, headings: Sequence[Heading], alone: Sequence[bool], sections: Sequence[Section]
) -> tuple[Passage, ...]:
    """The passages of a document; titles, salutations and captions give none, nor do headings that stand alone, but
    for numbered ones that nothing stands below (points of a list that end without a stop)."""
    spans: list[tuple[int, int, int]] = []
    glossary: set[int] = set()
    current, stack = 0, [-1]
    for paragraph, is_heading in zip(written.paragraphs, alone, strict=True):
        while len(stack) > 1 and headings[stack[-1]].end <= paragraph.start:
            stack.pop()
        while current < len(headings) and headings[current].start <= paragraph.start:
            while len(stack) > 1 and headings[stack[-1]].end <= headings[current].start:
                stack.pop()
            stack.append(current)
            current += 1
        section = stack[-1]
        if is_heading and section >= 0 and headings[section].number:
            empty = not written.text[paragraph.end : headings[section].end].strip()
        else:
            empty = False
        if not empty and (paragraph.role != "prose" or is_heading):
            continue
        cut = pieces(written.text, paragraph.start, paragraph.end)
        if section >= 0 and headings[section].kind == "glossary" and cut:
            cut = [(cut[0][0], cut[-1][1])]
            glossary.add(cut[0][0])
        spans += [(start, end, section) for start, end in cut]
    chosen: list[tuple[int, int, int]] = []
    run: list[tuple[int, int, int]] = []
    for span in spans:
        if span[0] in glossary:
            chosen += [*merged(written.text, run), span]
            run = []
        else:
            run.append(span)
    chosen += merged(written.text, run)
    repeated: Counter[str] = Counter()
    made: list[Passage] = []
    for n, (start, end, section) in enumerate(chosen):
        words = written.text[start:end]
        nth = (str(repeated[words]),) if repeated[words] else ()
        repeated[words] += 1
        made.append(
            Passage(
                digest(document_id, words, *nth),
                document_id,
                sections[section].id if section >= 0 else "",
                n,
                words,
                start,
                end,
                *written.source_span(start, end),
                _path(headings, section),
            )
        )
    return tuple(made)


def _document(
    source: Source,
    text: str,
    ordinal: int,
    part: Part,
    layout: Layout,
    front: str,
    removed: Sequence[Edit],
    notes: Sequence[Note],
) -> ParsedDocument:
    """One report: its lines made into blocks, its blocks into text, its text into sections and passages."""
    document_id = f"{source.id}-{ordinal:02d}"
    head, taken = titles.head(part.lines, part.titles)
    kept, doubled = paragraphs.merge_doubles(paragraphs.part(part.lines[taken:]))
    blocks = [*head, *paragraphs.blocks(kept, layout)]
    written = script.write(text, blocks)
    title = "".join(written.text[p.start : p.end] for p in written.paragraphs if p.role == "title")
    headings, alone = outline(written.text, written.paragraphs, title)
    sections = _sections(document_id, headings)
    passages = _passages(document_id, written, headings, alone, sections)
    edits = [*written.edits, *doubt.find(written)]
    edits += [record.placed(e, written) for e in removed]
    edits += record.edits(notes, written)
    reason = script.REASONS["duplicate_heading"]
    edits += [record.placed(e, written) for e in _removals("duplicate_heading", reason, doubled)]
    listed, stem = part.titles > 0, Path(source.name).stem
    found = metadata(report(written, headings, listed=listed, cover=front, file=stem))
    document = Document(
        document_id,
        source.id,
        ordinal,
        found.title,
        found.place,
        found.place_code,
        found.province,
        found.level,
        found.type,
        found.period,
        found.date,
        found.meeting,
        written.text,
        found.issuer,
        found.speaker,
    )
    repairs = _repairs(source.id, document_id, edits)
    evidence = tuple(finding.evidence(document_id) for finding in found.findings)
    return ParsedDocument(
        document,
        sections,
        passages,
        repairs,
        evidence,
        copies.signature(written.text),
        origin=origins.runs(written.origin),
    )


def _source_edits(split: Compilation) -> list[Edit]:
    edits = _removals("toc", "目录，用来划分各篇，不是正文", split.contents)
    edits += _removals("front_matter", "汇编的封面文字，不属于任何一篇", split.front)
    for entry in split.missing:
        words = entry.line.text
        reason = "目录列有这一篇，正文里没有找到它的标题"
        edits.append(Edit("toc_missing", -1, -1, entry.line.start, entry.line.end, words, words, reason, True))
    for part in split.parts:
        if part.signs:
            title = part.lines[0]
            reason = f"不在目录中，据标题和{'、'.join(part.signs)}分为单独一篇"
            edits.append(Edit("split", -1, -1, title.start, title.end, title.text, title.text, reason))
    return [Edit(e.kind, 0, 0, e.source_start, e.source_end, e.before, e.after, e.reason, e.doubtful) for e in edits]


def parse_source(
    path: Path,
    content: bytes | None = None,
    *,
    name: str = "",
    origin: str = "",
    bundled: bool = False,
    limits: Limits = DEFAULTS,
) -> ParsedSource:
    """The documents of a file with their sections, passages and repairs. Raises an IngestError.

    ``content`` is what the file holds, where it has been read already (a member of an archive). The same bytes give
    the same result. ``name`` (the file's own if not given) and ``origin``, where it was read from, are kept in the
    source.
    """
    if content is None:
        content = readers.load(path, limits)
    decoded = readers.decode(path, content, limits)
    source_id = hashlib.sha256(content).hexdigest()[:16]
    source = Source(source_id, name or shown(path.name), origin or shown(path), decoded.encoding, len(content), bundled)
    adverts = patterns().within(decoded.text)
    all_lines = [part for line in lines.split(decoded.text) for part in adverts.apart(line)]
    kinds = [adverts.kind(line) for line in all_lines]
    kept = [line for line, kind in zip(all_lines, kinds, strict=True) if not kind]
    if not kept:
        raise FileEmpty(path)
    removed = [
        edit
        for line, kind in zip(all_lines, kinds, strict=True)
        if kind
        for edit in _removals(kind, ADVERT_REASONS[kind], [line])
    ]
    split = compilation.split(kept)
    layout = lines.layout(kept)
    front = next((line.text for line in split.front), "")
    starts = [part.lines[0].start for part in split.parts]
    documents = []
    for n, part in enumerate(split.parts):
        first = starts[n] if n else 0
        last = starts[n + 1] if n + 1 < len(starts) else len(decoded.text)
        within = [edit for edit in removed if first <= edit.source_start < last]
        last_one = n + 1 == len(starts)
        notes = [note for note in decoded.notes if first <= note.start and (last_one or note.start < last)]
        documents.append(_document(source, decoded.text, n + 1, part, layout, front, within, notes))
    edits = _repairs(source_id, "", _source_edits(split))
    return ParsedSource(source, content, tuple(documents), edits, origins.paging(decoded.pages))
