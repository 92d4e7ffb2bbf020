import { route } from "@/lib/http/server/route";
import { resourcesSchema } from "@/lib/vapi/resources";
import { listResources } from "@/lib/vapi/server/resources";

export const GET = route("GET", "/api/vapi/resources", {
  access: "context.edit",
  summary:
    "List assistants, squads and numbers to choose from, by name: from Vapi if an API key is set, and from calls",
  answer: resourcesSchema,
  handle: listResources,
});
