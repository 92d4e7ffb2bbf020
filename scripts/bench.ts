import { parseArgs } from "node:util";
import { UsageError } from "./local/cli/read-options";
import { runScript } from "./local/cli/run-script";
import { createParts, stopOnSignals } from "./local/stack/create-parts";

const usage = `npm run bench -- [webhook|answers|storage|glass|messages|board|lighthouse|archive|uploads|control|cold|rules|forwarding|scale|slow-database|detection …] [--rounds 5] [--seconds 5]

Benchmarks a production build of Earshot, each time against a baseline in the same run. Without a name, runs everything.
  webhook   webhook throughput and latency, against a bare App Router route and one that stores every body
  answers   p99 response time to assistant requests, against the same bare route
  storage   bytes stored per byte received, against storing every body
  glass     time from a POST until its text is on screen, against a direct push
  messages  realtime messages per minute of a call, by who is watching (five minutes)
  board     a thousand live calls in a browser: first load, long tasks, memory, and latency at 200 events per second
  lighthouse  Lighthouse scores of the board, the archive and a report: performance, accessibility, best practices
  archive   lists, filters, counts, searches and analytics of an archive, and how they scale with its size
  uploads   memory during uploads of 200 MB, against a bare route that reads the whole body
  control   fifty people listening to live calls and sending actions: memory, delay, and latency to Vapi against a bare route
  cold      first and second response after a cold start as on Vercel, against a bare route, and how much code the webhook loads
  rules     webhook throughput with 200 alert rules, against none in the same run
  forwarding  webhook throughput with one forwarding target, against none in the same run
  scale       one, two and four instances on one database, through PgBouncer if installed: app and database time per event
  forwarding-loss  20,000 events to a target that rejects some, and all of them for one hour, while processes are killed
  slow-database  live calls with 500 ms of database latency, and through 5 s without a response: waits, 503s, events lost
  detection  how fast, and how often wrongly, outages and worse assistant versions are detected, with simulated calls
  --rounds, --seconds   number of load rounds per side, and the duration of each
  --events 20000        events forwarded while the target is down and processes are killed
  --calls 60            concurrent calls on the slow database
  --sizes 10000,100000  archive sizes to measure, in calls of thirty lines over the last year
  --full                same as --sizes 10000,100000,1000000; takes half an hour and 20 GB of temporary disk space`;

type Values = ReturnType<typeof parse>["values"];
type Bench = (values: Values, parts: ReturnType<typeof createParts>) => Promise<void> | void;

const load = ({ rounds, seconds }: Values) => ({ rounds: Number(rounds), seconds: Number(seconds) });

/** In running order. Each is loaded only when it runs. */
const benches: Readonly<Record<string, Bench>> = {
  webhook: async (values, parts) => (await import("@/tests/bench/webhook")).benchWebhook(load(values), parts),
  answers: async (values, parts) => (await import("@/tests/bench/answers")).benchAnswers(load(values), parts),
  storage: async (_, parts) => (await import("@/tests/bench/storage")).benchStorage(parts),
  glass: async (_, parts) => (await import("@/tests/bench/glass")).benchGlass(parts),
  messages: async (_, parts) => (await import("@/tests/bench/messages")).benchMessages(parts),
  board: async ({ seconds }, parts) =>
    (await import("@/tests/bench/board")).benchBoard({ seconds: Number(seconds) * 4 }, parts),
  lighthouse: async (_, parts) =>
    (await import("@/tests/bench/lighthouse")).benchLighthouse({ runs: 5 }, parts),
  uploads: async (_, parts) => (await import("@/tests/bench/uploads")).benchUploads(parts),
  control: async ({ seconds }, parts) =>
    (await import("@/tests/bench/control")).benchControl({ seconds: Number(seconds) * 2 }, parts),
  cold: async ({ rounds }, parts) =>
    (await import("@/tests/bench/cold")).benchCold({ rounds: Number(rounds) }, parts),
  rules: async (values, parts) => (await import("@/tests/bench/rules")).benchRules(load(values), parts),
  forwarding: async (values, parts) =>
    (await import("@/tests/bench/forwarding")).benchForwarding(load(values), parts),
  "forwarding-loss": async ({ events }, parts) =>
    (await import("@/tests/bench/forwarding-loss")).benchForwardingLoss({ events: Number(events) }, parts),
  scale: async ({ seconds }, parts) =>
    (await import("@/tests/bench/scale")).benchScale({ seconds: Number(seconds) * 2 }, parts),
  "slow-database": async ({ calls }, parts) =>
    (await import("@/tests/bench/slow-database")).benchSlowDatabase({ calls: Number(calls) }, parts),
  detection: async () => (await import("@/tests/bench/detection")).benchDetection({ runs: 300 }),
  archive: async (values, parts) =>
    (await import("@/tests/bench/archive")).benchArchive({ sizes: sizesOf(values), questions: 80 }, parts),
};

await runScript(async () => {
  const { positionals, values } = parse();
  if (values.help) return console.log(usage);
  for (const name of ["rounds", "seconds", "events", "calls"] as const) {
    if (!(Number(values[name]) > 0)) throw new UsageError(`--${name} must be a number above 0.\n\n${usage}`);
  }
  if (!sizesOf(values).every((size) => Number.isInteger(size) && size > 0)) {
    throw new UsageError(`--sizes must be comma-separated whole numbers.\n\n${usage}`);
  }
  const unknown = positionals.find((name) => !Object.hasOwn(benches, name));
  if (unknown) throw new UsageError(`There is no benchmark named ${unknown}.\n\n${usage}`);
  for (const [name, bench] of Object.entries(benches)) {
    if (positionals.length === 0 || positionals.includes(name)) {
      await inParts(async (parts) => bench(values, parts));
    }
  }
});

function sizesOf({ full, sizes }: Values): number[] {
  return (full ? "10000,100000,1000000" : sizes).split(",").map(Number);
}

/** Runs one benchmark, then stops everything it started, even when it fails or is interrupted. */
async function inParts(bench: (parts: ReturnType<typeof createParts>) => Promise<void>): Promise<void> {
  const parts = createParts();
  stopOnSignals(parts);
  try {
    await bench(parts);
  } finally {
    await parts.stopAll();
  }
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        rounds: { type: "string", default: "5" },
        seconds: { type: "string", default: "5" },
        events: { type: "string", default: "20000" },
        calls: { type: "string", default: "60" },
        sizes: { type: "string", default: "10000" },
        full: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : cause}\n\n${usage}`, { cause });
  }
}
