import { z } from "zod";

/** Whether events can be taken, for anybody who asks. */
export const healthSchema = z.object({
  status: z.enum(["ok", "failing"]),
  database: z.enum(["up", "down"]),
  /** By what the process that answers saw of it: `unknown` until it has published anything. */
  realtime: z.enum(["up", "failing", "unknown"]),
  lastEventAt: z.iso.datetime().nullable(),
});

export type Health = z.infer<typeof healthSchema>;
