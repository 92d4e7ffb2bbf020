import { getAuthenticatorName } from "@better-auth/passkey";
import type { Metadata } from "next";
import { PasskeyForm } from "@/components/auth/passkey-form";
import { OwnNumberForm } from "@/components/control/own-number-form";
import { Authenticator } from "@/components/settings/authenticator";
import { PasskeyRow } from "@/components/settings/passkey-row";
import { PasswordForm } from "@/components/settings/password-form";
import { Rows, Section } from "@/components/settings/section";
import { SessionRow } from "@/components/settings/session-row";
import { db } from "@/db/client";
import { hasPassword, listSessions } from "@/db/queries/auth/people";
import { findSecondFactors, listPasskeys } from "@/db/queries/auth/second-factors";
import { readOwnNumber } from "@/db/queries/control";
import { describeDevice } from "@/lib/auth/device";
import { can } from "@/lib/auth/permissions";
import { requireUser } from "@/lib/auth/server/session";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const person = await requireUser("account.own");
  const [sessions, canChangePassword, ownNumber, { hasApp }, passkeys] = await Promise.all([
    listSessions(db, person.id),
    hasPassword(db, person.id),
    readOwnNumber(db, person.id),
    findSecondFactors(db, person.id),
    listPasskeys(db, person.id),
  ]);
  return (
    <div className="grid gap-10">
      <Section title={person.name} about={`${person.email} · ${person.role}`}>
        {canChangePassword ? (
          <PasswordForm email={person.email} />
        ) : (
          <p className="text-muted">
            You sign in through an identity provider, so there is no password here.
          </p>
        )}
      </Section>
      <Section
        title="Authenticator app"
        about="A code from an app on your phone, asked for at each sign-in. Setting it up ends your other sessions."
      >
        <Authenticator isOn={hasApp} hasPassword={canChangePassword} />
      </Section>
      <Section
        title="Passkeys"
        about="Sign in with a fingerprint, a face or a PIN in place of the password and the code."
      >
        <Rows label="Passkeys" empty="No passkeys">
          {passkeys.map(({ id, name, aaguid, createdAt }) => (
            <PasskeyRow
              key={id}
              id={id}
              name={name ?? "Passkey"}
              manager={getAuthenticatorName(aaguid) ?? null}
              createdAt={createdAt.toISOString()}
            />
          ))}
        </Rows>
        <PasskeyForm />
      </Section>
      {can(person.role, "calls.control") && (
        <Section
          title="My own number"
          about="Take over transfers a call to this phone. Colleagues see “their own phone”, not the number."
        >
          <OwnNumberForm number={ownNumber} />
        </Section>
      )}
      <Section title="Sessions" about="Where you are signed in. Sessions expire a week after their last use.">
        <Rows label="Sessions" empty="No open sessions.">
          {sessions.map(({ id, userAgent, ipAddress, createdAt, updatedAt }) => (
            <SessionRow
              key={id}
              id={id}
              device={describeDevice(userAgent)}
              ipAddress={ipAddress}
              createdAt={createdAt.toISOString()}
              updatedAt={updatedAt.toISOString()}
              isCurrent={id === person.sessionId}
            />
          ))}
        </Rows>
      </Section>
    </div>
  );
}
