import { desc, isNotNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestFirst } from "@/db/rows";
import { calls } from "@/db/schema/calls";
import { formatPhoneNumber } from "@/lib/format";
import type { Named } from "@/lib/vapi/resources";

/** Number of latest calls searched; anything older must be chosen by id. */
const newest = 2_000;

/** Assistants and numbers named in recent calls, with their newest names. There are no squads: calls do not name theirs. */
export async function listSeenResources(
  db: Pick<Database, "select" | "selectDistinctOn">,
): Promise<Record<"assistants" | "squads" | "phoneNumbers" | "numbers", Named[]>> {
  const recent = db
    .select({
      createdAt: calls.createdAt,
      assistantId: calls.assistantId,
      assistantName: calls.assistantName,
      phoneNumberId: calls.phoneNumberId,
      phoneNumber: calls.phoneNumber,
    })
    .from(calls)
    .orderBy(newestFirst(calls.createdAt))
    .limit(newest)
    .as("recent");
  const [assistants, phoneNumbers, numbers] = await Promise.all([
    db
      .selectDistinctOn([recent.assistantId], {
        id: sql<string>`${recent.assistantId}`,
        name: sql<string>`coalesce(${recent.assistantName}, ${recent.assistantId})`,
      })
      .from(recent)
      .where(isNotNull(recent.assistantId))
      .orderBy(recent.assistantId, desc(recent.createdAt)),
    db
      .selectDistinctOn([recent.phoneNumberId], {
        id: sql<string>`${recent.phoneNumberId}`,
        name: sql<string>`coalesce(${recent.phoneNumber}, ${recent.phoneNumberId})`,
      })
      .from(recent)
      .where(isNotNull(recent.phoneNumberId))
      .orderBy(recent.phoneNumberId, desc(recent.createdAt)),
    db
      .selectDistinctOn([recent.phoneNumber], { number: sql<string>`${recent.phoneNumber}` })
      .from(recent)
      .where(isNotNull(recent.phoneNumber)),
  ]);
  return {
    assistants,
    squads: [],
    phoneNumbers: phoneNumbers.map(({ id, name }) => ({ id, name: formatPhoneNumber(name) })),
    numbers: numbers.map(({ number }) => ({ id: number, name: formatPhoneNumber(number) })),
  };
}
