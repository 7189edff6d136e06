// Bolt for JavaScript that stores each message durably before Slack gets its acknowledgement: Bolt's
// own HTTP receiver with signatures verified and processBeforeResponse, and one insert through pg.
//
// Prints one JSON line once it listens: {"listening": <port>}. Ends when standard input closes.
import bolt from '@slack/bolt';
import pg from 'pg';

const { App, LogLevel } = bolt;

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.POOL) });
const payloadBytes = Number(process.env.PAYLOAD_BYTES);

const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
  processBeforeResponse: true,
  logLevel: LogLevel.ERROR,
});

app.event('message', async ({ event, body }) => {
  // As many bytes as Bothy stores of the same event.
  const payload = Buffer.alloc(payloadBytes, JSON.stringify(event));
  await pool.query({
    name: 'store',
    text: 'insert into public.bolt_delivery (delivery_id, payload) values ($1, $2) on conflict do nothing',
    values: [body.event_id, payload],
  });
});

await app.start({ port: 0, host: '127.0.0.1' });
console.log(JSON.stringify({ listening: app.receiver.server.address().port }));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
