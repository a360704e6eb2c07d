package org.vestibule.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request with the body of an earlier one: query, content type, body, parameters and parts are
 * those of the form as it was sent the first time.
 *
 * <p>The container's own multipart settings do not count here: parts are in memory, and their
 * fields are parameters whether or not the servlet has a {@code MultipartConfig}.
 */
final class ResumedRequest extends HttpServletRequestWrapper {

  private static final String CONTENT_TYPE = "Content-Type";
  private static final String CONTENT_LENGTH = "Content-Length";
  private static final String TRANSFER_ENCODING = "Transfer-Encoding";

  private final @Nullable String query;
  private final String contentType;
  private final byte[] body;
  private @Nullable String encoding;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;
  private @Nullable Map<String, List<String>> typed;
  private @Nullable List<Part> parts;

  /**
   * @param request whose own body has been read
   * @param target path and query of the earlier one
   */
  ResumedRequest(HttpServletRequest request, String target, String contentType, byte[] body) {
    super(request);
    int mark = target.indexOf('?');
    this.query = mark < 0 ? null : target.substring(mark + 1);
    this.contentType = contentType;
    this.body = body;
  }

  @Override
  public @Nullable String getQueryString() {
    return query;
  }

  @Override
  public String getContentType() {
    return contentType;
  }

  @Override
  public int getContentLength() {
    return body.length;
  }

  @Override
  public long getContentLengthLong() {
    return body.length;
  }

  @Override
  public @Nullable String getCharacterEncoding() {
    return encoding != null ? encoding : Multipart.parameter(contentType, "charset");
  }

  @Override
  public void setCharacterEncoding(String encoding) throws UnsupportedEncodingException {
    super.setCharacterEncoding(encoding);
    this.encoding = encoding;
  }

  /** What the form said, what the application sets for all requests, or UTF-8. */
  private Charset charset() {
    String name = getCharacterEncoding();
    String wanted = name != null ? name : getServletContext().getRequestCharacterEncoding();
    try {
      return wanted == null ? StandardCharsets.UTF_8 : Charset.forName(wanted);
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  @Override
  public @Nullable String getHeader(String name) {
    Enumeration<String> values = getHeaders(name);
    return values.hasMoreElements() ? values.nextElement() : null;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    if (name.equalsIgnoreCase(CONTENT_TYPE)) {
      return Collections.enumeration(List.of(contentType));
    }
    if (name.equalsIgnoreCase(CONTENT_LENGTH)) {
      return Collections.enumeration(List.of(Integer.toString(body.length)));
    }
    return name.equalsIgnoreCase(TRANSFER_ENCODING)
        ? Collections.emptyEnumeration()
        : super.getHeaders(name);
  }

  @Override
  public int getIntHeader(String name) {
    return name.equalsIgnoreCase(CONTENT_LENGTH) ? body.length : super.getIntHeader(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    Set<String> names = new LinkedHashSet<>();
    for (String name : Collections.list(super.getHeaderNames())) {
      if (!name.equalsIgnoreCase(TRANSFER_ENCODING) && !name.equalsIgnoreCase(CONTENT_LENGTH)) {
        names.add(name);
      }
    }
    names.add(CONTENT_LENGTH);
    return Collections.enumeration(names);
  }

  @Override
  public ServletInputStream getInputStream() {
    if (reader != null) {
      throw new IllegalStateException("getReader was called before");
    }
    if (stream == null) {
      stream = new Body(body);
    }
    return stream;
  }

  @Override
  public BufferedReader getReader() {
    if (stream != null) {
      throw new IllegalStateException("getInputStream was called before");
    }
    if (reader == null) {
      reader = new BufferedReader(new InputStreamReader(new Body(body), charset()));
    }
    return reader;
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = getParameterValues(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return getParameterMap().get(name);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  /** Those of the query, in which a forward may have put more, then those of the body. */
  @Override
  public Map<String, String[]> getParameterMap() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    super.getParameterMap().forEach((name, values) -> add(all, name, Arrays.asList(values)));
    all.remove(PostPreservation.MARKER);
    typed().forEach((name, values) -> add(all, name, values));
    Map<String, String[]> map = new LinkedHashMap<>();
    all.forEach((name, values) -> map.put(name, values.toArray(String[]::new)));
    return Collections.unmodifiableMap(map);
  }

  private static void add(Map<String, List<String>> all, String name, List<String> values) {
    all.computeIfAbsent(name, key -> new ArrayList<>()).addAll(values);
  }

  private Map<String, List<String>> typed() {
    if (typed == null) {
      typed = isMultipart() ? ofParts() : ofPairs();
    }
    return typed;
  }

  private Map<String, List<String>> ofPairs() {
    Map<String, List<String>> pairs = new LinkedHashMap<>();
    for (String pair : new String(body, ISO_8859_1).split("&")) {
      if (!pair.isEmpty()) {
        String[] both = pair.split("=", 2);
        add(pairs, decoded(both[0]), List.of(both.length == 2 ? decoded(both[1]) : ""));
      }
    }
    return pairs;
  }

  /** A pair with a broken escape is taken as it stands, like any that a browser would send. */
  private String decoded(String text) {
    try {
      return URLDecoder.decode(text, charset());
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private Map<String, List<String>> ofParts() {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (Part part : parts()) {
      if (part.getSubmittedFileName() == null && part instanceof Multipart.MemoryPart memory) {
        add(fields, memory.getName(), List.of(memory.text(charset())));
      }
    }
    return fields;
  }

  @Override
  public Collection<Part> getParts() throws ServletException {
    if (!isMultipart()) {
      throw new ServletException("not a multipart form");
    }
    return parts();
  }

  @Override
  public @Nullable Part getPart(String name) throws ServletException {
    return getParts().stream().filter(part -> part.getName().equals(name)).findFirst().orElse(null);
  }

  private List<Part> parts() {
    if (parts == null) {
      parts = Multipart.parse(contentType, body);
    }
    return parts;
  }

  private boolean isMultipart() {
    return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }

  /** All of it is there at once. */
  private static final class Body extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    Body(byte[] body) {
      this.bytes = new ByteArrayInputStream(body);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return bytes.read(buffer, offset, length);
    }

    @Override
    public int available() {
      return bytes.available();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      try {
        if (!isFinished()) {
          listener.onDataAvailable();
        }
        listener.onAllDataRead();
      } catch (IOException e) {
        listener.onError(e);
      }
    }
  }
}
