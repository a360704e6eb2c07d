package org.vestibule.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {

  /** As Chromium and Firefox write them. */
  private static final String TYPE =
      "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW";

  private static final String BOUNDARY = "------WebKitFormBoundary7MA4YWxkTrZu0gW";

  private static List<Part> parse(String... lines) {
    return Multipart.parse(TYPE, String.join("\r\n", lines).getBytes(UTF_8));
  }

  private static String content(Part part) throws IOException {
    return new String(part.getInputStream().readAllBytes(), UTF_8);
  }

  @Test
  void fields_and_files_come_in_their_order() throws IOException {
    List<Part> parts =
        parse(
            BOUNDARY,
            "Content-Disposition: form-data; name=\"subject\"",
            "",
            "Zwölf Boxkämpfer",
            BOUNDARY,
            "Content-Disposition: form-data; name=\"file\"; filename=\"größe; name=x.txt\"",
            "Content-Type: text/plain",
            "",
            "first line\r\n\r\n--not the boundary\r\nlast line",
            BOUNDARY + "--",
            "");

    assertThat(parts).extracting(Part::getName).containsExactly("subject", "file");
    assertThat(content(parts.get(0))).isEqualTo("Zwölf Boxkämpfer");
    assertThat(parts.get(0).getSubmittedFileName()).isNull();
    assertThat(parts.get(0).getContentType()).isNull();
    assertThat(content(parts.get(1)))
        .isEqualTo("first line\r\n\r\n--not the boundary\r\nlast line");
    assertThat(parts.get(1).getSubmittedFileName()).isEqualTo("größe; name=x.txt");
    assertThat(parts.get(1).getContentType()).isEqualTo("text/plain");
    assertThat(parts.get(1).getHeaderNames())
        .containsExactly("content-disposition", "content-type");
  }

  @Test
  void every_byte_of_a_file_stays_as_it_is() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 256; i++) {
      all.append((char) i);
    }
    String body =
        BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n"
            + all
            + "\r\n"
            + BOUNDARY
            + "--\r\n";
    Part part = Multipart.parse(TYPE, body.getBytes(ISO_8859_1)).get(0);

    assertThat(part.getSize()).isEqualTo(256);
    assertThat(part.getInputStream().readAllBytes()).isEqualTo(all.toString().getBytes(ISO_8859_1));
    assertThat(part.getSubmittedFileName()).isEmpty();
  }

  @Test
  void what_browsers_escape_is_what_was_meant() {
    List<Part> parts =
        parse(
            BOUNDARY,
            "Content-Disposition: form-data; name=\"a%22b%0D%0Ac\"; filename=\"x%22y\"",
            "",
            "",
            BOUNDARY + "--");

    assertThat(parts.get(0).getName()).isEqualTo("a\"b\r\nc");
    assertThat(parts.get(0).getSubmittedFileName()).isEqualTo("x\"y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--",
        "------WebKitFormBoundary7MA4YWxkTrZu0gW",
        "------WebKitFormBoundary7MA4YWxkTrZu0gW--",
        "------WebKitFormBoundary7MA4YWxkTrZu0gW\r\n",
        "------WebKitFormBoundary7MA4YWxkTrZu0gW\r\n\r\nx",
        "------WebKitFormBoundary7MA4YWxkTrZu0gW\r\nContent-Disposition: form-data; name=\"a\"\r\n",
        "------WebKitFormBoundary7MA4YWxkTrZu0gW\r\n------WebKitFormBoundary7MA4YWxkTrZu0gW",
        "name=value"
      })
  void what_is_no_form_has_no_parts(String body) {
    assertThat(Multipart.parse(TYPE, body.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void nothing_between_two_boundaries_is_no_part() {
    assertThat(
            parse(BOUNDARY, BOUNDARY, "Content-Disposition: form-data; name=a", "", "x", BOUNDARY))
        .singleElement()
        .extracting(Part::getName)
        .isEqualTo("a");
  }

  @Test
  void without_a_boundary_there_are_no_parts() {
    assertThat(Multipart.parse("multipart/form-data", new byte[10])).isEmpty();
  }

  @Test
  void a_part_without_a_name_is_left_out() {
    assertThat(parse(BOUNDARY, "Content-Type: text/plain", "", "x", BOUNDARY + "--")).isEmpty();
    assertThat(parse(BOUNDARY, "", "x", BOUNDARY + "--")).isEmpty();
    assertThat(parse(BOUNDARY, "no header", "x", BOUNDARY + "--")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain; charset=utf-8, utf-8",
    "text/plain;charset=\"utf-8\", utf-8",
    "text/plain; CHARSET = utf-8; x=y, utf-8",
    "'text/plain; x=\"; charset=a\"; charset=utf-8', utf-8"
  })
  void a_parameter_is_found(String header, String value) {
    assertThat(Multipart.parameter(header, "charset")).isEqualTo(value);
  }

  @Test
  void a_parameter_that_is_not_there_is_null() {
    assertThat(Multipart.parameter("text/plain", "charset")).isNull();
  }

  @Test
  void a_part_can_be_written_to_a_file(@TempDir Path folder) throws IOException {
    Part part =
        parse(
                BOUNDARY,
                "Content-Disposition: form-data; name=\"f\"; filename=\"a\"",
                "",
                "text",
                BOUNDARY + "--")
            .get(0);
    Path file = folder.resolve("written");
    part.write(file.toString());
    part.delete();

    assertThat(Files.readString(file)).isEqualTo("text");
  }
}
