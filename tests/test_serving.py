"""The settings of gunicorn for connections."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# nginx, https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive_timeout
PROXY_KEEPALIVE_SECONDS = 60


def test_idle_connections_stay_open_longer_than_a_proxy_uses_them():
    command = [sys.executable, "-m", "gunicorn", "casebase.wsgi", "--print-config"]
    printed = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=True, text=True
    )
    seconds = int(re.search(r"^keepalive\s*= (\d+)$", printed.stdout, re.M)[1])
    assert seconds > PROXY_KEEPALIVE_SECONDS
    manual = (ROOT / "docs/operating.md").read_text()
    assert f"stay open for {seconds} seconds" in manual
