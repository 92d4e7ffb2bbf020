import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { PasskeyButton } from "@/components/auth/passkey-button";
import { ProviderButtons } from "@/components/auth/provider-buttons";
import { SignInForm } from "@/components/auth/sign-in-form";
import { db } from "@/db/client";
import { hasPeople } from "@/db/queries/auth/people";
import { signInProblem } from "@/lib/auth/schemas";
import { secondFactorPath } from "@/lib/auth/second-factor";
import { configuredProviders } from "@/lib/auth/server/providers";
import { getVisitor } from "@/lib/auth/server/session";
import { toLocalPath } from "@/lib/http/urls";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { next, error } = await searchParams;
  const path = toLocalPath(typeof next === "string" ? next : null);
  const visitor = await getVisitor();
  // A path on this site, but the compiler cannot check it.
  if (visitor) redirect(visitor.secondFactor === "satisfied" ? (path as Route) : secondFactorPath(path));
  if (!(await hasPeople(db))) redirect("/welcome");
  return (
    <AuthCard title="Sign in">
      <ProviderButtons providers={configuredProviders()} next={path} />
      <SignInForm next={path} initialProblem={typeof error === "string" ? signInProblem(error) : null} />
      <PasskeyButton next={path} />
    </AuthCard>
  );
}
