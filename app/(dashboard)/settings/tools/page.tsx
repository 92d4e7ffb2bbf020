import type { Metadata } from "next";
import { Rows, Section } from "@/components/settings/section";
import { EndpointForm } from "@/components/tools/endpoint-form";
import { EntryForm } from "@/components/tools/entry-form";
import { EntryRow } from "@/components/tools/entry-row";
import { MailForm } from "@/components/tools/mail-form";
import { ToolItem } from "@/components/tools/tool-item";
import { db } from "@/db/client";
import { listEntries } from "@/db/queries/directory";
import { readSetting } from "@/db/queries/settings";
import { can } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/server/session";
import { canSendMail } from "@/lib/mail/server/send-mail";
import { mailSettings } from "@/lib/tools/mail-settings";
import { figureDays, listTools } from "@/lib/tools/server/registry";

export const metadata: Metadata = { title: "Tools" };

/** The tools assistants can call, with figures, and the settings for admins. */
export default async function ToolsPage() {
  const { role } = await requireUser("tools.view");
  const canManage = can(role, "settings.manage");
  const [tools, entries, mail] = await Promise.all([
    listTools(db),
    listEntries(db),
    readSetting(db, mailSettings),
  ]);
  return (
    <div className="grid gap-10">
      <Section
        title="Tools"
        about={`Tools assistants can call. Copy a definition into an assistant's tools; unless it has its own server, it is called at the assistant's Server URL. Figures cover the last ${figureDays} days.`}
      >
        <Rows label="Tools" empty="No tools yet.">
          {tools.map((tool) => (
            <ToolItem key={tool.name} tool={tool} />
          ))}
        </Rows>
      </Section>
      {canManage && (
        <Section title="Add endpoint" about="Makes your own HTTP service available as a tool.">
          <details className="rounded-lg border border-line bg-surface px-4 py-3">
            <summary className="cursor-pointer font-medium">New endpoint</summary>
            <div className="pt-4">
              <EndpointForm endpoint={null} />
            </div>
          </details>
        </Section>
      )}
      <Section title="Directory" about="Teams that transfer_to_team can transfer calls to, with their hours.">
        <Rows label="Directory" empty="No teams yet. Calls cannot be transferred by name.">
          {entries.map((entry) => (
            <EntryRow key={entry.id} entry={entry} canManage={canManage} />
          ))}
        </Rows>
        {canManage && <EntryForm entry={null} />}
      </Section>
      {canManage && (
        <Section
          title="E-mails"
          about="The e-mails send_email can send, and their recipients. The assistant only fills in placeholders."
        >
          <MailForm settings={mail} canSend={canSendMail()} />
        </Section>
      )}
    </div>
  );
}
