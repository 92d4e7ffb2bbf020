import { z } from "zod";

/** Somebody who has a call open. */
export const watcherSchema = z.object({ id: z.string(), name: z.string() });

export type Watcher = z.infer<typeof watcherSchema>;

/** Who has which call open, by call id; calls nobody has open may be absent. */
export const watchersSchema = z.record(z.string(), z.array(watcherSchema));

export type Watchers = z.infer<typeof watchersSchema>;
