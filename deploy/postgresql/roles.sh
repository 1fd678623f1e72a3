#!/bin/sh
# Run once, when the database's folder is made: who may sign in and as what.
# The owner migrates; web and worker own nothing; nobody of them is a superuser.
set -eu
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
    --set=owner="$OWNER_PASSWORD" --set=web="$WEB_PASSWORD" \
    --set=worker="$WORKER_PASSWORD" <<'SQL'
CREATE ROLE goodstanding LOGIN CREATEROLE PASSWORD :'owner';
CREATE ROLE goodstanding_web LOGIN NOINHERIT PASSWORD :'web';
CREATE ROLE goodstanding_worker LOGIN NOINHERIT PASSWORD :'worker';
CREATE ROLE goodstanding_auditor NOLOGIN NOINHERIT;
CREATE ROLE goodstanding_backup NOLOGIN NOINHERIT;
GRANT goodstanding_web, goodstanding_worker, goodstanding_auditor, goodstanding_backup
    TO goodstanding WITH ADMIN OPTION;
CREATE DATABASE goodstanding OWNER goodstanding;
REVOKE CONNECT ON DATABASE goodstanding FROM PUBLIC;
GRANT CONNECT ON DATABASE goodstanding TO goodstanding_web, goodstanding_worker,
    goodstanding_auditor, goodstanding_backup;
SQL
