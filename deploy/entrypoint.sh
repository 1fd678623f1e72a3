#!/bin/sh
# What a container of the image does: web, worker, beat, migrate, or any command.
set -eu

# gunicorn and celery read these before our own code, and would not name them.
whole() {
    case "$2" in
    '' | 0* | *[!0-9]*)
        echo "$1='$2': write a whole number above 0." >&2
        exit 1
        ;;
    esac
}
export WEB_CONCURRENCY="${WEB_CONCURRENCY:-2}"
whole WEB_CONCURRENCY "$WEB_CONCURRENCY"
whole WORKER_CONCURRENCY "${WORKER_CONCURRENCY:-2}"

case "${1:-web}" in
web)
    # No start with an undeclared route, or on a demonstration's rows.
    python manage.py check --database default
    exec gunicorn -c deploy/gunicorn_conf.py config.wsgi:application
    ;;
worker)
    # A binder of hundreds of people is made there; the container's /tmp is memory.
    export TMPDIR="${DATA_DIR:-/tmp}/tmp"
    mkdir -p "$TMPDIR"
    exec celery -A config worker --loglevel="${LOG_LEVEL:-INFO}" \
        --concurrency="${WORKER_CONCURRENCY:-2}"
    ;;
beat) exec celery -A config beat --loglevel="${LOG_LEVEL:-INFO}" \
    --schedule=/tmp/beat-schedule --pidfile= ;;
migrate)
    python manage.py check --deploy --fail-level WARNING
    python manage.py migrate --no-input
    exec python manage.py install_products
    ;;
*) exec "$@" ;;
esac
