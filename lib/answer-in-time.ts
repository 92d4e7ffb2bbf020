import "server-only";
import { describeError, log } from "@/lib/log";
import { withDeadline } from "@/lib/with-deadline";

/** Somebody on the phone hears nothing meanwhile; two seconds are what they take for a pause. */
const budgetMs = 1_500;
/** What is left at least when the door itself was slow. */
const leastMs = 300;

/**
 * What a look into the database brings, or the fallback when it is slow or gone. Never rejects.
 *
 * @param receivedAt when Vapi began to wait
 * @param what what could not be done then, as a sentence for the log
 */
export async function answerInTime<T>(
  work: Promise<T>,
  receivedAt: Date,
  fallback: T,
  what: string,
): Promise<T> {
  try {
    return await withDeadline(work, Math.max(leastMs, budgetMs - (Date.now() - receivedAt.getTime())));
  } catch (cause) {
    log("warn", what, describeError(cause));
    return fallback;
  }
}
