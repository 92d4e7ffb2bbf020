import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import { readContext } from "@/db/queries/conversations/read";
import {
  claimEffect,
  type EffectKey,
  type EffectState,
  readEffect,
  releaseEffect,
  settleEffect,
} from "@/db/queries/tools/effects";
import { withDeadline } from "@/lib/async";
import { patchContext } from "@/lib/conversations/server/change";
import type { ContextWriter } from "@/lib/conversations/versions";
import { log } from "@/lib/log";
import { logRepeated } from "@/lib/log-repeated";
import { maskSensitiveRecord, maskSensitiveText } from "@/lib/privacy/mask-sensitive";
import { readMaskedKinds } from "@/lib/privacy/server/masking";
import { publishConversation } from "@/lib/realtime/server/publish";
import { redactText } from "@/lib/redact";
import { type SensitiveKind, sensitiveKinds } from "@/lib/rules/sensitive-data";
import { hashToUuid } from "@/lib/secrets";
import { askedKey, storedCallId } from "@/lib/tools/server/asked-key";
import type { CallInfo } from "@/lib/tools/server/call-info";
import { type PreparedTool, SpokenError, type Tool, type ToolRun } from "@/lib/tools/server/define-tool";
import { findTool } from "@/lib/tools/server/registry";
import { type ToolAnswer, toSpoken } from "@/lib/tools/tool";
import type { ToolRequest } from "@/lib/webhook/server/tool-messages";

/** Describes why arguments are invalid, so that the assistant can correct them and try again. */
export function describeMisfit({ issues }: z.ZodError): string {
  const [issue] = issues;
  return toSpoken(`The arguments are not valid: ${issue?.path.join(".")} ${issue?.message}`);
}

/** Turns an error of a tool into a sentence. Errors that may not be spoken are only logged. */
export function describeToolFailure(tool: Tool, cause: unknown, isAborted: boolean): string {
  if (cause instanceof SpokenError) return toSpoken(cause.message);
  if (!isAborted) log("warn", "a tool failed", { tool: tool.name, error: cause });
  const what = isAborted ? "The tool took too long to answer." : "The tool failed.";
  return tool.effect === "write" ? `${what} ${describeUncertainty(tool)}` : what;
}

/** The sentence for an effect whose outcome is unknown. */
export function describeUncertainty({ effectClause }: Pick<Tool, "effectClause">): string {
  return `I cannot tell whether ${effectClause}, and I will not try again.`;
}

/** Runs a tool. Never throws: every error becomes a sentence. */
export async function attemptTool(
  tool: Tool,
  work: (about: ToolRun) => Promise<string>,
  run: ToolRun,
): Promise<ToolAnswer> {
  try {
    return { result: toSpoken(await work(run)) };
  } catch (cause) {
    return { error: describeToolFailure(tool, cause, run.signal.aborted) };
  }
}

/** Resolves with an error when the tool's time is up, in case the tool ignores the signal. */
export function whenAborted(tool: Tool, signal: AbortSignal): Promise<ToolAnswer> {
  return new Promise((resolve) => {
    const give = () => resolve({ error: describeToolFailure(tool, signal.reason, true) });
    signal.addEventListener("abort", give, { once: true });
  });
}

const databaseTimeoutMs = 2_000;
const [firstWaitMs, longestWaitMs] = [40, 500];

