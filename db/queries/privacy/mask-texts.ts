import "server-only";
import { isDeepStrictEqual } from "node:util";
import { and, inArray, isNotNull, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import { listCallerNamesOf } from "@/db/queries/conversations/read";
import { isEffectOf } from "@/db/queries/tools/effects";
import { columnName, toRecord } from "@/db/rows";
import { calls, lines, marks, toolCalls } from "@/db/schema/calls";
import { conversations } from "@/db/schema/conversations";
import { reports } from "@/db/schema/reports";
import { toolEffects } from "@/db/schema/tools";
import { maskAnswer, maskLine, maskReport, maskToolCall } from "@/lib/calls/mask";
import { maskText } from "@/lib/calls/mask-text";

type Writer = Pick<Database, "select" | "execute">;

/**
 * Hides names and numbers in all texts of these calls for everyone, as viewers see them. Must run before the callers' names
 * are removed: without them, the texts would become readable for viewers. Names of tools stay, because they are settings.
 */
export async function maskTexts(db: Writer, ids: string[]): Promise<void> {
  const those = await db.select().from(calls).where(inArray(calls.id, ids));
  const callersOf = await listCallerNamesOf(db, [...new Set(those.map((call) => call.conversationId))]);
  const known = new Map(
    those.map(({ id, conversationId, customerName }) => [
      id,
      [customerName, ...(callersOf.get(conversationId) ?? [])],
    ]),
  );
  /** Of a call, or of a conversation. */
  const namesOf = (id: string) => known.get(id) ?? callersOf.get(id) ?? [];

  await rewrite(db, lines, [lines.callId, lines.key], {
    rows: await db.select().from(lines).where(inArray(lines.callId, ids)),
    mask(row) {
      const { text, filter } = maskLine(row, namesOf(row.callId));
      return { text, filter };
    },
  });
  await rewrite(db, marks, [marks.callId, marks.key], {
    rows: await db
      .select()
      .from(marks)
      .where(and(inArray(marks.callId, ids), isNotNull(marks.detail))),
    mask: ({ callId, detail }) => ({ detail: detail && maskText(detail, namesOf(callId)) }),
  });
  await rewrite(db, toolCalls, [toolCalls.callId, toolCalls.id, toolCalls.asked], {
    rows: await db.select().from(toolCalls).where(inArray(toolCalls.callId, ids)),
    mask(row) {
      const { arguments: args, result, error, warnings } = maskToolCall(row, namesOf(row.callId));
      return { arguments: args, result, error, warnings };
    },
  });
  await rewrite(db, toolEffects, [toolEffects.callId, toolEffects.toolCallId, toolEffects.asked], {
    rows: await db.select().from(toolEffects).where(isEffectOf(ids)),
    mask: ({ callId, result, error }) => ({
      result: result && maskAnswer(result, namesOf(callId)),
      error: error && maskAnswer(error, namesOf(callId)),
    }),
  });
  await rewrite(db, reports, [reports.callId], {
    rows: await db.select().from(reports).where(inArray(reports.callId, ids)),
    mask(row) {
      const names = namesOf(row.callId);
      const { summary, successEvaluation, structuredData, structuredOutputs, scorecards } = maskReport(
        row,
        names,
      );
      const messages = row.messages.map((message) => ({ ...message, text: maskText(message.text, names) }));
      return { summary, successEvaluation, structuredData, structuredOutputs, scorecards, messages };
    },
  });
  await rewrite(db, calls, [calls.id], {
    rows: those,
    mask: ({ id, lastLineText, partialUserText, partialAssistantText }) => ({
      lastLineText: lastLineText && maskText(lastLineText, namesOf(id)),
      partialUserText: partialUserText && maskText(partialUserText, namesOf(id)),
      partialAssistantText: partialAssistantText && maskText(partialAssistantText, namesOf(id)),
    }),
  });
  await rewrite(db, conversations, [conversations.id], {
    rows: await db.select().from(conversations).where(inArray(conversations.lastCallId, ids)),
    mask: ({ id, name }) => ({ name: name && maskText(name, namesOf(id)) }),
  });
}

interface Rewriting<Row extends object> {
  rows: readonly Row[];
  /** The columns with texts, masked. */
  mask: (row: Row) => Partial<Row>;
}

/** Writes those of the rows that masking changes, in one statement. */
async function rewrite<Row extends object>(
  db: Writer,
  table: PgTable,
  keys: readonly PgColumn[],
  { rows, mask }: Rewriting<Row>,
): Promise<void> {
  const changed = rows
    .map((row) => ({ row, masked: mask(row) }))
    .filter(({ row, masked }) => differs(row, masked));
  const [first] = changed;
  if (!first) return;
  const records = changed.map(({ row, masked }) => toRecord(table, { ...row, ...masked }));
  const take = (name: string) => sql`${sql.identifier(name)} = n.${sql.identifier(name)}`;
  await db.execute(sql`
    update ${table} t set ${sql.join(Object.keys(toRecord(table, first.masked)).map(take), sql`, `)}
    from jsonb_populate_recordset(null::${table}, ${JSON.stringify(records)}::jsonb) n
    where ${sql.join(
      keys.map((key) => sql`t.${take(columnName(key))}`),
      sql` and `,
    )}
  `);
}

const differs = <Row extends object>(row: Row, masked: Partial<Row>) =>
  !isDeepStrictEqual({ ...row, ...masked }, row);
