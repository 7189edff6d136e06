@NullMarked
package dev.bothy.platform.chat.sandbox.web;

import org.jspecify.annotations.NullMarked;
