import type { EndedGroup } from "@/lib/calls/ended-reason";

/** Whose doing a call's end was, in words. */
export const endedGroupWords: Readonly<Record<EndedGroup, string>> = {
  "ended-well": "Ended well",
  "caller-gave-up": "Caller gave up",
  "our-fault": "Our fault",
  "provider-fault": "Provider’s fault",
};

/** Where nobody has said it, or Vapi does not know. */
export const nobodyKnows = "Nobody knows whose doing";
