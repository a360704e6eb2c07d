package org.vestibule.container.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** Answers in plain text. */
public final class Texts {

  private Texts() {}

  public static void write(ServletResponse response, String text) throws IOException {
    response.setContentType("text/plain");
    response.setCharacterEncoding("UTF-8");
    response.getOutputStream().write(text.getBytes(UTF_8));
  }
}
