/// Who is on duty from when to when, and why: pure rules, without Spring and without the database.
/// `Timeline` is the one function that answers it; the engine, the cards, the calendar, the feeds
/// and the API all ask it.
@NullMarked
package dev.bothy.app.rotations.plan;

import org.jspecify.annotations.NullMarked;
