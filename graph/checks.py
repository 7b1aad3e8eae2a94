"""What is checked in a vocabulary (see ``graph.lint``): how grave it is, and what it is called."""

from typing import Literal

Severity = Literal["error", "hint"]

#: Every check, by its code: how grave it is, and what it is called.
CHECKS: dict[str, tuple[Severity, str]] = {
    "label_shared": ("error", "一名两词"),
    "broader_circle": ("error", "上位成环"),
    "concept_unknown": ("error", "所指的概念没有"),
    "concept_label_shared": ("error", "一名两概念"),
    "concept_negative_own": ("error", "又是又不是"),
    "concept_related_broader": ("error", "既相关又上位"),
    "concept_one_way": ("error", "相关只写了一边"),
    "alias_shared": ("hint", "别名不止一家"),
    "edit_idle": ("hint", "编辑未用上"),
    "components_disagree": ("hint", "项数不合"),
    "sentence_without_term": ("hint", "原句没有这个词"),
    "alias_unmatched": ("hint", "别名没有用到"),
    "term_orphan": ("hint", "术语没有用到"),
    "concept_unmatched": ("hint", "概念没有用到"),
    "concept_orphan": ("hint", "概念没有关系"),
}
#: What an editor may let pass: hints about a term that may be right as it is.
ACCEPTABLE = frozenset(
    {"alias_shared", "components_disagree", "sentence_without_term", "alias_unmatched", "term_orphan"}
)
