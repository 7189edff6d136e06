package dev.bothy.platform.scim.web;

import dev.bothy.platform.scim.Scim;
import dev.bothy.platform.scim.ScimCall;
import dev.bothy.platform.scim.ScimReply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// SCIM's one base address. What is at it is [Scim]'s to say, errors too: a directory is answered
/// in its own form whatever happens.
@Controller
class ScimController {
  private static final String TYPE = "application/scim+json";

  private final Scim scim;
  private final ScimAddress address;

  ScimController(Scim scim, ScimAddress address) {
    this.scim = scim;
    this.address = address;
  }

  @RequestMapping({ScimAddress.PATH, ScimAddress.PATH + "/**"})
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ScimCall call =
        new ScimCall(
            request.getMethod(),
            path(request),
            query(request),
            request.getHeader(HttpHeaders.AUTHORIZATION),
            request.getContentType(),
            request.getHeader(HttpHeaders.IF_MATCH),
            request.getHeader(HttpHeaders.IF_NONE_MATCH),
            body(request),
            address.of(request));
    write(scim.answer(call), response);
  }

  private static String path(HttpServletRequest request) {
    String whole =
        request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    return whole.substring(ScimAddress.PATH.length());
  }

  private static Map<String, String> query(HttpServletRequest request) {
    Map<String, String> query = new LinkedHashMap<>();
    request.getParameterMap().forEach((name, values) -> query.put(name, values[0]));
    return query;
  }

  private static ScimCall.Body body(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > ScimCall.LARGEST_BODY) {
      return new ScimCall.Body.TooLarge();
    }
    byte[] bytes = request.getInputStream().readNBytes(ScimCall.LARGEST_BODY + 1);
    return bytes.length > ScimCall.LARGEST_BODY
        ? new ScimCall.Body.TooLarge()
        : new ScimCall.Body.Bytes(bytes);
  }

  private static void write(ScimReply reply, HttpServletResponse response) throws IOException {
    response.setStatus(reply.status());
    reply.headers().forEach(response::setHeader);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (reply.body() != null) {
      byte[] body = reply.body().toString().getBytes(StandardCharsets.UTF_8);
      response.setContentType(TYPE);
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }
}
