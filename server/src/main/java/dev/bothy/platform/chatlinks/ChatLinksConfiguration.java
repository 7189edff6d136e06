package dev.bothy.platform.chatlinks;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChatLinkSettings.class)
class ChatLinksConfiguration {}
