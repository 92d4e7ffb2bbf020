import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { getCallDetail } from "@/db/queries/get-call-detail";
import { deliver } from "@/tests/support/deliver";
import { readComparableFacts, underNewId } from "@/tests/support/under-new-id";

const folder = join(process.cwd(), "../shared/vapi/recorded");

const bodies = (path: string) =>
  existsSync(path)
    ? readdirSync(path)
        .filter((name) => name.endsWith(".json") && name !== "index.json")
        .sort()
        .map((name) => join(path, name))
    : [];
const sequences = existsSync(folder)
  ? readdirSync(join(folder, "sequences")).filter((name) => name.startsWith("inbound"))
  : [];

describe.runIf(existsSync(folder))("recorded traffic", () => {
  it.each(bodies(folder))("takes %s", async (file) => {
    const answer = await deliver(JSON.parse(readFileSync(file, "utf8")));
    expect(answer.status).toBe(200);
  });

  it.each(sequences)("%s ends with the report's own transcript and duration", async (name) => {
    const files = bodies(join(folder, "sequences", name));
    for (const file of files) await deliver(JSON.parse(readFileSync(file, "utf8")));
    const { message } = JSON.parse(readFileSync(files.at(-1) ?? "", "utf8"));
    const detail = await getCallDetail(db, message.call.id);
    expect(detail?.call.status).toBe("ended");
    expect(detail?.call.durationSeconds).toBeCloseTo(message.durationSeconds, 3);
    const said = detail?.lines
      .map(({ role, text }) => `${role === "user" ? "User" : "AI"}: ${text}`)
      .join("\n");
    expect(said).toBe(message.transcript.trim());
  });

  it.each(sequences)("%s, shuffled and twice, is the same call", async (name) => {
    const recorded = bodies(join(folder, "sequences", name)).map((file) =>
      JSON.parse(readFileSync(file, "utf8")),
    );
    const { id: callId } = recorded[0].message.call;
    const [straight, shuffled] = [underNewId(recorded, callId), underNewId(recorded, callId)];
    for (const body of straight.bodies) await deliver(body);
    const twice = fc.shuffledSubarray([...shuffled.bodies, ...shuffled.bodies], {
      minLength: recorded.length * 2,
    });
    for (const order of fc.sample(twice, 1)) await Promise.all(order.map((body) => deliver(body)));
    expect(await readComparableFacts(shuffled.id)).toEqual(await readComparableFacts(straight.id));
  });
});
