from corpus.model import Definition, Document, Strength
from search.answers import Sense
from search.meanings import meanings, placed


def document(name: str, period: str, date: str = "") -> Document:
    return Document(name, "s", 0, name, "", "", "", "city", "", period, date, "", "")


def definition(
    name: str, sense: int, place: str, parts: tuple[str, ...], strength: Strength = "explained"
) -> Definition:
    return Definition(name, "t", name, parts, strength, "", place, name, "p", 0, 1, sense)


def test_places_and_years_are_those_of_documents_that_explain() -> None:
    read = {"a": document("a", "2018-2023"), "b": document("b", "", "2016-05-01"), "c": document("c", "2009")}
    first, second = meanings(
        [
            definition("a", 1, "甲市", ("学", "练")),
            definition("b", 1, "乙市", ("学", "练", "赛")),
            definition("c", 2, "丙市", (), "described"),
        ],
        read,
    )
    assert (first.sense, first.places, first.period, first.documents) == (1, ("甲市", "乙市"), "2016—2023", 2)
    assert first.components == ("学", "练", "赛")
    assert (second.places, second.period) == (("丙市",), "2009")


def test_who_merely_describes_a_thing_does_not_stand_for_its_sense() -> None:
    read = {"a": document("a", "2018"), "b": document("b", "")}
    (found,) = meanings([definition("a", 1, "甲市", ("学",)), definition("b", 1, "乙市", (), "described")], read)
    assert (found.places, found.period, found.documents) == (("甲市",), "2018", 2)


def test_years_that_nobody_knows_are_empty() -> None:
    (found,) = meanings([definition("a", 1, "", ("学",))], {"a": document("a", "", "")})
    assert (found.places, found.period) == ((), "")


def sense(document: str, place: str, parts: tuple[str, ...], strength: Strength) -> Sense:
    return Sense(document, "t", "", parts, strength, "", place, document, "p", 0, 1)


def test_a_name_that_counts_may_mean_something_else_where_nobody_explains_it() -> None:
    told = sense("a", "甲市", ("学", "练"), "explained")
    rest = [
        sense("a", "甲市", (), "described"),
        sense("b", "甲市", (), "described"),
        sense("c", "乙市", (), "described"),
    ]
    assert [found.elsewhere for found in placed("两大行动", [told, *rest])] == [False, False, False, True]
    assert not any(found.elsewhere for found in placed("海港驿站", [told, *rest]))
    assert not any(found.elsewhere for found in placed("两大行动", rest))
