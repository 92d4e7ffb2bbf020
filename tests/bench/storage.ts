import { randomUUID } from "node:crypto";
import postgres from "postgres";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { buildCall } from "@/tests/fixtures/build-call";
import { startBenchStack } from "./start-bench-stack";

const copies = 200;

/**
 * Measures bytes on disk (tables, indexes, TOAST; after a vacuum) per byte received, over many copies of one whole
 * call. The baseline in the same run keeps every body whole as jsonb, with its key.
 */
export async function benchStorage(parts: Parts): Promise<void> {
  const stack = await startBenchStack(parts);
  const sql = postgres(stack.environment.DATABASE_URL, { onnotice: () => {} });
  parts.add(() => sql.end());
  await sql`create table naive (key uuid primary key, body jsonb not null)`;
  const before = { ours: await sizeOf(sql, false), naive: await sizeOf(sql, true) };
  let received = 0;
  for (let copy = 0; copy < copies; copy += 1) {
    const { bodies } = buildCall("long", { callId: randomUUID() });
    const texts = bodies.map((body) => JSON.stringify(body));
    received += texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    await Promise.all(texts.map((text) => post(stack, text)));
    await sql`insert into naive ${sql(texts.map((text) => ({ key: randomUUID(), body: sql.json(JSON.parse(text)) })))}`;
  }
  await sql`vacuum full`;
  const ours = (await sizeOf(sql, false)) - before.ours;
  const naive = (await sizeOf(sql, true)) - before.naive;
  console.table([
    {
      kept: "Earshot's tables",
      "bytes per byte received": percent(ours / received),
      "KB a call": Math.round(ours / copies / 1024),
    },
    {
      kept: "every body as jsonb",
      "bytes per byte received": percent(naive / received),
      "KB a call": Math.round(naive / copies / 1024),
    },
  ]);
}

async function post({ localUrl, environment }: Awaited<ReturnType<typeof startBenchStack>>, body: string) {
  const headers = { "content-type": "application/json", "x-vapi-secret": environment.VAPI_WEBHOOK_SECRET };
  const answer = await fetch(`${localUrl}/api/webhook`, { method: "POST", body, headers });
  if (!answer.ok) throw new Error(`The webhook answered ${answer.status}.`);
}

async function sizeOf(sql: postgres.Sql, isNaive: boolean): Promise<number> {
  const [row] = await sql<{ bytes: string }[]>`
    select sum(pg_total_relation_size(oid)) as bytes from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and (relname = 'naive') = ${isNaive}
  `;
  return Number(row?.bytes ?? 0);
}

const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
