"""How files of many works come from the database through the real server.

    python -m bench.exports [sizes]

For each format the milliseconds to the first byte of the file, the seconds to its last,
its size, and the peak of memory of the worker that sent it, all as a reader meets them:
over HTTP, from gunicorn as gunicorn.conf.py sets it up. Medians of some requests.
Prints a table and writes bench/results/exports.json.
"""

import sys

from bench import places, tables

SIZES = (10_000, 100_000)


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    result = places.measured("exports", "bench.works", sizes)
    sys.stdout.write(tables.of_exports(result))


if __name__ == "__main__":
    main()
