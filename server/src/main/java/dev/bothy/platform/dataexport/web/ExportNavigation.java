package dev.bothy.platform.dataexport.web;

import dev.bothy.platform.console.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ExportNavigation {
  @Bean
  NavigationItem exportsNavigation() {
    return new NavigationItem(875, "Exports", "/exports", "download");
  }
}
