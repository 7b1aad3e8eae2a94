"""How a library lies in a Milvus database: its collections and their columns.

Every row bears the epoch of the batch that wrote it, and, but for the counts, the version of the document that it
belongs to. A batch is found from the moment on that its row stands in ``commits``; one that has none is rubbish.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import LibraryNotFound
from search.backends.calls import Calls
from search.errors import BackendDimensionDiffers, BackendModelDiffers, BackendSchemaDiffers

if TYPE_CHECKING:
    from pymilvus import DataType

SCHEMA_VERSION = 1  # raised with any change of columns, weights or terms
TEXT = 65_535  # bytes that a column of text holds
_ABOUT = "library"
MIRRORED = "mirrored"  # the row that tells which library all was brought from, at which epoch

#: Columns by collection: name → what it is. ``v`` is a vector of nothing, which every collection must have.
_TEXTS = {"key": 256, "document": 64, "version": 96, "passage": 64, "province": 128, "place": 512, "level": 16,
          "type": 128, "status": 16, "kind": 16, "squeezed": TEXT, "payload": TEXT}  # fmt: skip
_OF_DOCUMENT = ("province", "place", "codes", "level", "type", "years")
COLUMNS: dict[str, tuple[str, ...]] = {
    "commits": ("key", "epoch", "kind", "payload", "v"),
    "documents": ("key", "epoch", "document", "version", "kind", "payload", "v"),
    "passages": ("key", "epoch", "document", "version", "passage", *_OF_DOCUMENT, "status", "squeezed", "payload",
                 "terms", "concepts"),
    "sentences": ("key", "epoch", "document", "version", "passage", *_OF_DOCUMENT, "status", "dense"),
    "claims": ("key", "epoch", "document", "version", "payload", "v"),
    "spreads": ("key", "epoch", "kind", "payload", "v"),
}  # fmt: skip
#: What makes up documents; the rest keeps the books.
CONTENT = ("documents", "passages", "sentences", "claims")
NOTHING = [0.0, 1.0]  # the vector of nothing
_SCALARS = ("epoch", "document", "passage", "version", "kind")  # that are looked up by value


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a library's collections."""

    library: str

    def of(self, kind: str) -> str:
        """A collection's name."""
        return f"{self.library}_{kind}"


def open_collections(calls: Calls, names: Names, model: str, size: int, *, create: bool) -> None:
    """See that the collections fit; ``create`` makes them where there are none.

    Raises LibraryNotFound, BackendSchemaDiffers, BackendDimensionDiffers, BackendModelDiffers and the errors of calls.
    """
    if calls.has(names.of("commits")):
        about = calls.query(names.of("commits"), f'key == "{_ABOUT}"', ["epoch", "payload"])
        if about:
            _agree(calls.address, int(about[0]["epoch"]), str(about[0]["payload"]), model, size)
            return
    if not create:
        raise LibraryNotFound(f"{calls.address} {names.library}")
    for kind in reversed(COLUMNS):  # the one that the others are known by comes last
        calls.create(names.of(kind), *_schema(kind, size))
    row = {"key": _ABOUT, "epoch": SCHEMA_VERSION, "kind": _ABOUT, "payload": f"{size} {model}", "v": NOTHING}
    calls.upsert(names.of("commits"), [row])


def _agree(address: str, version: int, about: str, model: str, size: int) -> None:
    held, _, name = about.partition(" ")
    if version != SCHEMA_VERSION:
        raise BackendSchemaDiffers(address, version, SCHEMA_VERSION)
    if int(held) != size:
        raise BackendDimensionDiffers(address, int(held), size)
    if name != model:
        raise BackendModelDiffers(address, name, model)


def _schema(kind: str, size: int) -> tuple[Any, Any]:
    """The schema of a collection, and its indexes."""
    from pymilvus import DataType, MilvusClient

    schema, index = MilvusClient.create_schema(auto_id=False), MilvusClient.prepare_index_params()
    for name in COLUMNS[kind]:
        schema.add_field(name, **_column(name, size, DataType))
        if name in ("terms", "concepts"):
            index.add_index(name, index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
        elif name in ("dense", "v"):
            index.add_index(name, index_type="AUTOINDEX", metric_type="IP")
        elif name in _SCALARS:
            index.add_index(name, index_type="INVERTED")
    return schema, index


def _column(name: str, size: int, kinds: "type[DataType]") -> dict[str, Any]:
    match name:
        case "epoch":
            return {"datatype": kinds.INT64}
        case "codes":
            return {"datatype": kinds.ARRAY, "element_type": kinds.VARCHAR, "max_capacity": 8, "max_length": 16}
        case "years":
            return {"datatype": kinds.ARRAY, "element_type": kinds.INT64, "max_capacity": 64}
        case "terms" | "concepts":
            return {"datatype": kinds.SPARSE_FLOAT_VECTOR}
        case "dense":
            return {"datatype": kinds.FLOAT_VECTOR, "dim": size}
        case "v":
            return {"datatype": kinds.FLOAT_VECTOR, "dim": len(NOTHING)}
        case _:
            key = {"is_primary": True} if name == "key" else {"is_partition_key": True} if name == "province" else {}
            return {"datatype": kinds.VARCHAR, "max_length": _TEXTS[name], **key}
