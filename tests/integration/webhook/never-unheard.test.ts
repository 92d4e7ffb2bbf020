import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { getCallDetail } from "@/db/queries/calls/read";
import { buildCall } from "@/tests/fixtures/build-call";
import { buildWebCall } from "@/tests/fixtures/build-web-call";
import { deliver } from "@/tests/support/deliveries/deliver";
import { underNewId } from "@/tests/support/deliveries/under-new-id";

interface Message {
  type: string;
  role?: string;
  transcript?: string;
  transcriptType?: string;
  messages?: { role: string; message?: string }[];
  artifact?: { messages?: { role: string; message?: string }[] };
  call: { id: string };
}

const folder = join(process.cwd(), "../shared/vapi/recorded/sequences");
const recorded = existsSync(folder) ? readdirSync(folder).filter((name) => /^(inbound|web-)/.test(name)) : [];

function readSequence(name: string): { message: Message }[] {
  return readdirSync(join(folder, name))
    .filter((file) => /^\d.*\.json$/.test(file))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, name, file), "utf8")));
}

/** The words of a text, each prefixed with its speaker: "user hello", "assistant table" … */
const wordsOf = (role: string, text: string) =>
  (text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []).map((word) => `${role} ${word}`);

const speakers = new Map([
  ["bot", "assistant"],
  ["assistant", "assistant"],
  ["user", "user"],
]);

/** The words an event brings itself; its `artifact` only repeats words of other events. */
function wordsBroughtBy({ type, role, transcript, messages, artifact }: Message): string[] {
  if (type === "transcript") return wordsOf(role ?? "", transcript ?? "");
  if (type !== "conversation-update" && type !== "end-of-call-report") return [];
  const said = messages ?? artifact?.messages ?? [];
  return said.flatMap((entry) => {
    const speaker = speakers.get(entry.role);
    return speaker ? wordsOf(speaker, entry.message ?? "") : [];
  });
}

async function shownWords(callId: string): Promise<Set<string>> {
  const detail = await getCallDetail(db, callId);
  const said = [...(detail?.lines ?? []), ...(detail?.partials ?? [])];
  return new Set(said.flatMap(({ role, text }) => wordsOf(role, text)));
}

/** Delivers random parts of a call's events in random orders, and checks that each word they brought is shown. */
function checkParts(bodies: { message: Message }[], callId: string, numRuns: number) {
  // Events by number, so that a failure is easy to read.
  const parts = fc.shuffledSubarray([...bodies.keys()], { minLength: 1 });
  return fc.assert(
    fc.asyncProperty(parts, async (numbers) => {
      const part = numbers.flatMap((number) => bodies[number] ?? []);
      const call = underNewId(part, callId);
      for (const body of call.bodies) await deliver(body);
      const shown = await shownWords(call.id);
      const missing = part
        .flatMap(({ message }) => wordsBroughtBy(message))
        .filter((word) => !shown.has(word));
      expect([...new Set(missing)]).toEqual([]);
    }),
    { numRuns },
  );
}

describe("webhook: every delivered word is shown", () => {
  it("for random parts of a phone call with partials, finals, conversation updates and a report", {
    timeout: 240_000,
  }, () => {
    const { bodies, callId } = buildCall("long", { callId: randomUUID() });
    return checkParts(bodies as unknown as { message: Message }[], callId, 12);
  });

  it("for random parts of a web call with two clocks, transcribed by conversation updates", {
    timeout: 240_000,
  }, () => {
    const { bodies, callId } = buildWebCall();
    return checkParts(bodies as unknown as { message: Message }[], callId, 12);
  });

  it.each(recorded)("for random parts of the recorded call %s", { timeout: 240_000 }, (name) => {
    const bodies = readSequence(name);
    const callId = bodies[0]?.message.call.id ?? "";
    return checkParts(bodies, callId, 6);
  });
});
