"""The names that readers see for the ways in which definitions are recognised."""

#: how a definition was recognised → the words for it in answers
FAMILIES: dict[str, str] = {
    "glossary": "名词注释",
    "enumeration_before": "前列各项，数目相符",
    "enumeration_short": "前列各项，数目不符",
    "enumeration_after": "后列各项",
    "spelled": "逐字展开",
    "acronym": "逐字对应",
    "itemised": "分条列出，数目相符",
    "clauses": "前列分句",
    "is_phrase": "“是”“是指”句",
    "parenthesis": "括注",
    "purpose": "设立时说明用途",
    "role": "用作什么",
    "examples": "举例",
    "likeness": "定语说明",
    "category": "归类",
    "figure": "成效数字",
    "deed": "开展情况",
}
