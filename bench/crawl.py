"""Crawls the site and prints a line for each response, to compare two commits.

    python -m bench.configured bench.crawl [desk] | sort > answers.txt

A line has the address, the status, the media type, the target of a redirect, and a
digest of the body without values that differ from run to run. Compare two files with
diff. The database is that of the settings and needs content. Use a copy: with ``desk``
a superuser is created, who can see every page. Links with a query are followed only
from pages without one.
"""

import re
import sys
from collections import deque
from hashlib import sha256
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.contrib.auth import get_user_model
from django.test import Client
from django.test.utils import setup_test_environment

START = ["/", "/sitemap.xml", "/robots.txt", "/opensearch.xml", "/ready/", "/nowhere/"]
HOST = "http://testserver"
# Enough for every kind of page.
MAX_ADDRESSES = 3_000
NOT_FOLLOWED = ("/static/", "/admin/logout")
LINK = re.compile(r"""(?:href|action|src|hx-get)="([^"]+)"|<loc>([^<]+)</loc>""")
# CSRF tokens, names of static files, times of day, and versions of the records.
VARYING = re.compile(
    rb'csrfmiddlewaretoken" value="\w+"|/static/[^"\s]+|\d\d:\d\d(:\d\d)?(\.\d+)?'
    rb'|"(version|index_age)": ?\d+|nonce="[^"]+"'
)


def main() -> None:
    setup_test_environment()
    client, at_desk = Client(raise_request_exception=False), "desk" in sys.argv
    if at_desk:
        user = get_user_model()(username="crawler", is_staff=True, is_superuser=True)
        user.save()
        client.force_login(user)
    for line in answers(client, [*START, *["/admin/"] * at_desk]):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def answers(client: Client, start: list[str]):
    """Yield a line for each address."""
    seen, queue = set(start), deque(start)
    while queue:
        address = queue.popleft()
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        kind = response.get("Content-Type", "")
        digest = sha256(VARYING.sub(b"", body)).hexdigest()[:16]
        target = response.get("Location", "-")
        yield f"{address} {response.status_code} {kind!r} {target} {digest}"
        if kind.startswith(("text/html", "application/xml")):
            for link in links(body.decode(errors="replace"), address):
                if link not in seen and len(seen) < MAX_ADDRESSES:
                    seen.add(link)
                    queue.append(link)


def links(text: str, address: str):
    """Yield the addresses of the site that a page links to."""
    for match in LINK.finditer(text):
        link = urlsplit(urljoin(HOST + address, unescape(match[1] or match[2])))
        is_ours = f"{link.scheme}://{link.netloc}" == HOST or not link.netloc
        is_followed = not (link.query and urlsplit(address).query)
        if is_ours and is_followed and not link.path.startswith(NOT_FOLLOWED):
            yield link.path + (f"?{link.query}" if link.query else "")


if __name__ == "__main__":
    main()
