import { z } from "zod";
import { defineSetting } from "@/lib/settings/define-setting";

const place = z.string().trim().max(200).nullable();

/** Where calls go when neither their conversation nor the directory says: an empty one sends nobody anywhere. */
export const transferDefaultsSchema = z.object({ transferTo: place, handoffTo: place });

export type TransferDefaults = z.infer<typeof transferDefaultsSchema>;

export const transferDefaultsSetting = defineSetting("transfer-defaults", transferDefaultsSchema, {
  transferTo: null,
  handoffTo: null,
});
