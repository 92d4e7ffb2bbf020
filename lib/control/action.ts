import * as z from "zod";
import { actorSchema } from "@/lib/alerts/alert";

/** What a person can do on a live call. Vapi's own kinds of message to a control URL are fewer: `say` carries three of these. */
export const controlActions = ["say", "whisper", "mute", "unmute", "transfer", "handoff", "end"] as const;

export type ControlAction = (typeof controlActions)[number];

const id = z.uuid();

/**
 * How an action went. `pending`: claimed, Vapi has not answered yet. `unknown`: whoever sent it died before Vapi's answer
 * came, so that it may or may not have happened.
 */
export const controlOutcomes = ["pending", "done", "failed", "unknown"] as const;

export type ControlOutcome = (typeof controlOutcomes)[number];

/** The answer of the control route; the same for the same `id`, however often it is asked. */
export const controlAnswerSchema = z.object({
  id,
  outcome: z.enum(controlOutcomes),
  /** A sentence for whoever asked. */
  detail: z.string(),
});

export type ControlAnswer = z.infer<typeof controlAnswerSchema>;

/** An action as call pages, the board, pushes and reports show it. One row an id; `at` never changes. */
export const operatorActionSchema = controlAnswerSchema.extend({
  callId: z.string(),
  action: z.enum(controlActions),
  by: actorSchema,
  at: z.iso.datetime(),
  /** What was said or whispered; null for the other actions. Masked like any other words. */
  text: z.string().nullable(),
  /** "assistant", "customer", a team, a number, an assistant's name; null where there is none. Masked by role. */
  target: z.string().nullable(),
});

export type OperatorAction = z.infer<typeof operatorActionSchema>;

/** Two words of one action as one, in whichever order they came: what is settled stays so. */
export function joinAction(a: OperatorAction, b: OperatorAction): OperatorAction {
  return a.outcome === "pending" && b.outcome !== "pending" ? b : a;
}
