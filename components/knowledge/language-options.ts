import { languages } from "@/lib/knowledge/languages";

/** The languages a document can be in, for a select. */
export const languageOptions = Object.entries(languages).map(([value, label]) => ({ value, label }));
