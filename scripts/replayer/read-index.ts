import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const entrySchema = z.looseObject({ file: z.string().optional(), atSeconds: z.number().optional() });
const indexSchema = z.looseObject({ events: z.array(entrySchema) });

export type IndexEntry = z.infer<typeof entrySchema>;

/** A folder's `index.json`: its files in order, with their times if it knows them. Null if there is none to go by. */
export function readIndex(folder: string): IndexEntry[] | null {
  const file = join(folder, "index.json");
  if (!existsSync(file)) return null;
  try {
    return indexSchema.parse(JSON.parse(readFileSync(file, "utf8"))).events;
  } catch {
    return null;
  }
}
