import * as z from "zod";

/** How one person wants to see the pages. Kept in cookies, so that the server's first page already looks so. */
export const lookSchema = z.object({
  theme: z.enum(["system", "light", "dark"]).catch("system"),
  density: z.enum(["comfortable", "compact"]).catch("comfortable"),
  /** The sidebar with words, or its icons alone; automatic: as the window has room. */
  sidebar: z.enum(["auto", "wide", "narrow"]).catch("auto"),
});

export type Look = z.infer<typeof lookSchema>;
