import { z } from "zod";
import { subjectSchema } from "@/lib/privacy/subject";

/** Whose data is to be deleted, and what was typed to say that it is meant. */
export const deletionSchema = z.object({ subject: subjectSchema, confirmation: z.string().max(100) });
