import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { CodeForm } from "@/components/auth/code-form";
import { PasskeyButton } from "@/components/auth/passkey-button";
import { SecondFactorSetup } from "@/components/auth/second-factor-setup";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { Link } from "@/components/ui/link";
import { db } from "@/db/client";
import { hasPassword } from "@/db/queries/auth/people";
import { findSecondFactors } from "@/db/queries/auth/second-factors";
import { getVisitor } from "@/lib/auth/server/session";
import { toLocalPath } from "@/lib/http/urls";

export const metadata: Metadata = { title: "Second factor" };

/**
 * The step between the password and all other pages. Without a session it asks for a code; a cookie identifies the person.
 */
export default async function SecondFactorPage({ searchParams }: PageProps<"/second-factor">) {
  const { next } = await searchParams;
  const path = toLocalPath(typeof next === "string" ? next : null);
  const visitor = await getVisitor();
  if (!visitor) {
    return (
      <AuthCard title="Enter your code">
        <CodeForm next={path} />
        <Link href="/sign-in" className="justify-self-center text-muted text-sm underline">
          Back to sign in
        </Link>
      </AuthCard>
    );
  }
  const { person, secondFactor } = visitor;
  // A path on this site, but the compiler cannot check it.
  if (secondFactor === "satisfied") redirect(path as Route);
  if (secondFactor === "set-up") {
    return (
      <AuthCard title="Set up a second factor">
        <p className="text-muted">
          This server requires a code or a passkey in addition to your password. You are signed in as{" "}
          {person.email}.
        </p>
        <SecondFactorSetup hasPassword={await hasPassword(db, person.id)} next={path} />
        <SignOutButton />
      </AuthCard>
    );
  }
  const { hasApp, passkeys } = await findSecondFactors(db, person.id);
  return (
    <AuthCard title="Confirm it's you">
      <p className="text-muted">You are signed in as {person.email}. One step is left.</p>
      {hasApp && <CodeForm next={path} />}
      {passkeys > 0 && <PasskeyButton next={path} />}
      <SignOutButton />
    </AuthCard>
  );
}
