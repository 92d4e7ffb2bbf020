import { z } from "zod";

/** Long rather than contrived (NIST SP 800-63B): no rule about which characters. */
export const passwordLength = { min: 12, max: 128 } as const;

export const passwordSchema = z
  .string()
  .min(passwordLength.min, `A password has at least ${passwordLength.min} characters.`)
  .max(passwordLength.max, `A password has at most ${passwordLength.max} characters.`);
