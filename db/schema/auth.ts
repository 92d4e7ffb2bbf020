import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "@/db/schema/columns";
import type { AuditAction } from "@/lib/audit/audit";
import type { Role } from "@/lib/auth/roles";

/**
 * better-auth's tables. Their keys are its field names, because its Drizzle adapter looks columns up by them. Our own columns
 * are marked.
 */

export const users = pgTable(
  "users",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    email: text().notNull().unique(),
    emailVerified: boolean().notNull().default(false),
    image: text(),
    role: text().$type<Role>().notNull().default("viewer"),
    banned: boolean().notNull().default(false),
    banReason: text(),
    banExpires: moment(),
    /** Whether an authenticator app is set up; passkeys do not count here. */
    twoFactorEnabled: boolean().notNull().default(false),
    /** Ours: the first person, created at /welcome. Unique where true, so that only one of two concurrent requests succeeds. */
    founder: boolean().notNull().default(false),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (table) => [uniqueIndex("users_founder").on(table.founder).where(sql`${table.founder}`)],
);

export const sessions = pgTable(
  "sessions",
  {
    id: text().primaryKey(),
    token: text().notNull().unique(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    expiresAt: moment().notNull(),
    ipAddress: text(),
    userAgent: text(),
    impersonatedBy: text(),
    /** Ours: whether the session was opened or confirmed with a second factor. */
    secondFactor: boolean().notNull().default(false),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (table) => [index("sessions_user").on(table.userId)],
);

/** A way to sign in: a password ("credential") or an identity provider. */
export const accounts = pgTable(
  "accounts",
  {
    id: text().primaryKey(),
    accountId: text().notNull(),
    providerId: text().notNull(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: moment(),
    refreshTokenExpiresAt: moment(),
    scope: text(),
    password: text(),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (table) => [
    index("accounts_user").on(table.userId),
    uniqueIndex("accounts_provider").on(table.providerId, table.accountId),
  ],
);

/** An authenticator app: its secret and recovery codes, encrypted by better-auth with BETTER_AUTH_SECRET. */
export const twoFactors = pgTable(
  "two_factors",
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    secret: text().notNull(),
    backupCodes: text().notNull(),
    /** False until the app's first code was correct. */
    verified: boolean().notNull().default(false),
    failedVerificationCount: integer().notNull().default(0),
    lockedUntil: moment(),
  },
  (table) => [uniqueIndex("two_factors_user").on(table.userId)],
);

/** A passkey's public key; the private key never leaves its device. */
export const passkeys = pgTable(
  "passkeys",
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text(),
    publicKey: text().notNull(),
    credentialID: text().notNull().unique(),
    counter: integer().notNull(),
    deviceType: text().notNull(),
    backedUp: boolean().notNull(),
    transports: text(),
    aaguid: text(),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [index("passkeys_user").on(table.userId)],
);

/** Pending one-time secrets: password resets, sign-in links, OAuth states. Identifiers are stored hashed. */
export const verifications = pgTable(
  "verifications",
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: moment().notNull(),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (table) => [index("verifications_identifier").on(table.identifier)],
);

/** Requests per address and path; in the database, so that the limit holds across processes. */
export const rateLimits = pgTable("rate_limits", {
  id: text().primaryKey(),
  key: text().notNull().unique(),
  count: integer().notNull(),
  lastRequest: bigint({ mode: "number" }).notNull(),
});

export const apiKeys = pgTable("api_keys", {
  id: uuid().primaryKey().defaultRandom(),
  name: text().notNull(),
  /** The first characters, to tell keys apart; only the holder has the rest. */
  prefix: text().notNull(),
  /** sha256 in hex. A key is 256 random bits, so no slow hash is needed. */
  keyHash: text().notNull().unique(),
  role: text().$type<Role>().notNull(),
  createdBy: text().notNull(),
  createdAt: moment().notNull().defaultNow(),
  expiresAt: moment(),
  lastUsedAt: moment(),
  revokedAt: moment(),
});

/**
 * Who did what to what, when, from where. A trigger rejects update, truncate, and delete except for outsiders' entries older
 * than 90 days (drizzle/*_audit_retention.sql). Names are copied, because people and keys may have been removed when an entry
 * is read.
 */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: moment().notNull().defaultNow(),
    actorKind: text().$type<"person" | "api-key" | "system" | "nobody">().notNull(),
    actorId: text(),
    actorName: text(),
    action: text().$type<AuditAction>().notNull(),
    /** The target's name: an e-mail, a key's name, a call id. Never a secret. */
    target: text(),
    detail: jsonb().$type<Record<string, string>>(),
    ip: text(),
  },
  (table) => [
    index("audit_log_at").on(table.at.desc(), table.id.desc()),
    index("audit_log_action").on(table.action, table.id.desc()),
    index("audit_log_actor").on(table.actorId, table.id.desc()),
  ],
);

/** An invitation, opened by a link. It stays as history once accepted or revoked. */
export const invitations = pgTable(
  "invitations",
  {
    id: uuid().primaryKey().defaultRandom(),
    email: text().notNull(),
    role: text().$type<Role>().notNull(),
    /** sha256 of the link's token; the token itself is shown once. */
    tokenHash: text().notNull().unique(),
    invitedBy: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    acceptedAt: moment(),
    revokedAt: moment(),
  },
  (table) => [
    uniqueIndex("invitations_pending")
      .on(table.email)
      .where(sql`${table.acceptedAt} is null and ${table.revokedAt} is null`),
  ],
);

/** A person's settings, wherever they sign in. */
export const preferences = pgTable(
  "preferences",
  {
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    value: jsonb().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.name] })],
);

/**
 * Wrong passwords per e-mail address, from anywhere; a correct one clears the row. Keyed by the address's hash, because people
 * type passwords into the wrong field.
 */
export const signInAttempts = pgTable("sign_in_attempts", {
  emailHash: text().primaryKey(),
  attempts: integer().notNull(),
  since: moment().notNull(),
});
