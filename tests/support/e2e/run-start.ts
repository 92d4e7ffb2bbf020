import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { projectFolder } from "@/scripts/local/project-folder";

export type Start = {
  script: ChildProcess;
  /** Output so far. */
  soFar: () => string;
  /** Complete output, once it has ended. */
  said: Promise<string>;
  exitCode: Promise<number | null>;
};

/** These settings plus what is needed to find programs; no NODE_ENV, as in a person's shell, although the type requires it. */
export function bareEnvironment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return Object.assign(Object.create(null), { PATH, HOME }, settings);
}

const running = new Set<ChildProcess>();

/** Ends the scripts a test has left running: a test that timed out has ended none. Each worker ends only its own. */
export function endScripts(): void {
  for (const script of running) script.kill("SIGTERM");
}

/** Starts a script of `scripts/` without the developer's own settings. */
export function runScriptFile(name: string, args: string[], environment: Record<string, string>): Start {
  const script = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", `scripts/${name}.ts`, ...args],
    {
      cwd: projectFolder,
      env: bareEnvironment(environment),
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  running.add(script);
  script.once("exit", () => running.delete(script));
  let output = "";
  for (const stream of [script.stdout, script.stderr]) {
    stream.setEncoding("utf8").on("data", (piece: string) => {
      output += piece;
    });
  }
  const said = once(script, "close").then(() => output);
  return { script, soFar: () => output, said, exitCode: once(script, "exit").then(([code]) => code) };
}

/** The secret that `runStart` sets; it must not appear in the output. */
export const startSecret = "a-secret-of-the-start-test-and-of-nothing-else";

/** Runs `npm start` on a port, with the tests' database instead of the developer's. */
export function runStart(port: number, databaseUrl: string, settings: Record<string, string> = {}): Start {
  return runScriptFile("start", ["--port", String(port)], {
    DATABASE_URL: databaseUrl,
    APP_URL: `http://localhost:${port}`,
    BETTER_AUTH_SECRET: startSecret,
    ...settings,
  });
}
