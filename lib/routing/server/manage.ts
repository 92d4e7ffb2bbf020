import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { enqueueRoutingWarning } from "@/db/queries/notifications/warnings";
import { measureRouting } from "@/db/queries/routed";
import { readRouted, readRouting, writeRouting } from "@/db/queries/routing";
import { writeSetting } from "@/db/queries/settings";
import type { By } from "@/lib/audit/audit";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { chooseAnswer, type Decision } from "@/lib/routing/choose-answer";
import { isSlow } from "@/lib/routing/latency";
import { type DryRun, readRequest } from "@/lib/routing/request";
import {
  type Routing,
  type Rule,
  type TransferDefaults,
  transferDefaultsSetting,
  type VersionedRouting,
} from "@/lib/routing/routing";
import { forgetRouting } from "@/lib/routing/server/answer-request";
import type { ResourceKind } from "@/lib/vapi/resources";
import { explainUnknownId } from "@/lib/vapi/server/resources";
import { toInstant } from "@/lib/zone-time";

/** Logs an error and notifies every channel if routing is too slow; pages show this by themselves. */
export async function checkRouting(db: Pick<Database, "select" | "insert">, now = new Date()): Promise<void> {
  const latency = await measureRouting(db);
  if (!isSlow(latency)) return;
  log("error", "an assistant request was answered too slowly", { ...latency });
  await enqueueRoutingWarning(db, now);
}

/** Saves all rules at once. `isSaved` is false if they were changed since `version`; `routing` is the current state. */
export async function saveRouting(
  db: Database,
  wanted: Routing,
  version: number,
  by: By,
): Promise<{ isSaved: boolean; routing: VersionedRouting }> {
  const saved = await db.transaction(async (tx) => {
    const before = await readRouting(tx);
    const isSaved = (await writeRouting(tx, wanted, version, by.actor.name)) !== null;
    const detail = listChanges(before, wanted);
    if (isSaved) await recordAudit(tx, { ...by, action: "routing.changed", detail });
    return { isSaved, routing: await readRouting(tx) };
  });
  if (saved.isSaved) forgetRouting();
  return saved;
}

/**
 * Returns why new rules cannot be saved, as a sentence: they name an assistant or squad that Vapi does not have.
 * Targets that the previous version already had are not checked; otherwise a deleted assistant would block every other
 * change.
 */
export async function explainUnknownTargets(before: Routing, wanted: Routing): Promise<string | null> {
  const known = new Set(listTargets(before).map(({ id }) => id));
  for (const { kind, id, where } of listTargets(wanted)) {
    const why = known.has(id) ? null : await explainUnknownId(kind, id);
    if (why) return `${where}: ${why}`;
  }
  return null;
}

interface Target {
  kind: ResourceKind;
  id: string;
  /** The rule's name for people. */
  where: string;
}

function listTargets({ rules, defaultAnswer }: Routing): Target[] {
  const answers = rules.map(({ name, answer }) => ({ where: `Rule “${name}”`, answer }));
  return [...answers, { where: "Default", answer: defaultAnswer }].flatMap<Target>(({ where, answer }) => {
    if (answer?.kind === "assistant-id") return [{ kind: "assistants", id: answer.assistantId, where }];
    return answer?.kind === "squad-id" ? [{ kind: "squads", id: answer.squadId, where }] : [];
  });
}

/** Sets where calls go if nothing else decides. */
export async function setTransferDefaults(db: Database, defaults: TransferDefaults, by: By): Promise<void> {
  await db.transaction(async (tx) => {
    await writeSetting(tx, transferDefaultsSetting, defaults);
    const detail = { transfer: defaults.transferTo ?? "nowhere", handoff: defaults.handoffTo ?? "nobody" };
    await recordAudit(tx, { ...by, action: "transfer-defaults.changed", detail });
  });
}

export type Tried = Decision & {
  /** The time used for the run, ISO, UTC. */
  at: string;
};

/** Decides who would take a call by the saved rules, with the code that routes real calls. */
export async function tryRouting(db: Database, run: DryRun): Promise<Tried> {
  const uuids = run.conversationUuid === "" ? [] : [run.conversationUuid.toLowerCase()];
  const [routing, [conversation]] = await Promise.all([readRouting(db), readRouted(db, uuids)]);
  const now = toInstant(run.local, run.zone);
  const decision = chooseAnswer({
    request: readRequest({
      customer: { number: run.caller },
      phoneNumber: { number: run.called },
    }),
    routing,
    ownAnswer: conversation?.answer,
    context: conversation?.context ?? {},
    now,
    fallbackAssistantId: env.FALLBACK_ASSISTANT_ID,
  });
  return { ...decision, at: now.toISOString() };
}

/** Returns the differences between two sets of rules for the audit log, by rule name. Leaves out phone numbers. */
function listChanges(before: Routing, after: Routing): Record<string, string> {
  const old = new Map(before.rules.map((rule) => [rule.id, rule]));
  const ids = new Set(after.rules.map(({ id }) => id));
  const isKept = ({ id }: Rule) => old.has(id) && ids.has(id);
  const changes = {
    added: namesOf(after.rules.filter(({ id }) => !old.has(id))),
    removed: namesOf(before.rules.filter(({ id }) => !ids.has(id))),
    changed: namesOf(
      after.rules.filter((rule) => isKept(rule) && !isDeepStrictEqual(old.get(rule.id), rule)),
    ),
    order: isDeepStrictEqual(idsOf(before.rules.filter(isKept)), idsOf(after.rules.filter(isKept)))
      ? ""
      : namesOf(after.rules),
    default: isDeepStrictEqual(before.defaultAnswer, after.defaultAnswer)
      ? ""
      : (after.defaultAnswer?.kind ?? "none"),
  };
  return Object.fromEntries(Object.entries(changes).filter(([, text]) => text !== ""));
}

const idsOf = (rules: Rule[]) => rules.map(({ id }) => id);
const namesOf = (rules: Rule[]) => rules.map(({ name }) => name).join(", ");
