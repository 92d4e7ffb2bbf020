import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { Tally } from "@/scripts/delivery/tally";
import { defaultCallOptions } from "@/scripts/simulator/call-options";
import { startControlServer } from "@/scripts/simulator/live/control-server";
import { simulate } from "@/scripts/simulator/simulate";
import { startReceiver } from "@/tests/support/servers/start-receiver";

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

interface Posted {
  type: string;
  role?: string;
  status?: string;
  transcript?: string;
  endedReason?: string;
  messages?: { role: string; message?: string }[];
  call: { monitor?: { listenUrl: string; controlUrl: string } };
}

/** Starts one simulated call, posted to a real receiver; `find` waits until a message of the given kind arrives. */
async function call({ speed = 25, seed = "control", publicKey = "" } = {}) {
  const receiver = await startReceiver();
  const controlServer = await startControlServer({ port: 0, publicKey });
  const abort = new AbortController();
  const calm = { hangs: 0, interruptions: 0, transfers: 0, duplicates: 0, disorder: 0 };
  const done = simulate(
    {
      url: receiver.url,
      secret: "a secret of this test",
      seed,
      calls: 1,
      concurrency: 1,
      isForever: false,
      call: { ...defaultCallOptions, ...calm, speed },
      controlServer,
    },
    abort.signal,
    { live: 0, done: 0, tally: new Tally() },
  );
  stops.push(receiver.stop, controlServer.close, async () => {
    abort.abort();
    await done;
  });
  const posted = (): Posted[] => receiver.received.map(({ body }) => JSON.parse(body).message);
  const find = async (isMeant: (message: Posted) => boolean): Promise<Posted> => {
    await expect.poll(() => posted().some(isMeant), { timeout: 20_000 }).toBe(true);
    const found = posted().find(isMeant);
    if (!found) throw new Error("It was there a moment ago.");
    return found;
  };
  const { monitor } = (await find(({ type }) => type === "status-update")).call;
  if (!monitor) throw new Error("The call has no monitor.");
  const order = (body: unknown, headers = {}) =>
    fetch(monitor.controlUrl, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  return { monitor, order, find, posted, done, controlServer };
}

type Call = Awaited<ReturnType<typeof call>>;

const isSpeaking = (role: string) => (message: Posted) =>
  message.type === "speech-update" && message.role === role && message.status === "started";
const isFinal = (text: string) => (message: Posted) =>
  message.type === "conversation-update" && JSON.stringify(message).includes(text);
const isReply = ({ role, message = "" }: { role: string; message?: string }) =>
  role === "bot" && message.endsWith("Mention the discount.");
const isReport = ({ type }: Posted) => type === "end-of-call-report";

/** Listens, and keeps each channel's volume frame by frame, and the content of the start frame. */
async function listen({ monitor }: Call, headers = {}) {
  const socket = new WebSocket(monitor.listenUrl, { headers });
  const frames: { bytes: number; loudness: [number, number] }[] = [];
  let start: unknown = null;
  socket.on("message", (data: Buffer, isBinary) => {
    if (!isBinary) start = JSON.parse(data.toString());
    else frames.push({ bytes: data.length, loudness: [loudnessOf(data, 0), loudnessOf(data, 1)] });
  });
  await once(socket, "open");
  const closed = once(socket, "close");
  stops.push(async () => socket.terminate());
  return { frames, closed, start: () => start };
}

function loudnessOf(frame: Buffer, channel: 0 | 1): number {
  let sum = 0;
  for (let at = channel * 2; at + 1 < frame.length; at += 4) sum += frame.readInt16LE(at) ** 2;
  return Math.sqrt(sum / Math.max(1, frame.length / 4));
}

const text = "Sorry for the wait. I am still here.";

describe("npm run simulate, with live control", () => {
  test("calls have loopback monitor URLs with an unguessable path", async () => {
    const { monitor, controlServer } = await call();
    expect(monitor.listenUrl).toMatch(new RegExp(`^ws://${controlServer.host}/[\\w-]{32}/listen$`));
    expect(monitor.controlUrl).toBe(monitor.listenUrl.replace("ws:", "http:").replace("/listen", "/control"));
  });

  test("say: the text is spoken and transcribed during the call, and ends it on request", async () => {
    const { order, find, done } = await call();
    await find(isSpeaking("user"));
    expect((await order({ type: "say", content: text })).status).toBe(200);
    await find(isFinal(text));
    await order({ type: "say", content: "Goodbye then.", endCallAfterSpoken: true });
    expect((await find(isReport)).endedReason).toBe("assistant-ended-call-after-message-spoken");
    await done;
  });

  test("whisper, mute and transfer change the posted events, and an order after the end is answered 404", async () => {
    const { order, find, done, posted } = await call({ seed: "others" });
    await find(isSpeaking("user"));
    await order({ type: "add-message", message: { role: "system", content: "Mention the discount." } });
    await find(({ type, messages = [] }) => type === "conversation-update" && messages.some(isReply));
    await order({ type: "control", control: "mute-assistant" });
    await find(({ transcript = "" }) => /^(Hello\?|¿Hola\?|Allô)/.test(transcript));
    await order({ type: "control", control: "unmute-assistant" });
    const destination = { type: "number", number: "+15550100444" };
    await order({ type: "transfer", destination, content: text });
    await find(({ status }) => status === "forwarding");
    expect((await find(isReport)).endedReason).toBe("assistant-forwarded-call");
    await done;
    expect((await order({ type: "end-call" })).status).toBe(404);
    expect(posted().filter(isReport)).toHaveLength(1);
  });

  test.each([
    ["an unknown type", { type: "append-context", content: "x" }, /append-context/],
    ["no type", { content: "x" }, /type/],
    ["a transfer to nowhere", { type: "transfer" }, /destination/],
  ])("answers 400 with an explanation: %s", async (_, body, sentence) => {
    const { order } = await call({ speed: 1 });
    const answer = await order(body);
    expect(answer.status).toBe(400);
    expect((await answer.json()).message).toMatch(sentence);
  });

  test("with a public key, orders and listeners need it as a Bearer token", async () => {
    const one = await call({ speed: 1, publicKey: "key of this test" });
    expect((await one.order({ type: "end-call" })).status).toBe(401);
    await expect(listen(one)).rejects.toThrow("401");
    const headers = { authorization: "Bearer key of this test" };
    await listen(one, headers);
    expect((await one.order({ type: "end-call" }, headers)).status).toBe(200);
  });
});

describe("npm run simulate, with a listener", () => {
  test("each voice sounds on its own channel, in frames of Vapi's format, until the call ends", async () => {
    const one = await call({ speed: 4 });
    const listener = await listen(one);
    await expect
      .poll(() => listener.frames.some(({ loudness: [, assistant] }) => assistant > 1_000), {
        timeout: 20_000,
      })
      .toBe(true);
    await expect
      .poll(() => listener.frames.some(({ loudness: [caller] }) => caller > 1_000), { timeout: 20_000 })
      .toBe(true);
    expect(listener.start()).toEqual({
      type: "start",
      encoding: "linear16",
      container: "raw",
      sampleRate: 16_000,
      channels: 2,
    });
    expect(listener.frames.every(({ bytes }) => bytes % 4 === 0)).toBe(true);
    // Recorded calls have no overlap here, so only one voice is loud at a time.
    const isAlone = ({ loudness: [caller, assistant] }: (typeof listener.frames)[number]) =>
      Math.min(caller, assistant) < 200;
    expect(listener.frames.filter(isAlone).length).toBe(listener.frames.length);
    await one.order({ type: "end-call" });
    expect(await listener.closed).toEqual([1_000, expect.anything()]);
    await expect(listen(one)).rejects.toThrow("404");
  });

  test("a muted assistant is silent", async () => {
    const one = await call({ speed: 4, seed: "silent" });
    await one.find(isSpeaking("user"));
    await one.order({ type: "control", control: "mute-assistant" });
    const listener = await listen(one);
    await one.find(({ transcript = "" }) => /^(Hello\?|¿Hola\?|Allô)/.test(transcript));
    expect(listener.frames.length).toBeGreaterThan(10);
    expect(Math.max(...listener.frames.map(({ loudness: [, assistant] }) => assistant))).toBe(0);
    expect(Math.max(...listener.frames.map(({ loudness: [caller] }) => caller))).toBeGreaterThan(1_000);
  });
});
