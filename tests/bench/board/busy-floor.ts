import { type Caller, createCaller } from "@/tests/support/e2e/caller";

type PostEvent = Parameters<typeof createCaller>[0];

/** Enough live calls that a board has to scroll. */
export class BusyFloor {
  readonly #callers: Caller[];
  #next = 0;

  constructor(calls: number, postEvent: PostEvent) {
    this.#callers = Array.from({ length: calls }, (_, index) =>
      createCaller(postEvent, `Assistant ${index % 12}`),
    );
  }

  /** Starts all calls, fifty at a time. */
  async fill(): Promise<void> {
    for (let first = 0; first < this.#callers.length; first += 50) {
      await Promise.all(
        this.#callers.slice(first, first + 50).map(async (caller) => {
          await caller.begins();
          await caller.starts("assistant");
        }),
      );
    }
  }

  /** Posts one event of the next call: speech starts, a final arrives, speech stops. */
  async happen(): Promise<void> {
    const turn = this.#next;
    this.#next += 1;
    const caller = this.#callers[turn % this.#callers.length];
    const role = Math.floor(turn / this.#callers.length) % 2 === 0 ? "user" : "assistant";
    if (turn % 3 === 0) await caller?.starts(role);
    else if (turn % 3 === 1) await caller?.says(role, `Sentence number ${turn} of a long day on the phone.`);
    else await caller?.stops(role);
  }
}
