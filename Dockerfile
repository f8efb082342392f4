# Coranto in a container: the site and its background work, as a user without rights. Data live in /data.
FROM python:3.13-slim AS build
WORKDIR /build
RUN python -m venv /opt/coranto
COPY requirements/served.txt requirements/
RUN /opt/coranto/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/served.txt
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY coranto coranto
RUN /opt/coranto/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin coranto \
 && install --directory --owner coranto --group coranto --mode 0700 /data
COPY --from=build /opt/coranto /opt/coranto
ENV PATH=/opt/coranto/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    CORANTO_DATA=/data \
    CORANTO_VECTORS=/data/vectors \
    HOST=0.0.0.0 \
    PORT=8600
USER 10001
VOLUME /data
EXPOSE 8600
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/robots.txt\", timeout=4)"]
CMD ["coranto", "run"]
