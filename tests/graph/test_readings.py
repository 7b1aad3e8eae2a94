import pytest

from corpus.model import ConceptMention, Sighted
from corpus.store import Store
from graph.derive import derive
from graph.readings import given, read, rules
from graph.sightings import CREATED, NAME, QUOTED, Sighting, packed, unpacked
from tests.graph.conftest import MakeStore, parsed

TEXT = """推行“三联”行动，即联系田间、联系渔港、联系码头。
打造“暖蜂”驿站和“护航”驿站，供骑手歇脚。三大平台有人。
打造海岛职工服务中心，服务船员。
名词注释
1.“四送”：送岗位、送清凉、送学费、送温暖。"""


def sightings(text: str) -> dict[str, Sighting]:
    (document,) = parsed("甲", text).documents
    return {one.core: one for one in read(text, document.sections, document.passages).sightings}


def test_what_is_kept_is_what_was_found() -> None:
    (document,) = parsed("甲", TEXT).documents
    found = read(TEXT, document.sections, document.passages)
    assert unpacked(packed(found)) == found
    kept, spoken = given(document.document, document.sections, document.passages)
    assert kept == Sighted(document.document.id, rules(), packed(found))
    assert {concept for concept, *_ in spoken} >= {"送温暖", "送清凉"}
    assert [line.core for line in found.lines] == ["四送"] and TEXT[slice(*found.glossary[0])].startswith("“四送”：")


def test_a_sighting_says_all_that_is_asked_later() -> None:
    found = sightings(TEXT)
    said = found["三联"].said
    assert said is not None and said.components == ("联系田间", "联系渔港", "联系码头") and found["三联"].trusted
    assert TEXT[said.start : said.end].startswith("推行“三联”行动")
    assert found["暖蜂"].traits & QUOTED and found["暖蜂"].traits & NAME and found["暖蜂"].written == "“暖蜂”驿站"
    assert found["海岛职工服务中心"].traits & CREATED


def test_what_needs_an_explanation_and_has_none_is_not_kept() -> None:
    text = "建好三大平台。"
    (document,) = parsed("甲", text).documents
    found = read(text, (), document.passages)
    assert found.named and found.sightings == ()


@pytest.mark.parametrize(
    ("text", "names"), [("唱响“甲乙”“丙丁”。", ("丙丁",)), ("办“海岛课堂”，也办“渔港课堂”。", ("渔港课堂",))]
)
def test_names_that_vouch_for_one(text: str, names: tuple[str, ...]) -> None:
    assert next(iter(sightings(text).values())).beside == names


def test_documents_read_by_other_rules_are_read_again(store: MakeStore) -> None:
    made: Store = store(("甲", TEXT))
    (kept,), spoken = made.select(Sighted), made.select(ConceptMention)
    assert spoken
    with made.write():
        made.put_read(Sighted(kept.document_id, "other", ""), [("别的", kept.document_id, "", 0, 2)])
        derive(made)
    assert made.select(Sighted) == [kept] and made.select(ConceptMention) == spoken
