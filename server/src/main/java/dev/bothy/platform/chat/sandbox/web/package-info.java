/// The room's page: what it shows, what comes in from its forms, and the stream that tells open
/// pages of a change.
@NullMarked
package dev.bothy.platform.chat.sandbox.web;

import org.jspecify.annotations.NullMarked;
