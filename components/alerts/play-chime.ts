"use client";

/** Two rising notes and their fifth, twice: no other program of an office sounds like it. Hertz, and seconds from the start. */
const notes = [
  [659, 0],
  [880, 0.14],
  [988, 0.28],
  [659, 0.7],
  [880, 0.84],
  [988, 0.98],
] as const;
const noteSeconds = 0.22;

let context: AudioContext | null = null;

/**
 * Plays the alarm. Browsers are silent until somebody has clicked something on the page; then nothing is heard.
 * @param volume 0 to 1
 */
export async function playChime(volume: number): Promise<void> {
  context ??= new AudioContext();
  if (context.state === "suspended") await context.resume();
  const start = context.currentTime + 0.02;
  for (const [hertz, at] of notes) playNote(context, hertz, start + at, volume);
}

function playNote(audio: AudioContext, hertz: number, at: number, volume: number): void {
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  tone.type = "triangle";
  tone.frequency.value = hertz;
  // Swells and dies away, for a tone that is cut clicks.
  loudness.gain.setValueAtTime(0.0001, at);
  loudness.gain.exponentialRampToValueAtTime(Math.max(0.0002, volume * 0.5), at + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.0001, at + noteSeconds);
  tone.connect(loudness).connect(audio.destination);
  tone.start(at);
  tone.stop(at + noteSeconds + 0.02);
}
