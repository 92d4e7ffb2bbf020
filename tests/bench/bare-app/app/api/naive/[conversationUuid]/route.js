import postgres from "postgres";

const sql = postgres(process.env.DATABASE_URL ?? "", { max: 10, fetch_types: false });

/**
 * What most would write first: the whole body into a row, nothing made of it, nobody told.
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
