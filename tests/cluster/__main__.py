"""`make cluster`: the site on two web machines, until Ctrl+C."""

import argparse
import signal
import sys
from pathlib import Path

from tests.cluster import servers
from tests.cluster.releases import ROOT
from tests.cluster.topology import running_cluster


def main() -> None:
    parser = argparse.ArgumentParser(prog="make cluster", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="of nginx")
    parser.add_argument("--code", type=Path, default=ROOT, help="another release")
    options = parser.parse_args()
    if lacking := servers.missing():
        sys.exit(f"This machine lacks {lacking}.")
    # End as on Ctrl+C, so that all parts are stopped.
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    try:
        with running_cluster(options.port) as cluster:
            cluster.start_site(cluster.release(options.code.resolve()))
            for name, part in cluster.parts.items():
                port = cluster.ports.get(name, "")
                print(f"{name:10} process {part.process.pid:7}  port {port}")
            print(f"Logs and data: {cluster.folder}")
            print(f"Open {cluster.address} in a browser. Ctrl+C stops all.", flush=True)
            signal.pause()
    except KeyboardInterrupt:
        print("Stopped.")


if __name__ == "__main__":
    main()
