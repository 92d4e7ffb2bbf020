/** Enough for the widest screen. */
const points = 1_600;
/** More than this is not fetched twice only to be drawn: it plays all the same. */
const mostBytes = 60 * 1024 * 1024;
/** Decoded this coarse: a picture needs no more, and an hour of it fits in memory. */
const rate = 8_000;

/**
 * How loud a recording is over time, 0 to 1, a list for each channel (caller first, then assistant); null when it is too long to draw.
 *
 * @throws with the server's own sentence when it cannot be had, or when it is no sound
 */
export async function readPeaks(src: string, signal: AbortSignal): Promise<number[][] | null> {
  const answer = await fetch(src, { signal });
  if (!answer.ok) throw new Error(await readReason(answer));
  if (Number(answer.headers.get("content-length")) > mostBytes) {
    await answer.body?.cancel();
    return null;
  }
  const sound = await new OfflineAudioContext(2, rate, rate).decodeAudioData(await answer.arrayBuffer());
  return Array.from({ length: Math.min(2, sound.numberOfChannels) }, (_, channel) =>
    toPeaks(sound.getChannelData(channel)),
  );
}

function toPeaks(samples: Float32Array): number[] {
  const each = Math.max(1, Math.floor(samples.length / points));
  return Array.from({ length: Math.ceil(samples.length / each) }, (_, index) => {
    let peak = 0;
    for (let at = index * each; at < Math.min(samples.length, (index + 1) * each); at += 1)
      peak = Math.max(peak, Math.abs(samples[at] ?? 0));
    return peak;
  });
}

async function readReason(answer: Response): Promise<string> {
  const problem: unknown = await answer.json().catch(() => null);
  const said = typeof problem === "object" && problem !== null && "detail" in problem ? problem.detail : null;
  return typeof said === "string" ? said : `Earshot answered ${answer.status}.`;
}
