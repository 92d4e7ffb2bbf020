import * as z from "zod";
import { type ListenSettings, type PlayerReports, voices } from "@/lib/control/client/listen-session";
import { SoundParser, SoundUnreadable } from "@/lib/control/client/sound-parser";
import type { ListenHead } from "@/lib/control/control";

/** Reports of the worklet (public/listen-worklet.js), about twenty per second. */
const reportSchema = z.object({
  heldMs: z.number(),
  isPlaying: z.boolean(),
  peaks: z.tuple([z.number(), z.number()]),
  counters: z.object({
    gaps: z.number(),
    longestGapMs: z.number(),
    skippedMs: z.number(),
    playedMs: z.number(),
  }),
});

const problemSchema = z.object({ detail: z.string() });

/** How long before its end a stream is replaced by the next one; at most a quarter of its length. */
const overlapMs = 15_000;
/** How long to show why the server ended the previous stream. */
const noticeMs = 10_000;
/** A stream without a sample for this long is presumed dead. */
const silentMs = 4_000;
/** Delays before retries after a loss; the last one repeats. */
const retryMs = [0, 150, 300, 500, 1_000, 2_000];
/** How long to retry a lost stream. */
const giveUpMs = 20_000;

/** Rejected by the server, so a retry is pointless. The message is the reason. */
class Refused extends Error {
  override name = "Refused";
}

/**
 * Plays one call: fetches the server's stream, passes its samples to the worklet, and opens the next stream when one is
 * cut off or about to end. Needs no microphone permission.
 */
export class CallPlayer {
  readonly #callId: string;
  readonly #context: AudioContext;
  readonly #reports: PlayerReports;
  /** Id of the listening session, shared by all its streams. */
  readonly #id = crypto.randomUUID();
  readonly #gains: readonly GainNode[];
  #node: AudioWorkletNode | null = null;
  /** The stream that is playing; another may be opening. */
  #current: AbortController | null = null;
  readonly #open = new Set<AbortController>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #lostAt: number | null = null;
  #tries = 0;
  #resumes = 0;
  #isStopped = false;

  constructor(callId: string, context: AudioContext, settings: ListenSettings, reports: PlayerReports) {
    this.#callId = callId;
    this.#context = context;
    this.#reports = reports;
    this.#gains = voices.map(() => context.createGain());
    for (const gain of this.#gains) gain.connect(context.destination);
    this.applySettings(settings);
    context.onstatechange = () => this.#reportState();
    void this.#begin();
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const stream of this.#open) stream.abort();
    if (this.#context.state !== "closed") void this.#context.close();
  }

  unblock(): void {
    void this.#context.resume();
  }

  applySettings({ volumes, muted }: ListenSettings): void {
    voices.forEach((voice, index) => {
      const gain = this.#gains[index]?.gain;
      // Ramped, because a jump in gain is audible as a click.
      gain?.setTargetAtTime(muted[voice] ? 0 : volumes[voice], this.#context.currentTime, 0.02);
    });
  }

  async #begin(): Promise<void> {
    try {
      await this.#context.audioWorklet.addModule("/listen-worklet.js");
    } catch {
      this.#end("This browser cannot play live audio. Use a current Chrome, Edge or Firefox.");
      return;
    }
    if (this.#isStopped) return;
    this.#node = new AudioWorkletNode(this.#context, "live-sound", {
      numberOfInputs: 0,
      numberOfOutputs: voices.length,
      outputChannelCount: voices.map(() => 1),
    });
    voices.forEach((_, index) => {
      const gain = this.#gains[index];
      if (gain) this.#node?.connect(gain, index);
    });
    this.#node.port.onmessage = ({ data }) => this.#report(data);
    void this.#stream();
  }

  /** Runs one stream, from its request to its end. */
  async #stream(): Promise<void> {
    const stream = new AbortController();
    this.#open.add(stream);
    const tooQuiet = this.#later(silentMs, () => stream.abort());
    try {
      const path = `/api/calls/${encodeURIComponent(this.#callId)}/listen?id=${this.#id}`;
      const response = await fetch(path, { signal: stream.signal, cache: "no-store" });
      if (!response.ok) throw await toError(response);
      const parser = new SoundParser();
      for await (const piece of readPieces(response)) {
        const isFirst = parser.head === null;
        const channels = parser.take(piece);
        if (isFirst && parser.head) this.#takeOver(stream, parser.head);
        if (this.#current !== stream) break;
        if (!channels[0]?.length) continue;
        tooQuiet.again();
        this.#isBack();
        this.#node?.port.postMessage(
          { kind: "samples", channels },
          channels.map(({ buffer }) => buffer),
        );
      }
      this.#afterLoss(stream, null);
    } catch (cause) {
      this.#afterLoss(stream, cause);
    } finally {
      tooQuiet.cancel();
      this.#open.delete(stream);
      stream.abort();
    }
  }

