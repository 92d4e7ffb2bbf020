import { z } from "zod";
import { readOptions, UsageError } from "@/scripts/local/cli/read-options";

export const usage = `npm run import -- [--from 2026-08-01] [--to 2026-08-31] [--assistant ID] [--dry-run]
npm run import -- --folder DIR [--dry-run]

Brings past calls into the archive: what Vapi's API still has (VAPI_API_KEY, or the key saved in Settings), newest first, or the reports that lie in a folder.
A call that was imported is the same as one that was watched live; it raises no alert and tells nobody. Safe to repeat: a call
whose report is there is left as it is, and an import that was cut off goes on where it was.

  --from DAY        calls made on this day (UTC) or later
  --to DAY          calls made on this day (UTC) or earlier
  --assistant ID    calls of this assistant
  --folder DIR      end-of-call-report bodies or calls of Vapi's API: *.json with one or a list of them, *.jsonl with one on each line
  --dry-run         count, and change nothing
  --rate N          ask Vapi at best so many times a second (2)

Uses the database of DATABASE_URL, or the one in .local/. VAPI_BASE_URL: another address of Vapi's API. Exits with 1 when a call failed.`;

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
      "--from, --to and --assistant choose among Vapi's calls: a folder is imported whole.",
    );
  }
  if (from && to && from > to)
    throw new UsageError("--from is after --to: no call is that old and that new.");
  return {
    from: from ?? null,
    until: to ? new Date(to.getTime() + dayMs) : null,
    assistantId: assistant ?? null,
    folder: folder ?? null,
    isDryRun,
    everyMs: 1000 / rate,
  };
}
