import { type Load, postFor } from "./post-for";

/** Generates the load in a separate process: receives a task, sends back the result and exits. */
process.once("message", async (load: Load) => {
  process.send?.(await postFor(load), () => process.disconnect());
});
