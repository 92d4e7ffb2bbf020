import "server-only";

/** Why a recording cannot be played, as a sentence for people. `isLasting`: retrying will not help. */
export class RecordingError extends Error {
  override name = "RecordingError";
  readonly isLasting: boolean;

  constructor(message: string, isLasting: boolean) {
    super(message);
    this.isLasting = isLasting;
  }
}
