import type { WebSocket } from "ws";
import type { Airing } from "@/scripts/simulator/live/live-call";
import { CallVoice, sampleRate } from "@/scripts/simulator/live/voice";

/** Vapi's first frame. */
const start = { type: "start", encoding: "linear16", container: "raw", sampleRate, channels: 2 } as const;

const everyMs = 40;
/** After a longer stall of this process, the missed sound is skipped. */
const mostMs = 400;
/** One second of sound. A listener that lags further misses frames, so that none of them wait in memory. */
const mostBufferedBytes = sampleRate * 4;
/** Number of frames in a row, worth 10 s, after which a listener that misses them is disconnected. */
const mostMissed = 10_000 / everyMs;

/** The sound of one call in real time, rendered only while someone listens. */
export class Broadcast {
  readonly #airing: Airing;
  readonly #listeners = new Map<WebSocket, number>();
  #voice = new CallVoice();
  #timer: NodeJS.Timeout | null = null;
  #lastMs = 0;

  constructor(airing: Airing) {
    this.#airing = airing;
  }

  add(listener: WebSocket): void {
    // For broken or oversized frames, ws itself closes the connection.
    listener.on("error", () => undefined);
    listener.on("close", () => this.#drop(listener));
    listener.send(JSON.stringify(start));
    this.#listeners.set(listener, 0);
    if (this.#timer) return;
    this.#voice = new CallVoice();
    this.#lastMs = performance.now();
    this.#timer = setInterval(() => this.#sendNext(), everyMs);
  }

  /** Disconnects all listeners because the call is over. */
  close(): void {
    for (const listener of this.#listeners.keys()) listener.close(1_000);
    this.#listeners.clear();
    this.#rest();
  }

  #drop(listener: WebSocket): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size === 0) this.#rest();
  }

  #rest(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #sendNext(): void {
    const { live, nowMs, speed } = this.#airing;
    const atMs = nowMs();
    if (atMs >= live.overMs) {
      this.close();
      return;
    }
    const heldMs = performance.now() - this.#lastMs;
    const samples = Math.floor((Math.min(heldMs, mostMs) * sampleRate) / 1_000);
    // The fraction of a sample left over is carried to the next frame.
    this.#lastMs += heldMs > mostMs ? heldMs : (samples * 1_000) / sampleRate;
    const sound = this.#voice.render(
      live.speeches,
      atMs - ((samples * 1_000) / sampleRate) * speed,
      samples,
      speed,
    );
    for (const [listener, missed] of this.#listeners) this.#send(listener, missed, sound);
  }

  #send(listener: WebSocket, missed: number, sound: Buffer): void {
    if (listener.bufferedAmount <= mostBufferedBytes) {
      this.#listeners.set(listener, 0);
      listener.send(sound);
      return;
    }
    this.#listeners.set(listener, missed + 1);
    if (missed + 1 > mostMissed) listener.terminate();
  }
}
