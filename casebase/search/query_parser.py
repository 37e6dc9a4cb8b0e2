"""What a text asks for: words, "phrases", AND, OR, NOT, -without, (brackets), begin*.

Any text at all is a query; one without a word is empty. Knows no database.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TypeGuard

from casebase.search.query_tree import All, Either, Node, Query, Term
from casebase.search.stop_words import stop_words_in
from casebase.search.tokenizer import (
    Key,
    folded,
    is_unspaced,
    pieces,
    word_pattern,
    words,
)

# Words and phrases behind these are not read.
MOST_TERMS = 32
# The maximum depth of nested brackets.
DEEPEST = 8
QUOTES = '"“”„«»'
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


@cache
def token_pattern() -> re.Pattern[str]:
    """One token of a query, in the group that is named for its type."""
    return re.compile(
        rf"(?P<not>(?<![^\s(])[-−–](?=[\w{QUOTES}(])|(?<!\w)NOT(?![-\w])"
        rf"|(?<=\bAND\s)not(?![-\w])|(?<=\bOR\s)not(?![-\w]))"
        rf"|(?P<and>(?<!\w)AND(?![-\w]))|(?P<or>(?<!\w)OR(?![-\w]))"
        rf"|[{QUOTES}](?P<phrase>[^{QUOTES}]*)(?P<end>[{QUOTES}])?"
        rf"|(?P<word>{word_pattern().pattern})(?P<star>\*)?"
        rf"(?P<field>:(?=[^\W\d]|[{QUOTES}]))?"
        rf"|(?P<open>\()|(?P<close>\))"
        rf"|(?P<sign>\*|\|+|&&|[~^=<>{{}}\[\]]|(?<!\S)[+!](?=\w))"
    )


def parse_query(text: str, *keys: Key, is_typing: bool = False) -> Query:
    """Parse a text. The terms get a form from each of the keys, one for each language.

    If ``is_typing``, the reader is still typing: the last word need only begin so.
    """
    return Parser(text, keys, is_typing=is_typing).parse()


class Parser:
    """Reads a text once, from left to right."""

    def __init__(self, text: str, keys: tuple[Key, ...], *, is_typing: bool) -> None:
        self.text, self.keys, self.is_typing = text, keys, is_typing
        # Both in the order of the text, each once.
        self.warnings: dict[str, None] = {}
        self.stop_words: dict[str, None] = {}
        self.tokens = list(self._first(token_pattern().finditer(text)))
        self.at = self.depth = 0

    def _first(self, tokens: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
        left = MOST_TERMS
        for token in tokens:
            left -= token["word"] is not None or token["phrase"] is not None
            if left < 0:
                self._warn(TOO_MANY)
                return
            yield token

    def _warn(self, sentence: str) -> None:
        self.warnings[sentence] = None

    def parse(self) -> Query:
        root = self._parse_either()
        if self.depth:
            self._warn(NOT_CLOSED)
        if any(word.casefold() == "not" for word in self.stop_words):
            self._warn(SMALL_NOT)
        return Query(root, tuple(self.stop_words), tuple(self.warnings))

    @property
    def next(self) -> re.Match[str] | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _parse_either(self) -> Node | None:
        """Groups with OR between them, up to the bracket that closes them."""
        choices = [self._parse_all()]
        while (token := self.next) and token["or"]:
            self.at += 1
            choices.append(self._parse_all())
        nodes = tuple(dict.fromkeys(node for node in choices if node))
        if len(choices) > 1 and None in choices:
            self._warn(LEFT_OUT.format("OR"))
        return Either(nodes) if len(nodes) > 1 else next(iter(nodes), None)

    def _parse_all(self) -> Node | None:
        """Parse the terms up to an OR or the closing bracket."""
        nodes: dict[bool, list[Node]] = {True: [], False: []}
        is_joined = False
        while (token := self.next) and not (token["or"] or self._closes(token)):
            self.at += 1
            if token["and"]:
                if is_joined or not any(nodes.values()):
                    self._warn(LEFT_OUT.format("AND"))
                is_joined = True
            else:
                is_wanted = self._is_wanted(token)
                if node := self._parse_node(self.tokens[self.at - 1]):
                    nodes[is_wanted].append(node)
                    is_joined = False
        if is_joined:
            self._warn(LEFT_OUT.format("AND"))
        return _all(self._without_stop_words(nodes[True]), nodes[False])

    def _closes(self, token: re.Match[str]) -> bool:
        return bool(token["close"] and self.depth)

    def _is_wanted(self, token: re.Match[str]) -> bool:
        """Whether the coming node is wanted. Goes on to it, past each NOT."""
        is_wanted = True
        while token["not"]:
            following = self.next
            if not following or self._closes(following) or _joins(following):
                self._warn(LEFT_OUT.format("NOT"))
                break
            is_wanted, token = not is_wanted, following
            self.at += 1
        return is_wanted

    def _parse_node(self, token: re.Match[str]) -> Node | None:
        if token["open"]:
            return self._parse_bracket()
        if token["word"] or token["phrase"] is not None:
            return self._parse_term(token)
        if token["close"]:
            self._warn(NOT_OPENED)
        if sign := token["sign"]:
            self._warn(STAR if sign == "*" else NO_SIGN.format(sign))
        return None

    def _parse_bracket(self) -> Node | None:
        if self.depth == DEEPEST:
            self._warn(TOO_DEEP)
            return None
        self.depth += 1
        node = self._parse_either()
        if self.next:
            self.at += 1
            self.depth -= 1
        return node

    def _parse_term(self, token: re.Match[str]) -> Term | None:
        if (phrase := token["phrase"]) is not None:
            self._warn_of_phrase(phrase, is_ended=bool(token["end"]))
        if token["field"]:
            self._warn(NO_FIELD.format(token["word"]))
        texts, is_sign = _texts(token)
        texts = list(filter(folded, texts))
        if not texts:
            return None
        is_last = self.is_typing and token.end() == len(self.text)
        begins = is_sign or _has_star(token) or (is_last and not token["end"])
        forms = tuple(tuple(map(key, texts)) for key in self.keys)
        return Term(forms, begins, _as_written(token))

    def _warn_of_phrase(self, phrase: str, *, is_ended: bool) -> None:
        if not is_ended:
            self._warn(NO_END if words(phrase) else NO_PHRASE)
        if "*" in PHRASE_STAR.sub("", phrase):
            self._warn(NO_STAR)

    def _without_stop_words(self, nodes: list[Node]) -> list[Node]:
        """The nodes other than stop words, or all of them if there are no others."""
        texts: dict[Node, str] = {
            node: node.text for node in nodes if _may_be_stop_word(node)
        }
        stop_words = stop_words_in(texts.values())
        others = [node for node in nodes if texts.get(node, "") not in stop_words]
        if others:
            left_out = filter(stop_words.__contains__, texts.values())
            self.stop_words |= dict.fromkeys(left_out)
        return others or nodes


def _joins(token: re.Match[str]) -> bool:
    return bool(token["or"] or token["and"])


def _texts(token: re.Match[str]) -> tuple[list[str], bool]:
    """The texts that a token has keys for, and whether it is a single sign of a script
    that sets no blanks, which others may follow."""
    if token["word"] and not any(is_unspaced(piece.text) for piece in pieces(token[0])):
        return [token["word"]], False
    of_words = [pieces(word) for word in words(token["word"] or token["phrase"])]
    texts = [piece.text for of_word in of_words for piece in of_word]
    if not of_words or not is_unspaced(texts[-1]):
        return texts, False
    *before, last = of_words[-1]
    if before and before[-1].end > last.start:
        # The last character of a run has a key of its own only at the end of the run.
        return texts[:-1], False
    return texts, True


def _as_written(token: re.Match[str]) -> str:
    if token["word"]:
        return token["word"] + (token["star"] or "")
    star = "*" if _has_star(token) else ""
    return f"“{token['phrase'].replace('*', '').strip()}{star}”"


def _has_star(token: re.Match[str]) -> bool:
    """Return whether * follows it, or the last word of a phrase."""
    return bool(token["star"] or PHRASE_STAR.search(token["phrase"] or ""))


def _may_be_stop_word(node: Node) -> TypeGuard[Term]:
    return isinstance(node, Term) and not node.begins


def _all(wanted: list[Node], excluded: list[Node]) -> Node | None:
    """Both as one node, without brackets that change nothing."""
    all_wanted: dict[Node, None] = {}
    all_excluded: dict[Node, None] = {}
    for node in wanted:
        if isinstance(node, All):
            all_wanted |= dict.fromkeys(node.wanted)
            all_excluded |= dict.fromkeys(node.excluded)
        else:
            all_wanted[node] = None
    for node in excluded:
        choices = node.choices if isinstance(node, Either) else [node]
        all_excluded |= dict.fromkeys(choices)
    if len(all_wanted) == 1 and not all_excluded:
        return next(iter(all_wanted))
    if all_wanted or all_excluded:
        return All(tuple(all_wanted), tuple(all_excluded))
    return None
