import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../cli/read-options";
import { spawnGuarded } from "../guard/spawn-guarded";
import { projectFolder } from "../project-folder";
import { createParts, type Parts, stopOnSignals } from "./create-parts";
import { demoEnvironment } from "./environment";
import { type Stack, startStack } from "./start-stack";

type Purpose = "dev" | "start" | "demo";

/**
 * Prints where Earshot runs, how to sign in and what runs next to it. Secrets go to a terminal only, because other
 * output ends up in log files; the demo's own sign-in link is the exception.
 */
export async function announce(stack: Stack, purpose: Purpose, isTerminal = process.stdout.isTTY === true) {
  const { APP_URL } = stack.environment;
  console.log(`
Earshot is running at ${APP_URL}

  Sign in    ${await describeSignIn(stack, purpose, isTerminal)}
  Webhook    ${APP_URL}/api/webhook/{conversation uuid}
  Secret     ${describeSecret(stack, isTerminal)}
  Database   ${stack.database.description}
  Realtime   ${stack.realtime.description}

Ctrl-C stops everything.
`);
}

function describeSecret({ environment, webhookSecret }: Stack, isTerminal: boolean): string {
  if (webhookSecret === "given") return "set by VAPI_WEBHOOK_SECRET";
  return webhookSecret === "new" && isTerminal
    ? environment.VAPI_WEBHOOK_SECRET
    : "vapiWebhookSecret in .local/secrets.json";
}

/**
 * Returns the sign-in page, the link that creates the first admin or, for a demo with its own database, a one-time
 * sign-in link. The imports are late: those modules load only with the react-server condition.
 */
async function describeSignIn(stack: Stack, purpose: Purpose, isTerminal: boolean): Promise<string> {
  const { environment, database } = stack;
  Object.assign(process.env, environment);
  const { db } = await import("@/db/client");
  const { demoSignInLink } = await import("@/lib/auth/server/demo-sign-in-link");
  const { welcomeLink } = await import("@/lib/auth/server/links");
  try {
    if (purpose === "demo" && database.isOurs)
      return `${await demoSignInLink(db)} (works once, within an hour)`;
    const welcome = await welcomeLink(db);
    if (!welcome) return `${environment.APP_URL}/sign-in`;
    if (environment.SETUP_TOKEN) return `${environment.APP_URL}/welcome with your SETUP_TOKEN`;
    return isTerminal ? `${welcome} (creates the first admin)` : keepLink(welcome, environment.APP_URL);
  } finally {
    await db.$client.end();
  }
}

/** Saves the setup link, which holds the setup token, in a file only its owner can read. Returns a text that is safe to log. */
export function keepLink(link: string, appUrl: string, folder = projectFolder): string {
  const name = ".local/setup-link";
  mkdirSync(join(folder, ".local"), { recursive: true });
  const path = join(folder, name);
  // An existing file keeps its mode, so narrow it before writing the token.
  if (existsSync(path)) chmodSync(path, 0o600);
  writeFileSync(path, `${link}\n`, { mode: 0o600 });
  return `${appUrl}/welcome (the full link with its token is in ${name})`;
}

/** Fills an empty archive with some weeks of calls in the background. Earshot keeps running if this fails. */
async function startHistory(stack: Stack, parts: Parts): Promise<void> {
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

/** Runs simulated callers until the demo stops. Earshot keeps running if they fail. */
async function startSimulator(stack: Stack, calls: string, parts: Parts): Promise<void> {
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
    if (!parts.isStopping()) console.error(`The call simulator exited (exit code ${code}): see above.`);
  });
}

type Options = {
  command: "dev" | "start";
  host: string;
  port: number;
  /** Demo mode: `calls` simulated callers at a time, and sign-in without a password. */
  demo?: { calls: string; databaseUrl: string | undefined };
};

/**
 * Runs Earshot from a shell until it is stopped.
 *
 * @throws a UsageError when it cannot start, or the app or its database ends for good; nothing is left running then
 */
export async function launch({ demo, ...options }: Options): Promise<void> {
  const parts = createParts();
  stopOnSignals(parts, { isUsualEnd: true });
  try {
    // `next dev` restarts itself.
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
    if (!parts.isStopping()) throw new UsageError("The app or its database has exited for good: see above.");
  } catch (error) {
    if (!parts.isStopping()) {
      await parts.stopAll();
      throw error;
    }
    // Stopped while starting: the error is only a result of the stop.
  }
}
