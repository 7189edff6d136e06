package dev.bothy.platform.console.web;

import dev.bothy.platform.people.NotAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/// Tells somebody whose roles do not allow a page who may see it, with the navigation around it.
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class NotAllowedPage {
  private final ShellModel shell;

  NotAllowedPage(ShellModel shell) {
    this.shell = shell;
  }

  @ExceptionHandler
  String page(
      NotAllowed refusal, HttpServletRequest request, HttpServletResponse response, Model model) {
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    model.addAttribute("shell", shell.shell(request));
    model.addAttribute("theme", shell.theme());
    model.addAttribute("status", HttpServletResponse.SC_FORBIDDEN);
    model.addAttribute(
        "words",
        new ErrorPages.Words(
            "Not with your roles",
            refusal.getMessage() + " Ask an owner of this workspace if you should have it."));
    return "console/error";
  }
}
