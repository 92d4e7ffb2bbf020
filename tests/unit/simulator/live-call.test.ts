import { describe, expect, test } from "vitest";
import { endOfSpeech } from "@/scripts/simulator/acting/beat";
import type { CallEvent, Message } from "@/scripts/simulator/call-event";
import type { CallOptions } from "@/scripts/simulator/call-options";
import { generateCall } from "@/scripts/simulator/generate-call";
import type { LiveCall } from "@/scripts/simulator/live/live-call";
import { type Order, readOrder } from "@/scripts/simulator/live/orders";

const calm: Partial<CallOptions> = {
  hangs: 0,
  interruptions: 0,
  functionCalls: 0,
  transfers: 0,
  duplicates: 0,
  disorder: 0,
};

function order(message: Record<string, unknown>): Order {
  const read = readOrder(JSON.stringify(message));
  if (typeof read === "string") throw new Error(read);
  return read;
}

const ofType = (events: readonly CallEvent[], type: string): (Message & { atMs: number })[] =>
  events.filter(({ message }) => message.type === type).map(({ atMs, message }) => ({ ...message, atMs }));
const finals = (events: readonly CallEvent[], role: string) =>
  ofType(events, "transcript").filter((one) => one.role === role && one.transcriptType === "final");
const textOf = (messages: readonly Message[]) => messages.map(({ transcript }) => transcript).join(" ");
const statuses = (events: readonly CallEvent[]) =>
  ofType(events, "status-update").map(({ status }) => status);
const reportOf = (events: readonly CallEvent[]) => ofType(events, "end-of-call-report")[0];

/** The middle of a speaker's speech in the given turn. */
function amid(live: LiveCall, speaker: "assistant" | "user", turn = 1): number {
  const speech = live.speeches.find((one) => one.speaker === speaker && one.turn === turn);
  if (!speech) throw new Error(`There is no turn ${turn} of the ${speaker}.`);
  return (speech.fromMs + endOfSpeech(speech)) / 2;
}

function inbound(seed = "live"): ReturnType<typeof generateCall> {
  for (let index = 0; ; index += 1) {
    const call = generateCall(`${seed} ${index}`, calm);
    const isEnglish = call.live.language === "en";
    if (call.kind === "inbound" && isEnglish && call.live.speeches.length > 8) return call;
  }
}

const said = "Sorry for the wait. I am still here with you.";

