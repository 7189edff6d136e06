package dev.bothy.platform.people.web;

import dev.bothy.platform.people.SignedIn;
import dev.bothy.platform.people.Viewer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.stereotype.Component;

/// Keeps out of the OpenAPI document what controllers are told and programs do not send.
@Component
class OpenApiOfPeople {
  OpenApiOfPeople() {
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Viewer.class, SignedIn.class);
  }
}
