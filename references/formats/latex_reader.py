r"""Text of the LaTeX in a field: words stay, signs become signs, style goes.

No macro is expanded, nothing recurs, and nothing fails. What we don't know stays: of
\unknown{word} the argument, of \unknown alone the macro as it is written; it is named.
"""

import re

from references.formats.latex_commands import COMMANDS
from references.formats.latex_cursor import OPTIONAL, SPACE, Cursor
from references.formats.latex_macros import (
    ACCENTS,
    DECLARATIONS,
    FUNCTIONS,
    MARKS,
    SILENT,
    SPACES,
    signs,
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
PAIRS = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡"}
SIGNS = dict.fromkeys(" \n\t\\,;:>", " ") | dict.fromkeys("!/-@", "") | {"|": "‖"}


def read_latex(latex: str, *, is_marked: bool = False) -> tuple[str, list[str]]:
    r"""The text, with its line breaks, and the macros that are not known here.

    Of titles, italics and the like become the marks of references/title_markup.py.
    """
    reader = Reader(latex, is_marked=is_marked)
    reader.read()
    return "".join(reader.pieces), list(reader.unknown)


class Reader(Cursor):
    def __init__(self, latex: str, *, is_marked: bool = False) -> None:
        super().__init__(latex, is_marked=is_marked)
        self.unknown: dict[str, None] = {}

    def read(self) -> None:
        while found := TOKEN.search(self.latex, self.at):
            self.put(self.latex[self.at : found.start()])
            self.at = found.end()
            getattr(self, f"read_{found.lastgroup}")(found)
        self.put(self.latex[self.at :])
        self.put_accents()

    def read_pair(self, found: re.Match[str]) -> None:
        self.put(PAIRS[found[0]])

    def read_tie(self, found: re.Match[str]) -> None:
        self.put(" ")

    def read_brace(self, found: re.Match[str]) -> None:
        if found[0] == "}":
            self.end_group(found.start())

    def read_dollar(self, found: re.Match[str]) -> None:
        if found.start() in self.dollars:
            self.is_formula = not self.is_formula
        else:
            self.put(found[0])

    def read_script(self, found: re.Match[str]) -> None:
        sign = found[0]
        if self.is_formula:
            self.read_argument(lambda start: self.put_script(sign, start))
        else:
            self.put(sign)

    def read_sign(self, found: re.Match[str]) -> None:
        sign = found["sign"]
        if sign in "()[]":
            self.is_formula = sign in "(["
        elif sign in ACCENTS:
            self.accents.append(sign)
        else:
            self.put(SIGNS.get(sign, sign))

    def read_word(self, found: re.Match[str]) -> None:
        name = found["word"]
        self.skip(SPACE)
        if name in ACCENTS:
            self.accents.append(name)
        elif name in SPACES:
            self.put(" ")
        elif name.endswith("TeX"):
            self.put(name)
        elif name in FUNCTIONS:
            self.put_function(name)
        elif sign := signs().get(name):
            self.put("&lt;" if sign == "<" and self.is_marked else sign)
        elif name in MARKS:
            self.read_style(name, found.start() - 1)
        elif name not in SILENT and not (
            name in COMMANDS and COMMANDS[name](self, name)
        ):
            self.at = found.end()
            self.read_unknown(name)

    def read_style(self, name: str, before: int) -> None:
        r"""Of \emph{words} and {\em words}; of others it isn't clear where they end."""
        mark, end = MARKS[name], None
        if name in DECLARATIONS:
            end = self.closing.get(before)
        elif self.has_group():
            end = self.closing[self.at]
        if end is not None:
            self.put_mark(OPENINGS[mark])
            outer = self.endings.get(end)

            def act() -> None:
                self.put_mark(ENDS[mark])
                if outer:
                    outer()

            self.endings[end] = act

    def put_function(self, name: str) -> None:
        """A word of its own: n log n."""
        before = " " if self.pieces and self.pieces[-1][-1:].isalnum() else ""
        after = " " if self.latex[self.at - 1].isspace() else ""
        self.put(f"{before}{name}{after}")

    def read_unknown(self, name: str) -> None:
        self.unknown[f"\\{name}"] = None
        found = OPTIONAL.match(self.latex, self.at)
        opening = found.end() if found else self.at
        if opening in self.closing:
            self.part_arguments(self.closing[opening])
        else:
            self.put(f"\\{name}")

    def part_arguments(self, end: int, n_before: int = 0) -> None:
        """At the end of a group, part its words from those of the next one.

        Behind several, what follows is parted too; behind one it may end its word.
        """

        def act() -> None:
            after = self.latex[end + 1 : end + 2]
            if end + 1 in self.closing:
                self.put(" ")
                self.part_arguments(self.closing[end + 1], n_before + 1)
            elif n_before and after.isalnum():
                self.put(" ")

        self.endings[end] = act
