import { z } from "zod";
import { type AskedTool, toolCalls } from "@/tests/fixtures/tool-calls";
import { deliver } from "@/tests/support/deliveries/deliver";

const replySchema = z.object({
  results: z.array(
    z.strictObject({
      toolCallId: z.string(),
      name: z.string(),
      result: z.string().optional(),
      error: z.string().optional(),
    }),
  ),
});

type Options = NonNullable<Parameters<typeof toolCalls>[1]>;

/** Posts tool calls to the webhook, as Vapi does. Returns the results in order. */
export async function askTools(asked: AskedTool[], options: Options = {}) {
  const { status, body } = await deliver(toolCalls(asked, options));
  if (status !== 200) throw new Error(`The webhook answered ${status}.`);
  return replySchema.parse(body).results;
}

/** The same for one tool call: returns its result, or its error prefixed with "error: ". */
export async function askTool(
  name: string,
  args: Record<string, unknown>,
  options: Options & { id?: string } = {},
): Promise<string> {
  const { id = "call_one", ...rest } = options;
  const [answer] = await askTools([{ id, name, arguments: args }], rest);
  return answer?.result ?? `error: ${answer?.error}`;
}
