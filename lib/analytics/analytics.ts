import { z } from "zod";
import { figuresSchema } from "@/lib/analytics/figures";

const at = z.iso.datetime();
const spanSchema = z.object({ from: at, until: at });
const compared = { figures: figuresSchema, before: figuresSchema };

/** How the calls of a period went, beside those of the period of the same length right before it. */
export const analyticsSchema = z.object({
  period: spanSchema,
  /** The period before; where the period goes on, it ends at the same time of day. */
  before: spanSchema,
  total: z.object(compared),
  /** Hours for one or two days, else days: all of them, those without calls too. `until` ends each. */
  steps: z.array(z.object({ from: at, until: at, figures: figuresSchema })),
  /** Calls by weekday (1: Monday) and hour of the zone; those without any are left out. */
  hours: z.array(z.object({ weekday: z.number().int(), hour: z.number().int(), calls: z.number().int() })),
  /** By end reason, most frequent first; an empty code where none is known. */
  reasons: z.array(z.object({ code: z.string(), calls: z.number().int(), callsBefore: z.number().int() })),
  /** All there are, whichever the filter names. An empty key: of no known assistant. */
  assistants: z.array(z.object({ key: z.string(), name: z.string(), ...compared })),
  /** All there are, whichever the filter names. An empty key: web calls, which have no number. */
  numbers: z.array(z.object({ key: z.string(), ...compared })),
});

export type Analytics = z.infer<typeof analyticsSchema>;
