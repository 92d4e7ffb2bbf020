import * as z from "zod";
import { type FaultKind, faultKinds } from "@/lib/connect/faults";
import { type ResourceKind, resourceKinds } from "@/lib/connect/needs";
import { defineSetting } from "@/lib/settings/setting";
import { keyStateSchema } from "@/lib/vapi/key";

/** `applying`: being sent to Vapi, whose answer is outstanding or never came. */
const changeStates = ["applying", "applied", "restored"] as const;

export type ChangeState = (typeof changeStates)[number];

export const kindLabels: Readonly<Record<ResourceKind, string>> = {
  assistant: "Assistant",
  squad: "Squad",
  "phone-number": "Number",
  tool: "Tool",
};

const moment = z.iso.datetime();
const faultKindSchema = z.custom<FaultKind>((value) => faultKinds.some((kind) => kind === value));

/** A setting that was correct when the resource was connected and no longer is. */
const driftSchema = z.object({
  kind: faultKindSchema,
  clause: z.string(),
  /** When it changed according to Vapi if that is known, else when the change was found. */
  since: moment,
});

export type Drift = z.infer<typeof driftSchema>;

/** A clause that follows the name: "stopped sending transcript". */
export function describeDrift({ clause }: Drift): string {
  return clause.replace(/\bdoes not send\b/g, "stopped sending");
}

const fieldChangeSchema = z.object({
  path: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

const faultSchema = z.object({
  kind: faultKindSchema,
  clause: z.string(),
  isNote: z.boolean(),
  changes: z.array(fieldChangeSchema),
});

const targetSchema = z.object({ kind: z.enum(resourceKinds), id: z.string().min(1).max(200) });

/** An assistant, squad, number or tool, and what keeps its calls off the board. */
const connectableSchema = targetSchema.extend({
  name: z.string(),
  /** The phone number, for a resource that is one. */
  number: z.string().nullable(),
  isConnected: z.boolean(),
  /** Whether it was created in Vapi after the first connection was made. */
  isNew: z.boolean(),
  faults: z.array(faultSchema),
  drifts: z.array(driftSchema),
  /** Identifies the state on the page: changes apply only to a resource that still matches it. */
  revision: z.string(),
});

export type Connectable = z.infer<typeof connectableSchema>;

/** Whether applying would change nothing: it is connected, and no remaining fault can be fixed here. */
export function isDone({ isConnected, faults }: Connectable): boolean {
  return isConnected && !faults.some(({ isNote, changes }) => !isNote && changes.length > 0);
}

const changeSchema = z.object({
  id: z.uuid(),
  kind: z.enum(resourceKinds),
  name: z.string(),
  changes: z.array(fieldChangeSchema),
  state: z.enum(changeStates),
  appliedBy: z.string(),
  appliedAt: moment,
  restoredBy: z.string().nullable(),
  restoredAt: moment.nullable(),
});

export type Change = z.infer<typeof changeSchema>;

export const connectStateSchema = z.object({
  key: keyStateSchema,
  /** A sentence why Vapi did not answer; null if it did, or if there is no key. */
  failure: z.string().nullable(),
  resources: z.array(connectableSchema),
  /** The name of the credential that changes would set; null if one has yet to be created. */
  credential: z.string().nullable(),
  changes: z.array(changeSchema),
  lastCheck: z.object({ checkedAt: moment.nullable(), failure: z.string().nullable() }),
});

export type ConnectState = z.infer<typeof connectStateSchema>;

/** When connected resources were last compared with Vapi, and why that failed, if it did. */
export const lastCheckSetting = defineSetting(
  "vapi-check",
  z.object({ checkedAt: moment.nullable(), failure: z.string().nullable() }),
  { checkedAt: null, failure: null },
);

/** How Vapi authenticates when a credential is created. */
const credentialChoiceSchema = z.enum(["hmac", "bearer"]).default("hmac");

const chosenSchema = targetSchema.extend({
  /** Empty: change nothing, and only watch it from now on. */
  faults: z.array(faultKindSchema).max(faultKinds.length),
  revision: z.string(),
});

/** The faults to fix. */
export const applySchema = z.object({
  credential: credentialChoiceSchema,
  targets: z.array(chosenSchema).min(1).max(100),
});

export type Chosen = z.infer<typeof chosenSchema>;

/** The outcome for each resource. */
export const applyAnswerSchema = z.object({
  results: z.array(
    targetSchema.extend({
      name: z.string(),
      /** Null: applied. */
      why: z.string().nullable(),
      changeId: z.uuid().nullable(),
    }),
  ),
});

export type ApplyResult = z.infer<typeof applyAnswerSchema>["results"][number];
