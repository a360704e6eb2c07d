package org.vestibule.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code multipart/form-data} (RFC 7578) as browsers write it, from a body that is in memory
 * already. What is not that has no parts.
 */
final class Multipart {

  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([^=;\\s]+)\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]+))");

  private Multipart() {}

  /** A parameter of a header's value; null if it has none of this name. */
  static @Nullable String parameter(String header, String name) {
    Matcher matcher = PARAMETER.matcher(header);
    while (matcher.find()) {
      if (matcher.group(1).equalsIgnoreCase(name)) {
        return matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
      }
    }
    return null;
  }

  /** In order; each byte of the body is read once. */
  static List<Part> parse(String contentType, byte[] body) {
    String boundary = parameter(contentType, "boundary");
    List<Part> parts = new ArrayList<>();
    if (boundary == null) {
      return parts;
    }
    String delimiter = "\r\n--" + boundary;
    String text = "\r\n" + new String(body, ISO_8859_1);
    int start = text.indexOf(delimiter);
    while (start >= 0) {
      int begin = start + delimiter.length();
      int end = text.indexOf(delimiter, begin);
      if (end < 0 || !text.startsWith("\r\n", begin)) {
        return parts;
      }
      // Two delimiters in a row share their line break, and there is nothing between them.
      if (end > begin) {
        add(parts, text.substring(begin + 2, end));
      }
      start = end;
    }
    return parts;
  }

  private static void add(List<Part> parts, String text) {
    int blank = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n");
    if (blank < 0) {
      return;
    }
    Map<String, List<String>> headers = headers(text.substring(0, blank));
    String disposition = headers.getOrDefault("content-disposition", List.of("")).get(0);
    String name = parameter(disposition, "name");
    if (name != null) {
      byte[] content = text.substring(blank + (blank == 0 ? 2 : 4)).getBytes(ISO_8859_1);
      parts.add(new MemoryPart(name, parameter(disposition, "filename"), headers, content));
    }
  }

  private static Map<String, List<String>> headers(String text) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line : text.split("\r\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers
            .computeIfAbsent(
                line.substring(0, colon).strip().toLowerCase(Locale.ROOT), key -> new ArrayList<>())
            .add(new String(line.substring(colon + 1).strip().getBytes(ISO_8859_1), UTF_8));
      }
    }
    return headers;
  }

  /** A part of a form, in memory. */
  static final class MemoryPart implements Part {

    private final String name;
    private final @Nullable String fileName;
    private final Map<String, List<String>> headers;
    private final byte[] content;

    /**
     * @param name as browsers escape it
     */
    MemoryPart(
        String name, @Nullable String fileName, Map<String, List<String>> headers, byte[] content) {
      this.name = unescaped(name);
      this.fileName = fileName == null ? null : unescaped(fileName);
      this.headers = headers;
      this.content = content;
    }

    /** Browsers escape three characters (HTML, multipart/form-data encoding algorithm). */
    private static String unescaped(String text) {
      return text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    }

    String text(Charset charset) {
      String type = getContentType();
      String own = type == null ? null : parameter(type, "charset");
      boolean isKnown = own != null && Charset.isSupported(own);
      return new String(content, isKnown ? Charset.forName(own) : charset);
    }

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(content);
    }

    @Override
    public @Nullable String getContentType() {
      return getHeader("Content-Type");
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public @Nullable String getSubmittedFileName() {
      return fileName;
    }

    @Override
    public long getSize() {
      return content.length;
    }

    /** Relative names are below the temporary directory of the Java platform. */
    @Override
    public void write(String file) throws IOException {
      Files.write(Path.of(System.getProperty("java.io.tmpdir")).resolve(file), content);
    }

    /** There is nothing to delete. */
    @Override
    public void delete() {}

    @Override
    public @Nullable String getHeader(String header) {
      Collection<String> values = getHeaders(header);
      return values.isEmpty() ? null : values.iterator().next();
    }

    @Override
    public Collection<String> getHeaders(String header) {
      return headers.getOrDefault(header.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public Collection<String> getHeaderNames() {
      return headers.keySet();
    }
  }
}