describe("orders to a simulated call", () => {
  test("control URL: a controllable call differs only in its monitor", () => {
    const monitor = {
      listenUrl: "ws://127.0.0.1:1/secret/listen",
      controlUrl: "http://127.0.0.1:1/secret/control",
    };
    const [plain, steered] = [null, monitor].map((one) =>
      generateCall("monitor", { monitor: one, assistantRequest: true }),
    );
    const without = (events: readonly CallEvent[] = []) =>
      events.map((event) => ({ ...event, message: { ...event.message, call: null } }));
    expect(without(steered?.events)).toEqual(without(plain?.events));
    for (const { message } of steered?.events ?? []) {
      const { monitor: shown } = message.call as { monitor?: unknown };
      expect(shown).toEqual(message.type === "assistant-request" ? undefined : monitor);
    }
  });

  test("say: the text waits for the assistant's current sentence, then is spoken, transcribed and reported", () => {
    const { live } = inbound();
    const before = live.events;
    const atMs = amid(live, "assistant");
    expect(live.obey(order({ type: "say", content: said }), atMs)).toBeNull();
    const [index, speech] =
      [...live.speeches.entries()].find(([, one]) => one.words.join(" ") === said) ?? [];
    if (!speech || index === undefined) throw new Error("It was not said.");
    const cut = live.speeches[index - 1];
    expect(cut && endOfSpeech(cut)).toBeGreaterThan(atMs);
    expect(speech.fromMs - (cut ? endOfSpeech(cut) : 0)).toBeLessThan(500);
    expect(textOf(finals(live.events, "assistant"))).toContain(said);
    const marks = ofType(live.events, "speech-update").filter(
      ({ turn, role }) => turn === speech.turn && role === "assistant",
    );
    expect(marks.map(({ status }) => status)).toEqual(["started", "stopped"]);
    expect(String(reportOf(live.events)?.transcript)).toContain(`AI: ${said}\n`);
    expect(live.events.filter((event) => event.atMs <= atMs)).toEqual(
      before.filter((event) => event.atMs <= atMs),
    );
  });

  test("say: the text replaces the assistant's sentence if it may interrupt", () => {
    const { live } = inbound();
    const atMs = amid(live, "assistant");
    const whole = live.speeches.find(({ speaker, turn }) => speaker === "assistant" && turn === 1);
    live.obey(order({ type: "say", content: said, interruptAssistantEnabled: true }), atMs);
    const speech = live.speeches.find(({ words }) => words.join(" ") === said);
    expect((speech?.fromMs ?? 0) - atMs).toBeLessThan(500);
    expect(textOf(finals(live.events, "assistant"))).not.toContain(whole?.words.join(" "));
    expect(textOf(finals(live.events, "assistant"))).toContain(whole?.words.slice(0, 2).join(" "));
  });

  test("say: a caller who is speaking stops, and repeats the line afterwards", () => {
    const { live } = inbound();
    const atMs = amid(live, "user");
    const line = live.speeches.find(({ speaker, turn }) => speaker === "user" && turn === 1)?.words.join(" ");
    live.obey(order({ type: "say", content: said }), atMs);
    const spoken = live.speeches.map(({ words }) => words.join(" "));
    expect(spoken.indexOf(line ?? "")).toBe(spoken.indexOf(said) + 1);
  });

  test("say: the call can end after the text is spoken, with Vapi's end reason", () => {
    const { live } = inbound();
    live.obey(order({ type: "say", content: said, endCallAfterSpoken: true }), amid(live, "user"));
    expect(live.speeches.at(-1)?.words.join(" ")).toBe(said);
    expect(statuses(live.events)).toEqual(["in-progress", "ended"]);
    expect(reportOf(live.events)).toMatchObject({ endedReason: "assistant-ended-call-after-message-spoken" });
    expect(String(reportOf(live.events)?.transcript)).toMatch(new RegExp(`AI: ${said}\n$`));
  });

  test("whisper: the assistant responds at once, and the conversation has the text as a system message", () => {
    const { live } = inbound();
    const whispered = "Offer the caller ten percent off.";
    const atMs = amid(live, "user");
    live.obey(order({ type: "add-message", message: { role: "system", content: whispered } }), atMs);
    const reply = live.speeches.find(({ words }) => words.join(" ").includes(whispered));
    expect(reply?.speaker).toBe("assistant");
    expect((reply?.fromMs ?? 0) - atMs).toBeLessThan(500);
    const { messages } = reportOf(live.events) as unknown as {
      messages: { role: string; message: string }[];
    };
    expect(messages).toContainEqual(expect.objectContaining({ role: "system", message: whispered }));
    expect(textOf(finals(live.events, "user"))).not.toContain(whispered);
  });

  test("whisper: without a triggered response, the text changes the assistant's next line", () => {
    const { live } = inbound();
    const whispered = "Offer the caller ten percent off.";
    const next = live.speeches.find(({ speaker, turn }) => speaker === "assistant" && turn === 2);
    const message = { role: "system", content: whispered };
    live.obey(order({ type: "add-message", message, triggerResponseEnabled: false }), amid(live, "user"));
    const changed = live.speeches.find(({ words }) => words.join(" ").includes(whispered));
    expect(changed?.turn).toBe(2);
    expect(changed?.words.join(" ")).toMatch(
      new RegExp(`${next?.words.join(" ").replace(/[?.]/g, "\\$&")}$`),
    );
  });

  test("mute: with a muted assistant, the caller asks if anyone is there and hangs up", () => {
    const { live } = inbound();
    const atMs = amid(live, "assistant");
    live.obey(order({ type: "control", control: "mute-assistant" }), atMs);
    const later = live.events.filter((event) => event.atMs > atMs + 500);
    const voices = [...ofType(later, "speech-update"), ...ofType(later, "transcript")];
    expect(new Set(voices.map(({ role }) => role))).toEqual(new Set(["user"]));
    const [first, ...questions] = live.speeches.filter(({ fromMs }) => fromMs > atMs);
    expect(questions.map(({ words }) => words.join(" "))).toEqual(
      expect.arrayContaining(["Hello? Are you still there?"]),
    );
    expect((questions[0]?.fromMs ?? 0) - (first ? endOfSpeech(first) : 0)).toBeGreaterThan(10_000);
    expect(reportOf(live.events)).toMatchObject({ endedReason: "customer-ended-call" });
  });

  test("mute: once unmuted, the assistant continues where it stopped", () => {
    const call = inbound();
    const { live } = call;
    const lines = live.speeches.map(({ words }) => words.join(" "));
    const reason = reportOf(live.events)?.endedReason;
    live.obey(order({ type: "control", control: "mute-assistant" }), amid(live, "user"));
    const question = live.speeches.find(({ words }) => words[0] === "Hello?");
    const atMs = question ? endOfSpeech(question) + 2_000 : 0;
    live.obey(order({ type: "control", control: "unmute-assistant" }), atMs);
    expect(
      live.speeches.map(({ words }) => words.join(" ")).filter((line) => !line.startsWith("Hello? Are")),
    ).toEqual(lines);
    expect(reportOf(live.events)?.endedReason).toBe(reason);
  });

  test("mute: a muted caller is not transcribed, and the call times out on silence", () => {
    const { live } = inbound();
    const atMs = amid(live, "user");
    live.obey(order({ type: "control", control: "mute-customer" }), atMs);
    const later = live.events.filter((event) => event.atMs > atMs + 500);
    expect(ofType(later, "speech-update").map(({ role }) => role)).not.toContain("user");
    expect(ofType(later, "transcript").map(({ role }) => role)).not.toContain("user");
    expect(reportOf(live.events)).toMatchObject({ endedReason: "silence-timed-out" });
  });

  test.each([
    [{ type: "number", number: "+15550100444" }, { forwardingPhoneNumber: "+15550100444" }],
    [{ type: "sip", sipUri: "sip:billing@example.com" }, {}],
  ])(
    "transfer: the message is spoken, then the call is forwarded and ends 2.7 s later: %j",
    (destination, also) => {
      const { live } = inbound();
      live.obey(order({ type: "transfer", destination, content: said }), amid(live, "assistant"));
      const [, forwarding, ended] = ofType(live.events, "status-update");
      expect(statuses(live.events)).toEqual(["in-progress", "forwarding", "ended"]);
      expect(forwarding).toMatchObject({
        destination,
        ...also,
        transcript: expect.stringContaining(`AI: ${said}`),
      });
      expect(ended).toMatchObject({ endedReason: "assistant-forwarded-call" });
      expect((ended?.timestamp ?? 0) - (forwarding?.timestamp ?? 0)).toBeCloseTo(2_700, -2);
      expect(reportOf(live.events)).toMatchObject({ destination, endedReason: "assistant-forwarded-call" });
      expect(live.speeches.at(-1)?.words.join(" ")).toBe(said);
    },
  );

  test("handoff: another assistant, given by ID or name, continues the call", () => {
    const { live } = inbound();
    const other = generateCall("other", calm).events.at(-1)?.message.assistant as {
      id: string;
      name: string;
    };
    for (const destination of [{ assistantId: other.id }, { assistantName: other.name.toUpperCase() }]) {
      const call = inbound();
      const atMs = amid(call.live, "assistant");
      expect(
        call.live.obey(order({ type: "handoff", destination: { type: "assistant", ...destination } }), atMs),
      ).toBeNull();
      const started = ofType(call.live.events, "assistant.started").at(-1);
      expect(started).toMatchObject({ newAssistant: { id: other.id, name: other.name } });
      const later = finals(call.live.events, "assistant").filter(
        ({ timestamp }) => timestamp > (started?.timestamp ?? 0) + 200,
      );
      expect(new Set(later.map(({ assistantId }) => assistantId))).toEqual(new Set([other.id]));
      expect(later.length).toBeGreaterThan(2);
      expect(reportOf(call.live.events)?.assistant).toMatchObject({ name: other.name });
    }
    const nobody = { type: "assistant", assistantId: "nobody" };
    expect(live.obey(order({ type: "handoff", destination: nobody }), amid(live, "user"))).toMatchObject({
      status: 400,
    });
  });

  test("end: the call ends at once, as canceled", () => {
    const { live } = inbound();
    const atMs = amid(live, "assistant");
    live.obey(order({ type: "end-call" }), atMs);
    expect(live.overMs - atMs).toBeLessThan(500);
    const ended = ofType(live.events, "status-update").at(-1);
    expect(ended).toMatchObject({ status: "ended", endedReason: "manually-canceled" });
    expect(reportOf(live.events)).toMatchObject({ endedReason: "manually-canceled" });
    expect(live.obey(order({ type: "say", content: said }), live.overMs)).toMatchObject({ status: 404 });
  });

  test("end: a call ended while ringing is never answered", () => {
    const call = Array.from({ length: 40 }, (_, index) => generateCall(`ringing ${index}`, calm)).find(
      ({ kind }) => kind === "outbound",
    );
    call?.live.obey(order({ type: "end-call" }), 1_000);
    expect(statuses(call?.events ?? [])).toEqual(["queued", "ended"]);
    expect(reportOf(call?.events ?? [])).toMatchObject({ transcript: "", durationMs: expect.any(Number) });
  });

  test("any orders: the call has ordered statuses, one end and one report, with the same words as its lines", () => {
    const orders = [
      { type: "say", content: said },
      { type: "say", content: said, interruptAssistantEnabled: true },
      { type: "add-message", message: { role: "system", content: "Be brief" } },
      { type: "control", control: "mute-assistant" },
      { type: "control", control: "unmute-assistant" },
      { type: "control", control: "mute-customer" },
      { type: "control", control: "unmute-customer" },
      { type: "handoff", destination: { type: "assistant", assistantName: "Billing Support" } },
    ].map(order);
    for (let seed = 0; seed < 30; seed += 1) {
      const { live } = generateCall(`orders ${seed}`, { ...calm, hangs: 1 });
      orders.forEach((one, index) => {
        live.obey(one, (1 + (seed % 5)) * 900 + (index * 3_100 + ((seed * 7 + index * 5) % 13) * 230));
      });
      const report = reportOf(live.events);
      const told = textOf(
        ofType(live.events, "transcript").filter(({ transcriptType }) => transcriptType === "final"),
      );
      const words = (text: string) =>
        text
          .replace(/^(AI|User): /gm, "")
          .split(/\s+/)
          .filter(Boolean)
          .sort();
      expect(words(told)).toEqual(words(String(report?.transcript)));
      expect(ofType(live.events, "end-of-call-report")).toHaveLength(1);
      expect(statuses(live.events).filter((status) => status === "ended")).toHaveLength(1);
      const stamps = ofType(live.events, "status-update").map(({ timestamp }) => timestamp);
      expect(stamps).toEqual([...stamps].sort((a, b) => a - b));
    }
  });
});
