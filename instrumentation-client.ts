import { config } from "zod";

// Without this, Zod tests whether it may compile schemas, which the pages' content security policy blocks and reports.
config({ jitless: true });
