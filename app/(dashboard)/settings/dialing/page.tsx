import type { Metadata } from "next";
import { BarForm } from "@/components/dialing/bar-form";
import { BarredRow } from "@/components/dialing/barred-row";
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
  const [rules, transfers, barred] = await Promise.all([
    readSetting(db, dialingRulesSetting),
    readSetting(db, transferDefaultsSetting),
    listDoNotCall(db, shown),
  ]);
  return (
    <div className="grid gap-10">
      <Section
        title="Check a number"
        about="What a campaign of Vapi’s is told before it dials, if its predialPlan asks this server. While the list cannot be read, nobody is dialed."
      >
        <DialingCheck />
      </Section>
      <Section
        title="Calling hours"
        about="In the time zone of the number that is called. Where a number may be in several time zones, the hours must hold in all of them."
      >
        <DialingRulesForm rules={rules} />
      </Section>
      <Section
        title="Do-not-call list"
        about="Kept as fingerprints: whether a number is on it can be checked, but not read from it. Deleting a caller’s data leaves it as it is."
      >
        <BarForm />
        <Rows label="Do-not-call list" empty="List is empty">
          {barred.numbers.map((number) => (
            <BarredRow key={number.id} number={number} />
          ))}
        </Rows>
        {barred.total > shown && (
          <p className="text-muted text-xs">
            The newest {shown} of {barred.total.toLocaleString("en")}.
          </p>
        )}
      </Section>
      <Section
        title="Transfers"
        about="Where a call goes when its assistant asks for a destination and the conversation’s context (transferTo, handoffTo) names none."
      >
        <TransferDefaultsForm defaults={transfers} />
      </Section>
    </div>
  );
}
