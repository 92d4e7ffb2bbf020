// @ts-check

/** @type {import("next").NextConfig} */
const config = {
  typedRoutes: true,
  reactCompiler: true,
  poweredByHeader: false,
  // `npm run check` checks the types of all there is; a build need not, least of all those of the tests.
  typescript: { ignoreBuildErrors: true },
  outputFileTracingExcludes: { "*": [".local/**", "tests/**", "scripts/**"] },
  // No page reads a body. Next would buffer 10 MB of each request in memory before proxy.ts may refuse it.
  experimental: { proxyClientMaxBodySize: "256kb" },
  // Pages get theirs from proxy.ts, which must not cover /api: it would buffer, and cut, large bodies.
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

export default config;
