"""Corrections through the whole of the pipeline: read, corrected, read again, taken back."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from corpus.errors import CorrectionRefused, NothingToUndo
from corpus.fields import location
from corpus.model import (
    Claim,
    ConceptMention,
    Correction,
    Definition,
    Document,
    Evidence,
    Fact,
    Mention,
    ParsedSource,
    Reading,
    Source,
    Term,
)
from corpus.store import Store
from gongzhi.build import ingest
from gongzhi.corrections import edit, sheet, undo
from gongzhi.errors import DocumentUnclear, NothingSaid
from graph.claims import extract_claims
from graph.corrections import correct, listed
from graph.corrections import undo as put_back
from graph.export import FORMS
from graph.glossary import build_glossary
from ingest.parse import parse_source

TITLE = "荆州市总工会2022年工作总结"
REPORT = f"""{TITLE}

2023年3月2日

一、过去一年的主要工作

市总工会建成户外劳动者驿站32个，服务职工1.5万人次。深入实施“春风行动、夏日行动、秋实行动、冬暖行动”四季行动，帮扶困难职工260户。

二、下一步工作打算

新建驿站20个，办好“夜校课堂”。

【名词注释】

“四季行动”：春风行动、夏日行动、秋实行动、冬暖行动。
"""
RECORDS = (Document, Evidence, Reading, Term, Definition, Mention, ConceptMention, Claim, Fact)


def everything(store: Store) -> list[list[Any]]:
    return [store.select(record) for record in RECORDS]


def take_in(store: Store, parsed: ParsedSource) -> None:
    """Read a source, as ingesting does."""
    for document in store.put_source(parsed).documents:
        store.put_claims(*extract_claims(document))
    make_glossary(store)


def make_glossary(store: Store) -> None:
    glossary = build_glossary(store)
    store.put_glossary(glossary)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "总结.txt").write_text(REPORT, "utf-8")
    ingest(tmp_path / "library", [tmp_path / "总结.txt"])
    return tmp_path


def test_what_was_made_from_a_document_follows_its_correction(desk: Path) -> None:
    edit(desk / "library", ["总结", "地方=南京市鼓楼区", "日期＝2024年1月5日"])
    with Store.open(desk / "library") as store:
        (document,) = store.select(Document)
        assert (document.place, document.province, document.level) == ("鼓楼区", "江苏省", "county")
        assert document.date == "2024-01-05"
        claims = store.select(Claim)
        # In a district's report 市总工会 is that of the city around it.
        assert {claim.place_code for claim in claims} == {"320106", "320100"}
        assert {fact.place for fact in store.select(Fact)} == {"鼓楼区", "南京市"}
        assert {definition.place for definition in store.select(Definition)} == {"鼓楼区"}


@pytest.mark.parametrize("fields", [[], ["地方", "日期", "文种"]])
def test_undoing_gives_what_reading_gives(desk: Path, fields: list[str]) -> None:
    library = desk / "library"
    with Store.open(library) as store:
        before, exported = everything(store), {form: make(store) for form, make in FORMS.items()}
        edit(library, [TITLE, "地方=福州", "日期=", "文种=通知"])
        assert everything(store) != before
        assert {form: make(store) for form, make in FORMS.items()} != exported
        undo(library, [TITLE, *fields])
        assert everything(store) == before
        assert {form: make(store) for form, make in FORMS.items()} == exported
        assert not store.select(Correction)


def test_correcting_and_then_reading_give_the_same(tmp_path: Path) -> None:
    """Also: nothing is extracted with a field for which correcting doesn't extract again."""
    said = {"title": "荆门一年", "place": "荆门", "level": "部门", "type": "通知", "period": "三年来", "date": "2021",
            "meeting": "职工大会", "issuer": "荆门市总工会", "speaker": "张三"}  # fmt: skip
    with Store.open(tmp_path, create=True) as store:
        parsed = parse_source(Path("总结.txt"), REPORT.encode())
        take_in(store, parsed)
        for field, value in said.items():
            before = everything(store)
            correct(store, parsed.documents[0].document.id, {field: value})
            corrected = everything(store)
            assert corrected != before
            take_in(store, parsed)
            assert everything(store) == corrected, field


