/// The Kubernetes operator: runs the server, its backups, restore drills and upgrades. Plain Java,
/// no Spring; it shares no code with the server.
@NullMarked
package dev.bothy.operator;

import org.jspecify.annotations.NullMarked;
