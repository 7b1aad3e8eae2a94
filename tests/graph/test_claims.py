"""Claims of small invented documents, and of the reference corpus where it is at hand."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Claim, Document, ParsedDocument, Passage, Repair, Section, SectionStatus
from graph.claims import extract_claims

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def document(
    *parts: tuple[str, SectionStatus, str],
    place: str = "宜昌市",
    code: str = "420500",
    title: str = "工作报告",
    date: str = "",
    repairs: tuple[Repair, ...] = (),
) -> ParsedDocument:
    """A document of (heading, status, paragraph) parts; a part without heading belongs to no section."""
    text, sections, passages = "", [], []
    for number, (heading, status, paragraph) in enumerate(parts):
        section = ""
        if heading:
            section = f"s{number}"
            start, text = len(text), text + heading + "\n"
            kind = "glossary" if heading == "名词注释" else "body"
            end = len(text) + len(paragraph)
            sections.append(Section(section, "d", number, "", 1, "", heading, start, end, status, kind))
        start, text = len(text), text + paragraph + "\n"
        passages.append(Passage(f"p{number}", "d", section, number, paragraph, start, start + len(paragraph), 0, 0, ()))
    made = Document("d", "s", 0, title, place, code, "湖北省", "city", "", "", date, "", text)
    return ParsedDocument(made, tuple(sections), tuple(passages), repairs)


def told(claims: tuple[Claim, ...]) -> list[tuple[str, str, str, str]]:
    return [(claim.text, claim.place, claim.how, claim.status) for claim in claims]


def test_a_sentence_is_the_documents_unless_it_names_another_doer() -> None:
    claims, _ = extract_claims(document(("", "", "建成夜班食堂九座。兴山县总工会办起船工夜校。")))
    assert told(claims) == [
        ("建成夜班食堂九座。", "宜昌市", "document", "done"),
        ("兴山县总工会办起船工夜校。", "兴山县", "sentence", "done"),
    ]


def test_clauses_of_different_doers_are_different_claims() -> None:
    claims, _ = extract_claims(document(("", "", "兴山县办起夜校，市总工会补助九万元。")))
    assert told(claims) == [
        ("兴山县办起夜校，", "兴山县", "sentence", "done"),
        ("市总工会补助九万元。", "宜昌市", "document", "done"),
    ]


def test_listed_doers_share_a_span_and_its_figures_are_told_once() -> None:
    claims, facts = extract_claims(document(("", "", "兴山县、远安县总工会建成食堂25座。")))
    assert [claim.place for claim in claims] == ["兴山县", "远安县"]
    assert len({claim.id for claim in claims}) == 2
    assert {(claim.start, claim.end) for claim in claims} == {(0, len("兴山县、远安县总工会建成食堂25座。"))}
    assert [(fact.value, fact.unit, fact.subject) for fact in facts] == [(25, "座", "食堂")]


def test_a_plan_in_the_same_sentence_is_another_claim() -> None:
    claims, facts = extract_claims(document(("", "", "建成食堂25座，力争明年再建30座。")))
    assert [(claim.text, claim.status) for claim in claims] == [
        ("建成食堂25座，", "done"),
        ("力争明年再建30座。", "planned"),
    ]
    assert [(fact.value, fact.tense) for fact in facts] == [(25, "done"), (30, "target")]


def test_status_comes_from_the_section_and_its_parents() -> None:
    parsed = document(("过去五年", "done", "建成食堂25座。"), ("今后五年", "plan", "建成食堂60座。"))
    child = Section("s9", "d", 9, "s1", 2, "", "办好食堂", 0, 1, "", "body")
    passage = Passage(
        "p9", "d", "s9", 9, parsed.passages[1].text, parsed.passages[1].start, parsed.passages[1].end, 0, 0, ()
    )
    nested = ParsedDocument(parsed.document, (*parsed.sections, child), (parsed.passages[0], passage), ())
    assert [claim.status for claim in extract_claims(nested)[0]] == ["done", "planned"]


def test_a_section_headed_by_a_place_is_that_places() -> None:
    claims, _ = extract_claims(document(("兴山县：船工夜校", "", "每周两晚，船长授课。")))
    assert told(claims) == [("每周两晚，船长授课。", "兴山县", "section", "done")]


def test_the_glossary_claims_nothing() -> None:
    assert extract_claims(document(("名词注释", "", "船工夜校：教船工识图的夜校。"))) == ((), ())


def test_shortcomings_are_denied_and_have_no_figures() -> None:
    claims, facts = extract_claims(document(("工作中存在的短板", "", "船工夜校少，只有9个镇开办。")))
    assert [(claim.polarity, claim.place) for claim in claims] == [("denied", "宜昌市")] and facts == ()
    claims, _ = extract_claims(
        document(("", "", "我们也清醒地看到，工作还存在不足。为船工开办夜校的少。对此，添置图书九册。建成凉棚。"))
    )
    assert [claim.text for claim in claims if claim.polarity == "affirmed"] == ["对此，添置图书九册。", "建成凉棚。"]
    assert [claim.polarity for claim in claims][:2] == ["denied", "denied"]


def test_a_shortcoming_among_deeds_is_a_claim_of_its_own() -> None:
    claims, _ = extract_claims(document(("", "", "建成凉棚九座；夜校办得还不够；添置雨衣。")))
    assert [(claim.text, claim.polarity) for claim in claims] == [
        ("建成凉棚九座；", "affirmed"),
        ("夜校办得还不够；", "denied"),
        ("添置雨衣。", "affirmed"),
    ]


def test_the_items_of_a_list_are_claims_of_their_own() -> None:
    claims, _ = extract_claims(document(("", "", "一是建成凉棚，添置长椅；二是力争办好夜校。")))
    assert [(claim.text, claim.status) for claim in claims] == [
        ("一是建成凉棚，添置长椅；", "done"),
        ("二是力争办好夜校。", "planned"),
    ]
    claims, _ = extract_claims(document(("", "", "一是建成凉棚，二是办起夜校。")))
    assert [claim.text for claim in claims] == ["一是建成凉棚，", "二是办起夜校。"]


def test_a_unit_shares_its_claim_with_the_place_that_reports_it() -> None:
    claims, facts = extract_claims(document(("", "", "江汉铸管集团工会建成凉棚9座。市总工会添置雨衣。")))
    assert [(c.place, c.level, c.doer, c.how, c.parent, c.parent_code) for c in claims] == [
        ("江汉铸管集团", "enterprise", "江汉铸管集团工会", "sentence", "宜昌市", "420500"),
        ("宜昌市", "city", "", "document", "", ""),
        ("宜昌市", "city", "", "document", "", ""),
    ]
    assert [(fact.place, fact.value) for fact in facts] == [("江汉铸管集团", 9)]


def test_a_subordinate_place_knows_its_parent_and_an_outsider_has_none() -> None:
    claims, _ = extract_claims(document(("", "", "兴山县建成凉棚。岳阳市总工会捐赠渔具。省总工会补助九万元。")))
    assert [(c.place, c.parent, c.parent_code) for c in claims] == [
        ("兴山县", "宜昌市", "420500"),
        ("岳阳市", "", ""),
        ("湖北省", "", ""),
    ]


def test_what_only_leads_to_a_plan_is_planned() -> None:
    claims, _ = extract_claims(document(("", "", "站在新的起点上，宜昌市工会将办好夜校。")))
    assert told(claims) == [("站在新的起点上，宜昌市工会将办好夜校。", "宜昌市", "document", "planned")]


def test_a_unit_of_nobodys_report_has_no_place_beside_it() -> None:
    claims, _ = extract_claims(document(("", "", "江汉铸管集团工会建成凉棚。"), place="", code=""))
    assert [(claim.place, claim.parent) for claim in claims] == [("江汉铸管集团", "")]


def test_claims_know_when() -> None:
    parsed = document(
        ("2021年工作", "done", "建成凉棚。2019年，办起夜校，添置图书；2022年以来，添置雨衣。五年来，慰问船工。"),
        date="2023-05-04",
    )
    claims, _ = extract_claims(parsed)
    assert [(c.text, c.period) for c in claims] == [
        ("建成凉棚。", "2021"),
        ("2019年，办起夜校，添置图书；", "2019"),
        ("2022年以来，添置雨衣。", "2022—2023"),
        ("五年来，慰问船工。", "2018—2023"),
    ]


def test_an_issued_plan_is_done_and_what_it_provides_for_is_not() -> None:
    claims, _ = extract_claims(document(("过去五年", "done", "出台《船工夜校规划》，明确每镇办一所夜校。")))
    assert [(claim.text, claim.status) for claim in claims] == [
        ("出台《船工夜校规划》，", "done"),
        ("明确每镇办一所夜校。", "planned"),
    ]


def test_bare_verbs_after_what_must_be_done_are_planned() -> None:
    claims, _ = extract_claims(document(("", "", "各级工会要办好夜校。添置渔具图书。船工们添置了雨衣。")))
    assert [claim.status for claim in claims] == ["planned", "planned", "done"]


def test_questions_and_personal_speech_claim_nothing() -> None:
    claims, _ = extract_claims(
        document(("", "", "怎样给船工办夜校？“我去年上了夜校。夜校真好。”船工老石说。办起船工夜校。"))
    )
    assert [claim.text for claim in claims] == ["办起船工夜校。"]


def test_a_masked_place_is_nobody() -> None:
    claims, _ = extract_claims(document(("", "", "*县总工会建成凉棚。"), place="", code=""))
    assert [(claim.place, claim.level) for claim in claims] == [("", "unknown")]


def test_a_plan_lasts_to_the_end_of_its_paragraph() -> None:
    claims, _ = extract_claims(
        document(("", "", "下一步，市总工会将办好夜校。添置渔具图书。"), ("", "", "添置雨衣九件。"))
    )
    assert [claim.status for claim in claims] == ["planned", "planned", "done"]


def test_doubtful_numbers_say_so() -> None:
    doubt = Repair("s", "d", 0, "garbled", 4, 6, 4, 6, "", "", True, "看不清")
    claims, facts = extract_claims(document(("", "", "建成食堂25座。"), repairs=(doubt,)))
    assert len(claims) == 1 and [fact.doubtful for fact in facts] == ["看不清"]


def test_ids_are_the_same_every_time() -> None:
    parsed = document(("", "", "兴山县办起夜校，市总工会补助9万元。建成食堂25座。"))
    assert extract_claims(parsed) == extract_claims(parsed)
    claims, facts = extract_claims(parsed)
    assert len({claim.id for claim in claims}) == len(claims)
    assert len({fact.id for fact in facts}) == len(facts)


def test_every_claim_of_the_corpus_is_verbatim() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the reference corpus (../shared/corpus) is not here")
    from ingest.parse import parse_source

    seen = 0
    for path in sorted(CORPUS.glob("*.txt")):
        for parsed in parse_source(path, origin=path.name).documents:
            claims, facts = extract_claims(parsed)
            text, owners = parsed.document.text, {claim.id: claim for claim in claims}
            assert len(owners) == len(claims)
            for claim in claims:
                assert text[claim.start : claim.end] == claim.text
                assert claim.period == "" or len(claim.period) in (4, 9)
            for fact in facts:
                claim = owners[fact.claim_id]
                assert claim.start <= fact.start < fact.end <= claim.end
                assert fact.subject in claim.text
            seen += len(claims)
    assert seen > 1000


_CLAUSES = st.sampled_from(
    [
        "兴山县总工会建成凉棚9座", "市总工会将添置雨衣", "江汉铸管集团工会办起夜校", "夜校还不够多", "省总工会补助九万元",
        "一是添置图书", "要办好夜校", "出台《夜校规划》", "明确每镇一所", "“我很高兴”", "*县建成凉棚", "2021年以来", "五年来",
        "秭归、远安两县工会建成凉棚", "正在建设船工医院", "该县添置雨衣", "下一步", "但覆盖面不广", "怎样办夜校？",
    ]
)  # fmt: skip
_MARKS = st.sampled_from(["，", "；", "。", "：", "\n", "！"])


@given(st.lists(st.tuples(_CLAUSES, _MARKS), min_size=1, max_size=14), st.sampled_from(["", "done", "plan"]))
def test_claims_are_verbatim_and_cover_a_clause_once_for_each_doer(
    parts: list[tuple[str, str]], status: SectionStatus
) -> None:
    parsed = document(
        ("一、工作", status, "".join(clause + mark for clause, mark in parts).rstrip("\n") or "建成凉棚。")
    )
    claims, facts = extract_claims(parsed)
    text, (passage,) = parsed.document.text, parsed.passages
    covered: dict[tuple[str, str], int] = {}
    for claim in claims:
        assert claim.text == text[claim.start : claim.end] != ""
        assert passage.start <= claim.start < claim.end <= passage.end
        who = (claim.place, claim.doer)
        assert covered.get(who, 0) <= claim.start
        covered[who] = claim.end
    owners = {claim.id: claim for claim in claims}
    assert len(owners) == len(claims)
    assert all(owners[fact.claim_id].polarity == "affirmed" for fact in facts)
