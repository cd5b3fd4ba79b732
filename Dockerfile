# syntax=docker/dockerfile:1
# One image per service: docker build --build-arg SERVICE=orders-service --build-arg PORT=3002 .
# ENTRY is for what is no service: a job of scripts.

ARG NODE_IMAGE=node:24-slim

# The manifests alone: the layers that install dependencies depend on them, not on every source file.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /repo
COPY . .
RUN mkdir /manifests \
  && cp package-lock.json .npmrc /manifests/ \
  && find . -name package.json -not -path '*/node_modules/*' -exec cp --parents '{}' /manifests/ ';'

# Compiling needs no native addon, so install scripts do not run here.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY --from=manifests /manifests ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

# What one service runs, and nothing else of it: its compiled files and those of the libraries.
FROM build AS compiled
ARG SERVICE
ARG ENTRY=dist/main.js
RUN test -f "${SERVICE}/${ENTRY}" \
  && mkdir /compiled \
  && find libs "${SERVICE}" -type d -name dist -not -path '*/node_modules/*' -prune -exec cp -r --parents '{}' /compiled/ ';' \
  && ln -s "${SERVICE}/${ENTRY}" /compiled/main.js

# The toolchain is for better-sqlite3 where no prebuilt addon can be fetched; it stays in this stage.
FROM ${NODE_IMAGE} AS dependencies
RUN apt-get update \
  && apt-get install -y --no-install-recommends python3 make g++ \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=manifests /manifests ./
ARG SERVICE
RUN npm ci --omit=dev --workspace="${SERVICE}"

FROM ${NODE_IMAGE}
ARG SERVICE
ARG PORT=3000
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    DATA_DIR=/data \
    HEALTH_URL=http://127.0.0.1:${PORT}/health/ready
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=compiled /compiled ./
# A named volume takes over the owner of the directory that it is mounted on.
RUN install -d -o node -g node -m 0700 /data
USER node
EXPOSE ${PORT}
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch(process.env.HEALTH_URL).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "--max-semi-space-size=64", "main.js"]
