/// The page of the workspace's keys.
@NullMarked
package dev.bothy.platform.keymanagement.web;

import org.jspecify.annotations.NullMarked;
