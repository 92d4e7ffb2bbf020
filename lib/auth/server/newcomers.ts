import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import type { GenericEndpointContext } from "better-auth";
import { APIError } from "better-auth/api";
import type { Database } from "@/db/client";
import { recordAudit } from "@/db/queries/audit";
import { claimInvitation } from "@/db/queries/auth/invitations";
import { clientAddress } from "@/lib/auth/server/client-address";
import { roleForNewcomer } from "@/lib/auth/server/oidc";
import { trustedProviders } from "@/lib/auth/server/providers";

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

const openTransaction = new AsyncLocalStorage<Transaction>();

/**
 * The database for better-auth. It runs hooks in its transactions without passing them on, and a hook that takes another
 * connection would wait for ever once all are taken by such transactions; nor would its changes be undone with theirs.
 */
export function withOpenTransaction(db: Database): Database {
  const transaction: Database["transaction"] = (work, config) =>
    db.transaction((tx) => openTransaction.run(tx, () => work(tx)), config);
  return new Proxy(db, {
    get: (target, name) => (name === "transaction" ? transaction : Reflect.get(target, name)),
  });
}

type Newcomer = { email: string; emailVerified: boolean };

/**
 * Admits a new person from an identity provider: with the role from the provider's claims (lib/auth/server/oidc.ts),
 * else only with an open invitation for the exact address that the provider has verified. The invitation is used up and
 * its role given, in the transaction that creates the person, if there is one.
 * @throws APIError 403 `not_invited` or `email_not_verified`, which the sign-in page turns into messages
 */
export async function admitNewcomer(
  db: Database,
  newcomer: Newcomer,
  context: GenericEndpointContext | null,
) {
  const provider = context?.params?.id;
  if (!newcomer.emailVerified && !trustedProviders().some((trusted) => trusted === provider)) {
    throw new APIError("FORBIDDEN", { code: "email_not_verified", message: "The address is not verified." });
  }
  const database = openTransaction.getStore() ?? db;
  const claimed = roleForNewcomer(context?.request);
  const invitation = await claimInvitation(database, { email: newcomer.email });
  const role = claimed ?? invitation?.role;
  if (!role) {
    throw new APIError("FORBIDDEN", { code: "not_invited", message: "This address has no invitation." });
  }
  await recordAudit(database, {
    actor: { kind: "system", name: provider ?? "identity provider" },
    action: claimed ? "person.admitted" : "invitation.accepted",
    target: invitation?.email ?? newcomer.email,
    detail: { role },
    ip: context?.headers ? clientAddress(context.headers) : null,
  });
  return { data: { ...newcomer, emailVerified: true, role } };
}
