import * as z from "zod";

/** Loudness of each voice in a stretch of audio, 0 to 1. A mono call has only the first. */
type Levels = readonly [caller: number, assistant: number];

/** Voices of a call, in the order of Vapi's channels. */
export const voices = ["caller", "assistant"] as const;

export type Voice = (typeof voices)[number];

export interface ListenSession {
  callId: string;
  /** The call's title. */
  title: string;
  /**
   * `blocked`: the browser requires a click before it plays anything; `resuming`: the stream broke off and the next one
   * is being opened; `ended`: no more audio, see `why`.
   */
  status: "connecting" | "playing" | "blocked" | "resuming" | "ended";
  why: string | null;
  /** 1: both voices in one channel. */
  channels: 1 | 2;
  /** Delay in milliseconds that this browser adds between Vapi's stream and the loudspeaker; null before the first sound. */
  behindMs: number | null;
  levels: Levels;
  /** The player's own counters since listening began. */
  counters: { gaps: number; longestGapMs: number; skippedMs: number; playedMs: number; resumes: number };
}

/** Loudness over the last seconds, for the timeline: epoch ms and levels, oldest first. */
export type Trail = readonly { at: number; levels: Levels }[];

export const listenSettingsSchema = z.object({
  volumes: z.object({ caller: z.number().min(0).max(1), assistant: z.number().min(0).max(1) }),
  muted: z.object({ caller: z.boolean(), assistant: z.boolean() }),
  /** Whether several calls may play at once, in this tab and in others. */
  several: z.boolean(),
});

export type ListenSettings = z.infer<typeof listenSettingsSchema>;

export interface PlayerReports {
  change: (change: Partial<Omit<ListenSession, "callId" | "title">>) => void;
}
