"""What a text asks for: words, "phrases", AND, OR, NOT, -without, (brackets), begin*.

Any text at all is a query; one without a word is empty. Knows no database.
"""

import re
from collections.abc import Iterator
from typing import TypeIs

from casebase.search.query_tree import All, Either, Node, Query, Term
from casebase.search.tokenizer import (
    WORD,
    Key,
    folded,
    is_unspaced,
    pieces,
    silent,
    words,
)

# Words and phrases of a query beyond these say no more.
MOST_TERMS = 32
# Brackets in brackets.
DEEPEST = 8
QUOTES = '"“”„«»'
TOKEN = re.compile(
    rf"(?P<not>(?<![^\s(])[-−–](?=[\w{QUOTES}(])|(?<!\w)NOT(?![-\w])"
    rf"|(?<=\bAND\s)not(?![-\w])|(?<=\bOR\s)not(?![-\w]))"
    rf"|(?P<and>(?<!\w)AND(?![-\w]))|(?P<or>(?<!\w)OR(?![-\w]))"
    rf"|[{QUOTES}](?P<phrase>[^{QUOTES}]*)(?P<end>[{QUOTES}])?"
    rf"|(?P<word>{WORD.pattern})(?P<star>\*)?(?P<field>:(?=[^\W\d]|[{QUOTES}]))?"
    rf"|(?P<open>\()|(?P<close>\))"
    rf"|(?P<sign>\*|\|+|&&|[~^=<>{{}}\[\]]|(?<!\S)[+!](?=\w))"
)
# The * behind the last word of a phrase.
PHRASE_STAR = re.compile(r"(?<=\w)\*(?=\s*$)")

LEFT_OUT = "{} stands where it joins nothing, and was left out."
NO_SIGN = "“{}” means nothing here, and was left out."
NO_FIELD = "“{}:” names no field here: it was read as a word like others."
NOT_CLOSED = "A bracket is opened and not closed."
NOT_OPENED = "A bracket is closed that was not opened."
TOO_DEEP = f"Brackets stand in more than {DEEPEST} others: these were left out."
NO_PHRASE = "A quotation mark has no second one, and was left out."
NO_END = "A quotation mark has no second one: all behind it was read as a phrase."
NO_STAR = "In quotation marks, “*” means something only behind the last word."
STAR = "“*” stands at the end of a word: neighb* finds words that begin so."
SMALL_NOT = "To leave records out, write NOT in capitals, or - before a word."
TOO_MANY = f"The first {MOST_TERMS} words and phrases were read, and no more."


def parsed(text: str, *keys: Key, typing: bool = False) -> Query:
    """The query that a text is, found by these keys: one for each language.

    While it is typed, its last word may go on.
    """
    return Reader(text, keys, is_typed=typing).query()


