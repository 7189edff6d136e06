// A small Bolt app that does with each of Slack's requests what Bothy does: it answers, posts,
// opens a form, updates. It is run against the fake Slack, and gets our recorded requests over
// Bolt's own HTTP receiver, which verifies their signatures.
//
// Prints one JSON line once it listens: {"listening": <port>}. Ends when standard input closes.
import bolt from '@slack/bolt';

const { App, LogLevel } = bolt;

const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL, retryConfig: { retries: 1, minTimeout: 10 } },
  logLevel: LogLevel.ERROR,
});

app.event('app_mention', async ({ event, say }) => {
  await say({ text: `mentioned by ${event.user}`, thread_ts: event.ts });
});

app.message(async ({ message, client }) => {
  if (message.subtype === undefined && message.channel_type === 'channel' && !message.thread_ts) {
    const profile = await client.users.info({ user: message.user });
    const direct = await client.conversations.open({ users: message.user });
    await client.chat.postMessage({ channel: direct.channel.id, text: `hello ${profile.user.real_name}` });
  }
});

app.event('member_joined_channel', async ({ event, client }) => {
  const posted = await client.chat.postMessage({ channel: event.channel, text: 'welcome' });
  await client.chat.delete({ channel: event.channel, ts: posted.ts });
});

app.event('app_uninstalled', async ({ client }) => {
  await client.auth.test();
});

app.command('/rotation', async ({ command, ack, client, respond }) => {
  if (command.text !== 'new') {
    await ack({ response_type: 'ephemeral', text: `unknown: ${command.text}` });
    return;
  }
  await ack();
  const opened = await client.views.open({
    trigger_id: command.trigger_id,
    view: {
      type: 'modal',
      callback_id: 'rotation-new',
      title: { type: 'plain_text', text: 'New rotation' },
      submit: { type: 'plain_text', text: 'Create' },
      blocks: [
        {
          type: 'input',
          block_id: 'name',
          label: { type: 'plain_text', text: 'Name' },
          element: { type: 'plain_text_input', action_id: 'value' },
        },
      ],
    },
  });
  await respond({ response_type: 'ephemeral', text: `opened ${opened.view.callback_id}` });
});

app.action('acknowledge', async ({ ack, body, client, respond }) => {
  await ack();
  await client.chat.postEphemeral({ channel: body.channel.id, user: body.user.id, text: 'thanks' });
  await respond({ replace_original: true, text: `acknowledged by ${body.user.id}` });
});

app.view('rotation-new', async ({ ack, view, client, body }) => {
  const name = view.state.values.name.value.value;
  if (name.length < 3) {
    await ack({ response_action: 'errors', errors: { name: 'at least 3 characters' } });
    return;
  }
  await ack();
  const { channel } = JSON.parse(view.private_metadata);
  const posted = await client.chat.postMessage({ channel, text: 'creating' });
  await client.chat.update({ channel, ts: posted.ts, text: `created ${name} by ${body.user.id}` });
});

app.view({ callback_id: 'rotation-new', type: 'view_closed' }, async ({ ack, client, body }) => {
  await ack();
  await client.auth.test({ closed_by: body.user.id });
});

await app.start({ port: 0, host: '127.0.0.1' });
console.log(JSON.stringify({ listening: app.receiver.server.address().port }));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
