import postgres from "postgres";

const sql = postgres(process.env.DATABASE_URL ?? "", { max: 10, fetch_types: false });

/**
 * Baseline: the obvious first version, which stores the whole body in a row, with no processing and no push.
 *
 * @param {Request} request
 * @param {{ params: Promise<{ conversationUuid: string }> }} context
 */
export async function POST(request, { params }) {
  const { conversationUuid } = await params;
  const body = await request.json();
  await sql`insert into naive (conversation_id, body) values (${conversationUuid}, ${sql.json(body)})`;
  return Response.json({});
}
