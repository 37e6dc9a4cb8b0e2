r"""Text to LaTeX and back, as the fields of BibTeX files have it.

What we write is UTF-8; only characters that mean something to TeX are escaped. Braces
are written as \textbraceleft{}, because BibTeX counts those in \{ as well.
"""

import re
from itertools import pairwise

from references.formats.latex_reader import read_latex
from references.title_markup import parts_of

ESCAPES = str.maketrans(
    {
        **{char: f"\\{char}" for char in "&%$#_"},
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "`": r"\textasciigrave{}",
    }
)
# Zotero and pandoc know these; Zotero doesn't know \emph.
MACROS = {"i": "textit", "b": "textbf", "span": "textsc"}
MACROS |= {"sup": "textsuperscript", "sub": "textsubscript"}
# Pairs that TeX's fonts join: “--” to a dash, “''” to a quotation mark.
JOINED = re.compile(r"(?<=-)-|(?<=')'")

# What needs no LaTeX reader, as most fields of most files. It is for speed.
HARD = re.compile(r"\\(?![&%$#_])|(?<!\\)\$|--|``|''|[?!]`")
EASY = re.compile(r"\\([&%$#_])|[{}]")

# In addresses and DOIs nothing is escaped, so what would end the field is encoded.
ENCODED = {ord(char): f"%{ord(char):02X}" for char in "{}\\ \t\n"}
BACKSLASHED = re.compile(r"\\([&%$#_~{}])|[{}]|\\url\b")
# Signs that people write as macros in addresses: “$\sim$doe”, “{\textasciitilde}doe”
NAMED = {"sim": "~", "textasciitilde": "~", "textunderscore": "_"}
NAMED |= {"textless": "<", "textgreater": ">", "slash": "/", "textbackslash": "%5C"}
NAMES = f"({'|'.join(NAMED)})(?![A-Za-z])"
NAMED_SIGN = re.compile(rf"\$\s*\\{NAMES}\s*\$|\\{NAMES}(?: |\{{\}})?")
# “`single'”; the mark at the end is no apostrophe of “don't” and no accent.
QUOTED = re.compile(r"(?<![\w`?!\\])`(?!`)([^`]*?)(?<=[^\s\\'`])'(?![\w'])")


def escaped(text: str) -> str:
    return JOINED.sub(r"{}\g<0>", text.translate(ESCAPES))


def protected(text: str, *, is_english: bool) -> str:
    """Escaped, and safe from styles and programs that change the case of titles.

    They lower every unbraced letter of an English title but the first, and raise the
    first and those that begin a sentence: BibTeX's change.case$, biblatex's
    MakeSentenceCase (manual, section 4.6.4), pandoc. Titles stay as printed, so words
    that one of them would change are braced, and a foreign title as a whole.
    """
    if not is_english:
        return braced(text)
    first, *others = text.split(" ")
    words = [
        braced(first) if is_lower(first) or capital_in(first[1:]) else escaped(first)
    ]
    for before, word in pairwise([first, *others]):
        begins = before.endswith((":", ".", "?", "!"))
        is_safe = not capital_in(word) and not (begins and is_lower(word))
        words.append(escaped(word) if is_safe else braced(word))
    return " ".join(words)


def protected_title(title: str, *, is_english: bool) -> str:
    r"""A title with marks, protected. What is set otherwise is braced as a whole.

    Empty braces begin it, as BibTeX takes “{\\” for the begin of a letter; braces in
    the macro's own would do for biblatex and not for pandoc.
    """
    latex, depth = "", 0
    for mark, words in parts_of(title):
        if mark.startswith("/"):
            depth -= 1
            latex += "}" if depth or not is_english else "}}"
        elif mark:
            latex += "" if depth or not is_english else "{{}"
            latex += f"\\{MACROS[mark]}{{"
            depth += 1
        else:
            is_open = is_english and not depth
            latex += protected(words, is_english=True) if is_open else escaped(words)
    return latex if is_english else grouped(latex)


def braced(text: str) -> str:
    return grouped(escaped(text))


def is_lower(word: str) -> bool:
    """Whether its first letter is in lower case, as BibTeX looks at words."""
    return next((char.islower() for char in word if char.isalpha()), False)


def capital_in(word: str) -> bool:
    return any(char.isupper() or char.istitle() for char in word)


def grouped(latex: str) -> str:
    """In braces. BibTeX changes case in a group, too, if a backslash begins it."""
    return f"{{{'{}' if latex.startswith('\\') else ''}{latex}}}"


def verbatim(address: str) -> str:
    return address.translate(ENCODED)


def address_in(latex: str) -> str:
    """The address or DOI in a field, whether its author escaped it or not."""
    named = NAMED_SIGN.sub(lambda found: NAMED[found[1] or found[2]], latex)
    return BACKSLASHED.sub(r"\1", named).strip()


def text_in(latex: str) -> str:
    """The text on one line."""
    return text_and_unknown(latex)[0]


def title_in(latex: str) -> str:
    """The text on one line, with the marks of references/title_markup.py.

    A sign that is no mark is written as in HTML: “&lt;” of \\textless.
    """
    return text_and_unknown(latex, is_marked=True)[0]


def text_and_unknown(latex: str, *, is_marked: bool = False) -> tuple[str, list[str]]:
    """The text on one line, and the macros in it that we don't know."""
    latex = QUOTED.sub(r"‘\1’", latex) if "`" in latex else latex
    if HARD.search(latex):
        text, unknown = read_latex(latex, is_marked=is_marked)
        return one_line(text), unknown
    return one_line(EASY.sub(r"\1", latex.replace("~", " "))), []


def one_line(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", text).strip()
