/// The page of breach notices.
@NullMarked
package dev.bothy.platform.mail.web;

import org.jspecify.annotations.NullMarked;
