import { z } from "zod";

/** `{ [name]: […] }`: an answer whose entries no schema of ours checks, for only scripts read them. */
export function listOf(name: string) {
  return z.object({ [name]: z.array(z.looseObject({})) });
}
