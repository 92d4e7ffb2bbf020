import { z } from "zod";
import { actKinds } from "@/lib/alerts/alert-acts";

const text = z.string().trim().min(1).max(2_000);

/** What somebody may ask for, by the kind of act: the body of `POST /api/alerts/{id}/{kind}`. */
export const actRequestSchemas = {
  acknowledge: z.strictObject({}),
  /** `from`: whom the asker believes to have it; if somebody else has by now, they are told so. */
  assign: z.strictObject({ to: z.string().nullable(), from: z.string().nullable() }),
  /** Minutes from now; 0 wakes it up. */
  snooze: z.strictObject({
    minutes: z
      .number()
      .int()
      .min(0)
      .max(24 * 60),
  }),
  note: z.strictObject({ text }),
  resolve: z.strictObject({ text: text.nullable().default(null) }),
} as const;

export const actKindSchema = z.enum(actKinds);

/** One thing to do about an alert. */
export type ActRequest = {
  [Kind in keyof typeof actRequestSchemas]: { kind: Kind } & z.infer<(typeof actRequestSchemas)[Kind]>;
}[keyof typeof actRequestSchemas];

/** A request in its shape, or a sentence that says what is wrong with it. */
export function readActRequest(
  kind: ActRequest["kind"],
  body: unknown,
): { request: ActRequest } | { why: string } {
  const parsed = z.object({ kind: z.literal(kind), body: actRequestSchemas[kind] }).safeParse({ kind, body });
  if (!parsed.success) return { why: z.prettifyError(parsed.error) };
  // The schema was chosen by the kind, which TypeScript cannot follow through the lookup.
  return { request: { kind, ...parsed.data.body } as ActRequest };
}