@pytest.mark.parametrize(
    "change",
    ["same", "changed", "removed", "renamed", "changed and renamed in two steps", "renamed and changed in two steps"],
)
def test_corrections_survive(desk: Path, change: str) -> None:
    library, file = desk / "library", desk / "总结.txt"
    edit(library, [TITLE, "地方=荆门市"])
    if change == "removed":
        with Store.open(library) as store:
            store.remove_source(store.select(Source)[0].id)
            assert [entry.document for entry in listed(store)] == [None]
    if change.startswith("changed"):
        file.write_text(REPORT.replace("32", "45"), "utf-8")
        ingest(library, [file])
    if change.endswith(("renamed", "steps")):
        file = file.rename(desk / "年终.txt")
    if change.startswith("renamed and changed"):
        ingest(library, [file])
        file.write_text(REPORT.replace("32", "45"), "utf-8")
    ingest(library, [file])
    with Store.open(library) as store:
        (document,) = store.select(Document)
        assert document.place == "荆门市"
        assert {claim.place for claim in store.select(Claim)} == {"荆门市"}
        (entry,) = listed(store)
        assert entry.document == document and entry.correction.found == "荆州市"


def test_corrections_follow_both_when_an_old_copy_is_kept(desk: Path) -> None:
    library, folder = desk / "library", desk / "reports"
    folder.mkdir()
    file = (desk / "总结.txt").rename(folder / "总结.txt")
    ingest(library, [folder])
    edit(library, [TITLE, "地方=荆门市"])
    file.rename(folder / "旧稿.txt")
    file.write_text(REPORT.replace("32", "45") + "\n附：夜校课堂办到村里，受到职工欢迎。\n", "utf-8")
    ingest(library, [folder])
    (folder / "旧稿.txt").rename(desk / "换.txt")
    file.rename(folder / "旧稿.txt")
    (desk / "换.txt").rename(file)
    ingest(library, [folder])
    for path in (file, folder / "旧稿.txt"):
        path.write_text(path.read_text("utf-8").replace("260", "270"), "utf-8")
    ingest(library, [folder])
    with Store.open(library) as store:
        assert [document.place for document in store.select(Document)] == ["荆门市", "荆门市"]
        entries = listed(store)
        assert {entry.document.id for entry in entries if entry.document} == {d.id for d in store.select(Document)}
        assert len(entries) == 2


def test_another_report_under_the_same_name_inherits_nothing(desk: Path) -> None:
    library = desk / "library"
    edit(library, [TITLE, "地方=荆门市"])
    (desk / "总结.txt").write_text(REPORT.replace(TITLE, "福州市总工会2024年工作要点"), "utf-8")
    ingest(library, [desk / "总结.txt"])
    with Store.open(library) as store:
        assert [document.place for document in store.select(Document)] == ["福州市"]
        assert [entry.document for entry in listed(store)] == [None]


def test_a_new_place_brings_its_level_unless_one_is_said(desk: Path) -> None:
    with Store.open(desk / "library") as store:
        document_id = store.select(Document)[0].id
        correct(store, document_id, {"place": "北山集团工会", "level": "企业"})
        document = correct(store, document_id, {"place": "福建"}).document
        assert (document.place, document.level) == ("福建省", "province")
        assert [c.field for c in store.select(Correction)] == ["place"]
        correct(store, document_id, {"level": "部门"})
        document = put_back(store, document_id, ["place"]).document
        assert (document.place, document.level) == ("荆州市", "department")
        level = next(field for field in sheet(store, document).fields if field.field == "level")
        assert level.correction is not None and level.read == "city"


def test_the_value_that_was_read_can_be_confirmed(desk: Path) -> None:
    edit(desk / "library", [TITLE, "地方=荆州市"])
    with Store.open(desk / "library") as store:
        (correction,) = store.select(Correction)
        assert (correction.value, correction.found) == ("荆州市", "荆州市")


def test_what_cannot_be_changes_nothing(desk: Path) -> None:
    library = desk / "library"
    with Store.open(library) as store:
        before = store.generation, everything(store)
        for error, words in (
            (CorrectionRefused, [TITLE, "地方=鼓楼区", "日期=2024"]),
            (NothingSaid, [TITLE]),
            (NothingSaid, ["地方=荆州市"]),
            (DocumentUnclear, ["没有这份", "地方=荆州市"]),
        ):
            with pytest.raises(error):
                edit(library, words)
        for error, words in ((NothingToUndo, [TITLE]), (NothingToUndo, [TITLE, "地方"]), (NothingSaid, [])):
            with pytest.raises(error):
                undo(library, words)
        assert (store.generation, everything(store)) == before


