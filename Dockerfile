# Consta en un contenedor: docs/produccion.md, «En contenedores».
FROM debian:bookworm-slim AS construccion
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv
WORKDIR /fuente
COPY requirements.txt requirements-build.txt ./
RUN python3 -m venv /opt/consta && /opt/consta/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
RUN python3 -m venv /opt/construir && /opt/construir/bin/pip install --no-cache-dir --require-hashes -r requirements-build.txt
COPY pyproject.toml LICENSE ./
COPY indexer indexer
COPY search_app search_app
RUN /opt/construir/bin/hatchling build -t wheel -d /tmp/rueda && /opt/consta/bin/pip install --no-cache-dir --no-deps /tmp/rueda/*.whl

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/consta consta && install -d -o consta -g consta -m 750 /var/lib/consta
COPY --from=construccion /opt/consta /opt/consta
ENV PATH=/opt/consta/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 CONSTA_DIRECCION=0.0.0.0 \
    CONSTA_CORPUS=/var/lib/consta/corpus CONSTA_INDICE=/var/lib/consta/indice
USER consta
WORKDIR /var/lib/consta
VOLUME /var/lib/consta
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s \
    CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/salud', timeout=5)"]
ENTRYPOINT ["consta"]
CMD ["servir"]
