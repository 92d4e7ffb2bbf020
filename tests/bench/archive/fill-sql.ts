import { sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { vectorOf } from "@/db/text-search";
import { wordRule } from "@/lib/reports/cut-words";

const vectorSql = (language: string, placed: string) =>
  new PgDialect().sqlToQuery(vectorOf(sql.raw(language), sql.raw(placed))).sql;

/** Calls of one chunk, drawn once; every statement below makes its rows from them. */
const freshTable = `
  create unlogged table bench_fresh (
    i bigint, id text, conversation uuid, at timestamptz, seconds float8, cost float8, assistant text, assistant_name text,
    number text, caller text, name text, hangs int, reason text, ended_group text, template int, success text, draw float8
  )
`;

/** $1 to $2 of $3 calls, spread over a year and over each day from 8:00 to 22:00, most in the afternoon. */
const fresh = `
  with drawn as (
    select i, date_trunc('day', now() - interval '366 days' + i * (interval '365 days' / $3::float8))
        + interval '8 hours' + interval '14 hours' * (bench_draw(i, 7) + bench_draw(i, 8)) / 2 as at,
      15 + least(1800, -ln(1 - bench_draw(i, 1) * 0.9999) * 160) as seconds,
      floor(15 * bench_draw(i, 2) ^ 2)::int as assistant, floor(40 * bench_draw(i, 3) ^ 2)::int as number,
      bench_draw(i, 6) as hang
    from generate_series($1::bigint, $2::bigint - 1) i
  ), named as (
    select *, lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as stamp, md5('call ' || i) as hex from drawn
  )
  insert into bench_fresh
  select i, substr(stamp, 1, 8) || '-' || substr(stamp, 9, 4) || '-7' || substr(hex, 1, 3) || '-a' || substr(hex, 4, 3) || '-'
      || substr(hex, 7, 12),
    md5('conversation ' || i / 20)::uuid, at, seconds,
    round((seconds / 60 * (0.05 + 0.1 * bench_draw(i, 5)))::numeric, 4), 'assistant-' || assistant, 'Assistant ' || assistant,
    '+1555020' || lpad(number::text, 4, '0'), '+1555' || lpad((i * 7919 % 10000000)::text, 7, '0'),
    case when bench_draw(i, 4) < 0.4
      then initcap(substr(md5('first ' || i % 997), 1, 6)) || ' ' || initcap(substr(md5('last ' || i % 50021), 1, 8)) end,
    case when hang < 0.06 then 1 + floor(hang * 50)::int else 0 end, reason.code, reason.ended_group,
    floor(bench_draw(i, 10) * $4::int)::int,
    case when bench_draw(i, 11) < 0.68 then 'true' when bench_draw(i, 11) < 0.85 then 'false' end, bench_draw(i, 12)
  from named join bench_reasons reason on reason.id = floor(bench_draw(i, 9) * $5::int)::int
`;

const conversations = `insert into conversations (id) select distinct conversation from bench_fresh on conflict do nothing`;

const calls = `
  insert into calls (id, conversation_id, status, status_rank, type, customer_number, customer_name, phone_number,
    assistant_id, assistant_name, started_at, ended_at, ended_reason, cost_usd, hangs, created_at, last_event_at,
    version, documented_version)
  select id, conversation, 'ended', 9, 'inboundPhoneCall', caller, name, number, assistant, assistant_name, at,
    at + make_interval(secs => seconds), reason, cost, hangs, at, at + make_interval(secs => seconds), 90, 90
  from bench_fresh order by id
`;

const lines = `
  insert into lines (call_id, key, role, source, text, at)
  select f.id, (lpad(to_hex(l.no), 8, '0') || substr(md5(f.id), 9))::uuid, l.role, 'transcript', l.text,
    f.at + l.no * interval '4 seconds'
  from bench_fresh f join bench_lines l on l.template = f.template order by f.id, l.no
`;

/** The lines already hold the conversation, so the reports omit it: less on disk, but nothing less to find. */
const reports = `
  insert into reports (call_id, at, summary, success_evaluation, cost_breakdown, messages)
  select f.id, f.at + make_interval(secs => f.seconds + 4), h.opening || ' ' || t.summary, f.success, '{"llm": 0.05}', '[]'
  from bench_fresh f join bench_openings h on h.i = f.i join bench_templates t on t.id = f.template
`;

/** Each call's own words precede those it shares with others, as placeWords numbers the words of the whole text. */
const documents = `
  insert into call_documents (call_id, call_version, created_at, assistant, assistant_name, number, ended_group,
    duration_seconds, cost_usd, is_success, hangs, tags, score, language, word_rule, words, masked_words)
  select f.id, 90, f.at, f.assistant, f.assistant_name, f.number, f.ended_group, f.seconds, f.cost, f.success::boolean,
    f.hangs, case when f.draw < 0.04 then '{urgent}'::text[] when f.draw < 0.08 then '{billing,refund}' else '{}' end,
    case when f.draw > 0.95 then 1 + (f.i % 5)::int end, t.language, ${wordRule},
    ${vectorSql("t.language", "h.placed")} || t.words,
    case when h.masked_placed is not null or t.masked_words is not null
      then ${vectorSql("t.language", "coalesce(h.masked_placed, h.said)")} || coalesce(t.masked_words, t.words) end
  from bench_fresh f join bench_openings h on h.i = f.i join bench_templates t on t.id = f.template order by f.at
`;

/** $1: openings of calls as JSON. */
const openings = `
  insert into bench_openings
  select * from jsonb_to_recordset($1::text::jsonb) as t(i bigint, opening text, placed jsonb, said jsonb, masked_placed jsonb)
`;

const tables = `
  create unlogged table bench_templates (id int primary key, language text, summary text, words tsvector, masked_words tsvector);
  create unlogged table bench_lines (template int, no int, role text, text text);
  create unlogged table bench_reasons (id int primary key, code text, ended_group text);
  create unlogged table bench_openings (i bigint, opening text, placed jsonb, said jsonb, masked_placed jsonb)
`;

/** $1: templates as JSON. */
const templates = `
  insert into bench_templates
  select t.id, t.language, t.summary, ${vectorSql("t.language", "t.placed")},
    case when t.masked_placed is not null then ${vectorSql("t.language", "t.masked_placed")} end
  from jsonb_to_recordset($1::text::jsonb) as t(id int, language text, summary text, placed jsonb, masked_placed jsonb)
`;

/** $1: number of bins for response times. */
const figures = `
  insert into call_figures (call_id, call_version, at, assistant, assistant_name, number, reason, calls, duration_ms, cost_usd,
    costed, hung, transferred, measured, measured_ms, user_ms, assistant_ms, silent_ms, assistant_turns, interruptions, replies)
  select id, 90, at, assistant, assistant_name, number, reason, 1, (seconds * 1000)::bigint, cost, 1, (hangs > 0)::int,
    (reason = 'assistant-forwarded-call')::int, 1, (seconds * 1000)::bigint, (seconds * 400)::bigint, (seconds * 450)::bigint,
    (seconds * 150)::bigint, 15, (i % 4)::int,
    array(select (bin = 8 + i % 9)::int * 3 + (bin = 5 + i % 5)::int * 8 from generate_series(1, $1::int) bin)
  from bench_fresh
`;

/** The statements that fill an archive, each over a whole chunk of calls. */
export const fillSql = {
  tables,
  templates,
  openings,
  freshTable,
  fresh,
  conversations,
  calls,
  lines,
  reports,
  documents,
  figures,
} as const;
