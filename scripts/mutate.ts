import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { UsageError } from "./local/cli/read-options";
import { runScript } from "./local/cli/run-script";

interface Area {
  mutate: string[];
  /** Folders below tests/unit. Others would also catch some mutants, but only by accident, and cost hours. */
  unit: string[];
  /** Files below tests/integration, as a glob. Excludes tests that wait for time limits: they would wait once per mutant. */
  integration?: string[];
  /** Also mutates code that runs when a file loads; every test of the area runs against each such mutant. */
  isStatic?: boolean;
}

const areas: Record<string, Area> = {
  calls: { mutate: ["lib/calls/**/*.ts"], unit: ["calls", "reports", "analytics", "alerts"] },
  routing: {
    mutate: ["lib/routing/**/*.ts"],
    unit: ["routing"],
    integration: ["routing/{api,resources,transfer-destination}", "directory/*"],
  },
  alerts: {
    mutate: ["lib/alerts/**/*.ts"],
    unit: ["alerts"],
    integration: ["alerts/{actions,history,notice,update}"],
  },
  permissions: { mutate: ["lib/auth/permissions.ts"], unit: ["auth"], isStatic: true },
  handlers: {
    mutate: ["lib/webhook/events/**/*.ts"],
    unit: ["webhook"],
    integration: [
      "webhook/{answered,phone-control,what-was-said}",
      "routing/transfer-destination",
      "dialing/*",
      "knowledge/*",
      "tools/{context-tools,transfer,withheld-number}",
    ],
  },
  joins: { mutate: ["db/queries/record/merge-call.ts"], unit: [], integration: ["joins/*"], isStatic: true },
};

const reportSchema = z.object({
  files: z.record(z.string(), z.object({ mutants: z.array(z.object({ status: z.string() })) })),
});

const usage = `npm run mutate -- [${Object.keys(areas).join("|")} …]

Mutates the code of these areas, or of all, and counts the mutants that tests notice (docs/mutation.md).`;

await runScript(async () => {
  const named = new Set(process.argv.slice(2));
  if (named.has("--help") || named.has("-h")) return console.log(usage);
  const unknown = [...named].find((name) => !Object.hasOwn(areas, name));
  if (unknown !== undefined) throw new UsageError(`There is no area named ${unknown}.\n\n${usage}`);
  const chosen = Object.entries(areas).filter(([name]) => named.size === 0 || named.has(name));
  console.table(Object.fromEntries(chosen.map(([name, area]) => [name, mutate(name, area)])));
});

/** Runs unit tests first: Stryker remembers the mutants they catch, which then need no run against a database. */
function mutate(name: string, { unit, integration = [], isStatic = false, ...area }: Area) {
  const quick = unit.map((folder) => `tests/unit/${folder}/**/*.test.{ts,tsx}`);
  const slow = integration.map((files) => `tests/integration/${files}.test.ts`);
  if (quick.length > 0) runStryker({ ...area, name, isStatic, unit: quick, integration: [] });
  if (slow.length > 0) runStryker({ ...area, name, isStatic, unit: quick, integration: slow });
  return readScore(name);
}

function runStryker(area: object): void {
  const env = { ...process.env, MUTATION_AREA: JSON.stringify(area) };
  const { status } = spawnSync("npx", ["stryker", "run"], { stdio: "inherit", env });
  if (status !== 0) process.exit(status ?? 1);
}

function readScore(name: string) {
  const report: unknown = JSON.parse(readFileSync(`.local/mutation/${name}.json`, "utf8"));
  const mutants = Object.values(reportSchema.parse(report).files).flatMap((file) => file.mutants);
  const count = (...of: string[]) => mutants.filter(({ status }) => of.includes(status)).length;
  const [noticed, missed] = [count("Killed", "Timeout"), count("Survived", "NoCoverage")];
  return { noticed, missed, percent: Math.round((1_000 * noticed) / (noticed + missed)) / 10 };
}
