import { randomUUID } from "node:crypto";
import { readFacts } from "@/tests/support/database/read-facts";

/** The same call under another id, so that it starts from nothing. */
export function underNewId<B>(bodies: B[], callId: string): { id: string; bodies: B[] } {
  const id = randomUUID();
  return { id, bodies: JSON.parse(JSON.stringify(bodies).replaceAll(callId, id)) };
}

/** `readFacts` with ids and the keys made from them out of the way: calls under different ids can be compared. */
export async function readComparableFacts(id: string): Promise<Record<string, string[]>> {
  const text = JSON.stringify(await readFacts(id), (name, value) => (name === "key" ? undefined : value));
  const tables: Record<string, unknown[]> = JSON.parse(text.replaceAll(id, "the-call"));
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [table, rows.map((row) => JSON.stringify(row)).sort()]),
  );
}
