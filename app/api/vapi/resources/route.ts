import { route } from "@/lib/http/server/route";
import { resourcesSchema } from "@/lib/vapi/resources";
import { listResources } from "@/lib/vapi/server/resources";

export const GET = route("GET", "/api/vapi/resources", {
  access: "context.edit",
  summary:
    "Assistants, squads and numbers to choose from, by name: those of Vapi where a key is set, and those of calls",
  answer: resourcesSchema,
  handle: listResources,
});
