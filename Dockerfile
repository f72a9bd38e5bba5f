# leda in a container: docs/operating.md says how. The tested way is the wheel under systemd.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE constraints.txt ./
COPY bot bot
COPY cogs cogs
COPY storage storage
RUN python -m venv /leda && /leda/bin/pip install --no-cache-dir -c constraints.txt '.[postgres]'

FROM python:3.13-slim
RUN useradd --system --uid 10001 leda && install -d -o leda -m 700 /data
COPY --from=build /leda /leda
USER leda
WORKDIR /data
ENV DATABASE_URL=sqlite:////data/leda.db \
    BACKUP_DIR=/data/backups \
    PYTHONUNBUFFERED=1
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=90s --retries=2 CMD ["/leda/bin/leda", "health"]
ENTRYPOINT ["/leda/bin/leda"]
CMD ["run"]
