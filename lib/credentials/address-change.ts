import { z } from "zod";
import { addressRangesSchema } from "@/lib/credentials/address-ranges";

/** Where deliveries are to be taken from. */
export const addressChangeSchema = z.object({ ranges: addressRangesSchema });
