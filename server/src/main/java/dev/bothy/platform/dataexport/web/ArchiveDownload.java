package dev.bothy.platform.dataexport.web;

import dev.bothy.platform.dataexport.Exports;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Sends an archive, or the one range of it that is asked for (RFC 9110 §14), so that a download
/// that broke off can go on.
@Component
class ArchiveDownload {
  private final Exports exports;

  ArchiveDownload(Exports exports) {
    this.exports = exports;
  }

  /// Whether the request asks for the beginning.
  static boolean isFirst(HttpServletRequest request) {
    String range = request.getHeader(HttpHeaders.RANGE);
    return range == null || range.replace(" ", "").startsWith("bytes=0-");
  }

  void send(Exports.Archive archive, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    long size = archive.size();
    String tag = '"' + archive.export().id().toString() + '"';
    response.setHeader(HttpHeaders.ETAG, tag);
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"bothy-export-%s.zip\"".formatted(archive.export().id()));
    List<HttpRange> ranges = rangesOf(request, tag);
    long from = 0;
    long last = size - 1;
    if (ranges.size() == 1) {
      from = ranges.getFirst().getRangeStart(size);
      last = ranges.getFirst().getRangeEnd(size);
      if (from > last) {
        response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
        response.setStatus(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE.value());
        return;
      }
      response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
      response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes %d-%d/%d".formatted(from, last, size));
    }
    response.setContentType("application/zip");
    response.setContentLengthLong(last - from + 1);
    exports.write(archive, from, last - from + 1, response.getOutputStream());
  }

  /// What cannot be read, several ranges, or one of another archive (`If-Range`) means all of it.
  private static List<HttpRange> rangesOf(HttpServletRequest request, String tag) {
    String condition = request.getHeader(HttpHeaders.IF_RANGE);
    if (condition != null && !condition.equals(tag)) {
      return List.of();
    }
    try {
      return HttpRange.parseRanges(request.getHeader(HttpHeaders.RANGE));
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }
}
