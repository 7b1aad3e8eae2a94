"""Teaching a library: what a lesson may lead to, what is refused, what is undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.curation import Change
from corpus.errors import LibraryReadOnly
from corpus.lexicon import lexicon
from corpus.model import Taught
from corpus.store import Store
from graph import errors
from graph.curation import edit
from graph.derive import derive
from graph.teaching import lessons, names_of_terms, standing, teach, unteach
from ingest.parse import parse_source

REPORT = """荆州市总工会2022年工作总结

一、过去的工作

打造“海棠驿家”服务品牌，为户外职工提供歇脚的地方。推进“海棠驿家”建设，新建站点二十个。

夏季开展送清凉，工间歇脚亭建到路边，职工爱去工间歇脚亭。

【名词注释】

“四季同行”：春耕行、夏凉行、秋学行、冬暖行。"""


def read(store: Store) -> None:
    with store.write():
        store.put_source(parse_source(Path("甲.txt"), REPORT.encode(), origin="甲.txt"))
        derive(store)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library", create=True) as store:
        read(store)
        yield store


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("送清凉", "送清凉"),
        ("防暑降温", "送清凉"),  # an altLabel of the lexicon
        ("“海棠驿家”", "海棠驿家"),  # a term
        ("海棠驛家", "海棠驿家"),
        ("工间歇脚亭", "工间歇脚亭"),  # a wording of the documents
    ],
)
def test_what_a_lesson_leads_to(library: Store, written: str, kept: str) -> None:
    generation = library.generation
    lesson = teach(library, "大晌午给工人塞冰棍", written, who="张三", note="常有人问")
    assert (lesson.ordinal, lesson.label, lesson.concept) == (1, "大晌午给工人塞冰棍", kept)
    assert (lesson.who, lesson.note, lesson.undone) == ("张三", "常有人问", "")
    assert lessons(library) == [lesson]
    assert library.generation == generation and library.lessons == 1


@pytest.mark.parametrize(
    ("label", "concept", "error", "says"),
    [
        ("塞冰棍", "没有这回事的工程", errors.MeaningUnknown, "都没有“没有这回事的工程”"),
        ("塞冰棍", "送清凉活", errors.MeaningUnknown, "是不是.*“送清凉”"),
        ("送温暖", "送清凉", errors.SayingOfficial, "“送温暖”本身是“送温暖”的官方说法"),
        ("防暑降温", "送清凉", errors.AlreadyMeant, "已经按“送清凉”查"),
        ("海棠驿家", "海棠驿家", errors.AlreadyMeant, "已经按“海棠驿家”查"),
    ],
)
def test_what_is_refused(library: Store, label: str, concept: str, error: type[errors.EditRefused], says: str) -> None:
    with pytest.raises(error, match=says):
        teach(library, label, concept)
    assert not library.select(Taught) and library.lessons == 0


def test_plain_words_of_the_lexicon_are_no_official_wording_but_lead_to_one(library: Store) -> None:
    cool = next(concept for concept in lexicon() if concept.label == "送清凉")
    with pytest.raises(errors.MeaningUnknown) as refused:
        teach(library, "大晌午塞冰棍", max(cool.hidden_labels, key=len))
    assert refused.value.suggestions == ("送清凉",)


def test_words_that_stand_everywhere_are_refused(tmp_path: Path) -> None:
    text = "荆州市总工会2022年工作总结\n\n" + "\n\n".join(
        f"第{n}项，{'职工食堂添了新物件，' * 20}换了新灶台{n}个。" for n in range(40)
    )
    with Store.open(tmp_path / "library", create=True) as store:
        store.put_source(parse_source(Path("甲.txt"), text.encode(), origin="甲.txt"))
        with pytest.raises(errors.SayingTooCommon, match="太常见"):
            teach(store, "灶台", "送清凉")


def test_a_lesson_is_taught_once_until_it_is_undone(library: Store) -> None:
    teach(library, "塞冰棍", "送清凉")
    with pytest.raises(errors.AlreadyMeant):
        teach(library, "“塞冰棍”", "防暑降温")
    teach(library, "塞冰棍", "海棠驿家")  # the same words may mean two things
    undone = unteach(library, 1)
    assert undone.undone and undone.label == "塞冰棍"
    with pytest.raises(errors.LessonUndone):
        unteach(library, 1)
    with pytest.raises(errors.LessonNotFound):
        unteach(library, 9)
    assert teach(library, "塞冰棍", "送清凉").ordinal == 3
    assert [bool(lesson.undone) for lesson in lessons(library)] == [False, False, True]
    assert library.lessons == 4


def test_lessons_outlive_their_source(library: Store) -> None:
    teach(library, "塞冰棍", "海棠驿家")
    held = library.select(Taught)
    library.remove_source(library.select(type(library.parsed(library.sizes()[0].document_id).document))[0].source_id)
    with library.write():
        derive(library)
    assert library.select(Taught) == held
    read(library)
    assert library.select(Taught) == held


def test_a_term_is_known_by_all_its_names(library: Store) -> None:
    edit(library, [Change("rename", "海棠驿家", "海棠之家")])
    (names,) = names_of_terms(library, ["海棠驿家"]).values()
    assert names[0] == "海棠之家" and "海棠驿家" in names
    assert names_of_terms(library, []) == {}


def test_a_wording_stands_however_it_is_written(library: Store) -> None:
    assert len(standing(library, "海棠 驛家")) == 1
    assert not standing(library, "驿家海棠")


def test_a_library_that_cannot_be_written_learns_nothing(library: Store) -> None:
    library._writable = False
    with pytest.raises(LibraryReadOnly):
        teach(library, "塞冰棍", "送清凉")
