/// The Slack connector: checks and reads what Slack sends (Events API, slash commands,
/// interactions), renders the portable model as Block Kit, and calls Slack's Web API.
///
/// Start with [dev.bothy.platform.chat.slack.SlackConnector] for what goes out and with
/// [dev.bothy.platform.chat.slack.SlackIntake] for what comes in.
@NullMarked
@ApplicationModule(
    id = "slack",
    allowedDependencies = {
      "privacy",
      "bin",
      "kernel",
      "workspace",
      "keys",
      "work",
      "chat",
      "egress",
      "audit",
      "people",
      "console",
      "operation"
    })
package dev.bothy.platform.chat.slack;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
