import "server-only";

/** Why there is nothing to hear, in a sentence for people. `isLasting`: trying again will not help. */
export class RecordingTrouble extends Error {
  override name = "RecordingTrouble";
  readonly isLasting: boolean;

  constructor(message: string, isLasting: boolean) {
    super(message);
    this.isLasting = isLasting;
  }
}
