package dev.bothy.platform.chatlinks;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How chat accounts find their people.
///
/// @param matchByEmail whether an account is linked by itself to the one active member who has its
///   address; networks are asked for addresses only then
@Validated
@ConfigurationProperties("bothy.chat-links")
public record ChatLinkSettings(@DefaultValue("false") boolean matchByEmail) {}
