import type { Metadata } from "next";
import { RuleList } from "@/components/rules/rule-list";
import { Section } from "@/components/settings/section";
import { db } from "@/db/client";
import { listEntries } from "@/db/queries/directory";
import { listChannels } from "@/db/queries/notifications/read";
import { listRules } from "@/db/queries/rules";
import { can } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/server/session";

export const metadata: Metadata = { title: "Rules" };

/** The rules that raise alerts, tag calls and act on them. */
export default async function RulesPage() {
  const { role } = await requireUser("rules.view");
  const canEdit = can(role, "settings.manage");
  const [rules, channels, entries] = await Promise.all([
    listRules(db),
    canEdit ? listChannels(db) : [],
    canEdit ? listEntries(db) : [],
  ]);
  return (
    <Section
      title="Rules"
      about="A rule fires once per episode in a call. Back-test it to see where it would have fired in the last 30 days."
    >
      <RuleList
        rules={rules}
        canEdit={canEdit}
        targets={{
          channels: channels.map(({ id, name }) => ({ id, name })),
          teams: entries.map(({ id, team }) => ({ id, team })),
        }}
      />
    </Section>
  );
}
