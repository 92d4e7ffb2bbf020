import { db } from "@/db/client";
import { toStream } from "@/lib/http/server/http";
import { reportFilterSchema } from "@/lib/reports/filter";
import { exportReports } from "@/lib/reports/server/export";

/**
 * Run as a script with DATABASE_URL: exports everything as the route does, discards it, and prints the number of lines
 * and the process's peak memory growth in megabytes.
 */
const before = process.memoryUsage().rss;
let peak = before;
let lines = 0;
const pieces = exportReports(db, reportFilterSchema.parse({}), { format: "csv", isMasked: true });
const reader = toStream(pieces).getReader();
for (;;) {
  const { value, done } = await reader.read();
  if (done) break;
  for (const byte of value) if (byte === 10) lines += 1;
  peak = Math.max(peak, process.memoryUsage().rss);
}
console.log(JSON.stringify({ lines, grownMb: Math.round((peak - before) / 1e6) }));
await db.$client.end();
