# The server as an image. How it is built, run and updated: docs/deployment.md
FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# The tests have checked the types.
RUN BUILD_STANDALONE=1 SKIP_TYPE_CHECK=1 npm run build
RUN mkdir /data

FROM node:24-bookworm-slim
WORKDIR /app
COPY --from=build /app/.next/standalone ./
COPY --from=build /app/.next/static ./.next/static
COPY --from=build /app/public ./public
# What `npm run usage` does: docker exec … node scripts/usage.mjs
COPY --from=build /app/scripts/usage.mjs ./scripts/usage.mjs
COPY --from=build /app/node_modules/papaparse ./node_modules/papaparse
# A new volume gets the owner of this folder.
COPY --from=build --chown=10001:10001 /data /data
# Proxies that use a connection again mostly leave it after 60 s; the server must not be the first to go.
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    PORT=3000 \
    KEEP_ALIVE_TIMEOUT=65000 \
    DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Whoever runs a container sets HOSTNAME to its name, and Next would listen at that address only.
CMD ["env", "HOSTNAME=0.0.0.0", "node", "--max-semi-space-size=1", "server.js"]
