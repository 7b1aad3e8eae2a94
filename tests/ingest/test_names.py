import pytest

from ingest.names import is_name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("李明", True),
        ("李　明", True),
        ("王志强", True),
        ("欧阳明", True),
        ("司马志强", True),
        ("阿依古丽·买买提", True),
        ("王某", False),
        ("王×强", False),
        ("成果", False),
        ("方案", False),
        ("王志强明", False),
        ("犟明", False),
        ("王", False),
    ],
)
def test_the_form_of_a_name(words, name):
    assert is_name(words) is name
