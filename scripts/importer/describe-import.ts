import type { ImportTally } from "@/lib/imports/server/import";

/** What became of an import, in some lines. */
export function describeImport(tally: ImportTally, isDryRun: boolean): string {
  const { imported, known, goingOn, deleted, failed, reasons, crowded } = tally;
  const lines = [
    `${isDryRun ? "Would be imported" : "Imported"}: ${imported}`,
    `Already there: ${known}`,
    ...(goingOn > 0 ? [`Still going on: ${goingOn}`] : []),
    ...(deleted > 0 ? [`Deleted here, and left so: ${deleted}`] : []),
    `Failed: ${failed}`,
    ...[...reasons].map(([reason, count]) => `  ${count} × ${reason}`),
    ...[...crowded].map(
      ([at, seen]) =>
        `Perhaps not all: ${seen} calls were made at ${at}, as many as Vapi shows of one millisecond. Import the others from files, with --folder.`,
    ),
  ];
  return lines.join("\n");
}
