"""Conditions are put so that Milvus looks only where it must."""

from collections.abc import Callable

import pytest

from search.answers import Filters
from search.backends.collections import CONTENT
from search.backends.conditions import columns, expression
from search.backends.interface import Backend, Parcel, Where


@pytest.mark.parametrize("kind", ["milvus-file", "milvus-server"])
def test_passages_are_parted_by_province(openings: Callable[[str], Callable[[], Backend]], kind: str) -> None:
    backend = openings(kind)()
    keys = {
        collection: [
            field["name"]
            for field in backend.calls.describe(backend.names.of(collection))["fields"]  # type: ignore[attr-defined]
            if field.get("is_partition_key")
        ]
        for collection in CONTENT
    }
    assert keys == {"documents": [], "passages": ["province"], "sentences": ["province"], "claims": []}


@pytest.mark.parametrize(
    ("asked", "province"),
    [("云南", '(province in ["云南", "云南省"])'), ("湖北省、云南", '(province in ["湖北省", "云南", "云南省"])')],
)
def test_a_province_is_asked_for_by_the_key(asked: str, province: str) -> None:
    # Milvus leaves out partitions for == and in, joined by and, and for nothing else.
    assert expression(Where(Filters(province=asked))) == province
    assert expression(Where(Filters(province=asked, level="city"))) == f'{province} and (level in ["city"])'


def test_a_document_of_no_province_has_a_key_too(reports: tuple[Parcel, ...]) -> None:
    assert [columns(one.document)["province"] for one in reports] == ["湖北省", "云南省", "云南省", "-"]
