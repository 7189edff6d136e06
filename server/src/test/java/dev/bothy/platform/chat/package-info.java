/// The contract that every connector passes, and the tests of the chat core.
@NullMarked
package dev.bothy.platform.chat;

import org.jspecify.annotations.NullMarked;
