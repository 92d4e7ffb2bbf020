import { parseArgs } from "node:util";
import { benchAnswers } from "@/tests/bench/answers";
import { benchArchive } from "@/tests/bench/archive";
import { benchBoard } from "@/tests/bench/board";
import { benchCold } from "@/tests/bench/cold";
import { benchControl } from "@/tests/bench/control";
import { benchDetection } from "@/tests/bench/detection";
import { benchForwarding } from "@/tests/bench/forwarding";
import { benchForwardingLoss } from "@/tests/bench/forwarding-loss";
import { benchGlass } from "@/tests/bench/glass";
import { benchLighthouse } from "@/tests/bench/lighthouse";
import { benchMessages } from "@/tests/bench/messages";
import { benchRules } from "@/tests/bench/rules";
import { benchScale } from "@/tests/bench/scale";
import { benchSlowDatabase } from "@/tests/bench/slow-database";
import { benchStorage } from "@/tests/bench/storage";
import { benchUploads } from "@/tests/bench/uploads";
import { benchWebhook } from "@/tests/bench/webhook";
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

const benches = [
  "webhook",
  "answers",
  "storage",
  "glass",
  "messages",
  "board",
  "lighthouse",
  "archive",
  "uploads",
  "control",
  "cold",
  "slow-database",
  "rules",
  "forwarding",
  "forwarding-loss",
  "scale",
  "detection",
] as const;

await runScript(async () => {
  const { positionals, values } = parse();
  if (values.help) return console.log(usage);
  for (const name of ["rounds", "seconds", "events"] as const) {
    if (!(Number(values[name]) > 0)) throw new UsageError(`--${name} must be a number above 0.\n\n${usage}`);
  }
  const wanted = positionals.length > 0 ? positionals : benches;
  const unknown = wanted.find((name) => !benches.some((bench) => bench === name));
  if (unknown) throw new UsageError(`There is no benchmark named ${unknown}.\n\n${usage}`);
  if (wanted.includes("webhook")) {
    await inParts((parts) =>
      benchWebhook({ rounds: Number(values.rounds), seconds: Number(values.seconds) }, parts),
    );
  }
  if (wanted.includes("answers")) {
    await inParts((parts) =>
      benchAnswers({ rounds: Number(values.rounds), seconds: Number(values.seconds) }, parts),
    );
  }
  if (wanted.includes("storage")) await inParts(benchStorage);
  if (wanted.includes("glass")) await inParts(benchGlass);
  if (wanted.includes("messages")) await inParts(benchMessages);
  if (wanted.includes("board")) {
    await inParts((parts) => benchBoard({ seconds: Number(values.seconds) * 4 }, parts));
  }
  if (wanted.includes("lighthouse")) await inParts((parts) => benchLighthouse({ runs: 5 }, parts));
  if (wanted.includes("uploads")) await inParts(benchUploads);
  if (wanted.includes("control")) {
    await inParts((parts) => benchControl({ seconds: Number(values.seconds) * 2 }, parts));
  }
  if (wanted.includes("cold")) {
    await inParts((parts) => benchCold({ rounds: Number(values.rounds) }, parts));
  }
  if (wanted.includes("rules")) {
    await inParts((parts) =>
      benchRules({ rounds: Number(values.rounds), seconds: Number(values.seconds) }, parts),
    );
  }
  if (wanted.includes("forwarding")) {
    await inParts((parts) =>
      benchForwarding({ rounds: Number(values.rounds), seconds: Number(values.seconds) }, parts),
    );
  }
  if (wanted.includes("forwarding-loss")) {
    await inParts((parts) => benchForwardingLoss({ events: Number(values.events) }, parts));
  }
  if (wanted.includes("scale")) {
    await inParts((parts) => benchScale({ seconds: Number(values.seconds) * 2 }, parts));
  }
  if (wanted.includes("slow-database")) {
    const calls = Number(values.calls);
    if (!(calls > 0)) throw new UsageError(`--calls must be a number above 0.\n\n${usage}`);
    await inParts((parts) => benchSlowDatabase({ calls }, parts));
  }
  if (wanted.includes("detection")) benchDetection({ runs: 300 });
  if (wanted.includes("archive")) {
    const sizes = (values.full ? "10000,100000,1000000" : values.sizes).split(",").map(Number);
    if (!sizes.every((size) => Number.isInteger(size) && size > 0)) {
      throw new UsageError(`--sizes must be comma-separated whole numbers.\n\n${usage}`);
    }
    await inParts((parts) => benchArchive({ sizes, questions: 80 }, parts));
  }
});

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
