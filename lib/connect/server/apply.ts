import "server-only";
import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { beginChange, dropChange, endChange, findChange, saveConnection } from "@/db/queries/connect";
import { insertConversation } from "@/db/queries/conversations/versions";
import type { By } from "@/lib/audit/audit";
import type { ApplyResult, Chosen } from "@/lib/connect/connection";
import { type FaultKind, findFaults, fixFaults } from "@/lib/connect/faults";
import { type Needs, newCredentialId } from "@/lib/connect/needs";
import { isSameJson, type PatchBody, pickFields, type VapiDocument } from "@/lib/connect/patch";
import {
  createSharedCredential,
  needsOf,
  readNeeds,
  type SharedNeeds,
} from "@/lib/connect/server/read-needs";
import { faultsOf, nameOf, revisionOf, type Surveyed } from "@/lib/connect/server/survey";
import { getDocument, patchDocument, VapiRequestError } from "@/lib/connect/server/vapi-api";
import { log } from "@/lib/log";
import { stringifyJson } from "@/lib/lossless-json";
import { sealSecret } from "@/lib/secrets";
import { toChunks } from "@/lib/to-chunks";

/** Vapi limits concurrent requests. */
const atOnce = 4;

interface Work {
  db: Database;
  needs: SharedNeeds;
  /** Creates the credential for the first change that needs one; later changes use the same. */
  withCredential: () => Promise<SharedNeeds>;
  by: By;
}

/**
 * Fixes the selected resources, each with one PATCH of the fields shown on the page, and watches them from then on. A
 * failure does not stop the others.
 */
export async function applyChanges(
  db: Database,
  { credential, targets }: { credential: "hmac" | "bearer"; targets: readonly Chosen[] },
  by: By,
): Promise<ApplyResult[]> {
  const { needs } = await readNeeds(db);
  let made: Promise<SharedNeeds> | null = null;
  const make = async () => {
    const { vapiId, header } = await createSharedCredential(db, credential, by);
    const credentials = new Map([...needs.credentials, [vapiId, "valid"] as const]);
    return { ...needs, credentials, credentialId: vapiId, credentialHeader: header };
  };
  const withCredential = () => {
    made ??= make();
    return made;
  };
  const results: ApplyResult[] = [];
  for (const some of toChunks(targets, atOnce)) {
    results.push(
      ...(await Promise.all(some.map((each) => applyOne({ db, needs, withCredential, by }, each)))),
    );
  }
  return results;
}

async function applyOne(work: Work, chosen: Chosen): Promise<ApplyResult> {
  const { kind, id } = chosen;
  const result = { kind, id, name: id, changeId: null };
  try {
    const document = await getDocument(kind, id);
    if (!document) return { ...result, why: "It no longer exists in Vapi." };
    const surveyed = { kind, id, document };
    return { ...result, name: nameOf(surveyed), ...(await applyFixes(work, surveyed, chosen)) };
  } catch (cause) {
    if (cause instanceof VapiRequestError) return { ...result, why: cause.message };
    throw cause;
  }
}

type Outcome = Pick<ApplyResult, "why" | "changeId">;

