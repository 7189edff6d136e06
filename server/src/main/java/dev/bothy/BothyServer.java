package dev.bothy;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// The server's entry point: one process that carries every app and the platform under them.
@SpringBootApplication
@ConfigurationPropertiesScan
public class BothyServer {
  public static void main(String[] args) {
    SpringApplication.run(BothyServer.class, args);
  }
}
