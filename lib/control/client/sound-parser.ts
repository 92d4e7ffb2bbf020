import { type ListenHead, listenHeadSchema } from "@/lib/control/control";

/** Longer than any header line: beyond it, the stream is not one of ours. */
const mostLineBytes = 1_024;
const newline = 10;

/** The stream is malformed. The message is a sentence for the listener. */
export class SoundUnreadable extends Error {
  override name = "SoundUnreadable";
}

/**
 * Parses the stream of `GET /api/calls/{id}/listen`, cut at arbitrary points, into its format and samples from -1 to 1
 * by channel.
 */
export class SoundParser {
  /** Null until the first line is complete. */
  head: ListenHead | null = null;
  /** Bytes of an incomplete line or frame. */
  #rest = new Uint8Array(0);

  /**
   * Returns the samples completed by this piece, one list per channel; empty lists if there are none.
   * @throws SoundUnreadable
   */
  take(piece: Uint8Array): Float32Array<ArrayBuffer>[] {
    let bytes = join(this.#rest, piece);
    this.#rest = new Uint8Array(0);
    if (!this.head) {
      const end = bytes.indexOf(newline);
      if (end > mostLineBytes || (end === -1 && bytes.length > mostLineBytes)) throw unreadable();
      if (end === -1) {
        this.#rest = bytes;
        return [];
      }
      this.head = parseHead(bytes.subarray(0, end));
      bytes = bytes.subarray(end + 1);
    }
    const { channels } = this.head;
    const frames = Math.floor(bytes.length / (channels * 2));
    this.#rest = bytes.slice(frames * channels * 2);
    return split(bytes, frames, channels);
  }
}

const unreadable = () => new SoundUnreadable("This page cannot play the audio format.");

function parseHead(line: Uint8Array): ListenHead {
  try {
    return listenHeadSchema.parse(JSON.parse(new TextDecoder().decode(line)));
  } catch {
    throw unreadable();
  }
}

/** Always copies, because pieces are views of buffers that are not ours. */
function join(before: Uint8Array, piece: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(before.length + piece.length);
  whole.set(before);
  whole.set(piece, before.length);
  return whole;
}

function split(bytes: Uint8Array, frames: number, channels: number): Float32Array<ArrayBuffer>[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from(
      { length: frames },
      (__, frame) => view.getInt16((frame * channels + channel) * 2, true) / 32_768,
    ),
  );
}
