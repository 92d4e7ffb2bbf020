import type postgres from "postgres";
import { z } from "zod";
import { type Mark, markSchema } from "@/lib/calls/parts";
import { toTurns } from "@/lib/calls/turns";
import type { Tone } from "./make-wav";

export interface LocalCall {
  seconds: number;
  tones: Tone[];
}

const rowSchema = z.object({ started: z.date(), ended: z.date() });
/** An hour is 115 MB. */
const mostSeconds = 3_600;

/** How long a call of the local database lasted and who spoke when; null unless it is over. */
export async function findLocalCall(sql: postgres.Sql, id: string): Promise<LocalCall | null> {
  const [call] = await sql`
    select coalesce(started_at, created_at) as started, coalesce(ended_at, last_event_at) as ended
    from calls where id = ${id} and status = 'ended'`;
  if (!call) return null;
  const { started, ended } = rowSchema.parse(call);
  const marks =
    await sql`select key as id, kind, role, turn, at, detail from marks where call_id = ${id} order by at`;
  const secondsOf = (iso: string) => (Date.parse(iso) - started.getTime()) / 1_000;
  const tones = toTurns(marks.map(toMark), ended.toISOString()).map(
    ({ role, startedAt, stoppedAt }): Tone => ({
      channel: role === "user" ? 0 : 1,
      fromSeconds: secondsOf(startedAt),
      toSeconds: secondsOf(stoppedAt ?? ended.toISOString()),
    }),
  );
  return { seconds: Math.min(mostSeconds, Math.max(1, secondsOf(ended.toISOString()))), tones };
}

function toMark({ at, ...row }: postgres.Row): Mark {
  return markSchema.parse({ ...row, at: at instanceof Date ? at.toISOString() : at });
}
