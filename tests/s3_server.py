"""A temporary server that speaks the S3 protocol and checks who asks it."""

import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

PROGRAM = Path(sys.executable).with_name("rclone")
LISTENS = re.compile(r"Starting s3 server on \[http://([^/]+)/\]")
BUCKET = "results"
SECRET = "to/be+quoted"  # noqa: S105


class S3Server:
    def __init__(self, process, host):
        self.process = process
        self.host = host

    def url(self, secret=SECRET, bucket=BUCKET):
        return f"s3+http://key:{quote(secret, safe='')}@{self.host}/{bucket}/a/folder"

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stderr.close()


@contextmanager
def running_server(folder):
    """Yield a server whose one bucket is a folder in ``folder``."""
    (folder / BUCKET).mkdir()
    command = [PROGRAM, "serve", "s3", folder, "--addr=127.0.0.1:0"]
    command += ["--config=/dev/null", f"--auth-key=key,{SECRET}"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    server = S3Server(process, "")
    try:
        server.host = next(filter(None, map(LISTENS.search, process.stderr)))[1]
        yield server
    finally:
        server.kill()
