import { z } from "zod";
import { usage } from "@/scripts/importer/usage";
import { Complaint } from "@/scripts/local/cli/complaint";
import { readOptions } from "@/scripts/local/cli/read-options";

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
 * What the command line asks for. `--help` prints the usage and ends the process.
 *
 * @throws a Complaint that names what is wrong
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
    throw new Complaint(
      parsed.error.issues.map((issue) => `--${issue.path.join(".")} ${issue.message}.`).join("\n"),
    );
  }
  const { from, to, assistant, folder, rate, "dry-run": isDryRun } = parsed.data;
  if (folder && (from ?? to ?? assistant)) {
    throw new Complaint(
      "--from, --to and --assistant choose among Vapi's calls: a folder is imported whole.",
    );
  }
  if (from && to && from > to) throw new Complaint("--from is after --to: no call is that old and that new.");
  return {
    from: from ?? null,
    until: to ? new Date(to.getTime() + dayMs) : null,
    assistantId: assistant ?? null,
    folder: folder ?? null,
    isDryRun,
    everyMs: 1000 / rate,
  };
}
