r"""A cursor in the LaTeX of a field: its position, and the text that was read so far.

A field is read once from left to right, in linear time: its groups are found before the
reading starts, and nothing is read twice.
"""

import re
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from unicodedata import combining, normalize

from references.formats.latex_macros import (
    ACCENTS,
    ACCENTS_BELOW,
    ORDINAL_SUFFIXES,
    load_sign_macros,
)
from references.title_markup import ENDS, OPENINGS, SCRIPTS

SPACE = re.compile(r"\s*")
MACRO = re.compile(r"\\([A-Za-z]+)\s*")
# Nothing, or a group in brackets. The limit of its length keeps reading linear.
OPTIONAL_ARGUMENT = re.compile(r"\s*(?:\[[^\[\]{}]{0,200}\])?\s*")
BRACE_OR_ESCAPE = re.compile(r"\\.|[{}]", re.DOTALL)
DOLLAR_OR_ESCAPE = re.compile(r"\\.|\${1,2}", re.DOTALL)
# Text between two dollars that are money: “5 to ”, “5, US”, “5 million or ”
AMOUNT_OF_MONEY = re.compile(
    r"\d.*(?:\s|[\s(](?:US|AU?|CA?|HK|NZ|R|S))\Z|\d.*(?<![\\A-Za-z])[A-Za-z]{3}",
    re.DOTALL,
)
SCRIPT_MARKS = {"^": "sup", "_": "sub"}
# Longer arguments aren't changed to raised, lowered or other letters.
MAX_CHANGED_PIECES = 40


