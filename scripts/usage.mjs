// Adds up the audit per person and model, as CSV: npm run --silent usage -- --from 2026-11-01 --to 2026-11-30
// Reads DATABASE_URL or DATA_DIR as the server does. It may run while the server does.
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import Papa from 'papaparse';

const help = `Writes CSV to standard output: for each person and model how many requests were sent to the gateway, how
many pictures they asked for and got, and how they ended. "unfinished" are under way, or were cut off by a crash.

  npm run --silent usage -- [--from YYYY-MM-DD] [--to YYYY-MM-DD] > usage.csv

Days are in UTC and count by when a request was sent, both included. The audit is kept for 90 days. With DATABASE_URL
it is that of all servers of that database, otherwise that in DATA_DIR.`;

const outcomes = ['done', 'failed', 'cancelled', 'interrupted'];

const { from, to } = readOptions();
const rows = new Map();
// The requests whose end has not been read yet, by id, with the row that they count in.
const open = new Map();
readSettings();
if (process.env.DATABASE_URL?.trim()) await countCharges(process.env.DATABASE_URL.trim());
else await countLines(join(resolve(process.env.DATA_DIR?.trim() || '.data'), 'audit'));
write();

async function countLines(folder) {
  for (const day of readDays(folder)) {
    // A request may end on a later day.
    if (day < from || (day > to && open.size === 0)) continue;
    for await (const line of linesOf(join(folder, `${day}.jsonl`))) count(line, day <= to);
  }
}

async function countCharges(url) {
  // Those who keep files need no database.
  const { default: pg } = await import('pg');
  try {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
    await client.connect();
    const ends = outcomes.map((end) => `count(*) filter (where outcome = '${end}')::int as ${end}`);
    // What was booked and given back is there only if the gateway got it. One without a name was booked by a server
    // that ended just then, or by one of an earlier version.
    const found = await client.query(
      `select coalesce(who, person) as person, coalesce(known_by, '') as known_by, model,
         count(*)::int as requests, sum(pictures)::int as pictures_asked,
         coalesce(sum(returned), 0)::int as pictures_returned, ${ends.join(', ')},
         count(*) filter (where outcome is null)::int as unfinished
       from charges where at >= $1 and at < $2 and (outcome is not null or state <> 'back')
       group by 1, 2, 3`,
      [startOf(from), startOf(to) + 24 * 60 * 60 * 1000],
    );
    for (const row of found.rows) rows.set(rows.size, row);
    await client.end();
  } catch (error) {
    // Its words may quote the URL, in which there may be a password.
    fail(`The database of DATABASE_URL cannot be read (${error.code ?? error.name}).`);
  }
}

function startOf(day) {
  return Date.parse(`${day}T00:00:00Z`);
}

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: { from: { type: 'string' }, to: { type: 'string' }, help: { type: 'boolean' } },
    }));
  } catch (error) {
    fail(`${error.message.split('\n')[0]}\n\n${help}`);
  }
  if (values.help) {
    console.log(help);
    process.exit(0);
  }
  const { from = '0000-01-01', to = '9999-12-31' } = values;
  if (values.from !== undefined) checkDay('--from', from);
  if (values.to !== undefined) checkDay('--to', to);
  if (from > to) fail(`--from ${from} is after --to ${to}.`);
  return { from, to };
}

function checkDay(option, text) {
  const date = new Date(`${text}T00:00:00Z`);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime());
  if (isDay && date.toISOString().startsWith(text)) return;
  fail(`${option} must be a day such as 2026-11-30, not ${JSON.stringify(text)}.`);
}

// In the order of Next's server; the first that names one counts, before all of them the environment.
function readSettings() {
  for (const file of ['.env.production.local', '.env.local', '.env.production', '.env']) {
    if (existsSync(file)) process.loadEnvFile(file);
  }
}

function readDays(path) {
  try {
    return readdirSync(path)
      .filter((name) => /^\d{4}-\d\d-\d\d\.jsonl$/.test(name))
      .map((name) => name.slice(0, 10))
      .sort();
  } catch (error) {
    if (error.code !== 'ENOENT') fail(`${path} cannot be read (${error.code}).`);
    return fail(
      `There is no audit at ${path}. It begins with the first request; is DATA_DIR right?`,
    );
  }
}

async function* linesOf(path) {
  try {
    for await (const text of createInterface({ input: createReadStream(path) })) {
      const line = parse(text);
      if (line) yield line;
    }
  } catch (error) {
    // The server removes what is too old.
    if (error.code !== 'ENOENT') fail(`${path} cannot be read (${error.code}).`);
  }
}

// A line that is being written, or that a full disk has cut, is none.
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function count(line, isWithin) {
  if (line.event === 'sent' && isWithin) {
    const row = rowOf(line);
    row.requests += 1;
    row.pictures_asked += line.asked;
    row.unfinished += 1;
    open.set(line.id, row);
  } else if (line.event === 'ended' && open.has(line.id)) {
    const row = open.get(line.id);
    open.delete(line.id);
    row.unfinished -= 1;
    row.pictures_returned += line.returned;
    if (outcomes.includes(line.outcome)) row[line.outcome] += 1;
  }
}

function rowOf({ who, by, model }) {
  const name = JSON.stringify([who, by, model]);
  const none = { requests: 0, pictures_asked: 0, pictures_returned: 0 };
  const ends = Object.fromEntries([...outcomes, 'unfinished'].map((end) => [end, 0]));
  const row = rows.get(name) ?? { person: who, known_by: by, model, ...none, ...ends };
  rows.set(name, row);
  return row;
}

function write() {
  const columns = [
    'person',
    'known_by',
    'model',
    'requests',
    'pictures_asked',
    'pictures_returned',
  ];
  const fields = [...columns, ...outcomes, 'unfinished'];
  const key = ({ person, known_by, model }) => `${person}\n${known_by}\n${model}`;
  const sorted = [...rows.values()].sort((one, other) => (key(one) < key(other) ? -1 : 1));
  const data = sorted.map((row) => fields.map((name) => row[name]));
  // Names come from anywhere, and a spreadsheet must not run one as a formula. The mark at the start is by
  // which spreadsheets know UTF-8.
  const csv = Papa.unparse({ fields, data }, { escapeFormulae: true, newline: '\r\n' });
  process.stdout.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.stdout.write(`\ufeff${csv.trimEnd()}\r\n`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
