import * as z from "zod";
import { actorSchema } from "@/lib/alerts/alert";

/** Actions on a live call. Vapi has fewer message types for a control URL: its `say` carries several of these. */
const controlActions = ["say", "whisper", "mute", "unmute", "transfer", "handoff", "end"] as const;

export type ControlAction = (typeof controlActions)[number];

const id = z.uuid();

/**
 * Outcome of an action. `pending`: claimed, Vapi has not responded yet. `unknown`: the sender died or lost the
 * connection before Vapi's answer, so it may or may not have happened.
 */
const controlOutcomes = ["pending", "done", "failed", "unknown"] as const;

export type ControlOutcome = (typeof controlOutcomes)[number];

/** The answer of the control route; the same for every request with the same `id`. */
export const controlAnswerSchema = z.object({
  id,
  outcome: z.enum(controlOutcomes),
  /** A sentence for the person who acted. */
  detail: z.string(),
});

export type ControlAnswer = z.infer<typeof controlAnswerSchema>;

/** An action as shown on call pages, the board, in pushes and reports. One row per id; `at` never changes. */
export const operatorActionSchema = controlAnswerSchema.extend({
  callId: z.string(),
  action: z.enum(controlActions),
  by: actorSchema,
  at: z.iso.datetime(),
  /** The words said or whispered; null for other actions. Masked like any transcript. */
  text: z.string().nullable(),
  /** "assistant", "customer", a team, a number or an assistant's name; null if there is none. Masked by role. */
  target: z.string().nullable(),
});

export type OperatorAction = z.infer<typeof operatorActionSchema>;

/** Merges two states of one action, in either order: a settled one wins. */
export function joinAction(a: OperatorAction, b: OperatorAction): OperatorAction {
  return a.outcome === "pending" && b.outcome !== "pending" ? b : a;
}
