package dev.bothy.platform.work;

/// Whether work may be taken on: what came in handled, what is due run, what is to go out sent, and
/// connections to networks opened. It is taken on while every bean of this type says so; a claim
/// that is in hand is finished all the same. Taking in what networks deliver does not ask.
///
/// Kinds of the schedule that run all the same say so ([ScheduleHandler#whileHeld]).
public interface WorkGate {
  /// Asked before each claim, so it answers from memory.
  boolean isOpen();
}
