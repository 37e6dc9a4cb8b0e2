"""Django's setting STORAGES for results of jobs: files here, or a bucket of S3."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from casebase.environment import read_text

FILES = "casebase.files.private_storage.PrivateFileStorage"
BUCKET = "storages.backends.s3.S3Storage"
PROTOCOLS = {"s3": "https", "s3+http": "http"}
# The URL may contain a password, so the message does not repeat it.
WRONG = (
    "STORAGE_URL must be s3://key:secret@host/bucket, with s3+http:// if the network "
    "needs no encryption, or file:///folder, which all machines share."
)
# In seconds. Readers wait for the answer.
CONNECT_TIMEOUT, READ_TIMEOUT = 2, 10
# More of a file than this is on disk while it is sent, in bytes.
MAX_MEMORY = 1_000_000


def configure_storage(folder: Path) -> dict[str, Any]:
    """Return an entry of STORAGES: files in ``folder``, or what STORAGE_URL names.

    Raises ImproperlyConfigured for another kind of address, and if the packages for
    buckets are not installed.
    """
    if not (text := read_text("STORAGE_URL")):
        return file_storage(folder)
    try:
        url = urlsplit(text)
    except ValueError:
        # For example a bracket that is not closed.
        raise ImproperlyConfigured(WRONG) from None
    if url.scheme == "file" and not url.netloc and url.path.strip("/"):
        return file_storage(Path(unquote(url.path)))
    if url.scheme in PROTOCOLS:
        return bucket_storage(url)
    raise ImproperlyConfigured(WRONG)


def file_storage(folder: Path) -> dict[str, Any]:
    return {"BACKEND": FILES, "OPTIONS": {"location": str(folder)}}


def bucket_storage(url: SplitResult) -> dict[str, Any]:
    credentials, _, host = url.netloc.rpartition("@")
    key, _, secret = map(unquote, credentials.partition(":"))
    bucket, _, folder = unquote(url.path).strip("/").partition("/")
    # Without both, the client looks for credentials where the machine has them.
    if not (host and bucket) or bool(key) != bool(secret):
        raise ImproperlyConfigured(WRONG)
    if not (find_spec("storages") and find_spec("boto3")):
        raise ImproperlyConfigured(
            "STORAGE_URL names a bucket. Install requirements/storage.txt, too."
        )
    options = {
        "endpoint_url": f"{PROTOCOLS[url.scheme]}://{host}",
        "region_name": parse_qs(url.query).get("region", ["us-east-1"])[0],
        "bucket_name": bucket,
        "location": folder,
        "access_key": key or None,
        "secret_key": secret or None,
    }
    return {"BACKEND": BUCKET, "OPTIONS": options | client_options()}


def client_options() -> dict[str, Any]:
    """Return the options that are the same for all buckets.

    Checksums that only Amazon's servers know are left out, and no threads are started.
    """
    from boto3.s3.transfer import TransferConfig
    from botocore.config import Config

    return {
        "max_memory_size": MAX_MEMORY,
        "transfer_config": TransferConfig(use_threads=False),
        "client_config": Config(
            s3={"addressing_style": "path"},
            signature_version="s3v4",
            connect_timeout=CONNECT_TIMEOUT,
            read_timeout=READ_TIMEOUT,
            retries={"mode": "standard", "total_max_attempts": 2},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    }
