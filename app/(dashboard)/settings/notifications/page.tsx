import type { Metadata } from "next";
import { ChannelForm } from "@/components/notifications/channel-form";
import { ChannelRow } from "@/components/notifications/channel-row";
import { EscalationList } from "@/components/notifications/escalation-list";
import { NotificationRow } from "@/components/notifications/notification-row";
import { IncidentRulesForm, RulesForm } from "@/components/notifications/rules-form";
import { Rows, Section } from "@/components/settings/section";
import { db } from "@/db/client";
import { listAssignees } from "@/db/queries/alerts/write";
import { listEscalationPolicies } from "@/db/queries/notifications/escalations";
import { listChannels, listNotifications } from "@/db/queries/notifications/read";
import { readSetting } from "@/db/queries/settings";
import { alertRulesSetting } from "@/lib/alerts/rules";
import { requireUser } from "@/lib/auth/server/session";
import { env } from "@/lib/env";
import { incidentRulesSetting } from "@/lib/incidents/rules";

export const metadata: Metadata = { title: "Alerts and notifications" };

const shown = 50;

/** When silence raises an alert, where alerts are sent, and the delivery log. */
export default async function NotificationsPage() {
  await requireUser("settings.manage");
  const [rules, incidentRules, channels, policies, people, sent] = await Promise.all([
    readSetting(db, alertRulesSetting),
    readSetting(db, incidentRulesSetting),
    listChannels(db),
    listEscalationPolicies(db),
    listAssignees(db),
    listNotifications(db, shown),
  ]);
  return (
    <div className="grid gap-10">
      <Section
        title="When to alert"
        about="Every hang Vapi reports raises an alert. Silence raises one by these rules."
      >
        <RulesForm rules={rules} />
      </Section>
      <Section
        title="Incident grouping"
        about="Alerts and failed calls with one likely cause are grouped into an incident: one line on the board and one message per channel instead of one per call."
      >
        <IncidentRulesForm rules={incidentRules} />
      </Section>
      <Section
        title="Channels"
        about="Send alerts to Slack, e-mail or a webhook, now or when unacknowledged. Caller names and numbers are masked. Slow call routing is reported here too."
      >
        <Rows label="Channels" empty="No channels yet. Alerts only appear in Earshot.">
          {channels.map((channel) => (
            <ChannelRow key={channel.id} {...channel} />
          ))}
        </Rows>
        <ChannelForm hasSlackUrl={env.SLACK_WEBHOOK_URL !== undefined} />
      </Section>
      <Section
        title="Escalation"
        about="Notifies more channels and people step by step while an alert stays unacknowledged. Stops when it is acknowledged, resolved or recovered."
      >
        <EscalationList
          policies={policies}
          targets={{ channels: channels.map(({ id, name }) => ({ id, name })), people }}
        />
      </Section>
      <Section title="Delivery log" about={`The ${shown} most recent notifications.`}>
        <Rows label="Delivery log" empty="No notifications yet.">
          {sent.map((notification) => (
            <NotificationRow key={notification.id} notification={notification} />
          ))}
        </Rows>
      </Section>
    </div>
  );
}
