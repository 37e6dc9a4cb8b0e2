"""Times pages with many cases, beside Datasette, a bare view and bare queries.

    python -m bench.lists [sizes]

Times whole HTTP requests to gunicorn with two workers, in sequence and after warm-up.
All databases and sizes are built and measured in one run. Prints tables and writes
bench/results/lists.json.
"""

import sys

from bench import databases, tables

SIZES = [1_000, 100_000]


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    result = databases.measure("lists", "bench.pages", sizes)
    sys.stdout.write(tables.format_lists(result))


if __name__ == "__main__":
    main()
