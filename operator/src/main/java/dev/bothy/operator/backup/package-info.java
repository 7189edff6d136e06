/// Backups: one run of the server's `backup` each, and schedules that make them.
@NullMarked
package dev.bothy.operator.backup;

import org.jspecify.annotations.NullMarked;
