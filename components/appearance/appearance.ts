import * as z from "zod";

/** A user's appearance settings. Kept in cookies, so that the server renders the first page with them. */
export const appearanceSchema = z.object({
  theme: z.enum(["system", "light", "dark"]).catch("system"),
  density: z.enum(["comfortable", "compact"]).catch("comfortable"),
  /** Sidebar with labels or icons only; "auto" depends on the window's width. */
  sidebar: z.enum(["auto", "wide", "narrow"]).catch("auto"),
});

export type Appearance = z.infer<typeof appearanceSchema>;
