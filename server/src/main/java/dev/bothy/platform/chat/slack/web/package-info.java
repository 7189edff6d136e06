/// Slack's way in, and the console's page for connecting a Slack workspace.
@NullMarked
package dev.bothy.platform.chat.slack.web;

import org.jspecify.annotations.NullMarked;
