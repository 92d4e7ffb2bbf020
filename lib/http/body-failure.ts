/** Why a body could not be read. */
export const bodyFailures = ["too-large", "too-slow", "incomplete"] as const;

export type BodyFailure = (typeof bodyFailures)[number];
