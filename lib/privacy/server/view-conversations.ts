import "server-only";
import type { Database } from "@/db/client";
import {
  getConversation,
  listCallerNames,
  listCallerNamesOf,
  listConversations,
} from "@/db/queries/conversations/read";
import { findVersion, listVersions } from "@/db/queries/conversations/versions";
import { isMaskedFor } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { maskRecord } from "@/lib/calls/mask";
import { maskCaller, maskText } from "@/lib/calls/mask-text";
import {
  type ConversationDetail,
  type ConversationFilter,
  type ConversationList,
  toVapiBlock,
} from "@/lib/conversations/conversation";
import type { ConversationVersion, VersionList } from "@/lib/conversations/versions";
import { env } from "@/lib/env";

/** Returns a page of conversations, masked for the viewer. Masked text cannot be searched either. */
export async function viewConversations(
  db: Database,
  viewer: { role: Role },
  filter: ConversationFilter,
): Promise<ConversationList> {
  const isMasked = isMaskedFor(viewer);
  const page = await listConversations(db, filter, { isMasked });
  if (!isMasked) return page;
  const names = await listCallerNamesOf(
    db,
    page.conversations.map(({ uuid }) => uuid),
  );
  const masked = page.conversations.map(({ name, newestCall, ...rest }) => ({
    ...rest,
    name: name && maskText(name, names.get(rest.uuid)),
    newestCall: newestCall && maskCaller(newestCall),
  }));
  return { ...page, conversations: masked };
}

/** Returns one conversation, masked for the viewer; null if it does not exist. @param uuid a UUID */
export async function viewConversation(
  db: Pick<Database, "select">,
  viewer: { role: Role },
  uuid: string,
): Promise<ConversationDetail | null> {
  const found = await getConversation(db, uuid);
  if (!found) return null;
  const webhookUrl = `${env.APP_URL}/api/webhook/${found.uuid}`;
  const detail = { ...found, webhookUrl, vapi: toVapiBlock(webhookUrl) };
  if (!isMaskedFor(viewer)) return detail;
  const names = await listCallerNames(db, uuid);
  const { name, context } = detail;
  return { ...detail, name: name && maskText(name, names), context: maskRecord(context, names) };
}

/** Masks a version: context keys and the name of the tool that wrote it may name a caller. Names of colleagues stay. */
export function maskVersion<T extends Pick<ConversationVersion, "by" | "changed">>(
  version: T,
  names: readonly string[],
): T {
  const { by, changed } = version;
  return {
    ...version,
    by: by.kind === "tool" ? { ...by, name: maskText(by.name, names) } : by,
    changed: changed.map((path) => maskText(path, names)),
  };
}

/** Returns a page of a context's history, masked for the viewer, without the contexts; null if there is no conversation. */
export async function viewVersions(
  db: Pick<Database, "select">,
  viewer: { role: Role },
  uuid: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<VersionList | null> {
  const rows = await listVersions(db, uuid, { before, limit: limit + 1 });
  if (!rows) return null;
  const page = rows.slice(0, limit);
  const versions = page.map(({ version, kind, by, changed, restored, at }) => ({
    version,
    kind,
    by,
    changed,
    restored,
    at: at.toISOString(),
  }));
  const names = isMaskedFor(viewer) ? await listCallerNames(db, uuid) : null;
  return {
    versions: names ? versions.map((version) => maskVersion(version, names)) : versions,
    nextBefore: rows.length > limit ? (page.at(-1)?.version ?? null) : null,
  };
}

/** Returns one version of a context, masked for the viewer; null if it is not stored. @param uuid a UUID */
export async function viewVersion(
  db: Pick<Database, "select">,
  viewer: { role: Role },
  uuid: string,
  number: number,
): Promise<ConversationVersion | null> {
  const found = (await findVersion(db, uuid, number)) ?? (await findUnwritten(db, uuid, number));
  if (!found) return null;
  const { conversationId: _, at, ...rest } = found;
  const version = { ...rest, at: at.toISOString() };
  if (!isMaskedFor(viewer)) return version;
  const names = await listCallerNames(db, uuid);
  return { ...maskVersion(version, names), context: maskRecord(version.context, names) };
}

/** Finds the initial version, which is not stored until someone changes the context. */
async function findUnwritten(db: Pick<Database, "select">, uuid: string, version: number) {
  const rows = await listVersions(db, uuid, { limit: 1 });
  return rows?.find((row) => row.version === version) ?? null;
}
