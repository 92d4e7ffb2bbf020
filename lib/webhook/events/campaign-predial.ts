import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import { answerInTime } from "@/lib/async";
import type { DialingVerdict } from "@/lib/dialing/rules";
import { defineEvent } from "@/lib/webhook/server/define-event";

/** Vapi's `ServerMessageCampaignPredial`: not about a call, because there is none yet. */
export const campaignPredialSchema = z.looseObject({
  campaignId: z.string(),
  contact: z.looseObject({ id: z.string().nullish(), number: z.string() }),
});

const unknown = { eligible: false, reason: "The do-not-call list could not be read." };

/**
 * Decides whether a contact may be dialed. Vapi's `ServerMessageResponseCampaignPredial` wants `eligible`; the reason
 * is added for the event log. If the list cannot be read the contact is not dialed: the call can still be made later.
 */
export const campaignPredial = defineEvent({
  types: ["campaign.predial"],
  schema: campaignPredialSchema,
  identity: ({ campaignId, contact }) => `${campaignId} ${contact.id ?? contact.number}`,
  isAboutCall: false,
  respond: async ({ contact }, { receivedAt }): Promise<{ reply: DialingVerdict }> => ({
    reply: await answerInTime(
      // With the metadata of all numbers, which no other event needs after a cold start.
      import("@/lib/dialing/server/dialing").then(({ mayDial }) => mayDial(db, contact.number, receivedAt)),
      receivedAt,
      unknown,
      "the do-not-call list could not be read",
    ),
  }),
  project: () => ({}),
});
