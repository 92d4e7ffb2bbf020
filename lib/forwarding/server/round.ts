import "server-only";
import type { Database } from "@/db/client";
import { type FeedItem, readFeed, readSpan } from "@/db/queries/forwarding/feed";
import { type Chain, findHeld, orderKeyOf, readHeld } from "@/db/queries/forwarding/held";
import type { Outcome } from "@/db/queries/forwarding/settle";
import { findReplay } from "@/db/queries/forwarding/targets";
import type { ReplayRow, TargetRow } from "@/db/schema/forwarding";
import { isProbed } from "@/lib/forwarding/server/send";

/** How many items a round reads, sends and settles, and how many rows it searches for them. */
const most = { items: 100, rows: 500, chains: 30, itemsOfChain: 10 };

export interface Round {
  chains: Chain[];
  queued: FeedItem[];
  read: FeedItem | null;
  replay: Outcome["replay"];
}

/** The next items to send; null when there are none. */
export async function readRound(db: Database, target: TargetRow, now: Date): Promise<Round | null> {
  if (isProbed(target)) return readProbe(db, target, now);
  const held = await readHeld(db, target.id, now, { chains: most.chains, items: most.itemsOfChain });
  const feed = takeFitting(target, await readFeed(db, target, most.rows), most.items);
  const span = await findReplay(db, target.id);
  const replayed = span && (await readReplay(db, target, span, most.items - feed.items.length));
  const fresh = [...feed.items, ...(replayed?.items ?? [])];
  if (held.length === 0 && feed.read === null && !replayed) return null;
  const waiting = await findHeld(db, target.id, [...new Set(fresh.map(orderKeyOf))]);
  return {
    chains: [...held, ...toChains(fresh.filter((item) => !waiting.has(orderKeyOf(item))))],
    queued: fresh.filter((item) => waiting.has(orderKeyOf(item))),
    read: feed.read,
    replay: replayed?.replay ?? null,
  };
}

/** One item to test a target that was down: a due one, else a new one, else any. */
async function readProbe(db: Database, target: TargetRow, now: Date): Promise<Round | null> {
  const one = { chains: 1, items: 1 };
  const [due] = await readHeld(db, target.id, now, one);
  if (due) return { chains: [due], queued: [], read: null, replay: null };
  const feed = takeFitting(target, await readFeed(db, target, most.rows), 1);
  const waiting = await findHeld(db, target.id, feed.items.map(orderKeyOf));
  const isQueued = (item: FeedItem) => waiting.has(orderKeyOf(item));
  if (feed.read) {
    const fresh = feed.items.filter((item) => !isQueued(item));
    return { chains: toChains(fresh), queued: feed.items.filter(isQueued), read: feed.read, replay: null };
  }
  const [any] = await readHeld(db, target.id, null, one);
  return any ? { chains: [any], queued: [], read: null, replay: null } : null;
}

/** The first rows a target takes, and the last row read. */
function takeFitting(target: TargetRow, rows: readonly FeedItem[], limit: number) {
  const items: FeedItem[] = [];
  let read: FeedItem | null = null;
  for (const row of rows) {
    if (items.length === limit) break;
    if (fits(target, row)) items.push(row);
    read = row;
  }
  return { items, read };
}

/** Whether a target takes an item. */
export function fits(
  { types, sendsAlerts, assistants }: TargetRow,
  { kind, type, assistantId, assistantName }: FeedItem,
) {
  if (kind === "alert" ? !sendsAlerts : types !== null && !types.includes(type)) return false;
  return assistants.length === 0 || assistants.some((each) => each === assistantId || each === assistantName);
}

async function readReplay(db: Database, target: TargetRow, span: ReplayRow, limit: number) {
  if (limit <= 0) return null;
  const rows = await readSpan(db, span, most.rows);
  const { items, read } = takeFitting(target, rows, limit);
  const isDone = rows.length < most.rows && (read === null || read === rows.at(-1));
  return { items, replay: { id: span.id, read, items: items.length, isDone } };
}

function toChains(items: readonly FeedItem[]): Chain[] {
  const chains = new Map<string, Chain>();
  for (const item of items) {
    const orderKey = orderKeyOf(item);
    const chain = chains.get(orderKey);
    if (chain) chain.items.push(item);
    else chains.set(orderKey, { orderKey, items: [item], attempts: 0, failingSince: null, isHeld: false });
  }
  return [...chains.values()];
}
