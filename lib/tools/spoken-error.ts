import "server-only";

/** A failure whose message the assistant may say: what went wrong and that nothing was done, without anything secret. */
export class SpokenError extends Error {
  override name = "SpokenError";
}
