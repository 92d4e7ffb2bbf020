/** Whose doing a call's end was. The order is the one they are listed in. */
export const endedGroups = ["ended-well", "caller-gave-up", "our-fault", "provider-fault"] as const;

export type EndedGroup = (typeof endedGroups)[number];
