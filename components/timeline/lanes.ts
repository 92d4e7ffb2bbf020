import type { Speaker } from "@/lib/calls/call";

/** Pixels from the top of the timeline. */
export const height = 116;
export const barHeight = 22;
export const laneTop: Readonly<Record<Speaker, number>> = { user: 20, assistant: 48 };
export const toolTop = 78;
export const axisTop = 92;
