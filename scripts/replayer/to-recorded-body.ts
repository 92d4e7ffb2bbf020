import { z } from "zod";
import { parseJson, stringifyJson } from "@/lib/lossless-json";
import type { RecordedBody } from "@/scripts/replayer/capture";

const bodySchema = z.looseObject({
  message: z.looseObject({
    type: z.string().min(1),
    timestamp: z.union([z.number(), z.string()]).nullish().catch(null),
    call: z.looseObject({ id: z.string() }).nullish().catch(null),
  }),
});

/**
 * A recorded body as it will be posted. JSON is posted compact, as Vapi does, however it was laid out; what is no JSON is
 * posted as it lies.
 *
 * @param indexedMs when the folder's index says it happened
 */
export function toRecordedBody(file: string, bytes: Buffer, indexedMs: number | null): RecordedBody {
  return toBody(file, parse(bytes.toString("utf8")), bytes, indexedMs);
}

/** The same for a file that may hold a list of bodies, in the order they came. */
export function toRecordedBodies(file: string, bytes: Buffer, indexedMs: number | null): RecordedBody[] {
  const json = parse(bytes.toString("utf8"));
  if (!Array.isArray(json)) return [toBody(file, json, bytes, indexedMs)];
  return json.map((body, index) => toBody(`${file}[${index}]`, body, bytes, indexedMs));
}

function toBody(file: string, json: unknown, bytes: Buffer, indexedMs: number | null): RecordedBody {
  const message = bodySchema.safeParse(json).data?.message;
  return {
    file,
    bytes: json === undefined ? bytes : Buffer.from(stringifyJson(json)),
    callId: message?.call?.id ?? null,
    atMs: readStamp(message?.timestamp) ?? indexedMs,
    isMalformed: message === undefined,
  };
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function readStamp(stamp: number | string | null | undefined): number | null {
  const ms = typeof stamp === "string" ? Date.parse(stamp) : (stamp ?? Number.NaN);
  return Number.isFinite(ms) ? ms : null;
}
