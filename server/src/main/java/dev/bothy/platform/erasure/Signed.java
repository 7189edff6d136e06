package dev.bothy.platform.erasure;

/// A statement with the installation's signature (Ed25519) over its UTF-8 bytes.
record Signed(String statement, byte[] signature) {}
