package dev.bothy.platform.chat;

/// A group of a network that people mention by one name.
///
/// @param id the network's, for [OutboundMessage.GroupMembers]
/// @param name what people type after the `@`
public record Group(String id, String name) {}
