import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { projectFolder } from "@/scripts/local/project-folder";

export type Start = {
  script: ChildProcess;
  /** What it has said until now. */
  soFar: () => string;
  /** What it said by the time it ended. */
  said: Promise<string>;
  exitCode: Promise<number | null>;
};

/** These settings and what programs are found by; no NODE_ENV, as in a person's shell, though its type wants one. */
export function bareEnvironment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return Object.assign(Object.create(null), { PATH, HOME }, settings);
}

const running = new Set<ChildProcess>();

/** Ends what a test has started and not ended, for one that ran out of time has ended nothing. Each ends its own. */
export function endScripts(): void {
  for (const script of running) script.kill("SIGTERM");
}

/** A script of `scripts/`, with none of the developer's own settings. */
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

/** The secret that `runStart` gives: what is said may not contain it. */
export const startSecret = "a-secret-of-the-start-test-and-of-nothing-else";

/** `npm start` on a port, with the tests' database instead of the developer's. */
export function runStart(port: number, databaseUrl: string, settings: Record<string, string> = {}): Start {
  return runScriptFile("start", ["--port", String(port)], {
    DATABASE_URL: databaseUrl,
    APP_URL: `http://localhost:${port}`,
    BETTER_AUTH_SECRET: startSecret,
    ...settings,
  });
}
