@NullMarked
package dev.bothy.platform.chat.sandbox;

import org.jspecify.annotations.NullMarked;
