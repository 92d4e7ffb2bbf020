import type { Metadata } from "next";
import { KeyForm } from "@/components/settings/key-form";
import { KeyRow } from "@/components/settings/key-row";
import { Rows, Section } from "@/components/settings/section";
import { db } from "@/db/client";
import { type ListedKey, listApiKeys } from "@/db/queries/auth/api-keys";
import { requireUser } from "@/lib/auth/server/session";

export const metadata: Metadata = { title: "API keys" };

export default async function KeysPage() {
  await requireUser("keys.manage");
  const keys = await listApiKeys(db);
  return (
    <div className="grid gap-10">
      <Section
        title="Create API key"
        about={
          <>
            For scripts, sent as <code className="font-mono">Authorization: Bearer …</code>. A key has the
            permissions of its role.
          </>
        }
      >
        <KeyForm />
      </Section>
      <Section title="API keys">
        <Rows label="API keys" empty="No API keys yet.">
          {keys.map((key) => (
            <KeyRow
              key={key.id}
              id={key.id}
              name={key.name}
              prefix={key.prefix}
              role={key.role}
              createdBy={key.createdBy}
              state={stateOf(key)}
              createdAt={key.createdAt.toISOString()}
              expiresAt={key.expiresAt?.toISOString() ?? null}
              lastUsedAt={key.lastUsedAt?.toISOString() ?? null}
            />
          ))}
        </Rows>
      </Section>
    </div>
  );
}

function stateOf({ revokedAt, expiresAt }: ListedKey): "valid" | "expired" | "revoked" {
  if (revokedAt) return "revoked";
  return expiresAt && expiresAt <= new Date() ? "expired" : "valid";
}
