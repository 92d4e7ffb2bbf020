/** `transcripts`: as `jsonl`, with what was said on each call. */
export const exportFormats = ["csv", "jsonl", "transcripts"] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** How the file is called and what it is, which both JSON formats have in common. */
export const exportFiles: Record<ExportFormat, { name: string; type: string }> = {
  csv: { name: "earshot-calls.csv", type: "text/csv; charset=utf-8" },
  jsonl: { name: "earshot-calls.jsonl", type: "application/jsonl; charset=utf-8" },
  transcripts: { name: "earshot-calls-with-transcripts.jsonl", type: "application/jsonl; charset=utf-8" },
};
