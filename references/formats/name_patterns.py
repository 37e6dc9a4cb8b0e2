"""What stands in lists of names beside the names: who is left out, notes, marks.

Patterns are for one line, whose spaces are single.
"""

import re

ET_AL = re.compile(
    r"[(\[]?(?:(?:and )?(?:(?:\d{1,4} |many |several )?others|\d{1,4} more)"
    r"|et\.? ?al(?:\.|ii|ia)?|u\. ?a\.)[)\]]?",
    re.IGNORECASE,
)
# Longer than any “et al.”, with what parts it from the names.
LONGEST_ET_AL = 60
ET_AL_BEHIND = re.compile(rf"[\s,]{{1,20}}{ET_AL.pattern},?$", re.IGNORECASE)
# Of many authors, APA style leaves out some before the last.
ELLIPSIS = r"(?<!\.)\.\.\.(?!\.)|…"
# It says that nobody is named; so does what has no letter, not even half of one.
NOBODY = re.compile(
    r"anon(?:ym(?:ous|us|e)?)?\.?|n\. ?a\.?|n/a|n\. ?(?:n|d)\.|\[?s\. ?n\.\]?|none|null"
    r"|(?:author )?unknown|(?:unknown|no) authors?(?: (?:given|listed|named))?"
    r"|not (?:available|given|known|stated)|staff(?: (?:writer|reporter)s?)?"
    r"|(?:(?![\ud800-\udfff])[\W\d_])+",
    re.IGNORECASE,
)
# “1950-”, “b. 1950”, “1950–2011”
YEARS = r"(?:b\. ?|born )?\d{4}(?: ?[-–](?: ?\d{4})?)?"
# What is no part of a name: “(Ed.)”, which says what the place of the name says
# already, “<jane@example.org>”, the years of a life, and the marks of footnotes.
BESIDE = re.compile(
    r"\s?(?:[(\[](?:eds?|editors?|hrsg|hg|authors?)\.?[)\]]|<[^<>@\s]+@[^<>@\s]+>"
    rf"|\([^()@\s]+@[^()@\s]+\)|\({YEARS}\)"
    r"|(?<=[^\W\d_¹²³⁴⁵⁶⁷⁸⁹])[¹²³⁴⁵⁶⁷⁸⁹*†‡]++(?!\w))",
    re.IGNORECASE,
)
BEHALF = r" on behalf of(?: the)?(?= )"
# Of no person: “Jane Doe/Max Roe”, “Jane Doe with Max Roe”, “Jane for the A Group”.
GLUED = re.compile(
    r"/| (?:(?<!von )und|et|with|mit|on behalf|for|for the|of the) ", re.IGNORECASE
)
# Names in Chinese, Korean and Japanese signs.
EASTERN = re.compile(r"[\u3400-\u9fff\uac00-\ud7af·]{2,}")


def without_others(text: str) -> str:
    """What stands before each “et al.” that ends the text, one or many."""
    end = len(text)
    while found := ET_AL_BEHIND.search(text, max(end - LONGEST_ET_AL, 0), end):
        end = found.start()
    return text[:end]


def is_others(text: str) -> bool:
    return ET_AL.fullmatch(text.strip(" ,.;")) is not None


def is_nobody(text: str) -> bool:
    """Whether it says that no name is known: “n.a.”, “Anonymous”, “?”."""
    return NOBODY.fullmatch(text.strip(" ,;")) is not None
