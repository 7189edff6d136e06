/// The pages of backups and of what a restore holds up, and the same for programs.
@NullMarked
package dev.bothy.platform.recovery.web;

import org.jspecify.annotations.NullMarked;
