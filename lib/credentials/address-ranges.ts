import { z } from "zod";

const range = z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], {
  error: "Write addresses or CIDR ranges, like 167.150.224.0/23 or 2001:db8::/32.",
});

/** Source addresses deliveries are taken from, IPv4 and IPv6, with or without a prefix length. None: from anywhere. */
export const addressRangesSchema = z.array(range).max(100);

/** The ranges in a text, separated by commas, spaces or line breaks; not yet checked. */
export function splitRanges(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}
