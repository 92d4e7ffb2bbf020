import { fixtureCallId } from "@/tests/fixtures/fixture-call";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import type { Template } from "./load/template";

/** Final transcripts in the sizes recorded on real calls, by the length of the assistant's prompt they carry. */
const promptLengths = { "17 KB": 6_000, "55 KB": 43_000, "130 KB": 117_000 };

export const templates: [string, Template][] = Object.entries(promptLengths).map(([size, promptLength]) => {
  const body = transcriptFinal("user", "Could I move it to Thursday morning instead?", { promptLength });
  const template = {
    text: JSON.stringify(body),
    stampMs: body.message.timestamp,
    callDigits: fixtureCallId.slice(-12),
  };
  return [size, template];
});
