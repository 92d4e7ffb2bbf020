import { z } from "zod";

/** What `chat.*` messages have in common. */
export const chatMessageSchema = z.looseObject({ chat: z.looseObject({ id: z.string().nullish() }) });
