"""Patterns of what lists of names have besides names: “et al.”, “n.a.”, “(Ed.)”.

They are for one line with single spaces.
"""

import re

# “u. a.” in German; “U. A.” are initials.
ET_AL = re.compile(
    r"[(\[]?(?:(?:and )?(?:(?:\d{1,4} |many |several )?others|\d{1,4} more)"
    r"|et\.? ?al(?:\.|ii|ia)?|(?-i:u\. ?a\.?))[)\]]?",
    re.IGNORECASE,
)
# Longer than any “et al.” with the characters before it.
MAX_ET_AL_LENGTH = 60
TRAILING_ET_AL = re.compile(rf"[\s,]{{1,20}}{ET_AL.pattern},?$", re.IGNORECASE)
# APA style replaces some of many authors by an ellipsis before the last one.
ELLIPSIS = r"(?<!\.)\.\.\.(?!\.)|…"
# Words for an unknown author, and texts without a letter or a surrogate: none is left
# of “,” when the marks around a name are gone.
PLACEHOLDER_NAME = re.compile(
    r"anon(?:ym(?:ous|us|e)?)?\.?|n\. ?a\.?|n/a|n\. ?(?:n|d)\.|\[?s\. ?n\.\]?|none|null"
    r"|(?:author )?unknown|(?:unknown|no) authors?(?: (?:given|listed|named))?"
    r"|not (?:available|given|known|stated)|staff(?: (?:writer|reporter)s?)?"
    r"|(?:(?![\ud800-\udfff])[\W\d_])*",
    re.IGNORECASE,
)
# “1950-”, “b. 1950”, “1950–2011”
LIFE_YEARS = r"(?:b\. ?|born )?\d{4}(?: ?[-–](?: ?\d{4})?)?"
# Text that isn't part of a name: a role, “(Ed.)”; an e-mail address; the years of birth
# and death; marks of footnotes.
NAME_ANNOTATION = re.compile(
    r"\s?(?:[(\[](?:eds?|editors?|hrsg|hg|authors?)\.?[)\]]|<[^<>@\s]+@[^<>@\s]+>"
    rf"|\([^()@\s]+@[^()@\s]+\)|\({LIFE_YEARS}\)"
    r"|(?<=[^\W\d_¹²³⁴⁵⁶⁷⁸⁹])[¹²³⁴⁵⁶⁷⁸⁹*†‡]++(?!\w))",
    re.IGNORECASE,
)
ON_BEHALF_OF = r" on behalf of(?: the)?(?= )"
# Words that no name of one person has: “Jane Doe/Max Roe”, “Jane Doe with Max Roe”,
# “Jane for the A Group”.
UNCLEAR_CONJUNCTION = re.compile(
    r"/| (?:(?<!von )und|et|with|mit|on behalf|for|for the|of the) ", re.IGNORECASE
)
# Names in Chinese, Japanese or Korean characters.
EAST_ASIAN_NAME = re.compile(r"[\u3400-\u9fff\uac00-\ud7af·]{2,}")


def strip_et_al(text: str) -> str:
    """Return the text before every “et al.” at its end."""
    end = len(text)
    while found := TRAILING_ET_AL.search(text, max(end - MAX_ET_AL_LENGTH, 0), end):
        end = found.start()
    return text[:end]


def is_et_al(text: str) -> bool:
    """Whether it says that there are more names: “et al.”, “and others”, “3 more”."""
    return ET_AL.fullmatch(text.strip(" ,.;")) is not None


def is_placeholder_name(text: str) -> bool:
    """Whether it names nobody: “n.a.”, “Anonymous”, and whatever has no letter, as “,”.

    A word is a name, even “and”: Metin And wrote on theatre.
    """
    return PLACEHOLDER_NAME.fullmatch(text.strip(" ,;")) is not None