class Reader:
    """Reads a text once, from left to right."""

    def __init__(self, text: str, keys: tuple[Key, ...], *, is_typed: bool) -> None:
        self.text, self.keys, self.is_typed = text, keys, is_typed
        self.tokens = list(self._first(TOKEN.finditer(text)))
        self.at = self.depth = 0

    def _first(self, tokens: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
        self.unread: dict[str, None] = {}
        left = MOST_TERMS
        for token in tokens:
            left -= token["word"] is not None or token["phrase"] is not None
            if left < 0:
                self.tell(TOO_MANY)
                return
            yield token

    def tell(self, sentence: str) -> None:
        self.unread[sentence] = None

    def query(self) -> Query:
        self.silent: dict[str, None] = {}
        root = self.either()
        if self.depth:
            self.tell(NOT_CLOSED)
        if any(word.casefold() == "not" for word in self.silent):
            self.tell(SMALL_NOT)
        return Query(root, tuple(self.silent), tuple(self.unread))

    @property
    def next(self) -> re.Match[str] | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def either(self) -> Node | None:
        """Groups that OR parts, up to the bracket that closes them."""
        choices = [self.all()]
        while (token := self.next) and token["or"]:
            self.at += 1
            choices.append(self.all())
        kept = tuple(dict.fromkeys(filter(None, choices)))
        if len(choices) > 1 and None in choices:
            self.tell(LEFT_OUT.format("OR"))
        return Either(kept) if len(kept) > 1 else next(iter(kept), None)

    def all(self) -> Node | None:
        """What stands side by side, up to an OR or the bracket that closes it."""
        nodes: dict[bool, list[Node]] = {True: [], False: []}
        is_joined = False
        while (token := self.next) and not (token["or"] or self._closes(token)):
            self.at += 1
            if token["and"]:
                if is_joined or not any(nodes.values()):
                    self.tell(LEFT_OUT.format("AND"))
                is_joined = True
            else:
                is_wanted = self._wants(token)
                if node := self.node(self.tokens[self.at - 1]):
                    nodes[is_wanted].append(node)
                    is_joined = False
        if is_joined:
            self.tell(LEFT_OUT.format("AND"))
        return _all(self._telling(nodes[True]), nodes[False])

    def _closes(self, token: re.Match[str]) -> bool:
        return bool(token["close"] and self.depth)

    def _wants(self, token: re.Match[str]) -> bool:
        """Whether what comes is wanted; goes on to it, past each NOT."""
        is_wanted = True
        while token["not"]:
            following = self.next
            if not following or self._closes(following) or _joins(following):
                self.tell(LEFT_OUT.format("NOT"))
                break
            is_wanted, token = not is_wanted, following
            self.at += 1
        return is_wanted

    def node(self, token: re.Match[str]) -> Node | None:
        if token["open"]:
            return self._bracket()
        if token["word"] or token["phrase"] is not None:
            return self._term(token)
        if token["close"]:
            self.tell(NOT_OPENED)
        if sign := token["sign"]:
            self.tell(STAR if sign == "*" else NO_SIGN.format(sign))
        return None

    def _bracket(self) -> Node | None:
        if self.depth == DEEPEST:
            self.tell(TOO_DEEP)
            return None
        self.depth += 1
        node = self.either()
        if self.next:
            self.at += 1
            self.depth -= 1
        return node

    def _term(self, token: re.Match[str]) -> Term | None:
        if (phrase := token["phrase"]) is not None:
            self._tell_of(phrase, is_ended=token["end"])
        if token["field"]:
            self.tell(NO_FIELD.format(token["word"]))
        texts, is_sign = _texts(token)
        texts = list(filter(folded, texts))
        if not texts:
            return None
        is_last = self.is_typed and token.end() == len(self.text)
        begins = is_sign or _has_star(token) or (is_last and not token["end"])
        forms = tuple(tuple(map(key, texts)) for key in self.keys)
        return Term(forms, begins, _shown(token))

    def _tell_of(self, phrase: str, *, is_ended: bool) -> None:
        if not is_ended:
            self.tell(NO_END if words(phrase) else NO_PHRASE)
        if "*" in PHRASE_STAR.sub("", phrase):
            self.tell(NO_STAR)

    def _telling(self, nodes: list[Node]) -> list[Node]:
        """Nodes without words that say nothing, unless there are no others."""
        said = {node: node.text for node in nodes if _may_be_silent(node)}
        left_out = silent(said.values())
        telling = [node for node in nodes if said.get(node) not in left_out]
        if telling:
            self.silent |= dict.fromkeys(filter(left_out.__contains__, said.values()))
        return telling or nodes


def _joins(token: re.Match[str]) -> bool:
    return bool(token["or"] or token["and"])


def _texts(token: re.Match[str]) -> tuple[list[str], bool]:
    """The words that a token has keys for; whether it is but a sign of a script that
    sets no blanks, which others may follow."""
    if token["word"] and not any(is_unspaced(piece.text) for piece in pieces(token[0])):
        return [token["word"]], False
    said = [pieces(word) for word in words(token["word"] or token["phrase"])]
    texts = [piece.text for word in said for piece in word]
    if not said or not is_unspaced(texts[-1]):
        return texts, False
    *before, last = said[-1]
    if before and before[-1].end > last.start:
        # The last sign of a run has a key of its own only where the run ends.
        return texts[:-1], False
    return texts, True


def _shown(token: re.Match[str]) -> str:
    if token["word"]:
        return token["word"] + (token["star"] or "")
    star = "*" if _has_star(token) else ""
    return f"“{token['phrase'].replace('*', '').strip()}{star}”"


def _has_star(token: re.Match[str]) -> bool:
    """Whether it is for words that begin so: the last of a phrase, too."""
    return bool(token["star"] or PHRASE_STAR.search(token["phrase"] or ""))


def _may_be_silent(node: Node) -> TypeIs[Term]:
    return isinstance(node, Term) and not node.begins


def _all(wanted: list[Node], unwanted: list[Node]) -> Node | None:
    """Both as one node; brackets that change nothing fall away."""
    wants: dict[Node, None] = {}
    refuses: dict[Node, None] = {}
    for node in wanted:
        is_all = isinstance(node, All)
        wants |= dict.fromkeys(node.wanted if is_all else [node])
        refuses |= dict.fromkeys(node.unwanted if is_all else [])
    for node in unwanted:
        choices = node.choices if isinstance(node, Either) else [node]
        refuses |= dict.fromkeys(choices)
    if len(wants) == 1 and not refuses:
        return next(iter(wants))
    return All(tuple(wants), tuple(refuses)) if wants or refuses else None
