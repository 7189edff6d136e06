package dev.bothy.platform.bin.web;

import dev.bothy.platform.api.ApiProblem;
import dev.bothy.platform.api.ProblemWriter;
import dev.bothy.platform.bin.Bin;
import dev.bothy.platform.bin.BinDesk;
import dev.bothy.platform.bin.BinItem;
import dev.bothy.platform.people.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Leads whoever opens a page of a workspace, or of an app, that is in the bin to the bin; a
/// program is told so. Comes after it is known that they are a member.
@Component
class BinGate implements HandlerInterceptor, WebMvcConfigurer {
  private static final String PAGES = "/w/";
  private static final String API = "/api/v1/workspaces/";
  private static final int AFTER_VIEWERS = 100;

  private final BinDesk desk;

  BinGate(BinDesk desk) {
    this.desk = desk;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry
        .addInterceptor(this)
        .addPathPatterns("/w/*", "/w/*/**", "/api/v1/workspaces/*/**")
        .order(AFTER_VIEWERS);
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (!(request.getAttribute(Viewer.ATTRIBUTE) instanceof Viewer viewer)) {
      return true;
    }
    String area = areaOf(request.getRequestURI());
    if (area.equals("bin")) {
      return true;
    }
    for (BinItem item : desk.resting(viewer)) {
      boolean whole = item.kind().equals(Bin.WORKSPACE);
      if (whole || item.subject().equals(area)) {
        refuse(request, response, viewer, item);
        return false;
      }
    }
    return true;
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, Viewer viewer, BinItem item)
      throws IOException {
    boolean whole = item.kind().equals(Bin.WORKSPACE);
    if (ProblemWriter.isApi(request)) {
      throw ApiProblem.of(whole ? BinProblems.WORKSPACE_IN_BIN : BinProblems.APP_IN_BIN);
    }
    String bin =
        request.getContextPath()
            + PAGES
            + viewer.slug()
            + "/bin"
            + (whole ? "" : "?app=" + item.subject());
    if (request.getHeader("HX-Request") == null) {
      response.sendRedirect(bin);
    } else {
      response.setHeader("HX-Redirect", bin);
    }
  }

  /// What comes after the workspace in a path, e.g. `rotations`; empty for its home page.
  private static String areaOf(String path) {
    String below =
        path.startsWith(API) ? path.substring(API.length()) : path.substring(PAGES.length());
    int begin = below.indexOf('/') + 1;
    if (begin == 0) {
      return "";
    }
    int end = below.indexOf('/', begin);
    return below.substring(begin, end < 0 ? below.length() : end);
  }
}
