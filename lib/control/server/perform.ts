import "server-only";
import { createHmac } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { db } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import {
  claimAction,
  findAction,
  findMonitored,
  listRecentAssistants,
  readOwnNumber,
  settleAction,
  settleExpiredActions,
  toOperatorAction,
} from "@/db/queries/control";
import { listEntries } from "@/db/queries/directory";
import type { operatorActions } from "@/db/schema/control";
import type { By } from "@/lib/audit/audit";
import type { Actor } from "@/lib/auth/roles";
import type { ControlAnswer } from "@/lib/control/action";
import type { ControlRequest, TransferTarget } from "@/lib/control/control";
import { superviseCall } from "@/lib/control/server/monitor";
import {
  type ControlMessage,
  type Sent,
  sendControl,
  toControlMessage,
  toTransferMessage,
} from "@/lib/control/server/send";
import { isOpen, toDestination, writeHours } from "@/lib/directory/directory";
import { log } from "@/lib/log";
import { publishAction } from "@/lib/realtime/server/publish";
import { redactText } from "@/lib/redact";
import { deriveKey } from "@/lib/secrets";

type ActionRow = typeof operatorActions.$inferSelect;

/** The route's answer; any status but 200 becomes a problem document. */
export interface Performed {
  status: number;
  answer: Omit<ControlAnswer, "id">;
  /** Work that continues after the answer. Never rejects. */
  later: Promise<void>;
}

const nothing = Promise.resolve();

/** More than twice as long as sending and storing may take; after it, the process that claimed an action is presumed dead. */
const leaseMs = 30_000;
const interrupted =
  "Earshot was interrupted before Vapi answered, so this may or may not have happened. It was not sent again.";

/**
 * Performs an action on a live call, once per id: it is claimed before Vapi is asked, and its outcome stored before the
 * answer. A repeated request gets the same answer, and waits for it while the first is still running.
 */
export async function performControl(
  callId: string,
  request: ControlRequest,
  actor: Actor,
  by: By,
): Promise<Performed> {
  const asked = digestOf(callId, request);
  const [known, call] = await Promise.all([findAction(db, request.id), superviseCall(callId)]);
  if (known) return answerRepeat(known, asked);
  if (!call) return refuse(404, "No events of this call have arrived.");
  if (!call.control.url) return refuse(409, call.control.reason);
  const order = await toOrder(request, actor);
  if ("refused" in order) return refuse(422, order.refused);

  const claim = {
    id: request.id,
    callId,
    asked,
    action: request.action,
    actorId: actor.id,
    actorName: actor.name,
    by,
    text: order.text,
    target: order.target,
  };
  const row = await claimAction(db, claim, leaseMs);
  if (!row) return awaitOther(request.id, asked);
  const begun = publishAction(toOperatorAction(row), call.customerName);
  const { status, outcome, detail } = await sendControl(call.control.url, order.message);
  const settled = await settle(row, { status, outcome, detail });
  const later = begun.then(() => settled && publishAction(toOperatorAction(settled), call.customerName));
  return { status, answer: { outcome, detail }, later: later.then(() => {}) };
}

/** Keyed, because a number or a word could be guessed from a plain hash. */
function digestOf(callId: string, request: ControlRequest): string {
  return createHmac("sha256", deriveKey("control requests"))
    .update(JSON.stringify([callId, request]))
    .digest("base64");
}

function refuse(status: number, detail: string): Performed {
  return { status, answer: { outcome: "failed", detail }, later: nothing };
}

async function awaitOther(id: string, asked: string): Promise<Performed> {
  const known = await findAction(db, id);
  // Null if the call was deleted in between, with its actions.
  return known ? answerRepeat(known, asked) : refuse(404, "No events of this call have arrived.");
}

/** Longer than the wait for Vapi, so a repeated request usually finds the action settled. */
const timeoutMs = 12_000;
const [firstWaitMs, longestWaitMs] = [40, 500];

async function answerRepeat(known: ActionRow, asked: string): Promise<Performed> {
  if (known.asked !== asked) {
    return refuse(422, "This ID belongs to another request. Make a new one for each action.");
  }
  const deadline = Date.now() + timeoutMs;
  let row: ActionRow = known;
  for (let waitMs = firstWaitMs; row.outcome === "pending"; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    if (row.expiresAt.getTime() < Date.now()) await giveUpActions(row.id);
    else if (Date.now() > deadline) return toAnswer({ ...row, detail: "Vapi has not responded yet." });
    else await wait(waitMs);
    const again = await findAction(db, row.id);
    if (!again) return refuse(404, "The call was deleted.");
    row = again;
  }
  return toAnswer(row);
}

