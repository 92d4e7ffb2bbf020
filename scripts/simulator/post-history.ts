import { postBody, vapiHeaders, webhookUrl } from "@/scripts/delivery/post-body";
import { type GeneratedCall, generateCall } from "@/scripts/simulator/generate-call";
import { createRandom } from "@/scripts/simulator/random";

interface HistoryOptions {
  /** Earshot's address. */
  url: string;
  secret: string;
  calls: number;
  days: number;
}

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

/** Event types that leave data in the archive; the others matter only to live viewers. */
const lasting = new Set(["end-of-call-report", "status-update", "speech-update", "hang", "user-interrupted"]);

/**
 * Fills the archive: posts calls of the last days to the webhook one by one, equally many per day, today's first. Each
 * call's report goes first, so that no page shows the call live. Skips calls of today that are less than an hour old or
 * still in the future.
 */
export async function postHistory(
  { url, secret, calls, days }: HistoryOptions,
  signal: AbortSignal,
): Promise<void> {
  const random = createRandom(`history ${Date.now()}`);
  for (let index = 0; index < calls && !signal.aborted; index += 1) {
    const daysAgo = Math.floor((index / calls) * days);
    const createdAtMs = atWorkingHour(Date.now() - daysAgo * dayMs, random.between(8, 19));
    if (createdAtMs > Date.now() - hourMs) continue;
    const call = generateCall(`history/${index}`, { createdAtMs, hangs: 0.08, duplicates: 0, disorder: 0 });
    await postCall(call, url, secret, signal);
  }
}

function atWorkingHour(at: number, hour: number): number {
  return new Date(at).setUTCHours(Math.floor(hour), Math.floor((hour % 1) * 60));
}

async function postCall(
  call: GeneratedCall,
  base: string,
  secret: string,
  signal: AbortSignal,
): Promise<void> {
  const url = webhookUrl(base, call.conversationUuid);
  const messages = call.events.map(({ message }) => message).filter(({ type }) => lasting.has(type));
  const report = messages.filter(({ type }) => type === "end-of-call-report");
  for (const message of [...report, ...messages.filter((each) => !report.includes(each))]) {
    if (signal.aborted) return;
    const body = Buffer.from(JSON.stringify({ message }));
    await postBody(url, body, vapiHeaders(call.callId, secret, body));
  }
}
