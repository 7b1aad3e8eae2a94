import csv
import io
from pathlib import Path

import pytest

from corpus.errors import LabelInvalid
from corpus.store import Store
from gongzhi.build import ingest
from gongzhi.errors import FormUnknown
from gongzhi.importing import comparison, import_
from graph.errors import EditIdle, EditRefused, ImportUnreadable
from graph.export import FORMS
from graph.table import COLUMNS

REPORT = """海棠市工会工作总结

2023年3月2日

一、过去一年的主要工作

今年以来，荆州市总工会打造“蓝鲸驿站”品牌，推广“移动蓝鲸驿站”品牌，服务职工1.5万人次。

深入实施“春风行动、夏日行动、秋实行动、冬暖行动”四季行动，帮扶困难职工260户。

二、下一步工作打算

办好“蓝鲸驿站”品牌，走访流动课堂，力争年底前覆盖全部街道。

【名词注释】

“四季行动”：春风行动、夏日行动、秋实行动、冬暖行动。

“三个本领”：会讲、会写、会办。
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "总结.txt").write_text(REPORT, "utf-8")
    ingest(tmp_path / "library", [tmp_path / "总结.txt"])
    return tmp_path / "library"


def exported(library: Path, form: str) -> str:
    with Store.open(library) as store:
        return FORMS[form](store)


def rows(library: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported(library, "csv"), newline="")))


def saved(path: Path, table: list[dict[str, str]], encoding: str) -> Path:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(table)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def stated(table: list[dict[str, str]]) -> dict[str, tuple[frozenset[str], ...]]:
    """What a person may change in a table, by number."""
    cells = ("术语", "又写作", "类别", "上位术语", "相关术语", "首选")
    return {row["编号"]: tuple(frozenset(row[cell].split("；")) for cell in cells) for row in table if row["编号"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_an_edited_table_comes_back_as_it_was_edited(library: Path, tmp_path: Path, encoding: str) -> None:
    table = rows(library)
    by_label = {row["术语"]: row for row in table}
    by_label["三个本领"] |= {
        "术语": "三项本领",
        "又写作": by_label["三个本领"]["又写作"] + "；三个本领；本领",
        "首选": "是",
    }
    by_label["移动蓝鲸驿站"] |= {"上位术语": "", "类别": "机构"}
    by_label["四季行动"]["上位术语"] = "蓝鲸驿站"
    file = saved(tmp_path / "改.csv", table, encoding)
    assert len(comparison(library, file).changes) == 6
    found = import_(library, file, "张三", "核对")
    assert not found.notes and stated(rows(library)) == stated(table)
    assert comparison(library, file).changes == ()


def test_edited_skos_comes_back_as_it_was_edited(library: Path, tmp_path: Path) -> None:
    pytest.importorskip("rdflib", reason="the extra rdf is not installed")
    file = tmp_path / "改.ttl"
    text = exported(library, "skos.ttl")
    old = 'skos:prefLabel "三个本领"@zh'
    assert old in text
    text = text.replace(old, 'skos:altLabel "三个本领"@zh ; skos:prefLabel "三项本领"@zh')
    text += '\n<urn:x:1> a skos:Concept ; skos:prefLabel "流动课堂"@zh .\n'
    file.write_text(text, "utf-8")
    import_(library, file, "张三", "")
    after = exported(library, "skos.ttl")
    assert '"三项本领"@zh' in after and old not in after and 'skos:prefLabel "流动课堂"@zh' in after


def test_edits_survive_reading_again(library: Path, tmp_path: Path) -> None:
    table = [row for row in rows(library) if row["术语"] != "三个本领"]
    import_(library, saved(tmp_path / "改.csv", table, "utf-8"), "", "")
    (tmp_path / "二.txt").write_text(REPORT.replace("海棠市", "海棠县"), "utf-8")
    ingest(library, [tmp_path / "二.txt"])
    assert "三个本领" not in {row["术语"] for row in rows(library)}


def test_all_or_nothing(library: Path, tmp_path: Path) -> None:
    table = rows(library)
    table[0]["又写作"] = "另一个名字"
    table.append(dict.fromkeys(COLUMNS, "") | {"术语": "文献里没有的词"})
    file = saved(tmp_path / "改.csv", table, "utf-8")
    before = exported(library, "csv")
    with pytest.raises(EditIdle, match="文献里没有单独用到“文献里没有的词”"):
        import_(library, file, "", "")
    assert exported(library, "csv") == before


def test_other_files_are_refused(library: Path, tmp_path: Path) -> None:
    (tmp_path / "表.docx").write_text("不是表", "utf-8")
    with pytest.raises(FormUnknown, match=r"表\.docx"):
        comparison(library, tmp_path / "表.docx")
    (tmp_path / "表.csv").write_text("甲,乙\n", "utf-8")
    with pytest.raises(ImportUnreadable, match="第 1 行应是表头"):
        comparison(library, tmp_path / "表.csv")


@pytest.mark.parametrize(
    ("label", "error"), [("词", LabelInvalid), ("响\x07铃行动", LabelInvalid), ("移动蓝鲸驿站品牌", EditRefused)]
)
def test_what_cannot_be_made_is_said_beforehand(
    library: Path, tmp_path: Path, label: str, error: type[Exception]
) -> None:
    table = [*rows(library), dict.fromkeys(COLUMNS, "") | {"术语": label}]
    file = saved(tmp_path / "改.csv", table, "utf-8")
    with pytest.raises(error):
        comparison(library, file)
