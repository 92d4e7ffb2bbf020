import { z } from "zod";

const text = z.string().nullish().catch(null);
const messageSchema = z.looseObject({ role: text, message: text, content: text }).nullish().catch(null);

/** The two spellings of a conversation so far: Vapi's own, and the one for OpenAI. */
export const historySchema = z.looseObject({
  messages: z.array(z.unknown()).nullish().catch(null),
  messagesOpenAIFormatted: z.array(z.unknown()).nullish().catch(null),
});

/** What the caller said last, pieces of one turn joined; an empty text when nothing has been said. */
export function readLastSaid({ messages, messagesOpenAIFormatted }: z.infer<typeof historySchema>): string {
  const history = (messages?.length ? messages : (messagesOpenAIFormatted ?? []))
    .map((entry) => messageSchema.parse(entry))
    .filter((entry) => entry !== null && entry !== undefined);
  const last = history.findLastIndex(({ role }) => role === "user");
  const before = history.slice(0, last + 1).findLastIndex(({ role }) => role !== "user");
  return history
    .slice(before + 1, last + 1)
    .map(({ message, content }) => message ?? content ?? "")
    .join(" ")
    .trim();
}
