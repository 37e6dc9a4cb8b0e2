"""Times downloads of many works.

    python -m bench.exports [sizes]

For each format it measures the milliseconds to the first byte, the seconds to the last
byte, the size, and the peak memory of a worker: over HTTP, with the settings of
gunicorn.conf.py. Values are medians of several requests. Prints a table and writes
bench/results/exports.json.
"""

import sys

from bench import databases, tables

SIZES = (10_000, 100_000)


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    result = databases.measure("exports", "bench.works", sizes)
    sys.stdout.write(tables.format_exports(result))


if __name__ == "__main__":
    main()
