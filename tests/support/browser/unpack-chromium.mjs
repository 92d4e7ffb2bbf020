// @ts-check
/**
 * Unpacks the Chromium that npm installed into TMPDIR, with its fonts and libraries. Runs as a separate process because
 * the package reads both settings from the environment.
 */
import chromium from "@sparticuz/chromium";

await chromium.executablePath();
