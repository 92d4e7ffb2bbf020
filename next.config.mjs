// @ts-check

/** @type {import("next").NextConfig} */
const config = {
  typedRoutes: true,
  reactCompiler: true,
  poweredByHeader: false,
  // One compiled answer path for the webhook: nothing to trace but the code it imports.
  outputFileTracingExcludes: { "*": [".local/**", "tests/**", "scripts/**"] },
};

export default config;
