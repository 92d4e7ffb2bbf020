import "server-only";
import { z } from "zod";
import { defineTool } from "@/lib/tools/server/define-tool";

/** Repeats its input: the simplest check that an assistant's tool calls arrive here and get a response. */
export const echo = defineTool({
  name: "echo",
  description: "Repeats the given text. Use it to check the connection.",
  effect: "read",
  parameters: z.object({ text: z.string().describe("What to repeat.") }),
  run: async ({ args }) => args.text,
});
