import { expect } from "@playwright/test";
import type postgres from "postgres";
import { z } from "zod";

const messageSchema = z.object({
  type: z.string(),
  timestamp: z.number(),
  call: z.object({ id: z.string() }).optional(),
});

/**
 * Waits for the work after a response, so that a page opened next shows its results: events that Vapi waits on are
 * recorded only then, and a report then reaches the archive and analytics.
 */
export async function waitUntilKept(
  sql: postgres.Sql,
  conversationUuid: string,
  message: object,
  answer: object,
): Promise<void> {
  if (Object.keys(answer).length > 0) {
    const { type, timestamp } = messageSchema.parse(message);
    const at = new Date(timestamp);
    await until(
      () =>
        sql`select from events where conversation_id = ${conversationUuid} and type = ${type} and at = ${at}`,
    );
  }
  const { data: report } = messageSchema.extend({ type: z.literal("end-of-call-report") }).safeParse(message);
  if (report?.call) {
    const { id } = report.call;
    await until(
      () => sql`
        select from calls join call_figures on call_id = id
        where id = ${id} and documented_version = calls.version and call_version = calls.version
      `,
    );
  }
}

async function until(ask: () => Promise<readonly unknown[]>): Promise<void> {
  await expect.poll(async () => (await ask()).length, { intervals: [20] }).toBeGreaterThan(0);
}
