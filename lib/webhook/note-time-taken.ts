import "server-only";
import { db } from "@/db/client";
import { saveTimesTaken } from "@/db/queries/events/save-times-taken";
import { describeError, log } from "@/lib/log";

/** While many come, they are written down together. */
const windowMs = 100;

let waiting = new Map<string, number>();
let writing: Promise<void> | null = null;

/**
 * Notes how long the answer to an event took, once it is on its way and nobody waits any more: the statement that
 * records an event cannot know. One at a time is written at once, many in one statement. Never rejects: a time that
 * is lost is shown as not measured.
 */
export function noteTimeTaken(key: string, tookMs: number): Promise<void> {
  waiting.set(key, tookMs);
  writing ??= write();
  return writing;
}

async function write(): Promise<void> {
  while (waiting.size > 0) {
    const taken = waiting;
    waiting = new Map();
    await saveTimesTaken(db, taken).catch((cause: unknown) =>
      log("warn", "how long answers took was not noted", { events: taken.size, ...describeError(cause) }),
    );
    if (waiting.size > 1) await new Promise((resolve) => setTimeout(resolve, windowMs));
  }
  writing = null;
}
