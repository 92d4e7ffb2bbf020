import { randomUUID } from "node:crypto";
import { readFacts, readFactsOf } from "@/tests/support/database/read-facts";

/** Copies a call's bodies under a new id, so that it starts from scratch. */
export function underNewId<B>(bodies: B[], callId: string): { id: string; bodies: B[] } {
  const id = randomUUID();
  return { id, bodies: JSON.parse(JSON.stringify(bodies).replaceAll(callId, id)) };
}

/** `readFacts` without ids and the keys derived from them, so that calls with different ids can be compared. */
export async function readComparableFacts(id: string): Promise<Record<string, string[]>> {
  return toComparable(id, await readFacts(id));
}

/** The same for many calls, in order, with the queries of one. */
export async function readComparableFactsOf(ids: string[]): Promise<Record<string, string[]>[]> {
  const facts = await readFactsOf(ids);
  return ids.map((id, place) => toComparable(id, facts[place] ?? {}));
}

function toComparable(id: string, facts: object): Record<string, string[]> {
  const text = JSON.stringify(facts, (name, value) => (name === "key" ? undefined : value));
  const tables: Record<string, unknown[]> = JSON.parse(text.replaceAll(id, "the-call"));
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [table, rows.map((row) => JSON.stringify(row)).sort()]),
  );
}
