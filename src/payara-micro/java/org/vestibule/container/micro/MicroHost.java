package org.vestibule.container.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;

/**
 * The main class of the server process. It takes Payara Micro's own arguments, deploys what it is
 * told to on its standard input, a line each, and answers on its standard output, a line each:
 * {@link #DONE} or what else. It ends with its input, and so with the tests, however those end.
 */
public final class MicroHost {

  static final String DEPLOY = "deploy";
  static final String UNDEPLOY = "undeploy";
  static final String SEPARATOR = "\t";
  static final String DONE = "done";

  private MicroHost() {}

  /** With the arguments of {@code java -jar payara-micro.jar}. */
  public static void main(String... arguments) throws Exception {
    PrintStream answers = System.out;
    // What the server says goes to the other stream, which is its log.
    System.setOut(System.err);
    PayaraMicro.main(arguments);
    PayaraMicroRuntime server = PayaraMicro.getInstance().getRuntime();
    answers.println(DONE);
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      answers.println(obey(server, order.split(SEPARATOR)));
    }
    Runtime.getRuntime().halt(0);
  }

  private static String obey(PayaraMicroRuntime server, String... order) {
    try {
      if (order[0].equals(UNDEPLOY)) {
        server.undeploy(order[1]);
        return DONE;
      }
      return server.deploy(order[1], order[2], new File(order[3])) ? DONE : "not deployed";
    } catch (RuntimeException e) {
      return e.toString().replaceAll("\\R", " ");
    }
  }
}
