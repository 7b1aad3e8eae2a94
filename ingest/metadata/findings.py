"""What was read of a report, where it says so, and how sure that is."""

from dataclasses import dataclass

from corpus.model import Evidence

#: How a field was read → how likely it is right. On judged reports, with their titles and with the titles hidden:
#: title 67 of 67, opening 28 of 30, unions 14 of 14, mention 14 of 17, wording 24 of 26. The others are set beside
#: these by what the line can be mistaken for; what only follows from how a report speaks stays a guess, however
#: often it was right on reports of one kind. Below corpus.model.UNSURE a reading is shown as wanting a check.
CONFIDENCE = {
    "contents": 0.99,  # the table of contents lists the title and it stands at the head of the report
    "title": 0.97,  # the title says it in the usual form: X总工会…, …工作总结, 在…会议上的
    "red_head": 0.97,  # a line X文件 at the head: nothing else looks like it
    "date_line": 0.97,  # a line that holds nothing but a date
    "label": 0.96,  # a line says what it gives: 报告人：, 发文机关：
    "issuer": 0.95,  # a line at the head that holds nothing but the name of a body
    "signature": 0.94,  # the last lines: a body, a date; they may belong to an annex
    "note": 0.95,  # a line in brackets below the title: when, where, by whom
    "byline": 0.9,  # a name in a line of its own; a word can look like a name
    "number": 0.85,  # 〔2023〕 is the year the number was given, mostly that of the date
    "opening": 0.8,  # the first paragraphs say it outright (我代表…, 现将…总结如下) or name a span of time
    "title_word": 0.8,  # the title holds the word, but not where it tells the most (a venue, a topic)
    "headings": 0.7,  # a heading that only this type of report has
    "unions": 0.8,  # the union that the opening names most
    "wording": 0.55,  # how the report speaks: 全市, 市委、市政府; a span of time told in the third person
    "mention": 0.5,  # named once in the opening, maybe in passing
    "front": 0.4,  # the cover of the compilation speaks for all of its reports
    "file": 0.5,  # the name of the file: people name files as they like
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A field's value, how it was read (a key of CONFIDENCE) and the place in the text; empty where none says it."""

    field: str
    value: str
    how: str
    start: int = 0
    end: int = 0

    def evidence(self, document_id: str) -> Evidence:
        """The record of the finding."""
        return Evidence(document_id, self.field, self.value, CONFIDENCE[self.how], self.how, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of a report. ``start`` is their place in its text; -1 for words that don't stand in it (the cover
    of the compilation, the name of the file), and then ``how`` is how whatever they say is known."""

    text: str
    start: int
    how: str

    def finding(self, field: str, value: str, span: tuple[int, int], how: str = "") -> Finding:
        """What ``text[span]`` says of a field."""
        if self.start < 0:
            return Finding(field, value, self.how)
        return Finding(field, value, how or self.how, self.start + span[0], self.start + span[1])
