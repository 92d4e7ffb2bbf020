import "server-only";
import { db } from "@/db/client";
import { claimEffect, type EffectKey } from "@/db/queries/tools/claim-effect";
import { releaseEffect, settleEffect } from "@/db/queries/tools/settle-effect";
import { describeError, log } from "@/lib/log";
import { whenAborted } from "@/lib/tools/attempt-tool";
import { awaitEffect } from "@/lib/tools/await-effect";
import type { Tool } from "@/lib/tools/define-tool";
import type { ToolAnswer } from "@/lib/tools/tool-answer";
import { redactText } from "@/lib/webhook/redact";
import { withDeadline } from "@/lib/with-deadline";

/** A database slower than this is as good as down while a caller waits. */
const databaseTimeoutMs = 2_000;

/** How long after its tool's time a claim may still be settled. */
const graceMs = 5_000;

const settleRetriesMs = [250, 1_000, 4_000];

/**
 * Brings an effect about, once: it is claimed before it runs and its outcome is stored before it is answered. A repeat
 * gets that outcome, and waits for it while the first still runs. Where a claim cannot be had nothing is done.
 * @param run must not throw; may go on after `signal`, and its outcome then is stored all the same
 */
export async function runOnce(
  tool: Tool,
  effect: EffectKey,
  signal: AbortSignal,
  run: () => Promise<ToolAnswer>,
): Promise<ToolAnswer> {
  const isOurs = await claim(tool, effect);
  if (isOurs === null) {
    return {
      error: "I cannot do that now, because I could not write down that it is done. Nothing was done.",
    };
  }
  return isOurs
    ? Promise.race([runAndSettle(effect, run), whenAborted(tool, signal)])
    : awaitEffect(tool, effect, signal);
}

/** Null when the database does not say. */
async function claim(tool: Tool, effect: EffectKey): Promise<boolean | null> {
  const claiming = claimEffect(db, { ...effect, tool: tool.name }, tool.timeoutMs + graceMs);
  try {
    return await withDeadline(claiming, databaseTimeoutMs);
  } catch (cause) {
    log("error", "an effect could not be claimed", { tool: tool.name, ...describeError(cause) });
    // A claim that comes through yet is nobody's: a repeat may have it.
    void claiming.then(async (isOurs) => isOurs && releaseEffect(db, effect)).catch(() => null);
    return null;
  }
}

async function runAndSettle(effect: EffectKey, run: () => Promise<ToolAnswer>): Promise<ToolAnswer> {
  const answer = await run();
  const stored = settle(effect, clean(answer));
  // What was done was done: should the database not take it, the caller is told all the same.
  await withDeadline(stored, databaseTimeoutMs).catch(() => null);
  return answer;
}

/** As every other answer is kept: without secrets. */
function clean(answer: ToolAnswer): ToolAnswer {
  return "result" in answer ? { result: redactText(answer.result) } : { error: redactText(answer.error) };
}

async function settle(effect: EffectKey, answer: ToolAnswer): Promise<void> {
  for (const waitMs of [...settleRetriesMs, null]) {
    try {
      return await settleEffect(db, effect, answer);
    } catch (cause) {
      log("error", "what came of an effect is not stored", {
        isLast: waitMs === null,
        ...describeError(cause),
      });
      if (waitMs !== null) await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}
