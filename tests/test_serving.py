"""How gunicorn, as it is configured here, treats connections."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# nginx, https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive_timeout
PROXIES_KEEP_SECONDS = 60


def test_idle_connections_outlive_those_of_a_proxy():
    command = [sys.executable, "-m", "gunicorn", "casebase.wsgi", "--print-config"]
    printed = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=True, text=True
    )
    seconds = int(re.search(r"^keepalive\s*= (\d+)$", printed.stdout, re.M)[1])
    assert seconds > PROXIES_KEEP_SECONDS
    manual = (ROOT / "docs/operating.md").read_text()
    assert f"stay open for {seconds} seconds" in manual
