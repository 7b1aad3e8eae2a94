"""Giving a library a model of its own: ``gongzhi adapt``."""

import json
import shutil
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from corpus.notes import put_note
from corpus.store import Store
from gongzhi.publishing import publish
from search.embedders import BUNDLED, StaticEmbedder
from search.embedders.adapt import Adaptation, AdaptationPlan, Figures, adapt
from search.embedders.train import Progress, save, silent
from search.errors import NotStatic
from search.models import FOLDER, Models
from search.taught import Lessons

RECORD = "adapted.json"
_NOTE = "adapted"


def adapt_library(
    folder: Path, models: Models, source: Path | None, plan: AdaptationPlan, progress: Progress = silent
) -> Adaptation:
    """Fine-tune the bundled model, or the static one in ``source``, on the library in ``folder``, and give it the outcome
    if that is better than the model it is searched with now.

    Raises NotStatic, LibraryTooSmall, and what opening a library and a model raises.
    """
    if source is not None and not StaticEmbedder.recognises(source):
        raise NotStatic(str(source))
    with Store.open(folder) as store:
        choice, used = models.embedder(store)
        if not isinstance(used, StaticEmbedder):
            raise NotStatic(choice.name)
        base = StaticEmbedder(source or BUNDLED)
        found = adapt(store, Lessons.of(store).concepts, base, used, plan, progress)
        if not found.better:
            return found
        made = Path(tempfile.mkdtemp(prefix=f".{FOLDER}-", dir=folder))
        try:
            save(made, base.tokenizer, found.vectors)
            record = {
                "base": base.id,
                "plan": asdict(plan),
                "made": datetime.now(UTC).isoformat(timespec="seconds"),
                "before": asdict(found.before),
                "after": asdict(found.after),
            }
            (made / RECORD).write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "utf-8")
            _put(store, made)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    publish(folder)
    return found


def reset(folder: Path) -> bool:
    """Take the library's own model away. Returns False where it had none."""
    with Store.open(folder) as store:
        if not (folder / FOLDER).is_dir():
            return False
        _put(store, None)
    publish(folder)
    return True


def _put(store: Store, made: Path | None) -> None:
    """Put a model in the place of the library's own, or nothing. The library counts as changed, so that a server takes
    it up."""
    place = store.folder / FOLDER
    with store.write():
        put_note(store, _NOTE, datetime.now(UTC).isoformat())
        if place.exists():
            shutil.rmtree(place)
        if made is not None:
            made.chmod(0o755)  # a temporary folder is its owner's alone
            made.rename(place)


def compared(before: Figures, after: Figures) -> list[tuple[str, str, str]]:
    """(what, before, after) for a table."""
    rows = (
        ("留出的标题，第一段就对", before.first, after.first),
        ("留出的标题，前十名的倒数名次", before.reciprocal, after.reciprocal),
        ("大白话找到所属主题", before.wordings.first, after.wordings.first),
    )
    return [(what, f"{was:.3f}", f"{now:.3f}") for what, was, now in rows]
