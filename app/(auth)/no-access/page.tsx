import type { Metadata } from "next";
import { AuthCard } from "@/components/auth/auth-card";
import { Link } from "@/components/ui/link";
import { getPerson } from "@/lib/auth/server/session";

export const metadata: Metadata = { title: "No access" };

export default async function NoAccessPage() {
  const person = await getPerson();
  return (
    <AuthCard title="You don't have access to this page">
      {person && (
        <p className="text-muted">
          You are signed in as {person.email} ({person.role}). An admin can change your role.
        </p>
      )}
      <Link href="/" className="text-accent underline">
        Go to live board
      </Link>
    </AuthCard>
  );
}
