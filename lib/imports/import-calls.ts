import "server-only";
import { db } from "@/db/client";
import { findKnownCalls } from "@/db/queries/imports/find-known-calls";
import type { ImportTally } from "@/lib/imports/import-tally";
import { recordPastCall } from "@/lib/imports/record-past-call";
import { toPastCall } from "@/lib/imports/to-past-call";
import { describeError } from "@/lib/log";

export interface Source {
  value: unknown;
  /** What it is called when it fails: a call's id, a file and its line. */
  name: string;
}

export interface ImportOptions {
  /** Counts, and changes nothing. */
  isDryRun: boolean;
  /** Is told of each that failed. */
  say: (line: string) => void;
}

/** Imports some calls, at best a hundred at once, and counts what became of them. One that fails does not keep the others. */
export async function importCalls(
  sources: readonly Source[],
  tally: ImportTally,
  { isDryRun, say }: ImportOptions,
): Promise<void> {
  const past = sources.map(({ value, name }) => ({ name, call: toPastCall(value) }));
  const ids = past.flatMap(({ call }) => (call.kind === "report" ? [call.callId] : []));
  const known = await findKnownCalls(db, ids);
  for (const { name, call } of past) {
    if (call.kind === "going-on") {
      tally.goingOn += 1;
      continue;
    }
    if (call.kind === "report" && known.get(call.callId)?.hasReport) {
      tally.known += 1;
      continue;
    }
    const reason =
      call.kind === "unusable"
        ? call.reason
        : isDryRun
          ? null
          : await tryToRecord(call.body, known.get(call.callId)?.conversationId);
    if (reason === null) {
      tally.imported += 1;
      // The same call twice in one lot is there the second time.
      if (call.kind === "report") known.set(call.callId, { conversationId: "", hasReport: true });
    } else {
      tally.failed += 1;
      tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
      say(`${name} ${reason}.`);
    }
  }
}

async function tryToRecord(body: object, conversationId: string | undefined): Promise<string | null> {
  try {
    return await recordPastCall(body, conversationId ?? null);
  } catch (cause) {
    return `could not be kept (${JSON.stringify(describeError(cause))})`;
  }
}
