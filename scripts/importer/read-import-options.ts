import { z } from "zod";
import { readOptions, UsageError } from "@/scripts/local/cli/read-options";

export const usage = `npm run import -- [--from 2026-08-01] [--to 2026-08-31] [--assistant ID] [--dry-run]
npm run import -- --folder DIR [--dry-run]

Imports past calls into the archive, newest first: those Vapi's API still has (VAPI_API_KEY, or the key saved in Settings),
or the reports in a folder. Imported calls look like any others, but raise no alerts and send no notifications. Safe to
repeat: calls that already have a report are skipped, and an interrupted import resumes where it stopped.

  --from DAY        calls created on this day (UTC) or later
  --to DAY          calls created on this day (UTC) or earlier
  --assistant ID    calls of this assistant only
  --folder DIR      end-of-call-report bodies or calls from Vapi's API: one or a list per *.json file, one per line in *.jsonl files
  --dry-run         count what would be imported; change nothing
  --rate N          at most N requests to Vapi per second (default 2)

Uses the database at DATABASE_URL with the app's BETTER_AUTH_SECRET, or the one in .local/. VAPI_BASE_URL sets another address
for Vapi's API. Exits with 1 if a call failed.`;

const day = z.iso.date("must be a day like 2026-08-31").transform((text) => new Date(text));
const schema = z.object({
  from: day.optional(),
  to: day.optional(),
  assistant: z.string().min(1).optional(),
  folder: z.string().min(1).optional(),
  "dry-run": z.boolean().default(false),
  rate: z.coerce.number("must be a number").positive("must be more than 0").default(2),
});

const dayMs = 86_400_000;

/**
 * Reads the command line. `--help` prints the usage and ends the process.
 *
 * @throws a UsageError that names the invalid option
 */
export function readImportOptions() {
  const parsed = schema.safeParse(
    readOptions(usage, {
      from: { type: "string" },
      to: { type: "string" },
      assistant: { type: "string" },
      folder: { type: "string" },
      "dry-run": { type: "boolean" },
      rate: { type: "string" },
    }),
  );
  if (!parsed.success) {
    throw new UsageError(
      parsed.error.issues.map((issue) => `--${issue.path.join(".")} ${issue.message}.`).join("\n"),
    );
  }
  const { from, to, assistant, folder, rate, "dry-run": isDryRun } = parsed.data;
  if (folder && (from ?? to ?? assistant)) {
    throw new UsageError(
      "--from, --to and --assistant cannot be used with --folder: all of a folder is imported.",
    );
  }
  if (from && to && from > to) throw new UsageError("--from must not be after --to.");
  return {
    from: from ?? null,
    until: to ? new Date(to.getTime() + dayMs) : null,
    assistantId: assistant ?? null,
    folder: folder ?? null,
    isDryRun,
    everyMs: 1000 / rate,
  };
}
