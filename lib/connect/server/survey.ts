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
import { listDocuments, VapiRequestError } from "@/lib/connect/server/vapi-api";
import { formatPhoneNumber } from "@/lib/format";
import { stringifyJson } from "@/lib/lossless-json";
import { readKeyState } from "@/lib/vapi/server/key";

/** A document in Vapi and its kind. */
export interface Surveyed {
  kind: ResourceKind;
  id: string;
  document: VapiDocument;
}

const textOf = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? value : null);

/** The resource's display name. */
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
 * @throws VapiRequestError
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

/** Identifies a resource's faults. Independent of the credential to set, which may be created in between. */
export function revisionOf(surveyed: Surveyed, needs: SharedNeeds): string {
  const faults = faultsOf(surveyed, { ...needs, credentialId: newCredentialId });
  return hash("sha256", stringifyJson(faults), "base64url").slice(0, 22);
}

/** Whether a resource was created after the first connection. */
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
    // To keep the list short, squads and tools without faults are left out unless connected.
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

async function listAppliedChanges(db: Pick<Database, "select">): Promise<Change[]> {
  return (await listChanges(db)).map(({ sealedBefore, sealedAfter, fields, ...row }) => ({
    ...row,
    appliedAt: row.appliedAt.toISOString(),
    restoredAt: row.restoredAt?.toISOString() ?? null,
  }));
}

/** Returns everything the page shows. If Vapi does not answer, `failure` says why and the rest is still there. */
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
    if (cause instanceof VapiRequestError) return { ...state, failure: cause.message };
    throw cause;
  }
}
