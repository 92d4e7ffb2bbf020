// @ts-check
import { PHASE_PRODUCTION_BUILD } from "next/constants.js";

/** @type {import("next").NextConfig} */
const config = {
  typedRoutes: true,
  // Otherwise a lockfile in a parent folder would decide which root `.next/standalone` is relative to.
  outputFileTracingRoot: import.meta.dirname,
  reactCompiler: true,
  poweredByHeader: false,
  // `npm run check` checks all types; a build need not, least of all those of the tests.
  typescript: { ignoreBuildErrors: true },
  outputFileTracingExcludes: { "*": [".local/**", "tests/**", "scripts/**"] },
  experimental: {
    // No page reads a body, but Next would buffer up to 10 MB of each request in memory before proxy.ts can reject it.
    proxyClientMaxBodySize: "256kb",
    // Next would load every page and route at startup, and deliveries would wait two seconds. Each is loaded on first use
    // instead.
    preloadEntriesOnStart: false,
  },
  // Pages get their headers from proxy.ts, which must not cover /api: it would buffer, and cut, large bodies.
  headers: async () => [
    {
      source: "/api/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" },
        { key: "Referrer-Policy", value: "no-referrer" },
        // Answers depend on who asks. Set here, so that no route can forget it.
        { key: "Cache-Control", value: "no-store" },
      ],
    },
  ],
};

/**
 * A build also creates `.next/standalone`, which the Dockerfile copies. Only the build sets this, because `next start`,
 * which runs `.next` itself, would warn about it.
 *
 * @param {string} phase
 * @returns {import("next").NextConfig}
 */
export default function configure(phase) {
  return phase === PHASE_PRODUCTION_BUILD ? { ...config, output: "standalone" } : config;
}
