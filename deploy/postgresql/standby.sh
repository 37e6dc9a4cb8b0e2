#!/bin/sh
# Copies the primary into PGDATA unless that was done before, then runs the command that
# follows, such as `postgres`, as a standby. PRIMARY has host=… port=…; PGPASSWORD is the
# password of the user replica. Not as root.
set -eu

if [ ! -e "$PGDATA/PG_VERSION" ]; then
  # A copy that was broken off is not taken for a whole one.
  rm -rf "$PGDATA.new"
  until pg_basebackup --pgdata "$PGDATA.new" --write-recovery-conf --slot standby \
    --checkpoint=fast --dbname "$PRIMARY user=replica"; do
    rm -rf "$PGDATA.new"
    sleep 2
  done
  mv "$PGDATA.new" "$PGDATA"
fi
exec "$@"
