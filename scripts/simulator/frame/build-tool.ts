import type { ToolProfile } from "@/scripts/simulator/assistant-profile";

/** A function tool as it stands in `assistant.model.tools` and, with the call joined, in `toolWithToolCallList`. */
export function buildTool(tool: ToolProfile, serverUrl: string) {
  return {
    type: "function",
    function: {
      name: tool.name,
      description: tool.description,
      parameters: { type: "object", required: Object.keys(tool.properties), properties: tool.properties },
    },
    async: false,
    server: { url: serverUrl, timeoutSeconds: 20 },
    messages: [],
  };
}
