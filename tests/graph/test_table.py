import csv
import io
from pathlib import Path

from corpus.model import Definition, Document, Repair, Source, Term
from corpus.store import Store
from graph.table import COLUMNS, UNEXPLAINED, glossary_rows, to_csv


def test_a_row_for_each_explanation_and_for_what_nothing_explains(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        with store.write():
            store._db.execute("INSERT INTO source VALUES ('s', '甲.txt', '甲.txt', 'utf-8', 1, 0, '', x'41')")
            store.insert(
                [Document("s-1", "s", 1, "总结", "舟山市", "", "", "city", "", "", "", "", "“两帮”：帮岗、帮学。")]
            )
            store.insert([Term("1", "两帮", "programme", "explained", ("“两帮”",))])
            store.insert([Term("2", "灯塔行动", "programme", "unexplained", ())])
            store.insert(
                [
                    Definition(
                        "x",
                        "1",
                        "“两帮”：帮岗、帮学。",
                        ("帮岗", "帮学"),
                        "explained",
                        "glossary",
                        "舟山市",
                        "s-1",
                        "p",
                        0,
                        11,
                    )
                ]
            )
            store.insert([Repair("s", "s-1", 0, "mask", 4, 5, 4, 5, "：", "：", True, "看不清")])
        rows = glossary_rows(store)
        assert store.count(Source) == 1
    assert all(len(row) == len(COLUMNS) for row in rows)
    assert [(row[0], row[5], row[9]) for row in rows] == [
        ("两帮", "原文有解释", "帮岗；帮学"),
        ("灯塔行动", UNEXPLAINED, ""),
    ]
    assert [row[-2:] for row in rows] == [("“：”处，看不清", "term:1"), ("", "term:2")]


def test_a_cell_is_never_a_formula() -> None:
    made = list(csv.reader(io.StringIO(to_csv(["甲", "=1+1"], [["=1+1"], ["平常"], [3], ['a,"b\n']]))))
    assert made == [["甲", "'=1+1"], ["'=1+1"], ["平常"], ["3"], ['a,"b\n']]
