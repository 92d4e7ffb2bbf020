import type { Metadata } from "next";
import { InvitationRow } from "@/components/settings/invitation-row";
import { InviteForm } from "@/components/settings/invite-form";
import { PersonRow } from "@/components/settings/person-row";
import { RequirementForm } from "@/components/settings/requirement-form";
import { Rows, Section } from "@/components/settings/section";
import { db } from "@/db/client";
import { listInvitations } from "@/db/queries/auth/invitations";
import { listPeople } from "@/db/queries/auth/people";
import { readSetting } from "@/db/queries/settings";
import { requirementSetting } from "@/lib/auth/second-factor";
import { requireUser } from "@/lib/auth/server/session";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const self = await requireUser("people.manage");
  const [people, invitations, requirement] = await Promise.all([
    listPeople(db),
    listInvitations(db),
    readSetting(db, requirementSetting),
  ]);
  const now = new Date();
  return (
    <div className="grid gap-10">
      <Section title="Invite" about="Anyone with the link can join with this role.">
        <InviteForm />
      </Section>
      <Section title="Open invitations">
        <Rows label="Open invitations" empty="No open invitations">
          {invitations.map(({ id, email, role, invitedBy, expiresAt }) => (
            <InvitationRow
              key={id}
              id={id}
              email={email}
              role={role}
              invitedBy={invitedBy}
              expiresAt={expiresAt.toISOString()}
              isExpired={expiresAt <= now}
            />
          ))}
        </Rows>
      </Section>
      <Section title="People">
        <Rows label="People" empty="No people.">
          {people.map(({ id, name, email, role, blocked, hasSecondFactor, sessions, lastSeenAt }) => (
            <PersonRow
              key={id}
              id={id}
              name={name}
              email={email}
              role={role}
              blocked={blocked}
              hasSecondFactor={hasSecondFactor}
              sessions={sessions}
              lastSeenAt={lastSeenAt?.toISOString() ?? null}
              isSelf={id === self.id}
            />
          ))}
        </Rows>
      </Section>
      <Section
        title="Second factor"
        about="People who need one set up an authenticator app or a passkey at their next sign-in. Their sessions without one end immediately. API keys are not affected."
      >
        <RequirementForm requiredOf={requirement.requiredOf} />
      </Section>
    </div>
  );
}
