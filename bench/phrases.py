"""Times searches of cases for two frequent words, apart and as a phrase.

    python -m bench.configured bench.phrases

Reads the database of the environment, which has cases of bench.synthetic and their
search index. Prints how many were found, and the median of the times in milliseconds.
"""

import sys

from bench.bare_queries import time_query
from bench.synthetic import frequent_word
from casebase.search.index import Index
from casebase.search.query_parser import parse_query
from casebase.search.tokenizer import stemmed

# Ranks of the words by frequency.
PAIRS = [(1, 2), (5, 12), (12, 30)]


def main() -> None:
    for ranks in PAIRS:
        words = " ".join(map(frequent_word, ranks))
        time_search(f"{ranks}, both words", words)
        time_search(f"{ranks}, as a phrase", f'"{words}"')


def time_search(name: str, text: str) -> None:
    index, query = Index("initiative"), parse_query(text, stemmed)
    milliseconds = time_query(name, lambda: index.matching(query))["median"]
    found = len(index.matching(query))
    sys.stdout.write(f"{name}: {found:,} cases, {milliseconds:.0f} ms\n")


if __name__ == "__main__":
    main()
