package org.vestibule.failover;

import java.io.IOException;
import java.nio.file.Path;

/** Servers of one kind on the disk, below one directory. */
interface Installation {

  static Installation of(Engine engine, Path directory) throws IOException {
    return engine == Engine.PAYARA ? PayaraNodes.in(directory) : LibertyNodes.in(directory, engine);
  }

  /**
   * Puts a node there, with the application.
   *
   * @param number counts the nodes, from 0
   * @param port of the application
   * @param compiler an option of the virtual machine
   */
  Launch add(int number, int port, Members members, String compiler) throws IOException;

  /** The application of a node. */
  Path war(int number);
}
