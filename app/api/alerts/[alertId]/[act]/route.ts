import { after } from "next/server";
import { answerAction } from "@/lib/alerts/server/act";

type Context = RouteContext<"/api/alerts/[alertId]/[act]">;

/** `acknowledge`, `assign`, `snooze`, `note` or `resolve`: 200 `{ alert }`; 409 says who was first. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { alertId, act } = await params;
  const { response, later } = await answerAction(request, alertId, act);
  after(later);
  return response;
}
