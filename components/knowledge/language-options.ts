import { languages } from "@/lib/knowledge/knowledge";

/** The languages a document can be in, for a select. */
export const languageOptions = Object.entries(languages).map(([value, label]) => ({ value, label }));
