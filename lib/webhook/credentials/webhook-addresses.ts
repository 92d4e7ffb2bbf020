import { addressRangesSchema } from "@/lib/credentials/address-ranges";
import { defineSetting } from "@/lib/settings/define-setting";

/** Where deliveries are taken from, whatever they prove themselves with. */
export const webhookAddressesSetting = defineSetting("webhook-addresses", addressRangesSchema, []);
