import { existsSync, readdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { usualControlPort } from "../../simulator/live/control-server";
import { applyMigrations } from "../apply-migrations";
import { UsageError } from "../cli/read-options";
import { startEmbeddedPostgres } from "../embedded-postgres";
import { findFreePort } from "../find-free-port";
import { keepRunning } from "../guard/keep-running";
import type { Guarded } from "../guard/spawn-guarded";
import type { Postgres } from "../postgres/run-server";
import { projectFolder } from "../project-folder";
import { startRecordings } from "../recordings/start-recordings";
import type { Parts } from "./create-parts";
import { checkEnvironment, type Environment, readLocalSecrets } from "./environment";
import { type OpenDatabase, openDatabase } from "./open-database";
import { openRealtime, type Realtime } from "./open-realtime";
import { openSimulator, type Simulator } from "./open-simulator";
import { ensurePortIsFree, startNext, waitForHealth } from "./start-next";

/** What a build does not read, or writes itself. */
const ignored = new Set(["node_modules", "tests", "scripts", "docs", "test-results", "next-env.d.ts"]);
const ignoredEnds = [".md", ".tsbuildinfo"];

/** Whether `.next` holds a build newer than every source file, setting and dependency. */
export function isBuildFresh(project = projectFolder): boolean {
  const buildId = join(project, ".next", "BUILD_ID");
  return existsSync(buildId) && !hasNewer(project, statSync(buildId).mtimeMs);
}

/** A folder counts too: its time changes when a file leaves it. */
function hasNewer(folder: string, thanMs: number): boolean {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    const { name } = entry;
    if (ignored.has(name) || name.startsWith(".") || ignoredEnds.some((end) => name.endsWith(end)))
      return false;
    if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > thanMs) return true;
    return entry.isDirectory() && hasNewer(path, thanMs);
  });
}

/**
 * Runs `next build` unless there is a build of what the sources say now.
 *
 * @throws a UsageError when the build fails; Next has said why
 */
export async function buildUnlessFresh(environment: Environment, parts: Parts): Promise<void> {
  if (isBuildFresh()) return;
  console.log("Building Earshot (once; again only when something changes) …");
  const startedAt = new Date();
  const build = await startNext(["build"], environment);
  parts.add(build.stop);
  if ((await build.exited) !== 0) throw new UsageError("The build failed: see above.");
  // A file that was saved while Next was building may have been read before.
  utimesSync(join(projectFolder, ".next", "BUILD_ID"), startedAt, startedAt);
}

type Options = {
  command: "dev" | "start";
  host: string;
  port: number;
  /** What is set here is used as it is; what is missing is started, or made up and kept in `.local/`. */
  environment: Environment;
  /** How to get a database when none is set. */
  startPostgres?: () => Promise<Postgres>;
  /** Calls are simulated: let them have recordings. */
  isSimulated?: boolean;
  /** Start the app again when it ends by itself. */
  isKeptRunning?: boolean;
};

export type Stack = {
  /** How the app is reached on this machine. */
  localUrl: string;
  /** Everything the app was given, for scripts that work beside it. */
  environment: Environment & { APP_URL: string; DATABASE_URL: string; VAPI_WEBHOOK_SECRET: string };
  database: OpenDatabase;
  realtime: Realtime;
  /** For the board's button; only beside a database of ours. */
  simulator: Simulator | null;
  /** A port the app takes for one where simulated calls are listened to and steered. */
  controlPort: number;
  /** Whether VAPI_WEBHOOK_SECRET was set, or else lies in `.local/`, from before or made by this start. */
  webhookSecret: "given" | "kept" | "new";
  /** The app's process; another one after each restart. */
  readonly pid: number | undefined;
  /** Resolves when the app is gone for good, whoever ended it. */
  ended: Promise<number | null>;
};

/**
 * Starts database, realtime and app, and waits until the app can take events. Whatever was started is in `parts`,
 * also when this throws.
 */
export async function startStack(options: Options, parts: Parts): Promise<Stack> {
  const { command, host, port, environment: given, startPostgres = startEmbeddedPostgres } = options;
  const isWhole = Boolean(given.DATABASE_URL) && command === "start" && !options.isSimulated;
  checkEnvironment(given, isWhole);
  await ensurePortIsFree(port, host);
  if (command === "start") await buildUnlessFresh(given, parts);

  const localUrl = `http://${loopbackOf(host)}:${port}`;
  const secrets = readLocalSecrets();
  const database = await openDatabase(
    given,
    startPostgres,
    options.isSimulated ? "earshot_demo" : "earshot",
    parts,
  );
  await applyMigrations(database.url);
  const realtime = await openRealtime(given, secrets, localUrl, parts);
  const recordings =
    options.isSimulated && !given.VAPI_API_KEY ? await startRecordings(given, database.url, parts) : {};
  const controlPort = await findFreePort(usualControlPort);
  const environment = {
    ...given,
    ...realtime.environment,
    ...recordings,
    DATABASE_URL: database.url,
    APP_URL: given.APP_URL || `http://localhost:${port}`,
    BETTER_AUTH_SECRET: given.BETTER_AUTH_SECRET || secrets.betterAuthSecret,
    VAPI_WEBHOOK_SECRET: given.VAPI_WEBHOOK_SECRET || secrets.vapiWebhookSecret,
  };
  const [secret = ""] = environment.VAPI_WEBHOOK_SECRET.split(",");
  // Only on a laptop: nobody wants invented calls among real ones.
  const simulator = database.isOurs
    ? await openSimulator({ url: localUrl, secret: secret.trim(), publicKey: given.VAPI_PUBLIC_KEY }, parts)
    : null;
  const hosts = [
    recordings.OUTGOING_ALLOWED_HOSTS || given.OUTGOING_ALLOWED_HOSTS,
    simulator?.controlHost,
    // Of `npm run simulate`, which is for trying things out: not beside an app that takes real calls.
    (command === "dev" || options.isSimulated) && `127.0.0.1:${controlPort}`,
  ];

  const running: { pid?: number | undefined } = {};
  const start = async () => {
    const app = await startNext([command, "--port", String(port), "--hostname", host], {
      ...environment,
      OUTGOING_ALLOWED_HOSTS: hosts.filter(Boolean).join(","),
      ...(simulator && { SIMULATOR_URL: simulator.url }),
    });
    running.pid = app.child.pid;
    return app;
  };
  const app = await start();
  parts.add(app.stop);
  await waitForHealth(localUrl, app.exited);
  return {
    localUrl,
    environment,
    database,
    realtime,
    simulator,
    controlPort,
    webhookSecret: given.VAPI_WEBHOOK_SECRET ? "given" : secrets.isNew ? "new" : "kept",
    get pid() {
      return running.pid;
    },
    ended: options.isKeptRunning ? keepApp(app, start, localUrl, parts) : app.exited,
  };
}

function keepApp(app: Guarded, start: () => Promise<Guarded>, localUrl: string, parts: Parts) {
  const startAgain = async () => {
    const again = await start();
    const ready = waitForHealth(localUrl, again.exited);
    ready.then(
      () => console.error("The app runs again."),
      (error: unknown) => {
        if (!parts.isStopping()) console.error(error instanceof Error ? error.message : error);
      },
    );
    return { ...again, ready };
  };
  // Stopped while it was starting: it is not to come back.
  if (parts.isStopping()) return app.exited;
  const kept = keepRunning(app, { name: "The app", startAgain });
  parts.add(kept.stop);
  return kept.ended;
}

/** Where a server that listens on `host` answers on this machine, as it stands in a URL. */
function loopbackOf(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
