import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../cli/read-options";
import { spawnGuarded } from "../guard/spawn-guarded";
import { projectFolder } from "../project-folder";
import { createParts, type Parts, stopOnSignals } from "./create-parts";
import { demoEnvironment } from "./environment";
import { type Stack, startStack } from "./start-stack";

export type Purpose = "dev" | "start" | "demo";

/**
 * Says where Earshot is, how to sign in and what runs beside it. A terminal is read once by the person in front of
 * it, but other output ends up in log files: secrets go to a terminal only, the demo's own sign-in link aside.
 */
export async function announce(stack: Stack, purpose: Purpose, isTerminal = process.stdout.isTTY === true) {
  const { APP_URL } = stack.environment;
  console.log(`
Earshot runs at ${APP_URL}

  Sign in    ${await describeSignIn(stack, purpose, isTerminal)}
  Webhook    ${APP_URL}/api/webhook/{conversation uuid}
  Secret     ${describeSecret(stack, isTerminal)}
  Database   ${stack.database.description}
  Realtime   ${stack.realtime.description}

Ctrl-C stops everything.
`);
}

function describeSecret({ environment, webhookSecret }: Stack, isTerminal: boolean): string {
  if (webhookSecret === "given") return "as VAPI_WEBHOOK_SECRET says";
  return webhookSecret === "new" && isTerminal
    ? environment.VAPI_WEBHOOK_SECRET
    : "vapiWebhookSecret in .local/secrets.json";
}

/**
 * The page to sign in on, or the link that creates the first operator; in a demo with a database of its own, a link
 * that signs in once. The app's own code makes the links, and reads its environment when it is loaded: hence the
 * late imports.
 */
async function describeSignIn(stack: Stack, purpose: Purpose, isTerminal: boolean): Promise<string> {
  const { environment, database } = stack;
  Object.assign(process.env, environment);
  const { db } = await import("@/db/client");
  const { demoSignInLink } = await import("@/lib/auth/server/demo-sign-in-link");
  const { welcomeLink } = await import("@/lib/auth/server/links");
  try {
    if (purpose === "demo" && database.isOurs) return `${await demoSignInLink(db)} (works once, for an hour)`;
    const welcome = await welcomeLink(db);
    if (!welcome) return `${environment.APP_URL}/sign-in`;
    if (environment.SETUP_TOKEN) return `${environment.APP_URL}/welcome with your SETUP_TOKEN`;
    return isTerminal ? `${welcome} (creates the first operator)` : keepLink(welcome, environment.APP_URL);
  } finally {
    await db.$client.end();
  }
}

/** The link holds the setup token, so a log only says where its owner, and no other user of the machine, finds it. */
export function keepLink(link: string, appUrl: string, folder = projectFolder): string {
  const name = ".local/setup-link";
  mkdirSync(join(folder, ".local"), { recursive: true });
  const path = join(folder, name);
  // A file that is there already keeps its mode, so it is narrowed before the token is written.
  if (existsSync(path)) chmodSync(path, 0o600);
  writeFileSync(path, `${link}\n`, { mode: 0o600 });
  return `${appUrl}/welcome (the link with its token is in ${name})`;
}

/** Fills an empty archive with some weeks of calls, beside everything else. Earshot goes on without them, should it fail. */
export async function startHistory(stack: Stack, parts: Parts): Promise<void> {
  const flags = stack.database.isOurs ? ["--directory"] : [];
  const history = await spawnGuarded(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "scripts/history.ts", ...flags],
    {
      cwd: projectFolder,
      env: { ...process.env, ...stack.environment, EARSHOT_URL: stack.localUrl },
      stdio: ["ignore", "inherit", "inherit"],
      stopSignal: "SIGTERM",
      graceMs: 2_000,
    },
  );
  parts.add(history.stop);
}

/** Lets simulated callers call until the demo stops. Earshot goes on without them, should they fail. */
export async function startSimulator(stack: Stack, calls: string, parts: Parts): Promise<void> {
  const flags = ["--url", stack.localUrl, "--calls", calls, "--speed", "1", "--forever"];
  flags.push("--control-port", String(stack.controlPort));
  const simulator = await spawnGuarded(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", "scripts/simulate.ts", ...flags],
    {
      cwd: projectFolder,
      env: { ...process.env, ...stack.environment },
      stdio: ["ignore", "inherit", "inherit"],
      stopSignal: "SIGTERM",
      graceMs: 2_000,
    },
  );
  parts.add(simulator.stop);
  void simulator.exited.then((code) => {
    if (!parts.isStopping()) console.error(`The simulated callers are gone (exit code ${code}): see above.`);
  });
}

type Options = {
  command: "dev" | "start";
  host: string;
  port: number;
  /** For somebody who wants to see Earshot: simulated callers, as many at a time, and a way in without a password. */
  demo?: { calls: string; databaseUrl: string | undefined };
};

/**
 * Runs Earshot from a shell until somebody stops it.
 *
 * @throws a UsageError when it cannot start or the app ends for good; nothing is left running then
 */
export async function launch({ demo, ...options }: Options): Promise<void> {
  const parts = createParts();
  stopOnSignals(parts);
  try {
    // `next dev` starts itself again.
    const isKeptRunning = options.command === "start";
    const stack = await startStack(
      demo
        ? {
            ...options,
            environment: demoEnvironment(process.env, demo.databaseUrl),
            isSimulated: true,
            isKeptRunning,
          }
        : { ...options, environment: process.env, isKeptRunning },
      parts,
    );
    await announce(stack, demo ? "demo" : options.command);
    if (demo) await Promise.all([startSimulator(stack, demo.calls, parts), startHistory(stack, parts)]);
    await stack.ended;
    if (!parts.isStopping()) throw new UsageError("The app ended by itself: see above.");
  } catch (error) {
    if (!parts.isStopping()) {
      await parts.stopAll();
      throw error;
    }
    // Stopped while starting: what failed was only told to stop.
  }
}
