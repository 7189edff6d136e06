package dev.bothy.platform.console.web;

import dev.bothy.platform.workspace.Outage;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;

/// What people and programs read when a request came to nothing: what happened and what to do next,
/// never a stack trace or the name of a framework.
@Controller
class ErrorPages implements ErrorController {
  /// @param title what happened, as a headline
  /// @param next what to do now
  record Words(String title, String next) {}

  private static final String RETRY_AFTER_SECONDS = "10";

  private static final Words NOT_FOUND =
      new Words(
          "There is nothing here",
          "The address may be mistyped, or what it named is gone, or it belongs to a workspace that"
              + " you have no place in.");
  private static final Words OUR_FAULT =
      new Words(
          "That was our mistake",
          "Nothing you did is wrong. Try again; if it stays so, tell whoever runs Bothy for you"
              + " when it happened: the server's log has the details.");

  private static final Map<Integer, Words> WORDS =
      Map.of(
          400,
          new Words(
              "The server did not understand that",
              "Something in the address or the form is not as it should be. Go back, reload the"
                  + " page and try again."),
          401,
          new Words("Please sign in", "This needs somebody who is signed in."),
          403,
          new Words(
              "Not for you, or no longer valid",
              "Your roles do not allow this, or the page was open since before you last signed in."
                  + " Reload the page and try again; if it stays so, ask an owner of the"
                  + " workspace."),
          404,
          NOT_FOUND,
          405,
          new Words("That does not work here", "Go back and use the buttons of the page."),
          409,
          new Words(
              "Somebody else was faster",
              "The same was changed again and again in the same moment. Nothing of yours was saved:"
                  + " go back, look at how it is now, and try again."),
          413,
          new Words(
              "That is too much", "What was sent is larger than 1 MiB, or than allowed here."),
          429,
          new Words(
              "Too often in too short a time",
              "From here this was tried so often that it has to rest for a while: at most a quarter"
                  + " of an hour, unless whoever runs Bothy for you chose longer. Wait, then try"
                  + " once more; nothing is lost."),
          500,
          OUR_FAULT,
          503,
          new Words(
              "One moment, please",
              "A part that this page needs does not answer. Nothing is lost; try again in a"
                  + " minute."));

  @RequestMapping(path = "/error", produces = MediaType.TEXT_HTML_VALUE)
  String page(HttpServletRequest request, HttpServletResponse response, Model model) {
    HttpStatus status = status(request);
    Words words = words(status);
    response.setStatus(status.value());
    if (status == HttpStatus.SERVICE_UNAVAILABLE) {
      response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    model.addAttribute("status", status.value());
    model.addAttribute("words", words);
    return "console/error";
  }

  @RequestMapping(path = "/error")
  ResponseEntity<ProblemDetail> json(HttpServletRequest request) {
    HttpStatus status = status(request);
    Words words = words(status);
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, words.next());
    problem.setTitle(words.title());
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (status == HttpStatus.SERVICE_UNAVAILABLE) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return answer.body(problem);
  }

  private static HttpStatus status(HttpServletRequest request) {
    if (Outage.isCauseOf(failure(request))) {
      return HttpStatus.SERVICE_UNAVAILABLE;
    }
    for (Throwable each = failure(request); each != null; each = each.getCause()) {
      if (each instanceof OptimisticLockingFailureException) {
        return HttpStatus.CONFLICT;
      }
    }
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
    // Somebody typed /error.
    return status == null ? HttpStatus.NOT_FOUND : status;
  }

  private static Words words(HttpStatus status) {
    Words words = WORDS.get(status.value());
    if (words == null) {
      words = status.is4xxClientError() ? WORDS.get(400) : OUR_FAULT;
    }
    return words == null ? OUR_FAULT : words;
  }

  private static @Nullable Throwable failure(HttpServletRequest request) {
    return (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
  }
}
