/** PostgreSQL's text search configurations by name, with the words the page shows. `simple` knows no grammar. */
export const languages = {
  english: "English",
  danish: "Danish",
  dutch: "Dutch",
  finnish: "Finnish",
  french: "French",
  german: "German",
  italian: "Italian",
  norwegian: "Norwegian",
  portuguese: "Portuguese",
  spanish: "Spanish",
  swedish: "Swedish",
  turkish: "Turkish",
  simple: "Another: words as they are written",
} as const;

export type KnowledgeLanguage = keyof typeof languages;