async function applyFixes(work: Work, surveyed: Surveyed, { faults, revision }: Chosen): Promise<Outcome> {
  const { db, needs, by } = work;
  const { kind, id, document } = surveyed;
  if (revisionOf(surveyed, needs) !== revision) {
    return {
      why: "It has changed since the page was loaded. Nothing was changed. Check again.",
      changeId: null,
    };
  }
  const chosen = new Set(faults);
  const own = await completeNeeds(work, surveyed, chosen);
  const { body, changes } = fixFaults(document, kind, chosen, own);
  if (changes.length === 0) {
    await connect(db, surveyed, own);
    return { why: null, changeId: null };
  }
  const changeId = randomUUID();
  const fields = Object.keys(body);
  const name = nameOf(surveyed);
  const isBegun = await beginChange(db, {
    id: changeId,
    kind,
    resourceId: id,
    name,
    changes,
    fields,
    sealedBefore: sealFields(document, fields, changeId),
    sealedAfter: sealFields({ ...document, ...body }, fields, changeId),
    appliedBy: by.actor.name,
  });
  if (!isBegun) return { why: "Another change is in progress. Try again.", changeId: null };
  if (sets(changes, own.conversationId)) await makeConversation(db, own, name);

  const audit = { ...by, action: "vapi-settings.changed" as const, target: name };
  const detail = { kind, id, fields: changes.map(({ path }) => path).join(", ") };
  const after = await send(work, surveyed, body, changeId).catch(async (cause: unknown) => {
    const isKept = (await findChange(db, changeId)) !== null;
    if (isKept) await recordAudit(db, { ...audit, detail: { ...detail, outcome: "not known" } });
    throw cause;
  });
  await endChange(db, changeId, sealFields(after, fields, changeId));
  await recordAudit(db, { ...audit, detail });
  const changed = { ...surveyed, document: after };
  await connect(db, changed, own);
  const kept = findFaults(after, kind, own).filter(
    (fault) => chosen.has(fault.kind) && fault.changes.length > 0,
  );
  reportSideEffects(surveyed, after, fields);
  const why =
    kept.length > 0
      ? `Vapi accepted the change, but it still ${kept.map(({ clause }) => clause).join("; ")}.`
      : null;
  return { why, changeId };
}

/** Returns a resource's needs, after creating the credential if a change sets it. */
async function completeNeeds(
  { needs, withCredential }: Work,
  { kind, id, document }: Surveyed,
  chosen: ReadonlySet<FaultKind>,
): Promise<Needs> {
  const own = needsOf(needs, kind, id);
  const { changes } = fixFaults(document, kind, chosen, own);
  return sets(changes, newCredentialId) ? needsOf(await withCredential(), kind, id) : own;
}

/** Whether the changes set a value that contains this text, in a field or in a whole server. */
function sets(changes: readonly { after?: unknown }[], text: string): boolean {
  return stringifyJson(changes.map(({ after }) => after ?? null)).includes(text);
}

/** @throws VapiRequestError if nothing was changed, or if that is unknown */
async function send(
  { db }: Work,
  { kind, id, document }: Surveyed,
  body: PatchBody,
  changeId: string,
): Promise<VapiDocument> {
  try {
    return await patchDocument(kind, id, body);
  } catch (cause) {
    const isRefused = cause instanceof VapiRequestError && cause.status !== null && cause.status < 500;
    if (isRefused) {
      await dropChange(db, changeId);
      throw cause;
    }
    // Vapi may have applied the change before the connection broke: read it back.
    const now = await getDocument(kind, id).catch(() => null);
    if (!now) throw cause;
    const fields = Object.keys(body);
    if (!isSameJson(pickFields(now, fields), pickFields(document, fields))) return now;
    await dropChange(db, changeId);
    throw cause;
  }
}

/** Creates the conversation that the resource's Server URL names, under the resource's name. */
async function makeConversation(db: Database, { conversationId: id }: Needs, name: string): Promise<void> {
  const by = { kind: "system", id: null, name: "Connect" } as const;
  await insertConversation(db, { id, name: name.slice(0, 200), context: {} }, by);
}

/** Starts watching a resource; its remaining faults count as intended. */
async function connect(db: Database, surveyed: Surveyed, needs: SharedNeeds): Promise<void> {
  const accepted = faultsOf(surveyed, needs).flatMap(({ kind, isNote }) => (isNote ? [] : [kind]));
  const { kind, id: resourceId } = surveyed;
  await saveConnection(db, { kind, resourceId, name: nameOf(surveyed), accepted, drifts: [] });
}

function sealFields(document: VapiDocument, fields: readonly string[], changeId: string): string {
  return sealSecret(stringifyJson(pickFields(document, fields)), changeId);
}

/** Fields that Vapi itself changes with every update. */
const stamps: readonly string[] = ["updatedAt", "latestVersion"];

function reportSideEffects({ kind, id, document }: Surveyed, after: VapiDocument, fields: readonly string[]) {
  const others = [...new Set([...Object.keys(document), ...Object.keys(after)])].filter(
    (field) =>
      !fields.includes(field) && !stamps.includes(field) && !isSameJson(document[field], after[field]),
  );
  if (others.length > 0) log("warn", "Vapi changed fields that were not sent", { kind, id, fields: others });
}
