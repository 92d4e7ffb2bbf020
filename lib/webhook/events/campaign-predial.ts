import "server-only";
import { z } from "zod";
import { db } from "@/db/client";
import type { DialingVerdict } from "@/lib/dialing/judge-dialing";
import { mayDial } from "@/lib/dialing/may-dial";
import { describeError, log } from "@/lib/log";
import { defineEvent } from "@/lib/webhook/define-event";
import { withDeadline } from "@/lib/with-deadline";

/** Vapi's `ServerMessageCampaignPredial`: about no call, for there is none yet. */
export const campaignPredialSchema = z.looseObject({
  campaignId: z.string(),
  contact: z.looseObject({ id: z.string().nullish(), number: z.string() }),
});

const deadlineMs = 1_500;

/**
 * May this contact be dialled? Vapi's `ServerMessageResponseCampaignPredial` wants `eligible`; the reason goes along
 * for the event log. While we cannot look, nobody is dialled: a call not made can be made later.
 */
export const campaignPredial = defineEvent({
  types: ["campaign.predial"],
  schema: campaignPredialSchema,
  identity: ({ campaignId, contact }) => `${campaignId} ${contact.id ?? contact.number}`,
  isAboutCall: false,
  respond: async ({ contact }, { receivedAt }): Promise<DialingVerdict> => {
    try {
      return await withDeadline(mayDial(db, contact.number, receivedAt), deadlineMs);
    } catch (cause) {
      log("warn", "whether a contact may be dialled could not be looked up", describeError(cause));
      return { eligible: false, reason: "The do-not-call list could not be read." };
    }
  },
  project: () => ({}),
});
