"""What readers leave out, change or doubt stands in the record of the document it falls in."""

import pytest

from ingest import readers
from ingest.readers.columns import Piece
from ingest.readers.notes import Note
from ingest.readers.pages import Page, decoded


def repairs(parsed, *kinds):
    return [repair for document in parsed.documents for repair in document.repairs if repair.kind in kinds]


def test_running_lines_watermarks_and_joins_of_a_print(press, parse, long_report):
    parsed = parse(press(long_report, header="云溪县总工会", numbered=True, watermark="内部资料"), "报告.pdf")
    (document,) = parsed.documents
    heads = repairs(parsed, "running_head")
    pages = len(heads) // 2
    assert pages >= 3 and [r.before for r in heads if "页眉" in r.reason] == ["云溪县总工会"] * pages
    assert [r.before for r in heads if "页脚" in r.reason] == [f"—{n}—" for n in range(1, pages + 1)]
    assert all(r.start == r.end and r.after == "" and not r.doubtful for r in heads)
    assert [r.before for r in repairs(parsed, "slanted_print")] == ["内部资料"] * pages
    joins = repairs(parsed, "line_join")
    assert len(joins) > 50
    for join in joins:
        head, tail = join.before.split("\n")
        assert join.after == head + tail
        assert document.document.text[join.start - len(head) : join.start + len(tail)] == join.after


def test_notes_fall_in_the_document_they_stand_in(press, parse, long_report):
    head = ["目录", "云溪县总工会工作报告……1", "白河县总工会工作报告……3"]
    body = [
        f"{name}县总工会工作报告" if n == 0 else line for name in ("云溪", "白河") for n, line in enumerate(long_report)
    ]
    parsed = parse(press(head + body, numbered=True), "汇编.pdf")
    first, second = ([r.reason for r in document.repairs if r.kind == "running_head"] for document in parsed.documents)
    assert first and second and not set(first) & set(second)


def page(*lines, **fields):
    """A page of full lines of 30 characters or less, 20 points apart."""
    pieces = tuple(Piece(text, 80.0, 80.0 + 12 * len(text), 100.0 + 20 * n, 12.0) for n, text in enumerate(lines))
    return Page(pieces, 595.0, 842.0, **fields)


@pytest.fixture
def as_read(parse, monkeypatch):
    """Parse a file of which a reader gives this."""

    def run(read):
        monkeypatch.setattr(readers, "READERS", dict(readers.READERS))
        readers.register(".print", lambda path, content, limits: read)
        return parse("x", "报告.print")

    return run


FULL = "全县各级工会围绕中心服务大局在各条战线上开展劳动和技能竞赛活动"


def test_no_sentence_goes_over_a_page_that_was_not_read(as_read):
    first = page("云溪县总工会工作总结", "一、主要工作", FULL, FULL)
    last = page("并把职工的意见收集上来，", "逐条答复。")
    whole = as_read(decoded([first, last], "pdf")).documents[0].document.text
    assert FULL + "并把职工的意见" in whole
    parsed = as_read(decoded([first, page(unread="第 2 页是图片，未读入"), last], "pdf"))
    text = parsed.documents[0].document.text
    assert f"{FULL}\n并把职工的意见" in text
    (gap,) = repairs(parsed, "picture_page")
    assert gap.doubtful and gap.start == gap.end == text.index("\n并把")
    assert [text[: cut.end][-4:] for cut in repairs(parsed, "cut_sentence")] == ["竞赛活动"]


def test_a_poor_page_is_doubted_as_a_whole_line_by_line(as_read):
    sure = page("云溪县总工会工作总结", "一、主要工作", "建成驿站36个。")
    poor = page("二、下步打算", "再建驿站20个。", doubt="第 2 页不清楚")
    read = decoded([sure, poor], "ocr")
    assert [(note.kind, read.text[note.start : note.end]) for note in read.notes if note.doubtful] == [
        ("ocr", "二、下步打算\n再建驿站20个。")
    ]
    (document,) = as_read(read).documents
    marked = [r for r in document.repairs if r.kind == "ocr"]
    assert [r.before for r in marked] == ["二、下步打算", "再建驿站20个。"]
    assert all(document.document.text[r.start : r.end] == r.before for r in marked)


def test_doubts_keep_their_place_through_rows_and_joins():
    doubt = ((3, 5, "把握 63%"),)
    left = Piece(FULL[:14], 80.0, 248.0, 100.0, 12.0)
    right = Piece(FULL[14:], 290.0, 290.0 + 12 * 16, 100.0, 12.0, doubt)
    below = Piece("参加职工共36人。", 80.0, 180.0, 120.0, 12.0, ((5, 7, "把握 50%"),))
    read = decoded([Page((left, right, below), 595.0, 842.0)], "ocr")
    found = [(read.text[n.start : n.end], n.reason) for n in read.notes if n.kind == "ocr"]
    assert found == [(FULL[17:19], "把握 63%"), ("36", "把握 50%")]


def test_what_was_left_out_of_a_page_stands_where_the_page_begins():
    note = Note("slanted_print", 0, 0, "第 2 页的水印", "内部")
    read = decoded([page("办起夜校。"), page("建成驿站。", left_out=(note,))], "pdf")
    (found,) = read.notes
    assert read.text[found.start :] == "建成驿站。" and found.end == found.start


def test_deletions_and_hidden_text_of_a_docx(package, parse):
    body = (
        "<w:p><w:r><w:t>云溪县总工会工作总结</w:t></w:r></w:p>"
        '<w:p><w:r><w:t>建成驿站</w:t></w:r><w:del w:id="1"><w:r><w:delText>三十个，</w:delText></w:r></w:del>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>（内部掌握）</w:t></w:r><w:r><w:t>36个。</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:del w:id='2'><w:r>"
        "<w:delText>旧</w:delText></w:r></w:del><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    parsed = parse(package(body), "报告.docx")
    (document,) = parsed.documents
    text = document.document.text
    found = repairs(parsed, "tracked_change", "hidden_text")
    assert [(r.kind, r.before, r.after, text[r.start : r.start + 4].split("\t")[0]) for r in found] == [
        ("hidden_text", "（内部掌握）", "", "建成驿站"),
        ("tracked_change", "三十个，", "", "建成驿站"),
        ("tracked_change", "旧", "", "甲"),
    ]
    assert not any(r.doubtful for r in found) and "建成驿站36个。" in text
