from corpus.model import Document, Passage
from graph.linking import Linker, PassageFinder


def document(text: str) -> Document:
    return Document("d", "s", 0, "", "", "", "", "city", "", "", "", "", text)


def passage(text: str, start: int, name: str = "p") -> Passage:
    return Passage(name, "d", "", 0, text, start, start + len(text), 0, 0, ())


def spans(linker: Linker, text: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    terms, concepts = linker.link(document(text), [])
    return [(m.term_id, text[m.start : m.end]) for m in terms], [(c.concept, text[c.start : c.end]) for c in concepts]


def test_the_longest_label_wins_and_matches_do_not_overlap() -> None:
    linker = Linker({"四送": "a", "四送一补": "b", "一补二促": "c"}, {})
    assert spans(linker, "打造四送一补二促品牌，常态化四送。")[0] == [("b", "四送一补"), ("a", "四送")]


def test_terms_and_concepts_may_overlap() -> None:
    linker = Linker({"职工书屋": "t"}, {"书屋": ["阅读"], "职工书屋建设": ["阅读"]})
    assert spans(linker, "推进职工书屋建设") == ([("t", "职工书屋")], [("阅读", "职工书屋建设")])


def test_a_wording_of_two_concepts_counts_for_both_and_a_look_alike_for_none() -> None:
    linker = Linker({}, {"平安": ["互助", "安全"], "平安渡": []})
    assert spans(linker, "保平安，过平安渡。")[1] == [("互助", "平安"), ("安全", "平安")]


def test_writing_variants_keep_their_offsets() -> None:
    linker = Linker({"法院+工会": "a", "“春学”计划": "b", "中国情·海岛美": "c", "工会app": "d"}, {})
    text = "推广法院＋工会、‘春学’计划、中国情•海岛美和工会APP。"
    assert spans(linker, text)[0] == [
        ("a", "法院＋工会"),
        ("b", "‘春学’计划"),
        ("c", "中国情•海岛美"),
        ("d", "工会APP"),
    ]


def test_a_mention_knows_its_passage() -> None:
    text = "标题暖蜂\n正文暖蜂。"
    terms, _ = Linker({"暖蜂": "t"}, {}).link(document(text), [passage("正文暖蜂。", 5)])
    assert [(m.start, m.passage_id) for m in terms] == [(2, ""), (7, "p")]


def test_empty_text_has_no_mentions() -> None:
    assert Linker({"暖蜂": "t"}, {}).link(document(""), []) == ([], [])


def test_passage_finder_takes_passages_in_any_order() -> None:
    locate = PassageFinder([passage("乙乙", 10, "b"), passage("甲甲", 0, "a")])
    assert [locate(i) for i in (0, 1, 2, 9, 10, 11, 12)] == ["a", "a", "", "", "b", "b", ""]
