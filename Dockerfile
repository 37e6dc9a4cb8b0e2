# One image for web, worker and migrate; see compose.yaml and docs/scaling.md.
FROM python:3.13-slim-trixie AS build

WORKDIR /srv/casebase
RUN python -m venv /opt/venv
# Before the code, so that a change of the code does not install all anew.
# With the client of STORAGE_URL, which several machines need.
COPY requirements/storage.txt requirements/storage.txt
RUN /opt/venv/bin/python -m pip install --quiet --no-cache-dir \
    --disable-pip-version-check --require-hashes --requirement requirements/storage.txt
COPY . .
# The key signs nothing that is kept. Compiled, because nothing can be written later.
RUN SECRET_KEY=only-to-collect-static-files ALLOWED_HOSTS=localhost \
    /opt/venv/bin/python manage.py collectstatic --no-input --verbosity 0 \
    && /opt/venv/bin/python -m compileall -q casebase initiatives references

FROM python:3.13-slim-trixie

# For `manage.py backup`: pg_dump, whose version follows that of Debian, and age.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends age postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /nonexistent casebase \
    && install --directory --owner casebase /var/cache/casebase /var/lib/casebase
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/casebase /srv/casebase

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    CACHE_DIR=/var/cache/casebase
WORKDIR /srv/casebase
# By number: Kubernetes can then see that it is not root.
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "deploy/healthcheck.py", "/health/"]
# A new release waits here until its migrations are applied.
CMD ["sh", "-c", "python manage.py wait_for_database --migrated && exec python -m gunicorn casebase.wsgi --bind 0.0.0.0:8000"]