class LatexCursor:
    """A position in LaTeX, with the pieces of text that were read before it.

    ``keeps_markup`` says whether italics and the like become the marks of
    references/title_markup.py.
    """

    def __init__(self, latex: str, *, keeps_markup: bool = False) -> None:
        self.latex = latex
        self.keeps_markup = keeps_markup
        self.position = 0
        self.pieces: list[str] = []
        self.accents: list[str] = []
        self.is_formula = False
        self.quote_depth = 0
        self.closing_braces = match_braces(latex)
        # What to do at a closing brace, by its position.
        self.group_endings: dict[int, Callable[[], object]] = {}
        self.formula_dollars = find_formula_dollars(latex)

    def append_text(self, text: str) -> None:
        """Append text, with the pending accents on its first letter."""
        if self.accents and (letters := text.lstrip()):
            text = add_accents(letters, self.accents)
            self.accents = []
        self.pieces.append(text)

    def append_accents(self) -> None:
        r"""Append accents that have no letter, as in \^{}."""
        self.pieces += [ACCENTS[name][1] for name in self.accents]
        self.accents = []

    def skip(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Move past a match at this position, and return it, or None."""
        if found := pattern.match(self.latex, self.position):
            self.position = found.end()
        return found

    def skip_group(self) -> str | None:
        """Move past the next group, and return its LaTeX, or None without one."""
        found = OPTIONAL_ARGUMENT.match(self.latex, self.position)
        start = found.end() if found else self.position
        if start not in self.closing_braces:
            return None
        self.position = self.closing_braces[start] + 1
        return self.latex[start + 1 : self.position - 1]

    def has_group(self) -> bool:
        """Whether a group comes next. Moves past white space."""
        self.skip(SPACE)
        return self.position in self.closing_braces

    def read_argument(self, act: Callable[[int], object]) -> bool:
        """Call ``act`` after the next group or character, with its first piece.

        Always returns True, as the readers in latex_commands do when they succeed.
        """
        start = len(self.pieces)
        if self.has_group():
            self.group_endings[self.closing_braces[self.position]] = partial(act, start)
            self.position += 1
            return True
        found = MACRO.match(self.latex, self.position)
        if found and (sign := load_sign_macros().get(found[1])):
            self.append_text(sign)
            self.position = found.end()
        elif is_argument(self.latex[self.position : self.position + 1]):
            self.append_text(self.latex[self.position])
            self.position += 1
        act(start)
        return True

    def end_group(self, brace: int) -> None:
        """Do what is registered for this closing brace."""
        self.append_accents()
        if ending := self.group_endings.pop(brace, None):
            ending()

    def change_pieces(self, start: int, change: Callable[[str], str]) -> bool:
        """Change the pieces from ``start`` on if they are short; return whether so."""
        pieces = self.pieces[start : start + MAX_CHANGED_PIECES]
        is_short = sum(map(len, pieces)) < MAX_CHANGED_PIECES > len(self.pieces) - start
        if is_short:
            self.pieces[start:] = [change("".join(pieces))]
        return is_short

    def append_mark(self, mark: str) -> None:
        """Append a mark of a title, if this cursor keeps them."""
        if self.keeps_markup:
            self.pieces.append(mark)

    def apply_script(self, sign: str, start: int) -> None:
        """Raise or lower the pieces from ``start`` on.

        In titles, texts that have no raised or lowered form get marks, and so do those
        with outer space, which formulas ignore.
        """
        mark, is_formula = SCRIPT_MARKS[sign], self.is_formula

        def convert(text: str) -> str:
            converted = convert_script(sign, text, is_formula=is_formula)
            if self.keeps_markup and not is_formula and text != text.strip():
                converted = text
            expected = text.strip() if is_formula else text
            is_same = converted and converted == expected and self.keeps_markup
            return f"{OPENINGS[mark]}{converted}{ENDS[mark]}" if is_same else converted

        is_changed = self.change_pieces(start, convert)
        if self.keeps_markup and not is_changed:
            self.pieces[start] = f"{OPENINGS[mark]}{self.pieces[start]}"
            self.pieces.append(ENDS[mark])


def add_accents(text: str, accents: list[str]) -> str:
    """Put accents on the first letter; ``accents`` has the outermost first."""
    end = 1
    while end < len(text) and combining(text[end]):
        end += 1
    marks = [ACCENTS[name][0] for name in reversed(accents)]
    letter = text[:end]
    if not set(marks) <= set(ACCENTS_BELOW):
        letter = letter.replace("ı", "i").replace("ȷ", "j")
    return f"{normalize('NFC', letter + ''.join(marks))}{text[end:]}"


def is_argument(char: str) -> bool:
    """Whether it is an argument without braces: a letter, a digit, “+” in Na$^+$."""
    return char.isalnum() or char in SCRIPTS["^"] or char == "*"


def convert_script(sign: str, text: str, *, is_formula: bool = True) -> str:
    """Return “²” of “^” and “2”, or “x^(a+b)” if there are no such characters.

    Outside of formulas, and in “20th”, the text stays as it is, and so does space.
    """
    inner, characters = text.strip(), SCRIPTS[sign]
    if all(char in characters for char in inner):
        converted = "".join(map(characters.__getitem__, inner))
        return converted if is_formula else text.replace(inner, converted)
    text = inner if is_formula else text
    if not is_formula or (sign == "^" and is_known_superscript(text)):
        return text.replace("∘", "°")
    return f"{sign}{text}" if re.fullmatch(r"\w+", text) else f"{sign}({text})"


def is_known_superscript(text: str) -> bool:
    """Whether it is understood without a mark, as in 20th or C*."""
    return text in ORDINAL_SUFFIXES or not any(map(str.isalnum, text))


def match_braces(latex: str) -> dict[int, int]:
    """Return the position of the closing brace for each opening one, if it has one."""
    closing, opened = {}, []
    for found in BRACE_OR_ESCAPE.finditer(latex):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and opened:
            closing[opened.pop()] = found.start()
    return closing


def find_formula_dollars(latex: str) -> set[int]:
    """Return the positions of dollars around formulas. Others mean money."""
    every = [found for found in DOLLAR_OR_ESCAPE.finditer(latex) if found[0][0] == "$"]
    dollars: set[int] = set()
    for first, second in pairwise(every):
        is_open = first.start() not in dollars
        if is_open and not AMOUNT_OF_MONEY.match(latex[first.end() : second.start()]):
            dollars |= {first.start(), second.start()}
    return dollars
