@NullMarked
package dev.bothy.platform.erasure.web;

import org.jspecify.annotations.NullMarked;
