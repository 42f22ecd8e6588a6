# The search pages in a container: docs/operation.md says how to run it.

FROM python:3.13-slim AS build
WORKDIR /build
RUN python -m venv /opt/commentary
COPY requirements-all.lock ./
RUN /opt/commentary/bin/pip install --no-cache-dir --require-hashes --requirement requirements-all.lock
COPY pyproject.toml README.md LICENSE ./
COPY indexer indexer
COPY search_app search_app
RUN /opt/commentary/bin/pip install --no-cache-dir --no-deps .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --user-group --no-create-home commentary \
    && install --directory --owner commentary --group commentary /data /data/corpus /data/index
COPY --from=build /opt/commentary /opt/commentary
ENV PATH=/opt/commentary/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    COMMENTARY_HOST=0.0.0.0
USER 10001:10001
WORKDIR /data
VOLUME ["/data/corpus", "/data/index"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz')"]
CMD ["commentary", "serve"]
