/// The pages of chat accounts.
@NullMarked
package dev.bothy.platform.chatlinks.web;

import org.jspecify.annotations.NullMarked;
