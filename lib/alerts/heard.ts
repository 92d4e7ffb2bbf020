import type { HeardLine } from "@/lib/calls/line";
import type { Mark } from "@/lib/calls/mark";

/** What was witnessed of a call, as far as alerts follow from it. Times are ISO. Order and repetition do not matter. */
export interface Heard {
  marks: readonly Mark[];
  /** Only lines of transcripts say when somebody spoke; others are stamped when the words began. */
  lines: readonly Pick<HeardLine, "role" | "at" | "source">[];
  /** The newest sign of the assistant's voice, partials included, which leave no row. */
  assistantSpokeAt: string | null;
  startedAt: string | null;
  /** Null while the call lives. */
  endedAt: string | null;
}
