/// The pages of webhooks, and their part of the API.
@NullMarked
package dev.bothy.platform.webhooks.web;

import org.jspecify.annotations.NullMarked;
