import "server-only";
import type { RawData, WebSocket } from "ws";
import { z } from "zod";
import { type ListenFormat, listenFormatSchema } from "@/lib/control/control";
import { monitorHosts } from "@/lib/control/server/monitor";
import { monitorHeaders } from "@/lib/control/server/send";
import { openGuardedSocket } from "@/lib/http/server/guarded-socket";
import { OutgoingRefused } from "@/lib/http/server/outgoing-rules";

/** The audio is unavailable. The message is a sentence for the person who wants to listen. */
export class AudioUnavailable extends Error {
  override name = "AudioUnavailable";
}

/** Receives a call's audio in pieces, which are shared and must not be changed. */
export interface AudioListener {
  receive: (piece: Uint8Array) => void;
  /** Called after the last piece. */
  end: (reason: string) => void;
}

const timeoutMs = 5_000;
/** For the handshake and the first frame. With the DNS lookup added, shorter than a listener's lease. */
const startTimeoutMs = 8_000;
/** Vapi sends 20 ms of audio per message. */
const maxMessageBytes = 256 * 1024;

const startSchema = listenFormatSchema.extend({
  type: z.literal("start"),
  encoding: z.literal("linear16").optional(),
  container: z.literal("raw").optional(),
});

/**
 * A call's audio, received from Vapi over one WebSocket for all listeners of this process. The first frame states the
 * format.
 */
export class SoundSource {
  readonly format: ListenFormat;
  readonly #socket: WebSocket;
  /** With the number of bytes each must still skip: a listener may join in the middle of a sample. */
  readonly #listeners = new Map<AudioListener, number>();
  #bytes = 0;
  #endedFor: string | null = null;

  /** @throws AudioUnavailable */
  static async open(url: URL, onEnd: () => void): Promise<SoundSource> {
    const socket = await openGuardedSocket(url, {
      headers: monitorHeaders(),
      hosts: monitorHosts,
      timeoutMs,
      maxBytes: maxMessageBytes,
    }).catch((cause: unknown) => {
      const isForbidden = cause instanceof OutgoingRefused;
      const detail = isForbidden
        ? "The call's listen URL points to a host that is not allowed (OUTGOING_ALLOWED_HOSTS)."
        : "Vapi's host could not be found.";
      throw new AudioUnavailable(detail, { cause });
    });
    return new SoundSource(socket, await readStart(socket), onEnd);
  }

  private constructor(socket: WebSocket, format: ListenFormat, onEnd: () => void) {
    this.format = format;
    this.#socket = socket;
    const end = (reason: string) => {
      this.#end(reason);
      onEnd();
    };
    socket.on("message", (data, isBinary) => {
      if (isBinary) this.#pass(toBytes(data));
      else if (isOtherFormat(data, format)) end("Vapi changed the audio format.");
    });
    socket.on("error", () => end("The connection to Vapi was lost."));
    socket.on("close", (code) =>
      end(code === 1000 ? "Vapi ended the stream." : "The connection to Vapi was lost."),
    );
    socket.resume();
  }

  add(listener: AudioListener): void {
    if (this.#endedFor !== null) {
      listener.end(this.#endedFor);
      return;
    }
    const frameBytes = this.format.channels * 2;
    this.#listeners.set(listener, (frameBytes - (this.#bytes % frameBytes)) % frameBytes);
  }

  /** Closes the connection after the last listener has left. */
  remove(listener: AudioListener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size === 0) this.#socket.terminate();
  }

  #pass(piece: Uint8Array): void {
    this.#bytes += piece.byteLength;
    for (const [listener, skip] of [...this.#listeners]) {
      const from = Math.min(skip, piece.byteLength);
      if (from > 0) this.#listeners.set(listener, skip - from);
      if (from < piece.byteLength) listener.receive(piece.subarray(from));
    }
  }

  #end(reason: string): void {
    if (this.#endedFor !== null) return;
    this.#endedFor = reason;
    this.#socket.terminate();
    for (const listener of [...this.#listeners.keys()]) listener.end(reason);
  }
}

/** Reads the format from the first frame, then pauses the socket so that nothing is lost. @throws AudioUnavailable */
function readStart(socket: WebSocket): Promise<ListenFormat> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail("Vapi did not send the audio format."), startTimeoutMs);
    const done = () => {
      clearTimeout(timer);
      socket.removeAllListeners();
      // An error without a listener would end the process.
      socket.on("error", () => {});
    };
    const fail = (detail: string, cause?: unknown) => {
      done();
      socket.terminate();
      reject(new AudioUnavailable(detail, { cause }));
    };
    socket.once("message", (data, isBinary) => {
      const start = isBinary ? null : startSchema.safeParse(parse(data)).data;
      if (!start) return fail("Vapi sent audio without its format first.");
      done();
      socket.pause();
      resolve({ sampleRate: start.sampleRate, channels: start.channels });
    });
    socket.once("unexpected-response", (_request, { statusCode = 0 }) => fail(describeStatus(statusCode)));
    socket.once("close", () => fail("Vapi closed the connection."));
    socket.once("error", (cause) => fail("Vapi could not be reached.", cause));
  });
}

function describeStatus(status: number): string {
  if (status === 401 || status === 403) {
    return `Vapi answered ${status}. Listening is protected: set VAPI_PUBLIC_KEY.`;
  }
  const hint = status === 404 ? " It no longer knows this call: it may be over." : "";
  return `Vapi answered ${status}.${hint}`;
}

function isOtherFormat(data: RawData, { sampleRate, channels }: ListenFormat): boolean {
  const start = z.looseObject({ type: z.literal("start") }).safeParse(parse(data)).data;
  return start !== undefined && (start.sampleRate !== sampleRate || start.channels !== channels);
}

function parse(data: RawData): unknown {
  try {
    return JSON.parse(Buffer.from(toBytes(data)).toString("utf8"));
  } catch {
    return null;
  }
}

/** ws passes one Buffer per message with its default `binaryType`. */
function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
