// Graphile Worker doing what `scripts/bench work` has Bothy do: each job makes one insert of its own.
//
// Reads one command a line from standard input and answers each with one line of JSON:
//   load <count>        puts that many jobs in
//   run default|batched works until none is left: {"milliseconds": ..., "handled": ...}
import readline from 'node:readline';
import { makeWorkerUtils, run, Logger } from 'graphile-worker';
import pg from 'pg';

const connectionString = process.env.DATABASE_URL;
const concurrentJobs = Number(process.env.WORKERS);
const note = 'x'.repeat(Number(process.env.PAYLOAD_BYTES));
const logger = new Logger(() => () => {});
const pool = new pg.Pool({ connectionString, max: 2 });
const utils = await makeWorkerUtils({ connectionString, logger });
await utils.migrate();

async function load(count) {
  for (let from = 0; from < count; from += 5000) {
    const jobs = [];
    for (let n = from; n < Math.min(count, from + 5000); n++) {
      jobs.push({ identifier: 'effect', payload: { n, note } });
    }
    await utils.addJobs(jobs);
  }
  await pool.query('vacuum analyze graphile_worker._private_jobs');
}

async function work(mode) {
  let handled = 0;
  const batched =
    mode === 'batched'
      ? { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 }
      : {};
  const total = Number((await pool.query('select count(*) from graphile_worker._private_jobs')).rows[0].count);
  let done;
  const all = new Promise((resolve) => (done = resolve));
  const begin = performance.now();
  const runner = await run({
    logger,
    noHandleSignals: true,
    preset: { worker: { connectionString, concurrentJobs, maxPoolSize: concurrentJobs + 2, ...batched } },
    taskList: {
      effect: async (payload, helpers) => {
        await helpers.query('insert into public.graphile_effect (id, note) values ($1, $2)', [payload.n, 'done']);
        if (++handled === total) {
          done();
        }
      },
    },
  });
  await all;
  // What is done counts once the last job is completed in the database.
  while (Number((await pool.query('select count(*) from graphile_worker._private_jobs')).rows[0].count) > 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const milliseconds = performance.now() - begin;
  await runner.stop();
  return { milliseconds, handled };
}

console.log(JSON.stringify({ ready: true }));
for await (const line of readline.createInterface({ input: process.stdin })) {
  const [command, argument] = line.split(' ');
  const answer = command === 'load' ? (await load(Number(argument)), {}) : await work(argument);
  console.log(JSON.stringify(answer));
}
process.exit(0);
