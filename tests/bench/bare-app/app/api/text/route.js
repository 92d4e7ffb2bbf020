/**
 * Baseline for uploads: a route that reads whatever it is sent.
 *
 * @param {Request} request
 */
export async function POST(request) {
  const text = await request.text();
  return Response.json({ length: text.length });
}
