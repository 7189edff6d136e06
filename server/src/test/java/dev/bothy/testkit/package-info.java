/// What tests share: the real parts they run against and how a missing one is reported.
@NullMarked
package dev.bothy.testkit;

import org.jspecify.annotations.NullMarked;
