"""The command line as a user runs it: a process, its output, its exit status."""

import json
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from corpus.store import FILE_NAME, Store
from gongzhi.cli import FORMATS, SORTS, cli
from search.answers import PlaceSort
from tests.gongzhi.conftest import REPORT, gongzhi, process


def test_version_and_help(tmp_path: Path) -> None:
    assert "工知" in process("--version", cwd=tmp_path).stdout
    assert "命令：" in process("--help", cwd=tmp_path).stdout
    serve = process("serve", "--help", cwd=tmp_path).stdout
    assert "[默认 8000" in serve and "INTEGER" not in serve and "default" not in serve


def test_every_command_explains_itself_in_chinese() -> None:
    for name in cli.commands:
        shown = CliRunner().invoke(cli, [name, "--help"]).output
        assert shown.startswith("用法：") and "显示用法并退出。" in shown, name
        assert not re.search(r"Options|Usage|INTEGER|default:|required", shown), name


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom gongzhi.cli import cli\n"
        "cli.main(['--help'], prog_name='gongzhi', standalone_mode=False)\n"
        "heavy = {'torch', 'numpy', 'tantivy', 'faiss', 'fastapi', 'networkx', 'rich', 'sqlite3'}\n"
        "print(sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "[]"


def test_documents(desk: Path) -> None:
    (document,) = json.loads(gongzhi("documents", "--json", cwd=desk).stdout)
    assert document["date"] == "2023-03-02" and "text" not in document
    assert {"issuer", "speaker"} <= set(document)
    assert "海棠市工会工作总结" in gongzhi("documents", cwd=desk).stdout
    # An id is copied from the table: it is never broken, however narrow the terminal.
    assert document["id"] in gongzhi("documents", cwd=desk, COLUMNS="60").stdout
    assert gongzhi("documents", "--corrections", cwd=desk).stdout == "还没有更正。\n"


def test_documents_mark_what_is_only_a_guess(tmp_path: Path) -> None:
    (tmp_path / "2033年宜都市总工会.txt").write_text("夜校办起来了，驿站建起来了，职工人人都说好。\n", "utf-8")
    gongzhi("ingest", "2033年宜都市总工会.txt", cwd=tmp_path)
    (document,) = json.loads(gongzhi("documents", "--json", cwd=tmp_path).stdout)
    assert {"date", "place", "title"} <= set(document["unsure"])
    table = gongzhi("documents", cwd=tmp_path).stdout
    assert "宜都市？" in table and "2033？" in table and "请核对" in table
    alone = gongzhi("documents", "宜都", cwd=tmp_path).stdout
    assert "文件名（推断，请核对）" in alone and "更正" not in alone


