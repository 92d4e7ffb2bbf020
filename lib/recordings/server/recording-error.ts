import "server-only";

/** Why there is nothing to hear, in a sentence for people. `isLasting`: trying again will not help. */
export class RecordingError extends Error {
  override name = "RecordingError";
  readonly isLasting: boolean;

  constructor(message: string, isLasting: boolean) {
    super(message);
    this.isLasting = isLasting;
  }
}
