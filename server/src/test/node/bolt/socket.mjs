// A small Bolt app in Socket Mode, run against the fake Slack: it opens sockets as Slack's own client
// does, acknowledges what comes over them, answers inline, and follows a refresh.
//
// Prints one JSON line once it is connected: {"connected": true}. Ends when standard input closes.
import bolt from '@slack/bolt';

const { App, LogLevel } = bolt;

const clientOptions = { slackApiUrl: process.env.SLACK_API_URL, retryConfig: { retries: 1, minTimeout: 10 } };
const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  appToken: process.env.SLACK_APP_TOKEN,
  socketMode: true,
  clientOptions,
  installerOptions: { clientOptions },
  logLevel: LogLevel.ERROR,
});

app.event('app_mention', async ({ event, say }) => {
  await say({ text: `mentioned by ${event.user}`, thread_ts: event.ts });
});

app.command('/rotation', async ({ command, ack }) => {
  await ack({ response_type: 'ephemeral', text: `heard ${command.text}` });
});

app.view('rotation-new', async ({ ack, view }) => {
  const name = view.state.values.name.value.value;
  await ack(name.length < 3 ? { response_action: 'errors', errors: { name: 'at least 3 characters' } } : undefined);
});

await app.start();
console.log(JSON.stringify({ connected: true }));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
