import { config } from "zod";

// Zod tries whether it may compile schemas, which the pages' content security policy forbids, and reports as a violation.
config({ jitless: true });
