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
#: What each check looks for and what to do, in a sentence or two.
ADVICE: dict[str, str] = {
    "label_shared": "两个术语只是写法不同。是一回事就合并，不是就给其中一个改名。",
    "broader_circle": "甲在乙之上，乙又在甲之上。去掉其中一个上位关系。",
    "concept_unknown": "词典里的 broader 或 related 写了没有的概念。改词典。",
    "concept_label_shared": "词典里一个说法归了两个概念。改词典，只留一处。",
    "concept_negative_own": "词典里同一个说法又算又不算。改词典，只留一处。",
    "concept_related_broader": "词典里同一个概念又是相关又是上位。改词典，只留上位。",
    "concept_one_way": "词典里相关只写了一边。在另一边补上。",
    "alias_shared": "同一个写法归了两个术语，文中只算给一个。从不该有的那个去掉别名；两个都该有就放过。",
    "edit_idle": "做过的编辑现在用不上，多半因为文献不在库里了。不再需要就撤销。",
    "components_disagree": "名称里的数目和这一句拆出的项数不同。核对原句，不对就另选一句；本来就这样写的就放过。",
    "sentence_without_term": "解释它的那一句里没有这个词。核对说的是不是它，不是就另选一句；是就放过。",
    "alias_unmatched": "人加的别名，文献里没有用到。写错了就去掉，留着备用就放过。",
    "term_orphan": "文献里没有用到，也不和别的词相关。多余就不收，留着备用就放过。",
    "concept_unmatched": "词典里的概念，这个资料库用不到。有别的说法就补进词典，没有就不必管。",
    "concept_orphan": "词典里的概念和别的都没有关系。改词典，补上最近的一个。",
}
assert ADVICE.keys() == CHECKS.keys()
#: What an editor may let pass: hints about a term that may be right as it is.
ACCEPTABLE = frozenset(
    {"alias_shared", "components_disagree", "sentence_without_term", "alias_unmatched", "term_orphan"}
)
