import * as z from "zod";

/** What a stretch of a call's sound is like: how loud each voice is, 0 to 1. A call in mono has only the first. */
export type Levels = readonly [caller: number, assistant: number];

/** A voice of a call, as Vapi's channels have them. */
export const voices = ["caller", "assistant"] as const;

export type Voice = (typeof voices)[number];

export interface HeardCall {
  callId: string;
  /** Whose call it is. */
  title: string;
  /**
   * `blocked`: the browser wants a click before it plays anything; `resuming`: the stream broke off and the next one is
   * being opened; `ended`: no more sound, `why` says it.
   */
  status: "connecting" | "playing" | "blocked" | "resuming" | "ended";
  why: string | null;
  /** 1: both voices are in one. */
  channels: 1 | 2;
  /** Milliseconds from Vapi's stream to the loudspeaker that this browser adds; null before the first sound. */
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
  /** Several calls may be heard at once, in this tab and in others. */
  several: z.boolean(),
});

export type ListenSettings = z.infer<typeof listenSettingsSchema>;

export interface PlayerReports {
  change: (change: Partial<Omit<HeardCall, "callId" | "title">>) => void;
}
