/// What tests share: the real parts (PostgreSQL, Keycloak) started once for the whole run, one
/// running server, and a clock that tests move.
@NullMarked
package dev.bothy.testkit;

import org.jspecify.annotations.NullMarked;
