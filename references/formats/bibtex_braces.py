"""Groups in braces in the LaTeX of BibTeX fields, as BibTeX parses them."""

import re

from references.formats.latex import read_text, starts_lowercase

BRACE_MARK = re.compile(r"\\.|[{}]")


def is_braced_group(latex: str) -> bool:
    r"""Whether the text is one group, and not a letter in braces such as {\'e}."""
    is_braced = latex.startswith("{") and not latex.startswith("{\\")
    return is_braced and find_group_end(latex) == len(latex)


def find_group_end(latex: str) -> int:
    """Return the end of the group that begins the text, or 0 if none does."""
    depth = 0
    for found in BRACE_MARK.finditer(latex):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth < 1:
            return found.end() if latex.startswith("{") else 0
    return 0


def split_outside_braces(latex: str, separator: str) -> list[str]:
    """Split where the separator, a regular expression, matches outside of braces.

    A separator inside an HTML entity such as “&uuml;” doesn't split.
    """
    pieces, depth, start = [], 0, 0
    marks = rf"\\.|[{{}}]|&#?\w{{1,8}};|(?P<cut>{separator})"
    for found in re.finditer(marks, latex, re.IGNORECASE):
        depth = max(depth + {"{": 1, "}": -1}.get(found[0], 0), 0)
        if found["cut"] and not depth:
            pieces.append(latex[start : found.start()])
            start = found.end()
    return [*pieces, latex[start:]]


def is_lowercase_word(latex: str) -> bool:
    """Whether BibTeX treats the word as lower case.

    A word in braces has no case; a letter that a macro makes has one.
    """
    return not is_braced_group(latex) and starts_lowercase(read_text(latex))
