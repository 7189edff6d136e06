package dev.bothy.platform.chat;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How much a replica takes in, so that one workspace cannot keep the others out. The rates are far
/// above what a network sends: Slack stops by itself at 30,000 events an hour for a workspace
/// (docs.slack.dev/reference/events/app_rate_limited).
///
/// @param connectionEventsPerMinute what may come through one connection
/// @param workspaceEventsPerMinute what may come for one workspace, through all its connections
/// @param workspaceEventsWaiting how many of one workspace's events may wait to be stored at once:
///   half of `bothy.work.waiting`, unless that was changed
@Validated
@ConfigurationProperties("bothy.chat")
record ChatSettings(
    @DefaultValue("60000")
        @Min(
            value = 60,
            message = "bothy.chat.connection-events-per-minute must be 60 to 100000000")
        @Max(
            value = 100_000_000,
            message = "bothy.chat.connection-events-per-minute must be 60 to 100000000")
        int connectionEventsPerMinute,
    @DefaultValue("120000")
        @Min(value = 60, message = "bothy.chat.workspace-events-per-minute must be 60 to 100000000")
        @Max(
            value = 100_000_000,
            message = "bothy.chat.workspace-events-per-minute must be 60 to 100000000")
        int workspaceEventsPerMinute,
    @DefaultValue("2500")
        @Min(value = 1, message = "bothy.chat.workspace-events-waiting must be 1 to 50000")
        @Max(value = 50_000, message = "bothy.chat.workspace-events-waiting must be 1 to 50000")
        int workspaceEventsWaiting) {}
