from pathlib import Path

from corpus.claimed import DoerCount
from corpus.model import ConceptMention, Fact
from corpus.store import Store
from gongzhi.build import ingest

REPORT = """衢州市总工会2031年工作总结

2031年12月20日

一、过去一年的主要工作

全市工会建成户外劳动者驿站12个，柯城区总工会建成户外劳动者驿站5个。

二、明年的打算

明年要建设母婴室20个。
"""


def made(folder: Path, *names: str) -> Store:
    for name in names:
        (folder / f"{name}.txt").write_text(REPORT.replace("12个", f"12个（{name}）"), "utf-8")
    ingest(folder / "library", [folder])
    return Store.open(folder / "library")


def test_only_what_stands_in_the_claims_of_the_place_is_read(tmp_path: Path) -> None:
    with made(tmp_path, "甲") as store:
        figures = {place: [fact.value for fact in store.claimed.inside(Fact, place)] for place in ("衢州市", "柯城区")}
        assert figures == {"衢州市": [12, 20], "柯城区": [5]}
        concepts = [mention.concept for mention in store.claimed.inside(ConceptMention, "柯城区")]
        assert concepts == ["户外劳动者服务站点"]
        assert store.claimed.inside(Fact, "没有这处") == []


def test_doers_are_counted_by_whose_documents_tell_of_them(tmp_path: Path) -> None:
    with made(tmp_path, "甲") as store:
        assert store.claimed.doers() == [
            DoerCount("柯城区", "330802", "county", "衢州市", "330800", 1),
            DoerCount("衢州市", "330800", "city", "", "", 2),
        ]


def test_a_near_copy_is_not_counted_again(tmp_path: Path) -> None:
    text = REPORT + "\n".join(f"走访第{n}个车间的职工，记下他们关心的事。" for n in range(40))
    for name in ("甲", "乙"):
        (tmp_path / f"{name}.txt").write_text(text.replace("5个", "5个" if name == "甲" else "6个"), "utf-8")
    ingest(tmp_path / "library", [tmp_path])
    with Store.open(tmp_path / "library") as store:
        assert {doer.place: doer.claims for doer in store.claimed.doers()}["柯城区"] == 1
        assert ("柯城区", "330802", "户外劳动者服务站点", 1) in store.claimed.spoken(["柯城区"])


def test_what_is_only_planned_is_not_spoken_of_as_done(tmp_path: Path) -> None:
    with made(tmp_path, "甲") as store:
        assert {concept for _, _, concept, _ in store.claimed.spoken(["衢州市", "柯城区"])} == {"户外劳动者服务站点"}
