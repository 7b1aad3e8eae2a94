"""Settings of every test."""

import os

import pytest
from hypothesis import settings

# A busy machine is no failure; CI looks at the same examples every time, a developer at new ones.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked as long come first: one that is left for the end keeps one process busy and the others idle."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
