"""The benchmarks are no package: their folder goes last on the path, for benchmarks/search.py is not search/."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
