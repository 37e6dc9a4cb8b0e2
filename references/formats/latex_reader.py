r"""Reads the text of LaTeX: words stay, macros of characters are replaced, style goes.

No macro is expanded, nothing recurs, and nothing fails. An unknown macro is reported:
of \unknown{word} the argument stays, and \unknown alone stays as it is written.
See docs/adr/0017-own-reader-for-latex.md.
"""

import re

from references.formats.latex_commands import COMMANDS
from references.formats.latex_cursor import OPTIONAL_ARGUMENT, SPACE, LatexCursor
from references.formats.latex_macros import (
    ACCENTS,
    FUNCTION_NAMES,
    MARKUP_MACROS,
    SPACE_MACROS,
    STYLE_DECLARATIONS,
    STYLE_MACROS,
    load_sign_macros,
)
from references.title_markup import ENDS, OPENINGS

TOKEN = re.compile(
    r"""
    \\(?P<word>[A-Za-z]+)(?:\*(?=\s*[\[{]))?
    | \\(?P<sign>.)
    | (?P<brace>[{}])
    | (?P<dollar>\${1,2})
    | (?P<script>[_^])
    | (?P<pair>---?|``|''|[?!]`)
    | (?P<tie>~)
    """,
    re.VERBOSE | re.DOTALL,
)
LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡"}
ESCAPED_SIGNS = (
    dict.fromkeys(" \n\t\\,;:>", " ") | dict.fromkeys("!/-@", "") | {"|": "‖"}
)


def read_latex(latex: str, *, keeps_markup: bool = False) -> tuple[str, list[str]]:
    r"""Return the text, with its line breaks, and the macros that are unknown.

    With ``keeps_markup``, italics and the like become the marks of
    references/title_markup.py.
    """
    reader = LatexReader(latex, keeps_markup=keeps_markup)
    reader.read()
    return "".join(reader.pieces), list(reader.unknown_macros)


class LatexReader(LatexCursor):
    """Reads tokens one by one; ``read_word`` reads one of the group “word” of TOKEN."""

    def __init__(self, latex: str, *, keeps_markup: bool = False) -> None:
        super().__init__(latex, keeps_markup=keeps_markup)
        self.unknown_macros: dict[str, None] = {}

    def read(self) -> None:
        while found := TOKEN.search(self.latex, self.position):
            self.append_text(self.latex[self.position : found.start()])
            self.position = found.end()
            getattr(self, f"read_{found.lastgroup}")(found)
        self.append_text(self.latex[self.position :])
        self.append_accents()

    def read_pair(self, found: re.Match[str]) -> None:
        self.append_text(LIGATURES[found[0]])

    def read_tie(self, found: re.Match[str]) -> None:
        self.append_text(" ")

    def read_brace(self, found: re.Match[str]) -> None:
        if found[0] == "}":
            self.end_group(found.start())

    def read_dollar(self, found: re.Match[str]) -> None:
        if found.start() in self.formula_dollars:
            self.is_formula = not self.is_formula
        else:
            self.append_text(found[0])

    def read_script(self, found: re.Match[str]) -> None:
        sign = found[0]
        if self.is_formula:
            self.read_argument(lambda start: self.apply_script(sign, start))
        else:
            self.append_text(sign)

    def read_sign(self, found: re.Match[str]) -> None:
        sign = found["sign"]
        if sign in "()[]":
            self.is_formula = sign in "(["
        elif sign in ACCENTS:
            self.accents.append(sign)
        else:
            self.append_text(ESCAPED_SIGNS.get(sign, sign))

    def read_word(self, found: re.Match[str]) -> None:
        name = found["word"]
        self.skip(SPACE)
        if name in ACCENTS:
            self.accents.append(name)
        elif name in SPACE_MACROS:
            self.append_text(" ")
        elif name.endswith("TeX"):
            self.append_text(name)
        elif name in FUNCTION_NAMES:
            self.append_function_name(name)
        elif sign := load_sign_macros().get(name):
            self.append_text("&lt;" if sign == "<" and self.keeps_markup else sign)
        elif name in MARKUP_MACROS:
            self.read_markup(name, found.start() - 1)
        elif name not in STYLE_MACROS:
            self.read_command(name, found.end())

    def read_command(self, name: str, end: int) -> None:
        """Read a macro with arguments, whose name ends at ``end``."""
        if not (name in COMMANDS and COMMANDS[name](self, name)):
            self.position = end
            self.read_unknown_macro(name)

    def read_markup(self, name: str, before: int) -> None:
        r"""Put marks around the text of \emph{text} or {\em text}.

        A declaration outside of a group is skipped, because it has no clear end.
        """
        mark, end = MARKUP_MACROS[name], None
        if name in STYLE_DECLARATIONS:
            end = self.closing_braces.get(before)
        elif self.has_group():
            end = self.closing_braces[self.position]
        if end is not None:
            self.append_mark(OPENINGS[mark])
            outer = self.group_endings.get(end)

            def end_markup() -> None:
                self.append_mark(ENDS[mark])
                if outer:
                    outer()

            self.group_endings[end] = end_markup

    def append_function_name(self, name: str) -> None:
        """Append the name of a function as a separate word: n log n."""
        before = " " if self.pieces and self.pieces[-1][-1:].isalnum() else ""
        after = " " if self.latex[self.position - 1].isspace() else ""
        self.append_text(f"{before}{name}{after}")

    def read_unknown_macro(self, name: str) -> None:
        self.unknown_macros[f"\\{name}"] = None
        found = OPTIONAL_ARGUMENT.match(self.latex, self.position)
        opening = found.end() if found else self.position
        if opening in self.closing_braces:
            self.separate_arguments(self.closing_braces[opening])
        else:
            self.append_text(f"\\{name}")

    def separate_arguments(self, end: int, n_before: int = 0) -> None:
        """Put a space between this argument, which ends at ``end``, and the next one.

        After several arguments a space follows too. After a single one no space
        follows, because the text behind it may be the end of the same word.
        """

        def add_space() -> None:
            after = self.latex[end + 1 : end + 2]
            if end + 1 in self.closing_braces:
                self.append_text(" ")
                self.separate_arguments(self.closing_braces[end + 1], n_before + 1)
            elif n_before and after.isalnum():
                self.append_text(" ")

        self.group_endings[end] = add_space
