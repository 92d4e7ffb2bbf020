import type { TestProject } from "vitest/node";
import { applyMigrations } from "@/scripts/local/apply-migrations";
import { ensureDatabase, startThrowawayPostgres } from "@/scripts/local/throwaway-postgres";
import { templateName } from "@/tests/support/database/template-name";

declare module "vitest" {
  interface ProvidedContext {
    /** The database `postgres` of the run's own server, as superuser. */
    postgresUrl: string;
  }
}

/** One PostgreSQL for the whole run, with a template that every test file's database is copied from. */
export default async function setUp(project: TestProject) {
  const server = await startThrowawayPostgres();
  try {
    await applyMigrations(await ensureDatabase(server, templateName));
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("postgresUrl", server.urlOf("postgres"));
  return server.stop;
}
