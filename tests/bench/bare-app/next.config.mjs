// @ts-check
import { fileURLToPath } from "node:url";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // Next is installed in the project's node_modules, above this folder.
  turbopack: { root: fileURLToPath(new URL("../../..", import.meta.url)) },
};

export default config;
