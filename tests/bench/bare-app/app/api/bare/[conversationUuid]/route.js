/**
 * Baseline for the webhook: a bare App Router route that parses the same body and answers 200.
 *
 * @param {Request} request
 * @param {{ params: Promise<{ conversationUuid: string }> }} context
 */
export async function POST(request, { params }) {
  await params;
  await request.json();
  return Response.json({});
}