/** Returns the outcome of an effect that another run has claimed, waiting until `signal` if it is still running. */
export async function awaitEffect(tool: Tool, effect: EffectKey, signal: AbortSignal): Promise<ToolAnswer> {
  for (let waitMs = firstWaitMs; !signal.aborted; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    const found = await withDeadline(readEffect(db, effect), databaseTimeoutMs).catch(() => null);
    const answer = found && toAnswer(tool, found);
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return { error: `This is already in progress and is taking a while. ${describeUncertainty(tool)}` };
}

/** Null while it is running. */
function toAnswer(tool: Tool, found: EffectState): ToolAnswer | null {
  switch (found.state) {
    case "settled":
      return found.answer;
    case "forgotten":
      return { result: "This request was already completed. Its result is no longer stored." };
    case "lost":
      return { error: `I was interrupted. ${describeUncertainty(tool)}` };
    case "unclaimed":
      return { error: "This could not be started. Nothing was done." };
    case "running":
      return null;
  }
}

/** Finds the requested tool and validates its arguments, or returns a spoken error. Nothing is done yet. */
export async function prepareTool(
  request: ToolRequest,
): Promise<{ tool: Tool; prepared: PreparedTool } | { error: string }> {
  const tool = await findTool(request.name);
  if (tool === "unknown") return { error: toSpoken(`There is no tool named ${request.name}.`) };
  if (tool === "unreachable")
    return { error: toSpoken(`I cannot look up the tool ${request.name} right now.`) };
  try {
    return { tool, prepared: tool.prepare(request.arguments) };
  } catch (cause) {
    if (cause instanceof z.ZodError) return { error: describeMisfit(cause) };
    throw cause;
  }
}

/** A slower database counts as down, because a caller is waiting. */
const claimTimeoutMs = 2_000;

/** How long after the tool's timeout a claim can still be settled. */
const graceMs = 5_000;

const settleRetriesMs = [250, 1_000, 4_000];

/**
 * Runs an effect once: it is claimed before it runs, and its outcome is stored before the response. A repeat gets that
 * outcome, waiting for it while the first run continues. Without a claim, nothing is done.
 * @param run must not throw; may continue after `signal`, in which case its outcome is still stored
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
      error: "I cannot do that right now, because it could not be recorded. Nothing was done.",
    };
  }
  return isOurs
    ? Promise.race([runAndSettle(effect, run), whenAborted(tool, signal)])
    : awaitEffect(tool, effect, signal);
}

/** Null if the database does not respond in time. */
async function claim(tool: Tool, effect: EffectKey): Promise<boolean | null> {
  const claiming = claimEffect(db, { ...effect, tool: tool.name }, tool.timeoutMs + graceMs);
  try {
    return await withDeadline(claiming, claimTimeoutMs);
  } catch (cause) {
    logRepeated("error", "a tool's effect could not be claimed", { tool: tool.name, error: cause });
    // A claim granted after the timeout is released, so that a repeat can take it.
    void claiming.then(async (isOurs) => isOurs && releaseEffect(db, effect)).catch(() => null);
    return null;
  }
}

async function runAndSettle(effect: EffectKey, run: () => Promise<ToolAnswer>): Promise<ToolAnswer> {
  const answer = await run();
  const stored = settle(effect, clean(answer, await readMaskedKinds().catch(() => sensitiveKinds)));
  // The effect has happened, so the caller gets the answer even if the database does not store it.
  await withDeadline(stored, claimTimeoutMs).catch(() => null);
  return answer;
}

/** Removes secrets and masks sensitive data, like everything stored. */
function clean(answer: ToolAnswer, masked: readonly SensitiveKind[]): ToolAnswer {
  const kept = (text: string) => redactText(maskSensitiveText(text, masked));
  return "result" in answer ? { result: kept(answer.result) } : { error: kept(answer.error) };
}

async function settle(effect: EffectKey, answer: ToolAnswer): Promise<void> {
  for (const waitMs of [...settleRetriesMs, null]) {
    try {
      return await settleEffect(db, effect, answer);
    } catch (cause) {
      log("error", "the result of a tool with an effect was not saved", {
        isLast: waitMs === null,
        error: cause,
      });
      if (waitMs !== null) await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

export interface RunAbout {
  call: CallInfo;
  conversationId: string | null;
}

/** Builds the input of one tool run. Context changes are recorded with the tool as their author. */
export function toToolRun(request: ToolRequest, about: RunAbout, signal: AbortSignal): ToolRun {
  const { id: toolCallId, name } = request;
  const { call, conversationId } = about;
  return {
    id: hashToUuid("tool call", call.id ?? conversationId, toolCallId, askedKey(name, request.arguments)),
    call,
    conversationId,
    signal,
    context: async () => (conversationId ? readContext(db, conversationId) : {}),
    patchContext: async (patch) => {
      if (!conversationId)
        throw new SpokenError("There is no conversation to save that in. Nothing was saved.");
      return patchAs({ kind: "tool", id: storedCallId(toolCallId), name }, conversationId, patch);
    },
  };
}

async function patchAs(
  by: ContextWriter,
  conversationId: string,
  patch: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  // The conversation may not exist yet: a tool may run before the event that calls it is recorded.
  const stored = maskSensitiveRecord(patch, await readMaskedKinds());
  const change = await patchContext(db, { conversationId, patch: stored, by, mayMake: true });
  if (change.outcome === "changed" || change.outcome === "unchanged") {
    // Notifies open pages; the caller does not wait for it.
    if (change.outcome === "changed") void publishConversation(conversationId);
    return change.context;
  }
  const why = change.outcome === "invalid" ? change.why : "The conversation no longer exists.";
  throw new SpokenError(`${why} Nothing was saved.`);
}

/**
 * Runs one tool call within the tool's time limit. Never throws: every error becomes a sentence that the assistant can
 * speak. A tool with an effect runs once per call, tool call id and arguments; repeats get the first outcome.
 */
export async function runTool(request: ToolRequest, about: RunAbout): Promise<ToolAnswer> {
  const found = await prepareTool(request);
  if ("error" in found) return found;
  const { tool, prepared } = found;
  const signal = AbortSignal.timeout(tool.timeoutMs);
  const asked = askedKey(request.name, request.arguments);
  const run = toToolRun(request, about, signal);
  const attempt = () => attemptTool(tool, prepared.run, run);
  if (tool.effect === "read") return Promise.race([attempt(), whenAborted(tool, signal)]);
  const effect = {
    callId: run.call.id ?? run.conversationId ?? "",
    toolCallId: storedCallId(request.id),
    asked,
  };
  return runOnce(tool, effect, signal, attempt);
}
