"""Times searches of cases for two frequent words, apart and as a phrase.

    python -m bench.configured bench.phrases

Reads the database of the environment, which has cases of bench.synthetic and their
search index. Prints how many were found, and the median of the times in milliseconds.
"""

import sys
from statistics import median
from time import perf_counter

from bench.synthetic import frequent_word
from casebase.search.index import Index
from casebase.search.query_parser import parse_query
from casebase.search.tokenizer import stemmed

# Ranks of the words by frequency.
PAIRS = [(1, 2), (5, 12), (12, 30)]
ROUNDS = 9


def main() -> None:
    for ranks in PAIRS:
        words = " ".join(map(frequent_word, ranks))
        for name, text in (("both words", words), ("as a phrase", f'"{words}"')):
            found, milliseconds = time_search(text)
            sys.stdout.write(
                f"{ranks}, {name}: {found:,} cases, {milliseconds:.0f} ms\n"
            )


def time_search(text: str) -> tuple[int, float]:
    """Return how many cases are found, and the median time in milliseconds."""
    index, query = Index("initiative"), parse_query(text, stemmed)
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        found = index.matching(query)
        times.append((perf_counter() - start) * 1000)
    return len(found), median(times)


if __name__ == "__main__":
    main()
