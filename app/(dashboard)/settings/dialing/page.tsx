import type { Metadata } from "next";
import { BlockForm } from "@/components/dialing/block-form";
import { BlockedNumberRow } from "@/components/dialing/blocked-number-row";
import { DialingCheck } from "@/components/dialing/dialing-check";
import { DialingRulesForm } from "@/components/dialing/dialing-rules-form";
import { TransferDefaultsForm } from "@/components/dialing/transfer-defaults-form";
import { Rows, Section } from "@/components/settings/section";
import { db } from "@/db/client";
import { listDoNotCall } from "@/db/queries/do-not-call";
import { readSetting } from "@/db/queries/settings";
import { requireUser } from "@/lib/auth/server/session";
import { dialingRulesSetting } from "@/lib/dialing/rules";
import { transferDefaultsSetting } from "@/lib/routing/routing";

export const metadata: Metadata = { title: "Dialing and transfers" };

const shown = 100;

export default async function DialingPage() {
  await requireUser("settings.manage");
  const [rules, transfers, blocked] = await Promise.all([
    readSetting(db, dialingRulesSetting),
    readSetting(db, transferDefaultsSetting),
    listDoNotCall(db, shown),
  ]);
  return (
    <div className="grid gap-10">
      <Section
        title="Check a number"
        about="Vapi campaigns whose predialPlan points to this server ask before each call. If the list cannot be read, the call is blocked."
      >
        <DialingCheck />
      </Section>
      <Section
        title="Calling hours"
        about="In the recipient’s time zone. If a number could be in several time zones, it must be within hours in all of them."
      >
        <DialingRulesForm rules={rules} />
      </Section>
      <Section
        title="Do-not-call list"
        about="Stored as fingerprints: you can check whether a number is listed, but not read the numbers back. Deleting a caller’s data does not remove them from this list."
      >
        <BlockForm />
        <Rows label="Do-not-call list" empty="List is empty">
          {blocked.numbers.map((number) => (
            <BlockedNumberRow key={number.id} number={number} />
          ))}
        </Rows>
        {blocked.total > shown && (
          <p className="text-muted text-xs">
            The {shown} most recent of {blocked.total.toLocaleString("en")}.
          </p>
        )}
      </Section>
      <Section
        title="Transfers"
        about="Used when an assistant asks for a destination and the conversation’s context (transferTo, handoffTo) has none."
      >
        <TransferDefaultsForm defaults={transfers} />
      </Section>
    </div>
  );
}
