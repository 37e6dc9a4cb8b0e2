"""How long pages take at any size, beside Datasette, a bare view and a bare query.

    python -m bench.lists [sizes]

Whole HTTP requests against gunicorn with two workers, one after the other, after
warm-up. Every database and size is built anew, and all is measured in one run. Prints
tables and writes bench/results/lists.json.
"""

import sys

from bench import places, tables

SIZES = [1_000, 100_000]


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    result = places.measured("lists", "bench.pages", sizes)
    sys.stdout.write(tables.of_lists(result))


if __name__ == "__main__":
    main()