VERSIONS = [REPORT.encode(), REPORT.replace("32", "45").encode()]
ORIGINS = ["/甲.txt", "/乙.txt"]
VALUES = {
    "place": ["荆门市", "江苏省南京市鼓楼区", "荆州市", ""],
    "level": ["department", "unknown"],
    "date": ["2021", ""],
    "title": ["一年", TITLE],
    "speaker": ["张三"],
}


class Desk(RuleBasedStateMachine):
    """Any sequence of edits, undoings, readings and removals, against a list of what was said."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.open(Path(self.folder.name), create=True)
        #: Who said what, oldest first: version, origin, field, value.
        self.said: list[tuple[int, str, str, str]] = []
        self.inside: set[tuple[int, str]] = set()

    def document_id(self, version: int) -> str:
        return f"{self.read(version, '').source.id}-01"

    @staticmethod
    @cache
    def read(version: int, origin: str) -> ParsedSource:
        return parse_source(Path("总结.txt"), VERSIONS[version], origin=origin)

    @rule(version=st.sampled_from([0, 1]), origin=st.sampled_from(ORIGINS))
    def reads(self, version: int, origin: str) -> None:
        for document in self.store.put_source(self.read(version, origin)).documents:
            self.store.put_claims(*extract_claims(document))
        self.inside = {key for key in self.inside if key[0] != version and key[1] != origin} | {(version, origin)}
        last = {said[2]: said for said in self.said if said[0] == version or said[1] == origin}
        met = [said for said in self.said if said[0] == version or said[1] == origin]
        self.said = [
            (version, origin, *said[2:]) if said in met else said
            for said in self.said
            if said not in met or last[said[2]] == said
        ]

    @precondition(lambda self: self.inside)
    @rule(data=st.data(), field=st.sampled_from(sorted(VALUES)))
    def edits(self, data: st.DataObject, field: str) -> None:
        version, origin = data.draw(st.sampled_from(sorted(self.inside)))
        value = data.draw(st.sampled_from(VALUES[field]))
        correct(self.store, self.document_id(version), {field: value})
        dropped = {field, "level"} if field == "place" and value else {field}
        self.said = [s for s in self.said if not (s[:2] == (version, origin) and s[2] in dropped)]
        self.said.append((version, origin, field, value))

    @precondition(lambda self: any(said[:2] in self.inside for said in self.said))
    @rule(data=st.data())
    def undoes(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from([said for said in self.said if said[:2] in self.inside]))
        put_back(self.store, self.document_id(gone[0]), [gone[2]])
        self.said.remove(gone)

    @precondition(lambda self: self.inside)
    @rule(data=st.data())
    def removes(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(sorted(self.inside)))
        self.store.remove_source(self.read(gone[0], "").source.id)
        self.inside.remove(gone)

    @invariant()
    def rows_are_what_was_read_under_what_was_said(self) -> None:
        assert len(self.store.select(Document)) == len(self.inside)
        for version, origin in self.inside:
            row = self.store.document(self.document_id(version))
            wanted = self.read(version, origin).documents[0].document
            values = {field: value for v, o, field, value in self.said if (v, o) == (version, origin)}
            if "place" in values:
                where = location(values["place"])
                assert (row.place, row.place_code, row.province) == (where.place, where.place_code, where.province)
                assert row.level == values.get("level", where.level or wanted.level)
            else:
                assert (row.place, row.place_code, row.province) == (wanted.place, wanted.place_code, wanted.province)
                assert row.level == values.get("level", wanted.level)
            for field in ("title", "date", "type", "period", "speaker"):
                assert getattr(row, field) == values.get(field, getattr(wanted, field))
        held = {(c.origin, c.field, c.value) for c in self.store.select(Correction)}
        assert held == {(origin, field, value) for _, origin, field, value in self.said}

    def teardown(self) -> None:
        for version, origin in self.inside:
            if any(said[:2] == (version, origin) for said in self.said):
                put_back(self.store, self.document_id(version))
        make_glossary(self.store)
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), create=True) as fresh:
            for version, origin in sorted(self.inside):
                take_in(fresh, self.read(version, origin))
            assert everything(self.store) == everything(fresh)
        self.store.close()
        self.folder.cleanup()


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=10, stateful_step_count=8, deadline=None)
