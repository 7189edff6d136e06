package dev.bothy.platform.people.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.Problems;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.method.HandlerMethod;

class ApiGateTest {
  /// What somebody wrote who forgot the area.
  static final class Forgotten {
    public String everything() {
      return "everything";
    }
  }

  @Test
  void aControllerWithoutAnAreaAnswersNobody() throws NoSuchMethodException {
    HandlerMethod forgotten =
        new HandlerMethod(new Forgotten(), Forgotten.class.getMethod("everything"));
    assertThatThrownBy(() ->
            new ApiGate()
                .preHandle(
                    new MockHttpServletRequest("GET", "/api/v1/everything"),
                    new MockHttpServletResponse(),
                    forgotten))
        .isInstanceOf(ApiProblem.class)
        .hasMessage(Problems.NOT_FOUND.meaning());
  }

  @Test
  void whatIsNoControllerIsNotFoundByWhoeverComesAfter() {
    assertThat(
            new ApiGate()
                .preHandle(
                    new MockHttpServletRequest("GET", "/api/v1/nothing"),
                    new MockHttpServletResponse(),
                    this))
        .isTrue();
  }
}
