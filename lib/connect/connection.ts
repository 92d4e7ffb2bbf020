import * as z from "zod";
import { type FaultKind, faultKinds } from "@/lib/connect/faults";
import { type ResourceKind, resourceKinds } from "@/lib/connect/needs";
import { defineSetting } from "@/lib/settings/setting";
import { keyStateSchema } from "@/lib/vapi/key";

/** `applying`: Vapi has been asked, and has not answered yet or never did. */
export const changeStates = ["applying", "applied", "restored"] as const;

export type ChangeState = (typeof changeStates)[number];

export const kindLabels: Readonly<Record<ResourceKind, string>> = {
  assistant: "Assistant",
  squad: "Squad",
  "phone-number": "Number",
  tool: "Tool",
};

const moment = z.iso.datetime();
const faultKindSchema = z.custom<FaultKind>((value) => faultKinds.some((kind) => kind === value));

/** Something that was right when it was connected and is not now. */
export const driftSchema = z.object({
  kind: faultKindSchema,
  clause: z.string(),
  /** As near as Vapi tells: its own stamp of the change, or when it was found. */
  since: moment,
});

export type Drift = z.infer<typeof driftSchema>;

/** What follows a name: "stopped sending transcript". */
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

/** One assistant, squad, number or tool, and what stands between it and the board. */
export const connectableSchema = targetSchema.extend({
  name: z.string(),
  /** To ring, where it is a number. */
  number: z.string().nullable(),
  isConnected: z.boolean(),
  /** Made in Vapi since something was first connected. */
  isNew: z.boolean(),
  faults: z.array(faultSchema),
  drifts: z.array(driftSchema),
  /** Says what was shown: changes are applied only to what still looks like it. */
  revision: z.string(),
});

export type Connectable = z.infer<typeof connectableSchema>;

/** Nothing would be done to it: it is connected, and nothing of it can be mended here. */
export function isDone({ isConnected, faults }: Connectable): boolean {
  return isConnected && !faults.some(({ isNote, changes }) => !isNote && changes.length > 0);
}

export const changeSchema = z.object({
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
  /** Why Vapi did not answer, in a sentence; null when it did, or there is no key. */
  failure: z.string().nullable(),
  resources: z.array(connectableSchema),
  /** Of the credential that changes set; null when one is still to be made. */
  credential: z.string().nullable(),
  changes: z.array(changeSchema),
  lastCheck: z.object({ checkedAt: moment.nullable(), failure: z.string().nullable() }),
});

export type ConnectState = z.infer<typeof connectStateSchema>;

/** When what is connected was last compared with Vapi, and why it could not be, where it could not. */
export const lastCheckSetting = defineSetting(
  "vapi-check",
  z.object({ checkedAt: moment.nullable(), failure: z.string().nullable() }),
  { checkedAt: null, failure: null },
);

/** How Vapi is to prove itself, where a credential is made. */
export const credentialChoiceSchema = z.enum(["hmac", "bearer"]).default("hmac");

const chosenSchema = targetSchema.extend({
  /** None: it is right as it is, and only watched from now on. */
  faults: z.array(faultKindSchema).max(faultKinds.length),
  revision: z.string(),
});

/** What is to be mended. */
export const applySchema = z.object({
  credential: credentialChoiceSchema,
  targets: z.array(chosenSchema).min(1).max(100),
});

export type Chosen = z.infer<typeof chosenSchema>;

/** What came of each. */
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
