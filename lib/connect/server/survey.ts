import "server-only";
import { hash } from "node:crypto";
import type { Database } from "@/db/client";
import { type ConnectionRow, listChanges, listConnections } from "@/db/queries/connect";
import { readSetting } from "@/db/queries/settings";
import { type Change, type Connectable, type ConnectState, lastCheckSetting } from "@/lib/connect/connection";
import { type Fault, findFaults } from "@/lib/connect/faults";
import { newCredentialId, type ResourceKind, resourceKinds } from "@/lib/connect/needs";
import { isRecord, type VapiDocument } from "@/lib/connect/patch";
import { needsOf, readNeeds, type SharedNeeds } from "@/lib/connect/server/read-needs";
import { listDocuments, VapiTrouble } from "@/lib/connect/server/vapi-api";
import { formatPhoneNumber } from "@/lib/format";
import { stringifyJson } from "@/lib/lossless-json";
import { readKeyState } from "@/lib/vapi/server/key";

/** A document of Vapi's and its kind. */
export interface Surveyed {
  kind: ResourceKind;
  id: string;
  document: VapiDocument;
}

const textOf = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? value : null);

/** The name people know it by. */
export function nameOf({ kind, id, document }: Surveyed): string {
  const number = textOf(document.number);
  if (kind === "phone-number") {
    const names = [number && formatPhoneNumber(number), textOf(document.name)].filter(Boolean);
    return names.join(" · ") || id;
  }
  const tool = isRecord(document.function) ? textOf(document.function.name) : null;
  return textOf(document.name) ?? tool ?? id;
}

/**
 * Reads everything in Vapi that can have a Server URL.
 * @throws VapiTrouble
 */
export async function surveyVapi(): Promise<Surveyed[]> {
  const lists = await Promise.all(
    resourceKinds.map(async (kind) =>
      (await listDocuments(kind)).map((document) => ({ kind, id: String(document.id), document })),
    ),
  );
  return lists.flat();
}

export function faultsOf({ kind, id, document }: Surveyed, needs: SharedNeeds): Fault[] {
  return findFaults(document, kind, needsOf(needs, kind, id));
}

/** Equal for equal faults, whichever credential would be set: it may be created in between. */
export function revisionOf(surveyed: Surveyed, needs: SharedNeeds): string {
  const faults = faultsOf(surveyed, { ...needs, credentialId: newCredentialId });
  return hash("sha256", stringifyJson(faults), "base64url").slice(0, 22);
}

/** Resources created after the first connection are marked as new. */
function isMadeAfter({ createdAt }: VapiDocument, first: number): boolean {
  return typeof createdAt === "string" && Date.parse(createdAt) > first;
}

function toConnectables(
  surveyed: readonly Surveyed[],
  needs: SharedNeeds,
  connections: readonly ConnectionRow[],
): Connectable[] {
  const firstAt = Math.min(...connections.map(({ connectedAt }) => connectedAt.getTime()));
  return surveyed.flatMap((each) => {
    const { kind, id, document } = each;
    const row = connections.find((known) => known.kind === kind && known.resourceId === id);
    const faults = faultsOf(each, needs);
    // Lists only what may need something: a number with an assistant, or a tool that already asks us, would make the list
    // long.
    if (!row && faults.length === 0 && kind !== "assistant" && kind !== "phone-number") return [];
    return {
      kind,
      id,
      name: nameOf(each),
      number: kind === "phone-number" ? textOf(document.number) : null,
      isConnected: row !== undefined,
      isNew: row === undefined && isMadeAfter(document, firstAt),
      faults,
      drifts: row?.drifts ?? [],
      revision: revisionOf(each, needs),
    };
  });
}

export async function listAppliedChanges(db: Pick<Database, "select">): Promise<Change[]> {
  return (await listChanges(db)).map(({ sealedBefore, sealedAfter, fields, ...row }) => ({
    ...row,
    appliedAt: row.appliedAt.toISOString(),
    restoredAt: row.restoredAt?.toISOString() ?? null,
  }));
}

/** Everything the page shows. If Vapi does not answer, `failure` says why and the rest is still there. */
export async function readConnectState(db: Database): Promise<ConnectState> {
  const [key, { needs, credential }, changes, lastCheck] = await Promise.all([
    readKeyState(db),
    readNeeds(db),
    listAppliedChanges(db),
    readSetting(db, lastCheckSetting),
  ]);
  const state = { key, credential, changes, lastCheck, failure: null, resources: [] };
  if (key.source === null) return state;
  try {
    const surveyed = await surveyVapi();
    const connections = await listConnections(db);
    return { ...state, resources: toConnectables(surveyed, needs, connections) };
  } catch (cause) {
    if (cause instanceof VapiTrouble) return { ...state, failure: cause.message };
    throw cause;
  }
}
