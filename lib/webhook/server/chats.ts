import { z } from "zod";

/** What `chat.*` messages have in common. */
export const chatMessageSchema = z.looseObject({ chat: z.looseObject({ id: z.string().nullish() }) });

/** What `session.*` messages have in common. */
export const sessionMessageSchema = z.looseObject({
  session: z.looseObject({
    id: z.string().nullish(),
    status: z.string().nullish(),
    updatedAt: z.string().nullish(),
  }),
});

/** One session is updated many times. */
export function sessionIdentity({ session }: z.infer<typeof sessionMessageSchema>): string {
  return `${session.id ?? ""} ${session.status ?? ""} ${session.updatedAt ?? ""}`;
}
