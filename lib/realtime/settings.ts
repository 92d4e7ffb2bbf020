import { z } from "zod";

/** What a browser needs to reach the Pusher server; handed over at run time by the dashboard layout. */
export const realtimeSettingsSchema = z.object({
  key: z.string(),
  cluster: z.string(),
  /** Null for Pusher Channels itself; a host and port for any other server that speaks its protocol. */
  server: z.object({ host: z.string(), port: z.number().int(), useTls: z.boolean() }).nullable(),
});

export type RealtimeSettings = z.infer<typeof realtimeSettingsSchema>;
