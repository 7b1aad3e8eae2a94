"""Tables on a terminal."""

from collections.abc import Iterable, Sequence

_ID = "编号"


def grid(*columns: str, rows: Iterable[Sequence[object]]) -> None:
    """Print rows under ``columns``."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        # A sentence is evidence: never cut short. An id is copied: never broken.
        table.add_column(column, overflow="fold", no_wrap=column == _ID)
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    Console().print(table, markup=False)
