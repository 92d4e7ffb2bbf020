import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectFolder } from "../project-folder";

const secretsSchema = z.object({
  betterAuthSecret: z.string(),
  vapiWebhookSecret: z.string(),
  pusherKey: z.string(),
  pusherSecret: z.string(),
});

export type LocalSecrets = z.infer<typeof secretsSchema> & {
  /** Made just now, for the first start on this machine. */
  isNew: boolean;
};

/**
 * The secrets of an Earshot that runs on this machine only: made once per clone and kept in `.local/secrets.json`,
 * so that sessions, open tabs and assistants pointed here survive a restart.
 */
export function readLocalSecrets(): LocalSecrets {
  const folder = join(projectFolder, ".local");
  const file = join(folder, "secrets.json");
  const isNew = !existsSync(file);
  if (isNew) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${JSON.stringify(makeSecrets(), null, 2)}\n`, { mode: 0o600 });
  }
  return { ...secretsSchema.parse(JSON.parse(readFileSync(file, "utf8"))), isNew };
}

function makeSecrets(): z.infer<typeof secretsSchema> {
  const random = () => randomBytes(32).toString("base64url");
  return {
    betterAuthSecret: random(),
    vapiWebhookSecret: random(),
    pusherKey: randomBytes(10).toString("hex"),
    pusherSecret: random(),
  };
}
