/// The pages of privacy: how long what is kept, what would go tonight, and what is held.
@NullMarked
package dev.bothy.platform.retention.web;

import org.jspecify.annotations.NullMarked;
