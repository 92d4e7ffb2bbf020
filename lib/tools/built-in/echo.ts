import "server-only";
import { z } from "zod";
import { defineTool } from "@/lib/tools/server/define-tool";

/** Repeats its input: the simplest check that an assistant's tool calls arrive here and get a response. */
export const echo = defineTool({
  name: "echo",
  description: "Repeat the given text, to check the connection.",
  effect: "read",
  parameters: z.object({ text: z.string().describe("The text to repeat.") }),
  run: async ({ args }) => args.text,
});
