import { type Load, postFor } from "./post-for";

/** The load comes from a process of its own: it is told what to do, answers with the result, and ends. */
process.once("message", async (load: Load) => {
  process.send?.(await postFor(load), () => process.disconnect());
});
