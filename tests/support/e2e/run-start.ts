import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { projectFolder } from "@/scripts/local/project-folder";

export type Start = {
  script: ChildProcess;
  /** What it said by the time it ended. */
  said: Promise<string>;
  exitCode: Promise<number | null>;
};

/** `npm start` on a port, with the tests' database instead of the developer's. */
export function runStart(port: number, databaseUrl: string): Start {
  const script = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "scripts/start.ts", "--port", String(port)],
    {
      cwd: projectFolder,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        DATABASE_URL: databaseUrl,
        NODE_ENV: "production",
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const said = Promise.all([text(script.stdout), text(script.stderr)]).then((both) => both.join(""));
  return { script, said, exitCode: once(script, "exit").then(([code]) => code) };
}
