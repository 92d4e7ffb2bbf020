import { RE2JS } from "re2js";
import * as z from "zod";
import { speakerSchema } from "@/lib/calls/call";
import { endedGroups } from "@/lib/calls/ended-reason";
import { sensitiveKinds } from "@/lib/rules/sensitive-data";

const ruleSpeaker = z.enum([...speakerSchema.options, "any"]);
const seconds = z.number().int().min(1).max(86_400);
const count = z.number().int().min(1).max(50);

/** How a phrase is matched; `pattern` takes RE2 syntax, which matches in linear time. */
const phraseMatches = ["words", "exact", "pattern"] as const;

const phrase = z
  .strictObject({
    kind: z.literal("phrase"),
    speaker: ruleSpeaker,
    phrase: z.string().trim().min(1, "Enter the words to look for.").max(300),
    match: z.enum(phraseMatches).default("words"),
  })
  .superRefine(({ phrase, match }, context) => {
    const error = match === "pattern" ? patternError(phrase) : wordsError(phrase);
    if (error) context.addIssue({ code: "custom", path: ["phrase"], message: error });
  });

function wordsError(text: string): string | null {
  return /[\p{L}\p{N}]/u.test(text) ? null : "Enter at least one word.";
}

function patternError(text: string): string | null {
  try {
    const pattern = RE2JS.compile(text);
    return pattern.matcher("").matches() ? "This pattern matches an empty text." : null;
  } catch {
    return "This is not a valid RE2 pattern. Lookaround and backreferences are not supported.";
  }
}

const sensitiveData = z.strictObject({
  kind: z.literal("sensitive-data"),
  speaker: ruleSpeaker.default("any"),
  data: z
    .array(z.enum(sensitiveKinds))
    .min(1, "Choose at least one kind of data.")
    .max(sensitiveKinds.length),
});

const toolFailing = z
  .strictObject({
    kind: z.literal("tool-failing"),
    /** Null: any tool, each counted separately. */
    tool: z.string().trim().min(1).max(200).nullable().default(null),
    failures: count,
    of: count,
  })
  .refine(({ failures, of }) => failures <= of, {
    path: ["of"],
    error: "There must be at least as many calls as failures.",
  });

/** Conditions that contain no others. */
const simple = [
  phrase,
  sensitiveData,
  toolFailing,
  z.strictObject({ kind: z.literal("no-answer"), seconds }),
  z.strictObject({ kind: z.literal("silence"), seconds }),
  z.strictObject({ kind: z.literal("interruptions"), count }),
  z.strictObject({ kind: z.literal("length"), seconds }),
  z.strictObject({ kind: z.literal("cost"), usd: z.number().positive().max(10_000) }),
  z.strictObject({
    kind: z.literal("response-time"),
    seconds: z.number().min(0.1).max(600),
    /** The percentile of the responses so far; 100: the slowest. */
    percentile: z.union([z.literal(50), z.literal(95), z.literal(100)]).default(95),
  }),
  z
    .strictObject({
      kind: z.literal("end-reason"),
      /** Vapi's codes; a trailing `*` matches any ending. */
      reasons: z.array(z.string().trim().min(1).max(200)).max(50).default([]),
      groups: z.array(z.enum(endedGroups)).max(endedGroups.length).default([]),
    })
    .refine(({ reasons, groups }) => reasons.length + groups.length > 0, {
      path: ["reasons"],
      error: "Choose at least one end reason.",
    }),
  z.strictObject({ kind: z.literal("threat") }),
] as const;

export type SimpleCondition = z.infer<(typeof simple)[number]>;

export type Condition =
  | SimpleCondition
  | { kind: "and"; of: Condition[] }
  | { kind: "or"; of: Condition[] }
  | { kind: "not"; of: Condition };

export type ConditionKind = Condition["kind"];
export type ConditionOf<K extends ConditionKind> = Extract<Condition, { kind: K }>;

/** Three nested groups, each negated, which is as deep as the form allows. */
const deepest = 6;
const most = 20;

/** Builds the schema level by level, so that no body can be deeper than what is checked. */
function conditionWithin(depth: number): z.ZodType<Condition> {
  if (depth === 0) return z.discriminatedUnion("kind", simple);
  // Left untyped, because each level of nesting would triple the size of the API's description.
  const inner = z
    .looseObject({ kind: z.string() })
    .transform((value): unknown => value)
    .pipe(conditionWithin(depth - 1));
  const several = z.array(inner).min(2, "Add at least two conditions.").max(10);
  return z.discriminatedUnion("kind", [
    ...simple,
    z.strictObject({ kind: z.literal("and"), of: several }),
    z.strictObject({ kind: z.literal("or"), of: several }),
    z.strictObject({ kind: z.literal("not"), of: inner }),
  ]);
}

/** When a rule fires. */
export const conditionSchema = conditionWithin(deepest).refine(
  (condition) => partsOf(condition).length <= most,
  {
    error: `A rule has at most ${most} conditions.`,
  },
);

/** For API answers: the condition was validated when it was stored. */
export const keptConditionSchema = z.custom<Condition>((value) => conditionSchema.safeParse(value).success);

/** Returns a condition and all conditions nested in it. */
export function partsOf(condition: Condition): Condition[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return [condition, ...condition.of.flatMap(partsOf)];
    case "not":
      return [condition, ...partsOf(condition.of)];
    default:
      return [condition];
  }
}
