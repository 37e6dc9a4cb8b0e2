r"""A field while its LaTeX is read: where we are in it, and the text so far.

We go over a field once from left to right, in a time that grows with its length
alone: its groups are known before we begin, and nothing is read twice.
"""

import re
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from unicodedata import combining, normalize

from references.formats.latex_macros import ACCENTS, BELOW, ORDINALS, signs
from references.title_markup import ENDS, OPENINGS, SCRIPTS

SPACE = re.compile(r"\s*")
WORD = re.compile(r"\\([A-Za-z]+)\s*")
# Nothing, or a group in brackets; the limit keeps short what is tried at each macro.
OPTIONAL = re.compile(r"\s*(?:\[[^\[\]{}]{0,200}\])?\s*")
BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
DOLLARS = re.compile(r"\\.|\${1,2}", re.DOTALL)
# What is between two dollars when they are money: “5 to ”, “5, US”, “5 million or ”
MONEY = re.compile(
    r"\d.*(?:\s|[\s(](?:US|AU?|CA?|HK|NZ|R|S))\Z|\d.*(?<![\\A-Za-z])[A-Za-z]{3}",
    re.DOTALL,
)
SCRIPT_MARKS = {"^": "sup", "_": "sub"}
# Letters of which a whole argument is made otherwise: raised, lowered.
LONGEST_CHANGED = 40


class Cursor:
    def __init__(self, latex: str, *, is_marked: bool = False) -> None:
        self.latex = latex
        self.is_marked = is_marked
        self.at = 0
        self.pieces: list[str] = []
        self.accents: list[str] = []
        self.is_formula = False
        self.n_quotes = 0
        # Opening brace → the one that closes it; closing brace → what to do then.
        self.closing = closing_braces(latex)
        self.endings: dict[int, Callable[[], object]] = {}
        self.dollars = dollars_of_formulas(latex)

    def put(self, text: str) -> None:
        if self.accents and (letters := text.lstrip()):
            text = accented(letters, self.accents)
            self.accents = []
        self.pieces.append(text)

    def put_accents(self) -> None:
        r"""Those over nothing, as in \^{}."""
        self.pieces += [ACCENTS[name][1] for name in self.accents]
        self.accents = []

    def skip(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Go over what matches here, if anything does."""
        if found := pattern.match(self.latex, self.at):
            self.at = found.end()
        return found

    def skip_group(self) -> str | None:
        """Go over the group that comes next; gives its LaTeX."""
        found = OPTIONAL.match(self.latex, self.at)
        start = found.end() if found else self.at
        if start not in self.closing:
            return None
        self.at = self.closing[start] + 1
        return self.latex[start + 1 : self.at - 1]

    def has_group(self) -> bool:
        self.skip(SPACE)
        return self.at in self.closing

    def read_argument(self, act: Callable[[int], object]) -> bool:
        """Act after the group, letter or sign that comes next; given its first piece.

        Gives True, for those who tell whether they read something.
        """
        start = len(self.pieces)
        if self.has_group():
            self.endings[self.closing[self.at]] = partial(act, start)
            self.at += 1
            return True
        found = WORD.match(self.latex, self.at)
        if found and (sign := signs().get(found[1])):
            self.put(sign)
            self.at = found.end()
        elif is_argument(self.latex[self.at : self.at + 1]):
            self.put(self.latex[self.at])
            self.at += 1
        act(start)
        return True

    def end_group(self, brace: int) -> None:
        self.put_accents()
        if ending := self.endings.pop(brace, None):
            ending()

    def change(self, start: int, become: Callable[[str], str]) -> bool:
        """Put something else in the place of the last pieces, if they are short."""
        pieces = self.pieces[start : start + LONGEST_CHANGED]
        is_short = sum(map(len, pieces)) < LONGEST_CHANGED > len(self.pieces) - start
        if is_short:
            self.pieces[start:] = [become("".join(pieces))]
        return is_short

    def put_mark(self, mark: str) -> None:
        """What a title has around words that are set otherwise."""
        if self.is_marked:
            self.pieces.append(mark)

    def put_script(self, sign: str, start: int) -> None:
        """Raise or lower the last pieces; in titles by marks, if they have no signs."""
        mark = SCRIPT_MARKS[sign]

        def become(text: str) -> str:
            made = script(sign, text, is_formula=self.is_formula)
            is_same = made and made == text.strip() and self.is_marked
            return f"{OPENINGS[mark]}{made}{ENDS[mark]}" if is_same else made

        is_changed = self.change(start, become)
        if self.is_marked and not is_changed:
            self.pieces[start] = f"{OPENINGS[mark]}{self.pieces[start]}"
            self.pieces.append(ENDS[mark])


def accented(text: str, accents: list[str]) -> str:
    """With accents on the first letter, the innermost first."""
    end = 1
    while end < len(text) and combining(text[end]):
        end += 1
    marks = [ACCENTS[name][0] for name in reversed(accents)]
    letter = text[:end]
    if not set(marks) <= set(BELOW):
        letter = letter.replace("ı", "i").replace("ȷ", "j")
    return f"{normalize('NFC', letter + ''.join(marks))}{text[end:]}"


def is_argument(sign: str) -> bool:
    """Whether it is one without braces: a letter, a figure, a “+” as of Na$^+$."""
    return sign.isalnum() or sign in SCRIPTS["^"] or sign == "*"


def script(sign: str, text: str, *, is_formula: bool = True) -> str:
    """A raised or lowered text: “²” of “^”, “2”; what has no such signs stays."""
    text = text.strip()
    signs_of = SCRIPTS[sign]
    if all(char in signs_of for char in text):
        return "".join(map(signs_of.__getitem__, text))
    if not is_formula or (sign == "^" and is_plain(text)):
        return text.replace("∘", "°")
    return f"{sign}{text}" if re.fullmatch(r"\w+", text) else f"{sign}({text})"


def is_plain(text: str) -> bool:
    """Whether it is known for raised: 20th, C*"""
    return text in ORDINALS or not any(map(str.isalnum, text))


def closing_braces(latex: str) -> dict[int, int]:
    """Opening brace → the one that closes it. Those without the other are in none."""
    closing, opened = {}, []
    for found in BRACES.finditer(latex):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and opened:
            closing[opened.pop()] = found.start()
    return closing


def dollars_of_formulas(latex: str) -> set[int]:
    """Where formulas begin and end. Other dollars are money."""
    every = [found for found in DOLLARS.finditer(latex) if found[0][0] == "$"]
    dollars: set[int] = set()
    for first, second in pairwise(every):
        is_open = first.start() not in dollars
        if is_open and not MONEY.match(latex[first.end() : second.start()]):
            dollars |= {first.start(), second.start()}
    return dollars
