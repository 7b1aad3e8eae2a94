"""Settings of every test."""

import os

from hypothesis import settings

# A busy machine is no failure; CI looks at the same examples every time, a developer at new ones.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")
