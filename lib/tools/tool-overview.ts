import { z } from "zod";

/** How a tool did lately. */
export const toolFiguresSchema = z.object({
  calls: z.number(),
  failures: z.number(),
  /** From the question to the answer; null while nothing has been answered. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});

export type ToolFigures = z.infer<typeof toolFiguresSchema>;

/** A tool as the settings show it. */
export interface ToolOverview {
  name: string;
  description: string;
  effect: "read" | "write";
  timeoutMs: number;
  /** JSON Schema. */
  parameters: Record<string, unknown>;
  /** The endpoint behind it; null for a tool that Earshot brings along. */
  endpointId: string | null;
  isEnabled: boolean;
  figures: ToolFigures;
}
