import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { WelcomeForm } from "@/components/auth/welcome-form";
import { db } from "@/db/client";
import { hasPeople } from "@/db/queries/auth/people";

export const metadata: Metadata = { title: "Welcome" };

export default async function WelcomePage({ searchParams }: PageProps<"/welcome">) {
  if (await hasPeople(db)) redirect("/sign-in");
  const { token } = await searchParams;
  return (
    <AuthCard title="Welcome">
      <p className="text-muted">
        There are no accounts yet. Create the first admin; everyone else joins by invitation. Next, you
        connect your Vapi assistants.
      </p>
      <WelcomeForm token={typeof token === "string" ? token : ""} />
    </AuthCard>
  );
}
