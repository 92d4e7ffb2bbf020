FROM node:24-slim AS build
WORKDIR /src
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
COPY patches ./patches
RUN npm ci --omit=dev
COPY . .
RUN npm run build
RUN npx esbuild scripts/container.ts --bundle --platform=node --format=esm --outfile=.next/standalone/start.mjs

FROM node:24-slim
WORKDIR /earshot
# Docker sets HOSTNAME to the container's id, and Next would listen on that name. Semi-space size and keep-alive timeout
# are those of `npm start`.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3000 NODE_OPTIONS=--max-semi-space-size=64 \
    KEEP_ALIVE_TIMEOUT=75000
COPY --from=build /src/.next/standalone ./
COPY --from=build /src/.next/static ./.next/static
COPY --from=build /src/public ./public
COPY --from=build /src/drizzle ./drizzle
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "start.mjs"]
