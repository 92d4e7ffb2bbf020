import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { renameUnlessTaken } from "@/scripts/local/postgres/rename-unless-taken";
import { projectFolder } from "@/scripts/local/project-folder";
import type { Browser } from "./find-chromium";

/**
 * The Chromium of npm's `@sparticuz/chromium`, unpacked once into `.local/chromium`.
 *
 * @throws where that program cannot run: it is for Linux x64 only
 */
export function npmChromium({
  platform,
  arch,
}: Pick<NodeJS.Process, "platform" | "arch"> = process): Browser {
  if (platform !== "linux" || arch !== "x64") {
    throw new Error(`npm has no Chromium for ${platform} ${arch}. Run: npx playwright install chromium`);
  }
  const folder = join(projectFolder, ".local", "chromium");
  if (!existsSync(folder)) unpack(folder);
  const executablePath = join(folder, "chromium");
  const fonts = { FONTCONFIG_PATH: join(folder, "fonts") };
  const env = canRun(executablePath) ? fonts : { ...fonts, LD_LIBRARY_PATH: join(folder, "al2023", "lib") };
  return { executablePath, env };
}

function unpack(folder: string) {
  const unfinished = `${folder}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const script = fileURLToPath(new URL("unpack-chromium.mjs", import.meta.url));
  // "AWS_…": the package unpacks its libraries only where it assumes that the system has none.
  const env = { ...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
  execFileSync(process.execPath, [script], { env, stdio: "inherit" });
  writeFileSync(join(unfinished, "fonts", "fonts.conf"), fontsSettings(folder));
  renameUnlessTaken(unfinished, folder);
}

/** The package's own settings look for its fonts in /tmp. Without fonts, a page has no text. */
function fontsSettings(folder: string) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(folder, "fonts")}</dir>
  <cachedir>${join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`;
}

/** False where the system lacks the libraries that a browser needs. */
function canRun(executablePath: string): boolean {
  try {
    execFileSync(executablePath, ["--headless", "--no-sandbox", "--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
