import { expect } from "@playwright/test";
import postgres from "postgres";
import { z } from "zod";

const messageSchema = z.object({ type: z.string(), timestamp: z.number() });

/** What Vapi waits for is answered first and recorded after: waits until a message that was answered is in the event log. */
export async function waitUntilKept(databaseUrl: string, conversationUuid: string, message: object) {
  const { type, timestamp } = messageSchema.parse(message);
  const sql = postgres(databaseUrl, { max: 1 });
  const isKept = async () => {
    const rows = await sql`
      select from events
      where conversation_id = ${conversationUuid} and type = ${type} and at = ${new Date(timestamp)}
    `;
    return rows.length > 0;
  };
  await expect
    .poll(isKept, { intervals: [20] })
    .toBe(true)
    .finally(() => sql.end());
}
