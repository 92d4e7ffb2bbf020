import { z } from "zod";
import type { RoutingRequest } from "@/lib/routing/routing-request";

const text = z.string().trim().min(1).nullish().catch(null);
const customer = z.looseObject({ number: text, sipUri: text }).nullish().catch(null);
const phoneNumber = z.looseObject({ id: text, number: text, sipUri: text }).nullish().catch(null);
const callSchema = z.looseObject({ customer, phoneNumber, phoneNumberId: text }).nullish().catch(null);
const requestSchema = z.looseObject({ customer, phoneNumber, call: callSchema });

/** How carriers write that a caller wants to stay unknown. */
const withheld = /^\+?(anonymous|restricted|private|unknown|unavailable|withheld|blocked|0*)$/i;

/** Who calls whom. The message's own customer and phone number outrank those of `call`, a snapshot. */
export function readRequest(message: Record<string, unknown>): RoutingRequest {
  const { data } = requestSchema.safeParse(message);
  const caller = data?.customer ?? data?.call?.customer;
  const called = data?.phoneNumber ?? data?.call?.phoneNumber;
  const names = [called?.number, called?.sipUri, called?.id ?? data?.call?.phoneNumberId];
  return {
    caller: toCaller(caller?.number) ?? toCaller(caller?.sipUri),
    called: names.filter((name) => typeof name === "string"),
  };
}

function toCaller(number: string | null | undefined): string | null {
  const name = number?.replace(/^sips?:/i, "").split("@")[0] ?? "";
  return number && !withheld.test(name) ? number : null;
}
