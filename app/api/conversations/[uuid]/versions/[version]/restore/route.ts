import { after } from "next/server";
import { answerRestoration } from "@/lib/conversations/server/http";

type Context = RouteContext<"/api/conversations/[uuid]/versions/[version]/restore">;

/** An earlier version's context again, as a new version: 200 `{ conversation }`; 412 when somebody was first. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { uuid, version } = await params;
  const { response, later } = await answerRestoration(request, uuid, version);
  after(later);
  return response;
}
