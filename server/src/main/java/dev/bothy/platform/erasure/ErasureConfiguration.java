package dev.bothy.platform.erasure;

import dev.bothy.platform.privacy.PrivacySettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PrivacySettings.class)
class ErasureConfiguration {}