def test_a_document_is_corrected_and_put_back(desk: Path, tmp_path: Path) -> None:
    shutil.copytree(desk / "library", tmp_path / "library")
    before = gongzhi("documents", "海棠", "--json", cwd=tmp_path)
    assert {field["field"] for field in json.loads(before.stdout)["fields"]} >= {"title", "place", "date"}
    done = gongzhi("documents", "--edit", "海棠", "地点=南京市鼓楼区", "date=2024年5月", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "更正" in done.stdout and "2024-05" in done.stdout and "县级（随地方）" in done.stdout
    (listed,) = json.loads(gongzhi("documents", "--json", cwd=tmp_path).stdout)
    assert (listed["place"], listed["province"], listed["date"]) == ("鼓楼区", "江苏省", "2024-05")
    corrections = json.loads(gongzhi("documents", "--corrections", "--json", cwd=tmp_path).stdout)
    assert {c["field"]: (c["found"], c["value"]) for c in corrections}["date"] == ("2023-03-02", "2024-05")
    shutil.copytree(desk / "reports", tmp_path / "reports")
    assert gongzhi("remove", listed["source_id"], cwd=tmp_path).returncode == 0
    assert gongzhi("documents", "--corrections", cwd=tmp_path).stdout.count("未用上") == 2
    assert gongzhi("ingest", "reports", cwd=tmp_path).returncode == 0
    assert json.loads(gongzhi("documents", "--json", cwd=tmp_path).stdout)[0]["date"] == "2024-05"
    undone = gongzhi("documents", "--undo", listed["id"], "日期", cwd=tmp_path)
    assert undone.returncode == 0 and "2024-05" not in undone.stdout
    assert gongzhi("documents", "--undo", listed["id"], cwd=tmp_path).returncode == 0
    assert gongzhi("documents", "海棠", "--json", cwd=tmp_path).stdout == before.stdout


def test_terms_are_listed_edited_and_put_back(desk: Path, tmp_path: Path) -> None:
    shutil.copytree(desk / "library", tmp_path / "library")
    assert "四季行动" in gongzhi("terms", "四季", cwd=tmp_path).stdout
    done = gongzhi(
        "terms", "--rename", "四季行动", "四季帮扶", "--set-kind", "四季行动", "品牌", "--note", "试试", cwd=tmp_path,
        GONGZHI_BY="张三",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "“四季行动”改名为“四季帮扶”" in done.stdout and "--undo 2 --batch" in done.stdout
    (listed,) = json.loads(gongzhi("terms", "四季帮扶", "--json", cwd=tmp_path).stdout)
    assert (listed["label"], listed["kind"]) == ("四季帮扶", "brand") and "四季行动" in listed["aliases"]
    assert "又作：" in gongzhi("term", "四季行动", cwd=tmp_path).stdout
    history = json.loads(gongzhi("terms", "--history", "四季帮扶", "--json", cwd=tmp_path).stdout)
    assert [(edit["who"], edit["note"], edit["undone"]) for edit in history] == [("张三", "试试", "")] * 2
    undone = gongzhi("terms", "--undo", "2", "--batch", cwd=tmp_path)
    assert undone.stdout.count("已撤销") == 2
    assert "撤销" in gongzhi("terms", "--history", cwd=tmp_path).stdout
    assert "四季行动" in gongzhi("terms", "--kind", "项目", cwd=tmp_path).stdout


def test_the_vocabulary_is_checked(desk: Path, tmp_path: Path) -> None:
    checked = gongzhi("lint", "--library", str(desk / "library"), cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout
    assert "错误 0 处" in checked.stdout
    findings = json.loads(gongzhi("lint", "--json", "--library", str(desk / "library"), cwd=tmp_path).stdout)
    assert {finding["severity"] for finding in findings} == {"hint"}
    assert gongzhi("lint", "--strict", "--library", str(desk / "library"), cwd=tmp_path).returncode == 1


def test_search_finds_the_paragraph(desk: Path) -> None:
    answer = json.loads(gongzhi("search", "户外劳动者驿站", "--json", cwd=desk).stdout)
    assert "驿站32个" in answer["hits"][0]["text"] and answer["hits"][0]["citations"]["plain"]
    assert "驿站32个" in gongzhi("search", "户外劳动者驿站", cwd=desk).stdout


def test_a_process_does_what_its_entry_point_does(desk: Path, tmp_path: Path) -> None:
    """The other tests call the entry point in this process: it answers, fails and writes as a process does."""
    for command in (("search", "驿站32", "--json"), ("term", "五湖四海计划"), ("serach", "x"), ("documents",)):
        one, other = process(*command, cwd=desk), gongzhi(*command, cwd=desk)
        told = re.sub('"took_ms": [0-9.]+', "", one.stdout)
        assert (one.returncode, told) == (other.returncode, re.sub('"took_ms": [0-9.]+', "", other.stdout)), command
        assert one.stderr == other.stderr, command
    shutil.copytree(desk / "reports", tmp_path / "reports")
    done = process("ingest", "reports", cwd=tmp_path)
    assert done.returncode == 0 and "文献" in done.stdout, done.stderr
    (document,) = json.loads(gongzhi("documents", "--json", cwd=tmp_path).stdout)
    assert document["title"] == "海棠市工会工作总结"


def test_documents_take_turns_when_asked_to(desk: Path) -> None:
    turning = json.loads(gongzhi("search", "工会", "--diverse", "--json", cwd=desk).stdout)["hits"]
    owners = [hit["document_id"] for hit in turning]
    turns = [owners[:i].count(owner) for i, owner in enumerate(owners)]
    assert turns == sorted(turns)


def test_search_takes_signs_and_says_how_it_understood(desk: Path) -> None:
    answer = json.loads(gongzhi("search", "“户外劳动者驿站” 不含:食堂", "--json", cwd=desk).stdout)
    assert all("户外劳动者驿站" in hit["text"] + "".join(hit["headings"]) for hit in answer["hits"])
    assert [sign["kind"] for sign in answer["operators"]] == ["required", "excluded"]
    told = gongzhi("search", "hwldzyz", "地方:火星", cwd=desk).stdout
    assert "“hwldzyz”按拼音理解为“户外劳动者驿站”。" in told and "没有“地方:火星”这个地方" in told


@pytest.mark.parametrize("query", ["", "！", "\udcff", "“", "*?[", "' OR 1=1", "清凉" * 10_000])
def test_whatever_is_asked_the_command_answers(desk: Path, query: str) -> None:
    # Only a process takes bytes that are no letters.
    done = (gongzhi if query.isascii() or query.isprintable() else process)("search", query, cwd=desk)
    assert done.returncode == 0 and "Traceback" not in done.stderr
    assert done.stdout.strip()


def test_term_gives_the_explaining_sentence(desk: Path) -> None:
    answer = json.loads(gongzhi("term", "四季行动", "--json", cwd=desk).stdout)
    assert answer["status"] == "explained"
    assert ["春风行动", "夏日行动", "秋实行动", "冬暖行动"] in [d["components"] for d in answer["definitions"]]
    assert "冬暖行动" in gongzhi("term", "四季行动", cwd=desk).stdout


def test_every_mention_of_a_term_is_listed(desk: Path) -> None:
    answer = json.loads(gongzhi("term", "四季行动", "--mentions", "--json", cwd=desk).stdout)
    assert answer["total"] == len(answer["mentions"]) > 0
    assert all("四季行动" in mention["sentence"].replace("”", "") for mention in answer["mentions"])
    told = gongzhi("term", "四季行动", "--mentions", "--limit", "1", cwd=desk).stdout
    assert f"共 {answer['total']} 处" in told and ("--offset 1" in told) == (answer["total"] > 1)


def test_unknown_term_is_one_line_with_the_next_step(desk: Path) -> None:
    done = gongzhi("term", "五湖四海计划", cwd=desk)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "gongzhi search" in done.stderr


def test_places_table(desk: Path) -> None:
    answer = json.loads(gongzhi("places", "哪些城市建了户外劳动者驿站？", "--json", cwd=desk).stdout)
    first = answer["answers"][0]
    assert (first["place"], first["status"]) == ("荆州市", "done")
    evidence = first["evidence"][0]
    with Store.open(desk / "library") as store:
        assert store.document(evidence["document_id"]).text[evidence["start"] : evidence["end"]] == evidence["sentence"]
    shown = gongzhi("places", "哪些城市建了户外劳动者驿站？", cwd=desk).stdout
    assert "已开展（1）" in shown and "荆州市" in shown and "数量（个）" in shown
    assert shown.rstrip().endswith("未提及不等于未开展。")


def test_why_a_place_is_in_the_table(desk: Path) -> None:
    asked = ("places", "哪些城市建了户外劳动者驿站？", "--why")
    assert gongzhi(*asked, "荆州", cwd=desk).stdout.startswith("荆州市在答案里：已开展")
    assert "没有收录宜昌市的文献" in gongzhi(*asked, "宜昌市总工会", cwd=desk).stdout
    verdict = json.loads(gongzhi(*asked, "月球", "--json", cwd=desk).stdout)
    assert (verdict["place"], verdict["answered"]) == ("", False)


@pytest.mark.parametrize("kind", FORMATS)
def test_places_as_a_file(desk: Path, tmp_path: Path, kind: str) -> None:
    asked = ("places", "哪些城市建了户外劳动者驿站？", "--library", str(desk / "library"))
    done = gongzhi(*asked, "-o", f"答案.{kind}", cwd=tmp_path)
    assert done.stdout == f"已写入 答案.{kind}：1 个地方。\n", done.stderr
    content = (tmp_path / f"答案.{kind}").read_bytes()
    if kind == "xlsx":
        assert load_workbook(BytesIO(content))["地方"]["A2"].value == "荆州市"
    else:
        assert "荆州市" in content.decode("utf-8-sig")
        printed = gongzhi(*asked, "--format", kind, cwd=tmp_path).stdout
        assert printed.splitlines() == content.decode("utf-8-sig").splitlines()


def test_orders_are_those_of_the_engine() -> None:
    assert get_args(PlaceSort) == SORTS


def test_facts(desk: Path) -> None:
    answer = json.loads(gongzhi("facts", "--place", "荆州市", "--json", cwd=desk).stdout)
    assert (32, "个", "32个") in [
        (row["fact"]["value"], row["fact"]["unit"], row["written"]) for row in answer["facts"]
    ]
    assert answer["doubtful"] == []
    assert "驿站" in gongzhi("facts", "--place", "荆州市", cwd=desk).stdout
    many = json.loads(gongzhi("facts", "--min", "超过30家", "--json", cwd=desk).stdout)["facts"]
    assert many and all(row["fact"]["value"] >= 30 for row in many)


def test_no_facts_is_told(desk: Path) -> None:
    assert "没有一个数字合乎条件" in gongzhi("facts", "--place", "桃花市", cwd=desk).stdout


def test_facts_with_an_amount_that_is_none(desk: Path) -> None:
    refused = gongzhi("facts", "--min", "很多", cwd=desk)
    assert refused.returncode == 1 and "“很多”不是一个数量" in refused.stderr


def test_precedent_reads_a_file_or_standard_input(desk: Path) -> None:
    (desk / "draft.txt").write_text("我市计划建设一批户外劳动者驿站，为户外职工提供服务。", "utf-8")
    answer = json.loads(gongzhi("precedent", "draft.txt", "--json", cwd=desk).stdout)
    assert "驿站" in answer["hits"][0]["text"]


@pytest.mark.parametrize("form", ["graphml", "json", "csv", "skos.ttl", "jsonld"])
def test_export(desk: Path, form: str) -> None:
    done = gongzhi("export", form, "-o", f"out.{form}", cwd=desk)
    assert done.returncode == 0, done.stderr
    assert "四季行动" in (desk / f"out.{form}").read_text("utf-8")


def test_an_export_reads_back(desk: Path) -> None:
    assert gongzhi("export", "csv", "-o", "table.csv", cwd=desk).returncode == 0
    done = gongzhi("import", "table.csv", "--dry-run", cwd=desk)
    assert done.stdout == "与资料库相同，没有要改的。\n", done.stderr
    text = (desk / "table.csv").read_text("utf-8-sig")
    (desk / "table.csv").write_text(text.replace("四季行动,", "四季帮扶行动,", 1), "gb18030")
    done = gongzhi("import", "table.csv", "--dry-run", cwd=desk)
    assert "“四季行动”改名为“四季帮扶行动”" in done.stdout and "没有改动" in done.stdout, done.stderr


def test_bad_files_are_named_and_the_others_go_in(tmp_path: Path) -> None:
    (tmp_path / "好.txt").write_text(REPORT, "utf-8")
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "乱.txt").write_bytes(bytes(range(256)) * 8)
    done = gongzhi("ingest", "好.txt", "空.txt", "乱.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert "空.txt" in done.stderr and "乱.txt" in done.stderr
    assert len(json.loads(gongzhi("documents", "--json", cwd=tmp_path).stdout)) == 1


def test_nothing_readable_makes_no_library(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    done = gongzhi("ingest", "空.txt", cwd=tmp_path)
    assert done.returncode == 1 and "空.txt" in done.stderr
    assert not (tmp_path / "library").exists()
    assert "gongzhi ingest" in gongzhi("documents", cwd=tmp_path).stderr


def test_a_draft_in_any_encoding_is_read(desk: Path) -> None:
    (desk / "gbk.txt").write_text("我市计划建设一批户外劳动者驿站，为户外职工提供服务。", "gb18030")
    assert "驿站" in gongzhi("precedent", "gbk.txt", cwd=desk).stdout


def test_a_term_may_be_asked_for_in_a_sentence(desk: Path) -> None:
    assert "冬暖行动" in gongzhi("term", "四季行动是什么？", cwd=desk).stdout


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (["ingest", "没有的文件.txt"], 1, "没有的文件.txt"),
        (["ingest"], 2, "文件"),
        (["ingest", "--bundled", "甲.txt"], 2, "--bundled"),
        (["ingest", "--watch", "--dry-run", "甲.txt"], 2, "--dry-run"),
        (["ingest", "--watch", "没有的目录"], 1, "没有的目录"),
        (["search", "--colour", "x"], 2, "--colour"),
        (["serach", "x"], 2, "search"),
        (["search", "-k", "0", "x"], 2, "1 到 100"),
        (["search", "x"], 1, "gongzhi ingest"),
        (["serve"], 1, "gongzhi ingest"),
        (["remove", "x"], 1, "gongzhi ingest"),
        (["export", "doc"], 2, "graphml"),
        (["search", "--year", "abcd", "x"], 1, "“abcd”不是年份"),
        (["places", "--level", "foo", "x"], 2, "province"),
        (["places", "--sort", "foo", "x"], 2, "figures"),
        (["places", "--format", "doc", "x"], 2, "xlsx"),
        (["places", "--format", "xlsx", "x"], 2, "--output"),
        (["places", "--output", "答案", "x"], 2, "--format"),
        (["places", "--why", "荆州", "x"], 1, "gongzhi ingest"),
        (["documents", "--edit", "--undo", "x"], 2, "--undo"),
        (["documents", "--corrections", "x"], 2, "--corrections"),
        (["documents", "--edit"], 1, "gongzhi documents --edit"),
        (["documents", "--edit", "x", "颜色=红"], 1, "讲话人"),
        (["terms", "--merge", "四季送"], 2, "--merge 后面"),
        (["terms", "--undo", "1", "--history"], 2, "--history"),
        (["terms", "--undo", "三"], 2, "应为整数"),
        (["import", "没有的文件.csv"], 2, "应为已有的文件"),
        (["terms", "--batch"], 2, "--undo"),
        (["terms", "--add", "四季送", "多的"], 2, "多的"),
        (["terms", "--status", "x"], 2, "unexplained"),
        (["terms", "--sentence", "x", "--add", "四季送"], 1, "--split"),
        (["terms"], 1, "gongzhi ingest"),
        (["lint"], 1, "gongzhi ingest"),
    ],
)
def test_errors_are_one_clear_line(tmp_path: Path, args: list[str], status: int, says: str) -> None:
    done = gongzhi(*args, cwd=tmp_path)
    assert done.returncode == status
    assert says in done.stderr and done.stderr.count("\n") == 1, done.stderr
    assert not done.stdout


def test_library_of_a_newer_schema_is_refused(desk: Path, tmp_path: Path) -> None:
    import sqlite3

    copy = tmp_path / "library"
    shutil.copytree(desk / "library", copy)
    db = sqlite3.connect(copy / FILE_NAME)
    db.execute("PRAGMA user_version = 99")
    db.close()
    done = gongzhi("search", "驿站", cwd=tmp_path)
    assert done.returncode == 1 and "99" in done.stderr and done.stderr.count("\n") == 1


def test_bundled_digests_leave_when_own_files_come(tmp_path: Path) -> None:
    assert gongzhi("ingest", "--bundled", cwd=tmp_path).returncode == 0
    assert len(json.loads(gongzhi("documents", "--json", cwd=tmp_path).stdout)) >= 4
    (tmp_path / "总结.txt").write_text(REPORT, "utf-8")
    assert "摘编" in gongzhi("ingest", "总结.txt", cwd=tmp_path).stdout
    assert [d["title"] for d in json.loads(gongzhi("documents", "--json", cwd=tmp_path).stdout)] == [
        "海棠市工会工作总结"
    ]


def test_remove_undoes_ingest(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(REPORT, "utf-8")
    (tmp_path / "乙.txt").write_text(REPORT.replace("32", "45").replace("海棠", "牡丹"), "utf-8")
    assert gongzhi("ingest", "甲.txt", cwd=tmp_path).returncode == 0
    before = gongzhi("export", "json", cwd=tmp_path).stdout
    assert gongzhi("ingest", "乙.txt", cwd=tmp_path).returncode == 0
    assert gongzhi("export", "json", cwd=tmp_path).stdout != before
    assert gongzhi("remove", "乙.txt", cwd=tmp_path).returncode == 0
    assert gongzhi("export", "json", cwd=tmp_path).stdout == before


def test_a_dry_run_says_what_would_happen(desk: Path, tmp_path: Path) -> None:
    shutil.copytree(desk, tmp_path / "desk")
    desk = tmp_path / "desk"
    (desk / "reports" / "新来.txt").write_text(REPORT.replace("海棠", "牡丹"), "utf-8")
    (desk / "reports" / "空.txt").touch()
    done = gongzhi("ingest", "--dry-run", "reports", cwd=desk)
    assert done.returncode == 1
    assert "新来.txt" in done.stdout and "空.txt" in done.stdout and "没有写入" in done.stdout
    changes = json.loads(gongzhi("ingest", "--dry-run", "--json", "reports", cwd=desk).stdout)
    # The folder was copied: its report lies in another place now, and where it lay before it still is.
    assert {c["file"]: c["action"] for c in changes} == {"新来.txt": "added", "空.txt": "failed", "总结.txt": "copy"}
    assert len(json.loads(gongzhi("documents", "--json", cwd=desk).stdout)) == 1


def test_train_embedder_makes_a_model_that_searches(desk: Path, tmp_path: Path) -> None:
    lines = [{"title": f"第{n}号通知", "text": f"{REPORT}第{n}条，各单位照此办理，按期报告。"} for n in range(30)]
    (tmp_path / "texts.jsonl").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    done = gongzhi("train-embedder", "texts.jsonl", "-o", "model", "--steps", "3", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    library = str(desk / "library")
    answer = gongzhi("search", "驿站", "--library", library, "--json", cwd=tmp_path, GONGZHI_EMBEDDER="model")
    assert json.loads(answer.stdout)["hits"], answer.stderr
    missing = gongzhi("search", "驿站", "--library", library, cwd=tmp_path, GONGZHI_EMBEDDER="texts.jsonl")
    assert missing.returncode == 1 and "texts.jsonl" in missing.stderr


def test_a_limit_is_raised_by_its_setting(tmp_path: Path) -> None:
    (tmp_path / "大.txt").write_text(REPORT + "一" * 360_000, "utf-8")
    refused = gongzhi("ingest", "大.txt", cwd=tmp_path, GONGZHI_MAX_FILE_MB="1")
    assert refused.returncode == 1 and "GONGZHI_MAX_FILE_MB" in refused.stderr
    assert gongzhi("ingest", "大.txt", cwd=tmp_path, GONGZHI_MAX_FILE_MB="3").returncode == 0
    wrong = gongzhi("ingest", "大.txt", cwd=tmp_path, GONGZHI_MAX_FILE_MB="很大")
    assert wrong.returncode == 1 and "很大" in wrong.stderr and wrong.stderr.count("\n") == 1


def test_passages_are_cited_and_taken_away(desk: Path, tmp_path: Path) -> None:
    answer = json.loads(gongzhi("search", "职工驿站", "-k", "2", "--json", cwd=desk).stdout)
    ids = [hit["passage_id"] for hit in answer["hits"]]
    assert f"编号 {ids[0]}" in gongzhi("search", "职工驿站", cwd=desk).stdout
    official = gongzhi("cite", *ids, cwd=desk).stdout
    assert official.count("写道：“") == len(ids) and "《海棠市工会工作总结》" in official
    assert gongzhi("cite", ids[0], "--style", "bibtex", cwd=desk).stdout.startswith(f"@misc{{gongzhi-{ids[0]},")
    assert json.loads(gongzhi("cite", ids[0], "--json", cwd=desk).stdout)[0]["text"] == answer["hits"][0]["text"]
    paper = tmp_path / "素材.md"
    assert f"{len(ids)} 段" in gongzhi("cite", *ids, "--title", "驿站", "-o", str(paper), cwd=desk).stdout
    assert paper.read_text("utf-8").startswith("# 驿站\n\n## 1. ")
    missing = gongzhi("cite", "没有", cwd=desk)
    assert missing.returncode == 1 and "没有编号为 没有 的段落" in missing.stderr
    assert gongzhi("cite", ids[0], "-o", "x.pdf", cwd=desk).returncode == 2


def test_precedent_tells_of_each_clause(desk: Path) -> None:
    (desk / "draft.md").write_text(
        "我市计划建设一批户外劳动者驿站，为户外职工提供服务。\n\n咖啡机的萃取压力很稳定。", "utf-8"
    )
    told = gongzhi("precedent", "draft.md", cwd=desk).stdout
    assert "1. 我市计划建设" in told and "整篇的相近段落" in told and "没有足够相近的句子" in told
    clauses = json.loads(gongzhi("precedent", "draft.md", "--json", cwd=desk).stdout)["clauses"]
    assert [clause["clause"]["number"] for clause in clauses] == [1, 2]


def test_a_draft_of_another_kind_is_refused(desk: Path) -> None:
    (desk / "draft.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    refused = gongzhi("precedent", "draft.png", cwd=desk)
    assert refused.returncode == 1 and "不是能读的草稿" in refused.stderr
