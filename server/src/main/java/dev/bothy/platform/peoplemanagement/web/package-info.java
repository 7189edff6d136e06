/// The pages and the API of people, groups and profiles.
@NullMarked
package dev.bothy.platform.peoplemanagement.web;

import org.jspecify.annotations.NullMarked;
