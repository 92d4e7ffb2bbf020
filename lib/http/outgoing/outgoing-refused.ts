import "server-only";

/** Why a request was not sent, or its answer not taken. */
export type RefusedBecause = "scheme" | "host" | "address" | "redirects" | "size";

/** A request that our own rules forbid. The message names no address and no path. */
export class OutgoingRefused extends Error {
  override name = "OutgoingRefused";
  readonly because: RefusedBecause;

  constructor(because: RefusedBecause, message: string) {
    super(message);
    this.because = because;
  }
}