  /** Switches playback to this stream and aborts the previous one. */
  #takeOver(stream: AbortController, { sampleRate, channels, endsAfter, endedBefore }: ListenHead): void {
    this.#current?.abort();
    this.#current = stream;
    this.#node?.port.postMessage({ kind: "format", sampleRate, channels });
    this.#reports.change({ channels, why: endedBefore ?? null });
    if (endedBefore) this.#later(noticeMs, () => this.#reports.change({ why: null }));
    const lengthMs = endsAfter * 1_000;
    this.#later(lengthMs - Math.min(overlapMs, lengthMs / 4), () => {
      if (this.#current === stream) void this.#stream();
    });
    this.#reportState();
  }

  #isBack(): void {
    if (this.#lostAt === null && this.#tries === 0) return;
    this.#lostAt = null;
    this.#tries = 0;
    this.#reportState();
  }

  #afterLoss(stream: AbortController, cause: unknown): void {
    const isOther = this.#current !== null && this.#current !== stream;
    if (this.#isStopped || isOther) return;
    if (cause instanceof Refused || cause instanceof SoundUnreadable) {
      this.#end(cause.message);
      return;
    }
    if (this.#current === stream) this.#resumes += 1;
    this.#current = null;
    this.#lostAt ??= Date.now();
    if (Date.now() - this.#lostAt > giveUpMs) {
      const reason = cause instanceof Error && cause.name === "SoundLost" ? ` ${cause.message}` : "";
      this.#end(`The audio was lost.${reason} Listen again to retry.`);
      return;
    }
    const waitMs = retryMs[Math.min(this.#tries, retryMs.length - 1)] ?? 0;
    this.#tries += 1;
    this.#reportState();
    this.#later(waitMs, () => void this.#stream());
  }

  #later(ms: number, act: () => void) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const cancel = () => {
      clearTimeout(timer);
      if (timer !== undefined) this.#timers.delete(timer);
    };
    const again = () => {
      cancel();
      const next = setTimeout(() => {
        this.#timers.delete(next);
        act();
      }, ms);
      timer = next;
      this.#timers.add(next);
    };
    again();
    return { cancel, again };
  }

  #end(why: string): void {
    this.stop();
    this.#reports.change({ status: "ended", why, levels: [0, 0] });
  }

  #reportState(): void {
    if (this.#isStopped) return;
    const status = this.#lostAt !== null ? "resuming" : this.#current === null ? "connecting" : null;
    if (status) this.#reports.change({ status, levels: [0, 0] });
    else this.#reports.change({ status: this.#context.state === "running" ? "playing" : "blocked" });
  }

  #report(data: unknown): void {
    const { heldMs, isPlaying, peaks, counters } = reportSchema.parse(data);
    if (this.#isStopped || this.#current === null) return;
    const { baseLatency, outputLatency = 0 } = this.#context;
    const speakerMs = (baseLatency + outputLatency) * 1_000;
    this.#reports.change({
      status: this.#lostAt === null ? "playing" : "resuming",
      behindMs: isPlaying ? Math.round(heldMs + speakerMs) : null,
      levels: peaks,
      counters: { ...counters, resumes: this.#resumes },
    });
  }
}

class SoundLost extends Error {
  override name = "SoundLost";
}

/** A rejection by the server is final; a failure between server and Vapi may pass. */
async function toError(response: Response): Promise<Error> {
  const { data } = problemSchema.safeParse(await response.json().catch(() => null));
  const why = data?.detail ?? `Earshot answered ${response.status}.`;
  return response.status >= 500 ? new SoundLost(why) : new Refused(why);
}

async function* readPieces({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) return;
    yield piece.value;
  }
}