const toAnswer = ({ status, outcome, detail }: ActionRow): Performed => ({
  status,
  answer: { outcome, detail },
  later: nothing,
});

const settleRetriesMs = [100, 500, 2_000];

/**
 * Stores the outcome and its audit entry together. If the database fails, the request is answered all the same, because
 * the action has already happened.
 */
async function settle(row: ActionRow, went: Pick<Sent, "outcome" | "detail" | "status">) {
  for (const waitMs of [...settleRetriesMs, null]) {
    try {
      return await db.transaction(async (tx) => {
        const done = await settleAction(tx, row.id, went);
        if (done) await audit(tx, done);
        return done;
      });
    } catch (cause) {
      log("error", "the result of an operator's action was not saved", {
        callId: row.callId,
        isLast: waitMs === null,
        error: cause,
      });
      if (waitMs !== null) await wait(waitMs);
    }
  }
  return null;
}

/** Records who, what, when and the outcome; never the words or the destination, because audit entries cannot be scrubbed. */
function audit(tx: Parameters<typeof recordAudit>[0], row: ActionRow): Promise<void> {
  const { by, callId, action, outcome, detail, id } = row;
  return recordAudit(tx, {
    ...by,
    action: "call.controlled",
    target: callId,
    detail: { action, outcome, answer: detail, id },
  });
}

/** Settles actions as unknown whose sender has died. @param id of one action; without it, all that have expired */
export async function giveUpActions(id?: string): Promise<void> {
  const lost = await db.transaction(async (tx) => {
    const rows = await settleExpiredActions(tx, interrupted, id);
    for (const row of rows) await audit(tx, row);
    return rows;
  });
  if (lost.length === 0) return;
  const found = await findMonitored(
    db,
    lost.map(({ callId }) => callId),
  );
  const names = new Map(found.map(({ callId, customerName }) => [callId, customerName]));
  for (const row of lost) await publishAction(toOperatorAction(row), names.get(row.callId) ?? null);
}

/** The message to send, and the parts of it to show. */
type Order = { message: ControlMessage; text: string | null; target: string | null } | { refused: string };

async function toOrder(request: ControlRequest, actor: Actor): Promise<Order> {
  switch (request.action) {
    case "transfer":
      return toTransfer(request.to, request.say ?? null, actor);
    case "say":
    case "whisper":
      return { message: toControlMessage(request), text: redactText(request.text), target: null };
    case "mute":
    case "unmute":
      return { message: toControlMessage(request), text: null, target: request.who };
    case "handoff": {
      const assistants = await listRecentAssistants(db);
      const target = assistants.find(({ id }) => id === request.assistantId)?.name ?? request.assistantId;
      return { message: toControlMessage(request), text: null, target };
    }
    case "end": {
      const text = request.say === undefined ? null : redactText(request.say);
      return { message: toControlMessage(request), text, target: null };
    }
  }
}

async function toTransfer(to: TransferTarget, say: string | null, actor: Actor): Promise<Order> {
  const text = say && redactText(say);
  const direct = (message: ControlMessage, target: string) => ({ message, text, target });
  if ("number" in to) {
    return direct(toTransferMessage({ type: "number", number: to.number }, say), to.number);
  }
  if ("sipUri" in to) {
    return direct(toTransferMessage({ type: "sip", sipUri: to.sipUri }, say), to.sipUri);
  }
  if ("me" in to) {
    if (actor.kind !== "person") return { refused: "An API key has no phone number. Give a number instead." };
    const number = await readOwnNumber(db, actor.id);
    if (number === null) return { refused: "Set your own number first, under Settings → Account." };
    return direct(toTransferMessage({ type: "number", number }, say), "their own phone");
  }
  const entry = (await listEntries(db)).find(({ id }) => id === to.directoryId);
  if (!entry) return { refused: "This team is no longer in the directory." };
  if (entry.hours && !isOpen(entry.hours, new Date())) {
    return {
      refused: `${entry.team} is closed now (${writeHours(entry.hours)}). Choose another team or a number.`,
    };
  }
  return direct(toTransferMessage(toDestination(entry), say ?? entry.message), entry.team);
}
