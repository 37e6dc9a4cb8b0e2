#!/bin/sh
# On the primary, once: a user that may do nothing but replicate, and a slot, which keeps
# what the standby has not read yet. The image of PostgreSQL runs it when it creates the
# database; by hand, PGHOST and so on say where to connect, and PGDATA where the files are.
set -eu

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set password="$REPLICA_PASSWORD" <<'SQL'
CREATE ROLE replica LOGIN REPLICATION PASSWORD :'password';
SELECT pg_create_physical_replication_slot('standby');
SQL
echo 'host replication replica samenet scram-sha-256' >>"$PGDATA/pg_hba.conf"
psql --username "$POSTGRES_USER" --dbname postgres --command 'SELECT pg_reload_conf()'
