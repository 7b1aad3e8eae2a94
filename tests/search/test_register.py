"""Documents in columns answer as documents one by one do."""

from collections import Counter

import numpy as np
import pytest

from corpus.model import Document
from search.answers import Filters
from search.register import VALUES, Register, meets

DOCUMENTS = [
    Document(str(n), "s", n, "题", place, code, province, level, kind, period, date, "", "")
    for n, (place, code, province, level, kind, period, date) in enumerate(
        (
            ("昆明市", "530100", "云南省", "city", "总结", "2022年度", "2023-06-01"),
            ("云南省", "530000", "云南省", "province", "总结", "", "2023-06-01"),
            ("某集团工会", "", "", "enterprise", "讲话", "2018-2023年", ""),
            ("昆明市", "530100", "云南省", "city", "讲话", "", "2019"),
        )
    )
]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(place="昆明"),
        Filters(place="云南省", year="2022-2023"),
        Filters(province="云南", level="city", type="讲话"),
        Filters(year="2019、2018", status="done"),
        Filters(place="火星"),
    ],
)
def test_those_chosen_are_those_that_meet(filters: Filters) -> None:
    chosen = Register(DOCUMENTS).chosen(filters)
    assert chosen is not None and chosen.tolist() == [meets(document, filters) for document in DOCUMENTS]


def test_without_conditions_on_documents_none_are_chosen() -> None:
    assert Register(DOCUMENTS).chosen(Filters(status="done")) is None


@pytest.mark.parametrize("name", list(VALUES))
def test_values_are_counted_by_documents(name: str) -> None:
    times = np.array([3, 0, 2, 5])
    expected: Counter[str] = Counter()
    for document, many in zip(DOCUMENTS, times.tolist(), strict=True):
        expected.update(dict.fromkeys(VALUES[name](document), many))
    assert Register(DOCUMENTS).counted(name, np.arange(len(DOCUMENTS)), times) == {
        value: many for value, many in expected.items() if many
    }


def test_documents_without_a_date_come_first_in_time() -> None:
    assert Register(DOCUMENTS).dates(np.arange(4)).argsort(kind="stable").tolist() == [2, 3, 0, 1]


def test_an_empty_library_has_no_documents() -> None:
    register = Register([])
    chosen = register.chosen(Filters(place="昆明"))
    assert (
        chosen is not None
        and len(chosen) == 0
        and register.counted("place", np.zeros(0, np.int32), np.zeros(0, np.int64)) == {}
    )
