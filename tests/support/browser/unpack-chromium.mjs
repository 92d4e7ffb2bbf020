// @ts-check
/**
 * Unpacks the Chromium that came with npm into TMPDIR, with its fonts and libraries. A process of its own, because
 * the package takes both the place and the wish for libraries from the environment.
 */
import chromium from "@sparticuz/chromium";

await chromium.executablePath();
