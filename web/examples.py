"""Examples that the API is explained with: what to ask, of the texts that come with the program, and the answers kept.

``docs/make_examples.py`` asks them and writes the answers to ``samples/``; a test fails where they no longer hold.
"""

import json
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).with_name("samples")
TERM = "四大会战"
DOCUMENT = "835bc263f0e9f5a4-01"
PASSAGES = ("4af597b6ee207486", "e0d7f8b41f79cad4")
#: Operation → parameters that it is asked with though they need not be: without them the answer would say little.
WITH = {"getMatrix": ("topic",), "suggest": ("q",), "listFacts": ("term",), "searchPassages": ("k",)} | dict.fromkeys(
    ("exportTurtle", "exportJsonld", "exportGlossary"), ("term",)
)
#: A draft, invented.
DRAFT = (
    "一年来，县总工会坚持冬送温暖、夏送清凉，走访慰问困难职工和高温岗位一线职工6200人次，发放慰问品价值85万元。"
    "建成户外劳动者驿站14个。"
)


def answer(operation_id: str) -> Any:
    """The answer kept for an operation: JSON data, or the beginning of a text file; None where none is."""
    for suffix in ("json", "txt"):
        path = SAMPLES / f"{operation_id}.{suffix}"
        if path.exists():
            text = path.read_text("utf-8")
            return json.loads(text) if suffix == "json" else text
    return None
