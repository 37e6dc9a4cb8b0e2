r"""Converts text to the LaTeX of BibTeX fields, and back.

We write UTF-8, and escape only characters that mean something to TeX. Braces are
written as \textbraceleft{}, because BibTeX counts the brace of \{ as well.
"""

import re
from functools import partial
from itertools import pairwise

from references.formats.latex_reader import read_latex
from references.title_markup import split_markup

LATEX_ESCAPES = str.maketrans(
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
MARKUP_MACROS = {"i": "textit", "b": "textbf", "span": "textsc"}
MARKUP_MACROS |= {"sup": "textsuperscript", "sub": "textsubscript"}
# Pairs of characters that TeX joins: “--” to a dash, “''” to a quotation mark.
LIGATURE = re.compile(r"(?<=-)-|(?<=')'")

# LaTeX that a simple replacement can't convert. Most fields have none, so most are read
# without the slower parser.
NEEDS_PARSER = re.compile(r"\\(?![&%$#_])|(?<!\\)\$|--|``|''|[?!]`")
SIMPLE_LATEX = re.compile(r"\\([&%$#_])|[{}]")

# URLs and DOIs have no escapes, so characters that would end the field are encoded.
PERCENT_ENCODINGS = {ord(char): f"%{ord(char):02X}" for char in "{}\\ \t\n"}
ESCAPED_CHARACTER = re.compile(r"\\([&%$#_~{}])|[{}]|\\url\b")
# Characters that people write as macros in URLs: “$\sim$doe”, “{\textasciitilde}doe”
SIGN_MACROS = {"sim": "~", "textasciitilde": "~", "textunderscore": "_"}
SIGN_MACROS |= {
    "textless": "<",
    "textgreater": ">",
    "slash": "/",
    "textbackslash": "%5C",
}
SIGN_MACRO_NAME = f"({'|'.join(SIGN_MACROS)})(?![A-Za-z])"
SIGN_MACRO = re.compile(
    rf"\$\s*\\{SIGN_MACRO_NAME}\s*\$|\\{SIGN_MACRO_NAME}(?: |\{{\}})?"
)
# “`single'”, and not the apostrophe of “don't” or an accent.
SINGLE_QUOTED = re.compile(r"(?<![\w`?!\\])`(?!`)([^`]*?)(?<=[^\s\\'`])'(?![\w'])")


def escape_latex(text: str) -> str:
    """Return LaTeX that prints the text as it is."""
    return LIGATURE.sub(r"{}\g<0>", text.translate(LATEX_ESCAPES))


def protect_case(text: str, *, is_english: bool) -> str:
    """Escape a title, and protect it from styles and programs that change its case.

    They set every unbraced letter of an English title in lower case but the first, and
    the first one and those that begin a sentence in upper case: change.case$ of BibTeX,
    MakeSentenceCase of biblatex (manual, section 4.6.4), pandoc. Words that one of them
    would change are put in braces, and a title in another language as a whole.
    """
    if not is_english:
        return escape_in_braces(text)
    first, *others = text.split(" ")
    would_change = starts_lowercase(first) or has_capital(first[1:])
    words = [escape_in_braces(first) if would_change else escape_latex(first)]
    for before, word in pairwise([first, *others]):
        begins_sentence = before.endswith((":", ".", "?", "!"))
        would_rise = begins_sentence and starts_lowercase(word)
        is_safe = not has_capital(word) and not would_rise
        words.append(escape_latex(word) if is_safe else escape_in_braces(word))
    return " ".join(words)


def protect_title(title: str, *, is_english: bool) -> str:
    r"""Protect a title with the marks of references/title_markup.py.

    In an English title, words in italics and the like are in braces as a whole. Empty
    braces come first, because BibTeX takes “{\\” for the start of a letter. Braces
    inside the macro's argument would be enough for biblatex, but not for pandoc.
    """
    latex, depth = "", 0
    for mark, words in split_markup(title):
        if mark.startswith("/"):
            depth -= 1
            latex += "}" if depth or not is_english else "}}"
        elif mark:
            latex += "" if depth or not is_english else "{{}"
            latex += f"\\{MARKUP_MACROS[mark]}{{"
            depth += 1
        else:
            is_plain = is_english and not depth
            protect = partial(protect_case, is_english=True)
            latex += protect(words) if is_plain else escape_latex(words)
    return latex if is_english else wrap_in_braces(latex)


def escape_in_braces(text: str) -> str:
    return wrap_in_braces(escape_latex(text))


def starts_lowercase(word: str) -> bool:
    """Whether the first letter is in lower case, which is how BibTeX judges words."""
    return next((char.islower() for char in word if char.isalpha()), False)


def has_capital(word: str) -> bool:
    return any(char.isupper() or char.istitle() for char in word)


def wrap_in_braces(latex: str) -> str:
    """Put LaTeX in braces, with empty ones before a backslash.

    BibTeX changes the case in a group that begins with a backslash.
    """
    return f"{{{'{}' if latex.startswith('\\') else ''}{latex}}}"


def encode_url(url: str) -> str:
    return url.translate(PERCENT_ENCODINGS)


def read_url(latex: str) -> str:
    """Return the URL or DOI in a field, whether its author escaped it or not."""
    url = SIGN_MACRO.sub(lambda found: SIGN_MACROS[found[1] or found[2]], latex)
    return ESCAPED_CHARACTER.sub(r"\1", url).strip()


def read_text(latex: str) -> str:
    """Return the text of LaTeX, on one line."""
    return read_text_and_unknown(latex)[0]


def read_title(latex: str) -> str:
    """Return the text on one line, with the marks of references/title_markup.py.

    “<” that isn't part of a mark becomes “&lt;”, for example of \\textless.
    """
    return read_text_and_unknown(latex, keeps_markup=True)[0]


def read_text_and_unknown(
    latex: str, *, keeps_markup: bool = False
) -> tuple[str, list[str]]:
    """Return the text on one line, and the macros that are unknown here."""
    latex = SINGLE_QUOTED.sub(r"‘\1’", latex) if "`" in latex else latex
    if NEEDS_PARSER.search(latex):
        text, unknown = read_latex(latex, keeps_markup=keeps_markup)
        return collapse_spaces(text), unknown
    return collapse_spaces(SIMPLE_LATEX.sub(r"\1", latex.replace("~", " "))), []


def collapse_spaces(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", text).strip()
