import { z } from "zod";
import { toKnownNumber } from "@/lib/calls/known-number";
import type { RoutingRequest } from "@/lib/routing/routing-request";

const text = z.string().trim().min(1).nullish().catch(null);
const customer = z.looseObject({ number: text, sipUri: text }).nullish().catch(null);
const phoneNumber = z.looseObject({ id: text, number: text, sipUri: text }).nullish().catch(null);
const callSchema = z.looseObject({ customer, phoneNumber, phoneNumberId: text }).nullish().catch(null);
const requestSchema = z.looseObject({ customer, phoneNumber, call: callSchema });

/** Who calls whom. The message's own customer and phone number outrank those of `call`, a snapshot. */
export function readRequest(message: Record<string, unknown>): RoutingRequest {
  const { data } = requestSchema.safeParse(message);
  const caller = data?.customer ?? data?.call?.customer;
  const called = data?.phoneNumber ?? data?.call?.phoneNumber;
  const names = [called?.number, called?.sipUri, called?.id ?? data?.call?.phoneNumberId];
  return {
    caller: toKnownNumber(caller?.number) ?? toKnownNumber(caller?.sipUri),
    called: names.filter((name) => typeof name === "string"),
  };
}
