import * as z from "zod";
import { actorSchema } from "@/lib/alerts/alert";
import { mostChosen } from "@/lib/reports/filter";

/** A tag as stored: lower case, single spaces. No commas, because they separate tags in URLs. */
export const tagSchema = z
  .string()
  .transform((tag) => tag.normalize("NFC").trim().toLowerCase().replace(/\s+/g, " "))
  .pipe(
    z
      .string()
      .min(1)
      .max(40)
      .regex(/^[^\0,]*$/, "Tags cannot contain commas."),
  );

/** Most tags of one call. */
export const mostTags = 20;
const tagsSchema = z
  .array(tagSchema)
  .max(mostTags)
  .transform((tags) => [...new Set(tags)].sort());

const scoreSchema = z.number().int().min(1).max(5);

/** People's tags, score and notes on a call. */
export const reviewSchema = z.object({
  tags: z.array(z.string()),
  score: z.number().int().nullable(),
  scoredBy: actorSchema.nullable(),
  scoredAt: z.iso.datetime().nullable(),
  /** Oldest first. */
  notes: z.array(z.object({ id: z.number().int(), by: actorSchema, at: z.iso.datetime(), text: z.string() })),
});

/** Changes to a review; absent fields stay. */
export const reviewChangeSchema = z.object({
  tags: tagsSchema.optional(),
  score: scoreSchema.nullable().optional(),
});

/** Tags to add to or remove from several calls. */
export const bulkTagsSchema = z.object({
  ids: z.array(z.string().min(1).max(200)).min(1).max(mostChosen),
  add: tagsSchema.default([]),
  remove: tagsSchema.default([]),
});

export type Review = z.infer<typeof reviewSchema>;
export type ReviewChange = z.infer<typeof reviewChangeSchema>;

/** A note on a call. */
export const noteSchema = z.object({
  text: z
    .string()
    .trim()
    .min(1)
    .max(2_000)
    .regex(/^[^\0]*$/, "Text must not contain NUL."),
});
