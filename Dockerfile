# The Python and the Debian that the tests run on.
ARG PYTHON_VERSION=3.11

FROM python:${PYTHON_VERSION}-slim-bookworm AS packages
COPY requirements.txt .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: \
        -r requirements.txt

FROM python:${PYTHON_VERSION}-slim-bookworm AS program
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        ca-certificates \
        libpango-1.0-0 \
        libpangoft2-1.0-0 \
        libharfbuzz-subset0 \
        fonts-dejavu-core \
        fonts-noto-core \
        fonts-droid-fallback \
        fonts-wqy-microhei \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 goodstanding \
    && useradd --system --uid 10001 --gid goodstanding --home-dir /tmp \
        --shell /usr/sbin/nologin goodstanding \
    && install --directory --owner=goodstanding --group=goodstanding /data \
    && install --directory --owner=goodstanding --group=goodstanding --mode=750 /data/files
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/tmp/cache \
    BIND=0.0.0.0:8000 \
    DATA_DIR=/data \
    STATIC_ROOT=/app/.static
WORKDIR /app
COPY . .
# The key serves this one command and stays in no layer.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
        DATA_DIR=/tmp/build python -m deploy.static \
    && rm -rf /tmp/build \
    && python -m compileall -q .
USER goodstanding
VOLUME /data /data/files
EXPOSE 8000
ENTRYPOINT ["/app/deploy/entrypoint.sh"]
CMD ["web"]
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s --retries=4 \
    CMD ["python", "-m", "deploy.health", "web"]
