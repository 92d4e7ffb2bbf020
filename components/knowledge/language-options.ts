import { languages } from "@/lib/knowledge/knowledge";

/** Document languages, for a select. */
export const languageOptions = Object.entries(languages).map(([value, label]) => ({ value, label }));
